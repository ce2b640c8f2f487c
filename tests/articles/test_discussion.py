"""Opening and closing articles for comments, and the rules that an article has of its own."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from articles.discussion import close_for_comments, open_for_comments
from articles.forms import ArticleForm
from articles.models import Article
from articles.models.versions import COMMENT_FIELDS
from articles.next_versions import begin_next_version, publish_next_version
from articles.publishing import change_slug
from tests.articles.factories import NOW, PUBLISHED_AT, make_article
from tests.articles.test_admin import ARTICLES, change_url
from tests.form_reader import sent_form

pytestmark = pytest.mark.django_db

RULES = {"takes_comments": False, "comment_hold": "first", "comments_close_after_days": 30}


@pytest.fixture
def ada():
    return User.objects.create_superuser("ada")


@pytest.fixture
def editor(client, ada):
    client.force_login(ada)
    return client


def rules_of(article):
    return Article.objects.filter(pk=article.pk).values(*COMMENT_FIELDS).get()


def log_of(article):
    entries = LogEntry.objects.filter(object_id=str(article.pk)).order_by("pk")
    return list(entries.values_list("change_message", flat=True))


def opened(client, url):
    """What the form sends as it came."""
    return sent_form(client.get(url).text, form_id="article_form")


def test_closing_and_opening_is_logged_and_done_once(ada):
    article = make_article()

    assert close_for_comments(article, at=NOW, by=ada)
    assert not close_for_comments(article, at=NOW, by=ada)
    assert not Article.objects.get(pk=article.pk).is_open_for_comments(at=NOW)
    assert open_for_comments(article, at=NOW, by=ada)
    assert not open_for_comments(article, at=NOW, by=ada)

    assert Article.objects.get(pk=article.pk).is_open_for_comments(at=NOW)
    assert log_of(article) == ["Closed for comments.", "Opened for comments."]


@pytest.mark.parametrize(("own", "site"), [(3, 0), (None, 3)])
def test_what_its_time_has_closed_is_opened_for_ever(ada, settings, own, site):
    settings.COMMENTS_CLOSE_AFTER_DAYS = site
    article = make_article(comments_close_after_days=own)
    later = PUBLISHED_AT + timedelta(days=3)

    assert open_for_comments(article, at=later, by=ada)

    assert rules_of(article)["comments_close_after_days"] == 0
    assert Article.objects.get(pk=article.pk).is_open_for_comments(at=later)


def test_what_editors_had_closed_keeps_the_days_that_are_not_over(ada):
    article = make_article(takes_comments=False, comments_close_after_days=30)

    open_for_comments(article, at=NOW, by=ada)

    assert rules_of(article) == {
        "takes_comments": True,
        "comment_hold": "",
        "comments_close_after_days": 30,
    }


def test_actions_close_and_open_what_is_selected_and_the_article_of_a_next_version(editor):
    article, other = make_article(), make_article()
    version = begin_next_version(other, at=NOW, by=None)
    data = {"_selected_action": [article.pk, other.pk, version.pk]}

    closed = editor.post(ARTICLES, {**data, "action": "close_selected_for_comments"}, follow=True)
    assert [str(message) for message in closed.context["messages"]] == ["2 articles closed."]
    assert not Article.objects.filter(next_of=None, takes_comments=True).exists()

    data["_selected_action"] = [version.pk]
    again = editor.post(ARTICLES, {**data, "action": "open_selected_for_comments"}, follow=True)
    assert [str(message) for message in again.context["messages"]] == ["1 article opened."]
    assert list(Article.objects.filter(next_of=None, takes_comments=True)) == [other]


@pytest.mark.parametrize(
    ("chosen", "expected"), [("closed", ["Closed"]), ("own", ["Days", "Rule"]), ("", None)]
)
def test_the_list_is_narrowed_by_what_is_set_of_comments(editor, chosen, expected):
    make_article(headline="Plain")
    make_article(headline="Closed", takes_comments=False)
    make_article(headline="Rule", comment_hold="links")
    make_article(headline="Days", comments_close_after_days=0)

    found = editor.get(ARTICLES, {"comments": chosen}).context["cl"].queryset
    headlines = sorted(found.values_list("headline", flat=True))

    assert headlines == (expected or ["Closed", "Days", "Plain", "Rule"])


def test_the_page_of_an_article_sets_its_rules(editor):
    article = make_article()
    values = opened(editor, change_url(article))
    assert (values["comment_hold"], values["comments_close_after_days"]) == ([""], [""])
    values = {**values, "comment_hold": "first", "comments_close_after_days": "30"}
    del values["takes_comments"]

    assert editor.post(change_url(article), values).status_code == 302

    assert rules_of(article) == RULES
    values = opened(editor, change_url(article))
    assert (values["comment_hold"], values["comments_close_after_days"]) == (["first"], ["30"])


@pytest.mark.parametrize("days", ["-1", "10000", "99999999999999999999", "soon", "1.5"])
def test_days_that_make_no_sense_come_back_with_the_reason(editor, days):
    article = make_article()
    values = {**opened(editor, change_url(article)), "comments_close_after_days": days}

    page = editor.post(change_url(article), values)

    errors = page.context["adminform"].form.errors
    assert [*errors] == ["comments_close_after_days"]
    assert rules_of(article)["comments_close_after_days"] is None


def test_the_form_says_what_an_empty_field_means(settings):
    settings.COMMENTS_HOLD = "links"
    form = ArticleForm()
    assert form.fields["comment_hold"].choices == [
        ("", "As on the whole site: With links"),
        *Article.CommentHold.choices,
    ]
    days = "comments_close_after_days"
    words = "Counted from publication. Empty: as on the whole site, for ever; 0: for ever."
    assert form.fields[days].help_text == words

    settings.COMMENTS_CLOSE_AFTER_DAYS = 14

    words = "Counted from publication. Empty: as on the whole site, 14 days; 0: for ever."
    assert ArticleForm().fields[days].help_text == words


def test_rules_hold_for_the_article_whichever_version_or_address_it_has(editor):
    article = make_article(**RULES)
    version = begin_next_version(article, at=NOW, by=None)
    values = opened(editor, change_url(version))
    assert {"takes_comments", "comment_hold", "comments_close_after_days"} & {*values} == set()

    published = publish_next_version(version, at=NOW, by=None)
    change_slug(published, "another-address")

    assert rules_of(article) == RULES


def test_what_was_changed_on_a_public_article_for_its_next_version_leaves_the_rules(editor):
    article = make_article()
    values = {**opened(editor, change_url(article)), "comment_hold": "links", "_next": "1"}

    page = editor.post(change_url(article), values, follow=True)

    assert str(list(page.context["messages"])[-1]) == (
        "Not changed, since it holds for the article itself: Comments that wait for a moderator."
    )
    assert rules_of(article)["comment_hold"] == ""


def test_who_may_only_look_is_offered_neither(client):
    viewer = User.objects.create_user("vi", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(viewer)
    article = make_article(**RULES)

    page = client.get(reverse("admin:articles_article_changelist"))
    data = {"_selected_action": [article.pk], "action": "open_selected_for_comments"}
    client.post(ARTICLES, data)

    assert "for_comments" not in page.text
    assert rules_of(article) == RULES
