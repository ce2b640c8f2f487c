"""What the page of an article asks the server while somebody types."""

import json

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from articles.drafts import form_data, snapshot_of_fields
from articles.models import Article, Draft
from articles.next_versions import begin_next_version, publish_next_version
from articles.revisions import latest_revision, record_revision
from articles.snapshots import snapshot_of
from tests.articles.factories import NOW, make_article, make_author, make_image
from tests.articles.test_admin import change_url, draft
from tests.directory.factories import make_specialty
from tests.form_reader import sent_form

pytestmark = pytest.mark.django_db

NEW = reverse("admin:articles_article_autosave_new")
TOKEN = reverse("admin:articles_article_token")


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


def url_of(article):
    return reverse("admin:articles_article_autosave", args=[article.pk])


def send(client, url, *, headline="Typed", version=0, base_number=0, **more):
    fields = {"headline": [headline], "body": ["<p>Words.</p>"], **more.pop("fields", {})}
    sent = {"fields": fields, "version": version, "base_number": base_number, **more}
    return client.post(url, json.dumps(sent), content_type="application/json")


def test_what_is_typed_is_kept_apart_from_what_is_published(editor, client):
    article = make_article(headline="Public", slug="calf")
    before = Article.objects.values().get()
    response = send(editor, url_of(article), fields={"body": ["<p>x</p><script>y</script>"]})
    kept = Draft.objects.get()
    assert (response.status_code, response.json()) == (
        200,
        {"version": 1, "draft": kept.pk, "others": []},
    )
    assert kept.fields == {"headline": ["Typed"], "body": ["<p>x</p>"]}
    assert Article.objects.values().get() == before
    assert "Typed" not in client.get("/articles/calf/").text


def test_each_write_counts_and_replaces_the_one_before(editor):
    article = draft()
    versions = [
        send(editor, url_of(article), headline=f"v{version}", version=version).json()["version"]
        for version in range(3)
    ]
    assert (versions, Draft.objects.get().headline) == ([1, 2, 3], "v2")


def test_another_window_of_the_same_editor_overwrites_nothing_and_sees_both(editor):
    article = draft()
    send(editor, url_of(article), headline="First window")
    response = send(editor, url_of(article), headline="Second window")
    said = response.json()
    kept = Draft.objects.get()
    assert (response.status_code, said["kind"], said["take_url"]) == (
        409,
        "window",
        f"?draft={kept.pk}",
    )
    assert "First</del>" in said["difference"]
    assert "Second</ins>" in said["difference"]
    assert kept.headline == "First window"


def test_after_seeing_both_the_other_windows_words_are_kept_aside(editor):
    article = draft()
    send(editor, url_of(article), headline="First window")
    response = send(editor, url_of(article), headline="Second window", is_merge=True)
    assert response.status_code == 200
    kept = Draft.objects.order_by("pk")
    assert [(row.headline, row.set_aside_at is None) for row in kept] == [
        ("Second window", True),
        ("First window", False),
    ]


def test_the_same_words_sent_twice_are_no_conflict(editor):
    article = draft()
    first, again = send(editor, url_of(article)), send(editor, url_of(article))
    assert (again.status_code, again.json()) == (200, first.json())


def test_a_save_of_another_editor_is_told_with_name_and_difference_and_the_words_are_kept(
    editor, ben
):
    article = draft(headline="Calf pain")
    record_revision(article, at=NOW, by=ben)
    response = send(editor, url_of(article), headline="Heel pain")
    said = response.json()
    assert (response.status_code, said["kind"], said["name"], said["number"]) == (
        409,
        "saved",
        "ben",
        1,
    )
    assert "Calf</del>" in said["difference"]
    assert Draft.objects.get().headline == "Heel pain"
    again = send(editor, url_of(article), headline="Both", version=said["version"], base_number=1)
    assert again.status_code == 200


def test_two_editors_who_type_lose_nothing_and_know_of_each_other(editor, ada, ben):
    article = draft()
    other = Client()
    other.force_login(ben)
    send(editor, url_of(article), headline="Adas")
    response = send(other, url_of(article), headline="Bens")
    mine = Draft.objects.get(editor=ada)
    assert response.json()["others"] == [
        {"name": "ada", "url": reverse("admin:articles_draft", args=[mine.pk])}
    ]
    assert {row.headline for row in Draft.objects.all()} == {"Adas", "Bens"}


def test_a_new_article_is_kept_before_it_was_ever_saved(editor):
    said = send(editor, NEW, headline="First").json()
    send(editor, NEW, headline="First again", version=said["version"], draft=said["draft"])
    send(editor, NEW, headline="Another")
    assert [row.headline for row in Draft.objects.order_by("pk")] == ["First again", "Another"]
    assert Article.objects.count() == 0


