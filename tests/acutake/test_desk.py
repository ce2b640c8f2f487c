"""What waits for whom."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.utils import timezone

from acutake.desk import desk_for, waiting_for
from articles.models import Article, Draft, Revision
from comments.models import Comment
from directory.models import Practitioner, Report
from tests.articles.factories import make_article, make_image
from tests.comments.factories import make_comment
from tests.directory.factories import make_office, make_practitioner, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def member_of():
    """Make a member of staff who belongs to the named groups."""
    call_command("sync_groups", verbosity=0)

    def make(*names):
        user = User.objects.create_user("-".join(names) or "nobody", is_staff=True)
        user.groups.set(Group.objects.filter(name__in=names))
        return user

    return make


def counts(user):
    return {str(line.label): line.count for line in waiting_for(user, at=timezone.now())}


def test_moderator_sees_only_comments(member_of):
    article = make_article()
    make_comment(article=article, status=Comment.Status.PENDING)
    asked = make_comment(article=article, body="Why?", created_at=timezone.now())
    reported = [make_comment(article=article) for _ in range(2)]
    for comment in reported:
        comment.flags.create(reason="rude", created_at=timezone.now())
    make_comment(article=article, parent=asked)

    assert counts(member_of("Moderator")) == {
        "Comments to decide": 1,
        "Comments reported": 2,
        "Questions without an answer": 1,
    }


def test_editor_sees_what_is_not_out_yet(member_of):
    make_article(status=Article.Status.DRAFT, published_at=None)
    make_article(status=Article.Status.IN_REVIEW, published_at=None)
    make_article(published_at=timezone.now() + timedelta(days=1))
    make_article()

    seen = counts(member_of("Editor"))

    assert (seen["Drafts"], seen["Articles in review"], seen["Articles scheduled"]) == (1, 1, 1)


def test_member_of_no_group_sees_nothing(member_of):
    assert counts(member_of()) == {}


@pytest.mark.parametrize("group", ["Editor", "Moderator", "Directory editor"])
def test_every_line_leads_to_a_page_that_its_reader_may_open(client, member_of, group):
    user = member_of(group)
    client.force_login(user)

    lines = waiting_for(user, at=timezone.now())

    assert lines
    assert [client.get(line.url).status_code for line in lines] == [200] * len(lines)


def make_licenses(*, on):
    """One for each line, and as many of somebody withdrawn, who wait for nobody."""
    day = timedelta(days=1)
    for listing in (Practitioner.Listing.LISTED, Practitioner.Listing.WITHDRAWN):
        person = Practitioner.objects.get(listing=listing)
        for number, (expires_on, verified_on) in enumerate(
            [(None, None), (on - day, on), (on, on), (None, on - 366 * day), (None, on)]
        ):
            person.licenses.create(
                number=f"{listing}-{number}",
                state_code="NY",
                expires_on=expires_on,
                verified_on=verified_on,
            )


def test_every_line_leads_to_just_what_it_counts(client):
    chief = User.objects.create_superuser("chief")
    client.force_login(chief)
    make_comment(status=Comment.Status.PENDING)
    make_comment(body="Why?", created_at=timezone.now())
    make_comment().flags.create(reason="rude", created_at=timezone.now())
    for status in Article.Status.values:
        make_article(status=status)
    make_article(published_at=timezone.now() + timedelta(days=1))
    for listing in Practitioner.Listing.values:
        make_practitioner(listing=listing, office=make_office())
    make_office(point=None)
    make_licenses(on=timezone.localdate())
    make_article(next_review_on=timezone.localdate())
    make_article(next_review_on=timezone.localdate() + timedelta(days=2))
    make_image(alt_text="")
    make_image(credit="")
    make_image(alt_text="", is_decorative=True)
    report = make_report(practitioner=Practitioner.objects.listed().get())
    make_report(
        practitioner=report.practitioner, status=Report.Status.REJECTED, resolved_at=timezone.now()
    )

    lines = waiting_for(chief, at=timezone.now())

    pages = [client.get(line.url).context for line in lines]
    listed = [page["cl"].result_count if "cl" in page else len(page["rows"]) for page in pages]
    assert listed == [line.count for line in lines] == [1] * 16


def test_first_page_of_the_admin_says_what_waits(client, member_of):
    make_comment(status=Comment.Status.PENDING)
    client.force_login(member_of("Moderator"))

    html = client.get("/admin/").content.decode()

    assert "What waits" in html
    assert "<strong>1</strong> Comments to decide" in html


def save_as(user, article, *, of=None):
    """A revision by `user` of the article, or of `of` whose next version it is."""
    Revision.objects.create(
        article=of or article,
        is_of_next_version=of is not None,
        number=Revision.objects.count() + 1,
        snapshot={},
        editor=user,
        saved_at=timezone.now(),
    )


def type_on(user, article, *, headline, at):
    fields = {"headline": [headline]}
    return Draft.objects.create(article=article, editor=user, fields=fields, typed_at=at)


def test_own_drafts_are_those_that_one_saved_or_typed_on(client, member_of):
    ada, ben = member_of("Editor"), User.objects.create_superuser("ben")
    saved, review, public, others = (
        make_article(headline="Saved", status="draft"),
        make_article(headline="Review", status="in_review"),
        make_article(headline="Public"),
        make_article(headline="Of others", status="draft"),
    )
    following = make_article(headline="Next version", status="draft", next_of=public)
    for article in (saved, review, public):
        save_as(ada, article)
    save_as(ada, following, of=public)
    save_as(ben, others)
    now = timezone.now()
    type_on(ada, public, headline="Public, better", at=now + timedelta(hours=1))
    type_on(ada, saved, headline="Saved, better", at=now + timedelta(hours=2))
    type_on(ada, None, headline="Never saved", at=now + timedelta(hours=3))
    type_on(ben, None, headline="Never saved by Ben", at=now + timedelta(hours=4))

    pieces = desk_for(ada, at=now).own_drafts

    assert [(piece.headline, str(piece.state)) for piece in pieces] == [
        ("Never saved", "Not saved yet"),
        ("Saved, better", "Not saved yet"),
        ("Public, better", "Not saved yet"),
        ("Next version", "Draft"),
        ("Review", "In review"),
    ]
    client.force_login(ada)
    assert [client.get(piece.url).status_code for piece in pieces] == [200] * 5


def test_lately_are_the_newest_that_readers_see(member_of):
    make_article(headline="Old", published_at=timezone.now() - timedelta(days=9))
    make_article(headline="New", published_at=timezone.now() - timedelta(days=1))
    make_article(headline="Tomorrow", published_at=timezone.now() + timedelta(days=1))
    make_article(headline="Draft", status="draft")
    lately = desk_for(member_of("Editor"), at=timezone.now()).lately
    assert [piece.headline for piece in lately] == ["New", "Old"]


def test_articles_are_not_for_those_who_may_not_write_them(member_of):
    make_article()
    desk = desk_for(member_of("Moderator"), at=timezone.now())
    assert (desk.own_drafts, desk.lately) == ([], [])


@pytest.mark.parametrize("count", [1, 8])
def test_the_desk_takes_a_constant_number_of_queries(client, count, django_assert_max_num_queries):
    chief = User.objects.create_superuser("chief")
    client.force_login(chief)
    for _number in range(count):
        article = make_article(status="draft")
        save_as(chief, article)
        make_article()
        make_image(alt_text="")
        make_comment(status=Comment.Status.PENDING)
    with django_assert_max_num_queries(22):
        html = client.get("/admin/").content.decode()
    assert ("Your drafts" in html, "Published lately" in html) == (True, True)
