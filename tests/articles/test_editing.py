"""Saving articles in the admin: every save kept, nobody's passed over, next versions beside."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.drafts import keep_draft, put_aside, typed_fields
from articles.models import Article, Draft, Revision
from articles.models.versions import COMMENT_FIELDS
from articles.next_versions import begin_next_version, schedule_next_version
from articles.revisions import latest_revision, record_revision
from tests.articles.factories import NOW, make_article, make_author, make_image
from tests.articles.test_admin import ARTICLES, change_url, draft
from tests.form_reader import sent_form

pytestmark = pytest.mark.django_db

ADD = reverse("admin:articles_article_add")
HISTORY = "admin:articles_article_history"


@pytest.fixture
def ada(db):
    return User.objects.create_superuser("ada")


@pytest.fixture
def ben(db):
    return User.objects.create_superuser("ben")


@pytest.fixture
def editor(client, ada):
    client.force_login(ada)
    return client


def opened(client, article, query=""):
    """What the form of the article sends when it is opened and sent as it is."""
    response = client.get(change_url(article) + query)
    assert response.status_code == 200
    return sent(response)


def sent(response):
    """The fields of the page's form, each with its last value but for those that take several."""
    values = sent_form(response.text, form_id="article_form")
    several = {"specialties"}
    return {name: found if name in several else found[-1] for name, found in values.items()}


def make_next_version(article, **fields):
    version = begin_next_version(article, at=timezone.now(), by=None)
    for name, value in fields.items():
        setattr(version, name, value)
    version.save()
    return version


def test_the_form_sent_as_it_came_changes_nothing_but_the_history(editor):
    article = make_article(
        authors=[make_author(), make_author()], tags=["knee", "heel pain"], lead_image=make_image()
    )
    before = Article.objects.values().get()
    data = opened(editor, article)
    response = editor.post(change_url(article), data)
    assert response.status_code == 302, response.context["errors"]
    after = Article.objects.values().get()
    assert {**after, "updated_at": None} == {**before, "updated_at": None}
    first, last = Revision.objects.order_by("number")
    assert first.snapshot == last.snapshot


def test_every_save_is_kept_with_editor_and_note(editor, ada):
    article = draft(headline="One")
    data = opened(editor, article)
    editor.post(change_url(article), {**data, "headline": "Two", "note": "A better word."})
    rows = Revision.objects.order_by("number")
    assert [(row.snapshot["headline"], row.editor, row.note) for row in rows] == [
        ("One", None, "As it was before changes were kept."),
        ("Two", ada, "A better word."),
    ]


def test_a_new_article_is_kept_from_its_first_save(editor):
    data = {**sent(editor.get(ADD)), "headline": "New", "slug": "new", "body": "<p>x</p>"}
    editor.post(ADD, data)
    revision = Revision.objects.get()
    assert (revision.number, revision.snapshot["headline"]) == (1, "New")


def test_a_save_upon_a_save_of_somebody_else_shows_both_and_changes_nothing(editor, ben):
    article = draft(headline="Calf", body="<p>Rest for two days.</p>")
    data = opened(editor, article)
    article.body = "<p>Rest for ten days.</p>"
    article.save()
    record_revision(article, at=NOW, by=ben)
    mine = {**data, "headline": "The calf"}
    response = editor.post(change_url(article), mine)
    article.refresh_from_db()
    assert (response.status_code, article.headline) == (200, "Calf")
    assert "ben saved this on March 15, 2026" in response.text
    assert 'value="The calf"' in response.text
    shown = re.findall(r"<(ins|del)>.*?</span>(.*?)</\1>", response.text)
    words = [("del", "Calf"), ("ins", "The calf"), ("del", "ten"), ("ins", "two")]
    assert shown == words


def test_after_both_were_shown_the_second_save_is_on_top_and_the_other_in_the_history(editor, ben):
    article = draft(headline="Calf")
    data = opened(editor, article)
    article.headline = "Ben's"
    article.save()
    record_revision(article, at=NOW, by=ben)
    shown = editor.post(change_url(article), {**data, "headline": "Ada's"})
    response = editor.post(change_url(article), {**sent(shown), "headline": "Both's"})
    assert response.status_code == 302
    headlines = Revision.objects.order_by("number").values_list("snapshot__headline", flat=True)
    assert list(headlines) == ["Ben's", "Both's"]