def test_words_for_a_version_that_went_out_are_told_so(editor):
    version = begin_next_version(make_article(), at=NOW, by=None)
    url = url_of(version)
    publish_next_version(version, at=NOW, by=None)
    response = send(editor, url)
    assert (response.status_code, response.json()) == (409, {"kind": "gone"})


def test_who_is_not_logged_in_is_told_so_and_gets_no_token(client):
    article = draft()
    assert send(client, url_of(article)).status_code == 401
    assert send(client, NEW).status_code == 401
    assert client.get(TOKEN).status_code == 401
    assert Draft.objects.count() == 0


def test_a_new_token_makes_the_next_request_pass(ada):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    article = draft()
    assert send(client, url_of(article)).status_code == 403
    token = client.get(TOKEN).json()["token"]
    sent = json.dumps({"fields": {"headline": ["x"]}})
    response = client.post(
        url_of(article), sent, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert response.status_code == 200


def test_only_who_may_change_articles_keeps_words(client):
    user = User.objects.create_user("cara", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(user)
    assert [send(client, url).status_code for url in (url_of(draft()), NEW)] == [403, 403]


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff",
        b"[" * 50_000,
        b'{"fields": 1}',
        b'{"fields": {"a": 1}}',
        b'{"fields": {}, "version": "x"}',
        b'{"fields": {}, "version": -1}',
        b'{"fields": {}, "base_number": 99999999999}',
        b'{"fields": {}, "draft": 1e400}',
    ],
)
def test_what_no_form_sends_is_refused(editor, sent):
    response = editor.post(url_of(draft()), sent, content_type="application/json")
    assert (response.status_code, Draft.objects.count()) == (400, 0)


def test_what_is_too_long_is_refused_as_such(editor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert send(editor, url_of(draft()), headline="x" * 200).status_code == 413


def test_characters_that_no_database_holds_are_left_out(editor):
    article = draft()
    assert send(editor, url_of(article), headline="a\0b\ud800c").status_code == 200
    assert Draft.objects.get().headline == "ab?c"


def test_it_only_answers_posts(editor):
    assert editor.get(url_of(draft())).status_code == 405


def test_the_form_of_the_typed_words_is_the_form_that_was_typed_in(editor, ada):
    """Whatever an editor sees, autosaved and opened again, is the same in every field."""
    article = make_article(
        authors=[make_author(), make_author()],
        tags=["heel pain", "knee"],
        specialties=[make_specialty(), make_specialty()],
        lead_image=make_image(),
        revised_at=NOW,
        revision_note="Why.",
    )
    page = editor.get(change_url(article)).text
    fields = sent_form(page, form_id="article_form")
    assert snapshot_of_fields(fields) == snapshot_of(article)
    kept = Draft.objects.create(
        article=article, editor=ada, fields=fields, base_number=0, typed_at=NOW
    )
    again = sent_form(
        editor.get(f"{change_url(article)}?draft={kept.pk}").text, form_id="article_form"
    )
    ignored = {"csrfmiddlewaretoken", "draft_version"}
    assert {name: value for name, value in again.items() if name not in ignored} == {
        name: value for name, value in fields.items() if name not in ignored
    }


def test_a_byline_that_changed_since_is_brought_to_what_was_typed(ada):
    stays, goes, comes = make_author(), make_author(), make_author()
    article = draft(authors=[stays, goes])
    fields = {
        "bylines-0-author": [str(stays.pk)],
        "bylines-0-position": ["3"],
        "bylines-1-author": [str(comes.pk)],
        "bylines-2-author": [str(goes.pk)],
        "bylines-2-DELETE": ["on"],
        "bylines-3-author": [""],
        "bylines-TOTAL_FORMS": ["4"],
    }
    data = form_data(Draft(article=article, editor=ada, fields=fields), article)
    kept, gone = article.bylines.all()
    assert (data["bylines-0-id"], data["bylines-0-position"]) == (str(kept.pk), "3")
    assert (data["bylines-1-id"], data["bylines-1-DELETE"]) == (str(gone.pk), "on")
    assert (data["bylines-2-author"], data["bylines-TOTAL_FORMS"]) == (str(comes.pk), "3")
    assert data["bylines-INITIAL_FORMS"] == "2"


@pytest.mark.parametrize("count", [1, 6])
def test_keeping_words_takes_a_constant_number_of_queries(
    editor, ben, count, django_assert_max_num_queries
):
    article = make_article(authors=[make_author() for _number in range(count)])
    for _number in range(count):
        record_revision(article, at=NOW, by=ben)
    number = latest_revision(article).number
    send(editor, url_of(article), base_number=number)
    with django_assert_max_num_queries(16):
        send(editor, url_of(article), base_number=number, version=1)
