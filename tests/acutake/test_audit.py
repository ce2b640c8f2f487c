"""Who did what and when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.urls import reverse

from acutake.audit import PAGE_SIZE, Criteria, Cursor, read_log
from comments.models import Comment, ModerationAction
from tests.articles.factories import make_article, make_image
from tests.comments.factories import make_comment

pytestmark = pytest.mark.django_db
AUDIT = reverse("admin:audit")
NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def chief():
    return User.objects.create_superuser("chief", first_name="Ada", last_name="Example")


def log(user, thing, *, at=NOW, flag=CHANGE, message="Published."):
    return LogEntry.objects.create(
        user=user,
        action_time=at,
        content_type=ContentType.objects.get_for_model(type(thing)),
        object_id=thing.pk,
        object_repr=str(thing),
        action_flag=flag,
        change_message=message,
    )


def decide(comment, *, by, at=NOW, status=Comment.Status.APPROVED):
    return ModerationAction.objects.create(
        comment=comment, from_status=Comment.Status.PENDING, to_status=status, by=by, at=at
    )


def things(page):
    return [entry.thing for entry in page.entries]


def member_of(group):
    call_command("sync_groups", verbosity=0)
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def test_entries_say_in_words_who_did_what(chief):
    article = make_article(headline="The calf")
    comment = make_comment(commenter_name="Reader", body="Thanks")
    changed = '[{"changed": {"fields": ["Headline", "Body"]}}]'
    log(chief, article, at=NOW, message=changed)
    log(chief, article, at=NOW + MINUTE)
    log(chief, article, at=NOW + 2 * MINUTE, flag=DELETION, message="")
    log(chief, article, at=NOW + 3 * MINUTE, flag=ADDITION, message='[{"added": {}}]')
    decide(comment, by=chief, at=NOW + 4 * MINUTE)
    decide(comment, by=None, at=NOW + 5 * MINUTE, status=Comment.Status.SPAM)
    change_url = reverse("admin:articles_article_change", args=[article.pk])
    comment_url = reverse("admin:comments_comment_change", args=[comment.pk])
    said = [
        (entry.who, entry.what, entry.kind, entry.thing, entry.url)
        for entry in read_log(Criteria(), viewer=chief).entries
    ]
    nobody = "Nobody: it was done automatically"
    assert said == [
        (nobody, "Decided: Spam.", "Comment", "Reader: Thanks", comment_url),
        ("Ada Example", "Decided: Approved.", "Comment", "Reader: Thanks", comment_url),
        ("Ada Example", "Added.", "Article", "The calf", change_url),
        ("Ada Example", "Deletion", "Article", "The calf", ""),
        ("Ada Example", "Published.", "Article", "The calf", change_url),
        ("Ada Example", "Changed Headline and Body.", "Article", "The calf", change_url),
    ]


def test_a_comment_that_is_cut_says_so(chief):
    decide(make_comment(commenter_name="Reader", body="word " * 40), by=chief)
    (thing,) = things(read_log(Criteria(), viewer=chief))
    assert thing == f"Reader: {'word ' * 11}word…"


def test_entries_about_comments_say_why_and_by_whom_without_an_account(chief):
    comment = make_comment()
    acts = [
        ("decided", "pending", "removed", chief, "rude"),
        ("undone", "removed", "pending", chief, ""),
        ("edited", "pending", "pending", None, ""),
        ("reported", "approved", "pending", None, ""),
    ]
    for number, (act, before, after, by, reason) in enumerate(acts):
        comment.moderation_actions.create(
            act=act,
            from_status=before,
            to_status=after,
            by=by,
            reason=reason,
            at=NOW + number * MINUTE,
        )
    said = [(entry.who, entry.what) for entry in read_log(Criteria(), viewer=chief).entries]
    assert said == [
        ("Nobody: it was done automatically", "Held after reports."),
        ("Its writer", "Changed by its writer."),
        ("Ada Example", "Decision undone: Waiting."),
        ("Ada Example", "Decided: Removed. Insulting or hateful"),
    ]


def test_it_is_narrowed_by_editor_kind_and_days_of_the_sites_zone(chief):
    ben = User.objects.create_superuser("ben")
    article, image = make_article(headline="Article"), make_image(title="Image")
    # In New York it is still the 14th.
    log(chief, article, at=datetime(2026, 3, 15, 3, 59, tzinfo=UTC))
    log(ben, image, at=datetime(2026, 3, 15, 4, 0, tzinfo=UTC))
    decide(make_comment(commenter_name="R", body="C"), by=ben, at=NOW)

    def narrowed(**criteria):
        return things(read_log(Criteria(**criteria), viewer=chief))

    assert narrowed() == ["R: C", "Image", "Article"]
    assert narrowed(editor=ben) == ["R: C", "Image"]
    assert narrowed(kind="articles.image") == ["Image"]
    assert narrowed(kind="comments.comment") == ["R: C"]
    assert narrowed(kind="no.such") == []
    assert narrowed(until=date(2026, 3, 14)) == ["Article"]
    assert narrowed(since=date(2026, 3, 15)) == ["R: C", "Image"]
    assert narrowed(since=date(2026, 3, 15), until=date(2026, 3, 15), editor=chief) == []


def test_pages_hold_every_entry_once_in_order(chief):
    article, comment = make_article(), make_comment()
    # Many of one moment, from both sources.
    for number in range(9):
        log(chief, article, at=NOW + (number // 3) * MINUTE, message=f"log {number}")
        decide(comment, by=chief, at=NOW + (number // 4) * MINUTE)
    places, before = [], None
    while True:
        page = read_log(Criteria(), viewer=chief, before=before, limit=4)
        places += [entry.place for entry in page.entries]
        before = page.older
        if before is None:
            break
    keys = [(place.at, place.source, place.pk) for place in places]
    assert len(keys) == len(set(keys)) == 18
    assert keys == sorted(keys, reverse=True)


def test_what_happens_meanwhile_shifts_no_page(chief):
    article = make_article()
    for number in range(4):
        log(chief, article, at=NOW + number * MINUTE, message=f"log {number}.")
    first = read_log(Criteria(), viewer=chief, limit=2)
    log(chief, article, at=NOW + 9 * MINUTE, message="new.")
    second = read_log(Criteria(), viewer=chief, before=first.older, limit=2)
    assert [entry.what for entry in second.entries] == ["log 1.", "log 0."]
    assert second.older is None


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("Editor", ["Image", "Article"]),
        ("Moderator", ["R: C", "Article"]),
        ("Directory editor", []),
    ],
)
def test_each_reads_only_about_what_they_may_see(chief, group, expected):
    log(chief, make_article(headline="Article"), at=NOW)
    log(chief, make_image(title="Image"), at=NOW + MINUTE)
    decide(make_comment(commenter_name="R", body="C"), by=chief, at=NOW + 2 * MINUTE)
    log(chief, chief, at=NOW + 3 * MINUTE)
    assert things(read_log(Criteria(), viewer=member_of(group))) == expected


@pytest.mark.parametrize("count", [1, 7])
def test_it_takes_a_constant_number_of_queries(client, chief, count, django_assert_max_num_queries):
    client.force_login(chief)
    for _number in range(count):
        log(chief, make_article())
        decide(make_comment(), by=chief)
    with django_assert_max_num_queries(7):
        client.get(AUDIT)


@pytest.mark.parametrize(
    "text", ["", "x", "~~", "2026-03-15~0~1", "2026-03-15T12:00+00:00~2~1", "9" * 9999, "\0~0~1"]
)
def test_what_is_no_place_is_the_beginning(text):
    assert Cursor.read(text) is None


def test_a_place_is_read_as_it_was_written():
    place = Cursor(NOW, 1, 12)
    assert Cursor.read(str(place)) == place
    assert Cursor.read(f"{NOW.isoformat()}~1~{'9' * 40}").pk == 2**63 - 1


@pytest.mark.parametrize(
    ("asked", "errors"),
    [
        ({"since": "tomorrow"}, {"since": ["Enter a valid date."]}),
        ({"since": "0001-01-01"}, {"since": ["Please look at the year again."]}),
        ({"until": "9999-12-31"}, {"until": ["Please look at the year again."]}),
        (
            {"since": "2026-03-15", "until": "2026-03-14"},
            {"until": ["It lies before the first day."]},
        ),
        (
            {"editor": "9" * 40},
            {"editor": ["Select a valid choice. That choice is not one of the available choices."]},
        ),
        (
            {"kind": "auth.nothing"},
            {"kind": ["Select a valid choice. auth.nothing is not one of the available choices."]},
        ),
    ],
)
def test_what_makes_no_sense_comes_back_with_the_reason(client, chief, asked, errors):
    client.force_login(chief)
    response = client.get(AUDIT, asked)
    assert (response.status_code, response.context["form"].errors) == (200, errors)


def test_it_is_read_with_the_right_and_by_nobody_else(client, chief):
    log(chief, make_article(headline="The calf"))
    assert client.get(AUDIT).status_code == 302
    client.force_login(User.objects.create_user("ben", is_staff=True))
    assert client.get(AUDIT).status_code == 403
    client.force_login(member_of("Editor"))
    assert "The calf" in client.get(AUDIT).content.decode()
    assert client.post(AUDIT).status_code == 405


def test_the_link_to_older_ones_keeps_what_was_asked(client, chief):
    client.force_login(chief)
    image = make_image(title="A picture")
    for number in range(PAGE_SIZE + 1):
        log(chief, image, at=NOW + number * MINUTE, message=f"log {number}.")
    log(chief, make_article(), at=NOW - MINUTE)
    html = client.get(AUDIT, {"kind": "articles.image"}).content.decode()
    [link] = [part.partition('"')[0] for part in html.split('href="')[1:] if "before=" in part]
    older = client.get(AUDIT + link.replace("&amp;", "&"))
    assert [entry.what for entry in older.context["page"].entries] == ["log 0."]