def test_what_lost_is_kept_aside_and_can_be_taken_up_again(editor, ben):
    article = draft(headline="Calf", authors=[make_author(name="Zoë Example")])
    data = {**opened(editor, article), "headline": "Mine"}
    record_revision(article, at=NOW, by=ben)
    url = reverse("admin:articles_article_put_aside", args=[article.pk])
    response = editor.post(url, data, follow=True)
    kept = Draft.objects.get()
    assert kept.set_aside_at is not None
    assert f"?draft={kept.pk}" in response.text
    again = opened(editor, article, f"?draft={kept.pk}")
    assert again["headline"] == "Mine"
    editor.post(change_url(article), {**again, "base_number": 1})
    article.refresh_from_db()
    assert (article.headline, Draft.objects.count()) == ("Mine", 0)
    assert [byline.author.name for byline in article.bylines.all()] == ["Zoë Example"]


def test_saving_forgets_what_this_window_typed_and_keeps_what_another_typed(editor, ada):
    for version_in_form, left in ((1, 0), (0, 1)):
        article = draft()
        data = opened(editor, article)
        keep_draft(
            {"headline": ["x"]}, article=article, editor=ada, base_number=0, version=0, at=NOW
        )
        editor.post(change_url(article), {**data, "draft_version": version_in_form})
        assert Draft.objects.filter(article=article).count() == left


def test_a_published_article_is_kept_as_it_is_when_the_change_becomes_its_next_version(
    editor, client
):
    article = make_article(headline="Old", slug="calf", tags=["knee"])
    data = {**opened(editor, article), "headline": "New", "tags": "heel", "slug": "other"}
    response = editor.post(change_url(article), {**data, "_next": "1", "note": "Why"}, follow=True)
    version = Article.objects.get(next_of=article)
    article.refresh_from_db()
    assert (article.headline, article.slug, version.headline) == ("Old", "calf", "New")
    assert [tag.name for tag in article.tags.all()] == ["knee"]
    assert [tag.name for tag in version.tags.all()] == ["heel"]
    assert response.redirect_chain[-1][0] == change_url(version)
    messages = [str(message) for message in response.context["messages"]]
    assert messages[1] == "Not changed, since it holds for the article itself: Slug."
    assert latest_revision(version).note == "Why"


def test_a_second_next_version_is_not_begun_over_the_first(editor):
    article = make_article(headline="Old")
    data = {**opened(editor, article), "headline": "Second"}
    version = make_next_version(article, headline="First")
    response = editor.post(change_url(article), {**data, "_next": "1"})
    version.refresh_from_db()
    kept = Draft.objects.get(article=version)
    assert (version.headline, kept.fields["headline"]) == ("First", ["Second"])
    assert response["Location"] == f"{change_url(version)}?draft={kept.pk}"
    again = opened(editor, version, f"?draft={kept.pk}")
    assert editor.post(change_url(version), again).status_code == 302
    version.refresh_from_db()
    assert (version.headline, version.status) == ("Second", "draft")


def test_the_next_version_is_scheduled_and_taken_back_on_its_page(editor):
    article = make_article(headline="Old", expires_at=None)
    version = make_next_version(article, headline="New")
    data = {**opened(editor, version), "goes_out_at_0": "2099-01-01", "goes_out_at_1": "09:00"}
    assert editor.post(change_url(version), data).status_code == 302
    article.refresh_from_db()
    assert article.next_version_at.isoformat() == "2099-01-01T14:00:00+00:00"
    assert DBTaskResult.objects.get().run_after == article.next_version_at
    for row in (version, article):
        assert "Jan. 1, 2099, 9 a.m." in editor.get(change_url(row)).text
    again = opened(editor, version)
    assert (again["goes_out_at_0"], again["goes_out_at_1"]) == ("2099-01-01", "09:00:00")
    editor.post(change_url(version), {**again, "goes_out_at_0": "", "goes_out_at_1": ""})
    article.refresh_from_db()
    assert article.next_version_at is None


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (("2020-01-01", "09:00"), "That moment has passed."),
        (("0001-01-01", "00:00"), "Please look at the year again."),
        (("2099-01-01", ""), "Enter a valid time."),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_the_reason(editor, moment, reason):
    version = make_next_version(make_article())
    data = {**opened(editor, version), "goes_out_at_0": moment[0], "goes_out_at_1": moment[1]}
    response = editor.post(change_url(version), {**data, "headline": "Kept"})
    assert response.context["adminform"].form.errors["goes_out_at"] == [reason]
    assert 'value="Kept"' in response.text


def test_the_next_version_is_published_at_once_from_its_page(editor, client):
    article = make_article(headline="Old", slug="calf")
    version = make_next_version(article)
    data = {**opened(editor, version), "headline": "New", "_publish": "1"}
    response = editor.post(change_url(version), data)
    assert response["Location"] == change_url(article)
    assert "New" in client.get("/articles/calf/").text
    assert Article.objects.count() == 1


def test_a_version_that_is_out_is_settled_by_a_button_and_by_no_look(editor):
    now = timezone.now()
    article = make_article(headline="Old")
    version = make_next_version(article, headline="New")
    schedule_next_version(
        version,
        goes_out_at=now - timedelta(hours=1),
        at=now - timedelta(days=1),
        by=None,
    )
    for row in (article, version):
        assert "Go on with the article" in editor.get(change_url(row)).text
    assert Article.objects.count() == 2
    response = editor.post(reverse("admin:articles_article_settle", args=[article.pk]), follow=True)
    assert 'value="New"' in response.text
    assert Article.objects.get().headline == "New"


def test_what_was_typed_on_a_version_that_went_out_meanwhile_comes_back(editor):
    rules = {"comment_hold": "first", "comments_close_after_days": 30}
    article = make_article(slug="calf", authors=[make_author(name="Zoë Example")], **rules)
    version = make_next_version(article)
    data = {**opened(editor, version), "headline": "Typed late"}
    now = timezone.now()
    schedule_next_version(
        version, goes_out_at=now - timedelta(hours=1), at=now - timedelta(days=1), by=None
    )
    response = editor.post(change_url(version), data)
    kept = Draft.objects.get()
    assert response["Location"] == f"{change_url(article)}?draft={kept.pk}"
    again = opened(editor, article, f"?draft={kept.pk}")
    assert (again["headline"], again["slug"], again["status"]) == (
        "Typed late",
        "calf",
        "published",
    )
    assert [again[name] for name in COMMENT_FIELDS] == ["on", "first", "30"]


def test_what_was_typed_on_a_deleted_article_comes_back_as_a_new_one(editor):
    article = draft()
    data = {**opened(editor, article), "headline": "Not lost"}
    url = change_url(article)
    article.delete()
    response = editor.post(url, data, follow=True)
    assert 'value="Not lost"' in response.text


def test_a_deleted_next_version_takes_its_time_with_it(editor):
    article = make_article()
    version = make_next_version(article)
    at = timezone.now()
    schedule_next_version(version, goes_out_at=at + timedelta(days=1), at=at, by=None)
    editor.post(reverse("admin:articles_article_delete", args=[version.pk]), {"post": "yes"})
    article.refresh_from_db()
    assert (article.next_version_at, Article.objects.count()) == (None, 1)


def test_withdrawing_from_the_list_leaves_next_versions_alone(editor):
    article = make_article()
    version = make_next_version(article)
    keys = [article.pk, version.pk]
    data = {"action": "withdraw_selected", "_selected_action": keys}
    response = editor.post(ARTICLES, data, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        f"{version}: a next version is not public. Discard it on its page.",
        "1 article withdrawn.",
    ]


def test_any_two_states_are_compared(editor):
    article = make_article(headline="One")
    record_revision(article, at=NOW, by=None)
    article.headline = "Two"
    article.save()
    make_next_version(article, headline="Three")
    url = reverse("admin:articles_article_compare", args=[article.pk])
    pairs = {
        (old, new): re.findall(
            r"<(?:ins|del)>.*?</span>(.*?)</", editor.get(url, {"from": old, "to": new}).text
        )
        for old, new in [("1", "saved"), ("saved", "next"), ("next", "1"), ("1", "1")]
    }
    assert pairs == {
        ("1", "saved"): ["One", "Two"],
        ("saved", "next"): ["Two", "Three"],
        ("next", "1"): ["Three", "One"],
        ("1", "1"): [],
    }
    for query in ({}, {"from": "9", "to": "1"}, {"from": "x", "to": "²"}):
        assert editor.get(url, query).status_code == 404


def test_restoring_changes_a_draft_at_once(editor):
    article = draft(headline="One")
    record_revision(article, at=NOW, by=None)
    article.headline = "Two"
    article.save()
    editor.post(reverse("admin:articles_article_restore", args=[article.pk, 1]))
    article.refresh_from_db()
    assert article.headline == "One"


def test_restoring_a_published_article_makes_its_next_version(editor):
    article = make_article(headline="One")
    record_revision(article, at=NOW, by=None)
    article.headline = "Two"
    article.save()
    editor.post(reverse("admin:articles_article_restore", args=[article.pk, 1]))
    article.refresh_from_db()
    assert (article.headline, article.next_version.headline) == ("Two", "One")


def test_only_who_may_change_an_article_restores_settles_and_keeps_aside(client):
    article = make_article()
    record_revision(article, at=NOW, by=None)
    viewer = User.objects.create_user("cara", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(viewer)
    posts = [
        reverse("admin:articles_article_restore", args=[article.pk, 1]),
        reverse("admin:articles_article_settle", args=[article.pk]),
        reverse("admin:articles_article_put_aside", args=[article.pk]),
        reverse("admin:articles_article_put_aside_new"),
    ]
    assert [client.post(url).status_code for url in posts] == [403] * 4
    assert [client.get(url).status_code for url in posts] == [405] * 4
    compare = reverse("admin:articles_article_compare", args=[article.pk])
    assert client.get(compare, {"from": "1", "to": "saved"}).status_code == 200
    client.logout()
    assert client.get(compare, {"from": "1", "to": "saved"}).status_code == 302


def test_unsaved_words_are_shown_to_colleagues_and_thrown_away_by_their_editor(editor, ada, ben):
    article = draft(headline="Saved")
    fields = typed_fields({"headline": ["Bens words"], "body": ["<p>x</p><script>y</script>"]})
    theirs = put_aside(fields, article=article, editor=ben, at=NOW)
    mine = keep_draft(fields, article=article, editor=ada, base_number=0, version=0, at=NOW)
    look = reverse("admin:articles_draft", args=[theirs.pk])
    assert ("Bens words" in editor.get(look).text, "<script>y" in editor.get(look).text) == (
        True,
        False,
    )
    discards = [reverse("admin:articles_draft_discard", args=[row.pk]) for row in (theirs, mine)]
    assert [editor.post(url).status_code for url in discards] == [403, 302]
    assert list(Draft.objects.all()) == [theirs]


def test_an_article_never_saved_is_offered_to_its_writer_alone(editor, ada, ben, client):
    kept = put_aside({"headline": ["Mine alone"]}, article=None, editor=ada, at=NOW)
    assert "Mine alone" in editor.get(ADD).text
    assert opened_new(editor, f"?draft={kept.pk}")["headline"] == "Mine alone"
    client.force_login(ben)
    assert "Mine alone" not in client.get(ADD).text + client.get(f"{ADD}?draft={kept.pk}").text
    assert client.get(reverse("admin:articles_draft", args=[kept.pk])).status_code == 404


def opened_new(client, query):
    return sent(client.get(ADD + query))


@pytest.mark.parametrize("count", [1, 60])
def test_the_history_takes_a_constant_number_of_queries(
    editor, ada, count, django_assert_max_num_queries
):
    article = make_article()
    for _number in range(count):
        record_revision(article, at=NOW, by=ada)
    with django_assert_max_num_queries(9):
        response = editor.get(reverse(HISTORY, args=[article.pk]))
    assert len(response.context["revisions"]) == min(count, 50)


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_takes_no_query_for_each_next_version(
    editor, count, django_assert_max_num_queries
):
    for _number in range(count):
        make_next_version(make_article())
    with django_assert_max_num_queries(12):
        response = editor.get(ARTICLES)
    assert response.text.count("Next version: Draft") == count


def test_the_page_of_an_article_takes_as_many_queries_with_a_long_history(
    editor, ben, django_assert_num_queries
):
    article = make_article()
    record_revision(article, at=NOW, by=ben)
    put_aside({"headline": ["x"]}, article=article, editor=ben, at=NOW)
    editor.get(change_url(article))
    with CaptureQueriesContext(connection) as few:
        editor.get(change_url(article))
    for _number in range(20):
        record_revision(article, at=NOW, by=ben)
        put_aside({"headline": ["x"]}, article=article, editor=ben, at=NOW)
        make_article()
    with django_assert_num_queries(len(few)):
        editor.get(change_url(article))
