"""The archive that is kept for ever: it is read by every release, on every database."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Max
from taggit.models import Tag

from articles import models
from articles.archive import articles, images, lists, revisions
from articles.models import Article, Author, Byline, Image, Revision
from articles.models.versions import SNAPSHOT_FIELDS
from comments import archive_records as comments
from comments.models import (
    Ban,
    Comment,
    Erasure,
    Flag,
    LearnedWords,
    MailStop,
    ModerationAction,
    Notice,
    Phrase,
)
from tests.acutake.publication import NOW, make_directory
from tests.articles.archive.files import FIRST_VERSION, contents, records

pytestmark = pytest.mark.django_db

KEPT = {
    Article: {*articles.LASTING, *articles.STAMPS, *SNAPSHOT_FIELDS, "number"},
    Author: {*lists.AUTHOR_COLUMNS, "number", "practitioner"},
    Byline: {"article", "author", "position", "role"},
    Comment: {*comments.FIELDS, *comments.OF_ADDRESS},
    Image: {*images.COLUMNS, "file", "tags", "search_text"},
    models.OldAddress: {"path", "article", "author", "image", "tag"},
    ModerationAction: {*comments.OF_ACTION, "by", "comment"},
    Revision: {*revisions.COLUMNS, "article", "editor", "snapshot"},
    Tag: {*lists.TAG_COLUMNS, "number"},
}
LEFT_OUT = {
    # Made anew from what is kept.
    Article: {"authors", "word_count", "search_text", "next_of", "outside_links"},
    Image: {"renditions_made_at", "id"},
    Comment: {
        # They tell two submissions apart, or two of one network, within days.
        *("submission_key", "network_key", "body_key"),
        # The database reckons them.
        *("has_question", "has_link"),
    },
    # By it a click is taken back, which the next one on the same comment ends.
    ModerationAction: {"batch"},
}
# Those of these two apps that are no record or part of one.
ADDRESSES = {models.ArticlePath, models.AuthorPath, models.TagPath}
PLACES = {models.Feature}
DERIVED = {models.ImageUse, models.Rendition, models.OutsideLink, models.ArticleTerms}
# Words that nobody has saved, and how far a move from another site has come.
OF_THIS_SITE = {models.Draft, models.ImportedItem, models.WordPressImport}
# Flags, bans and phrases are this site's daily work, and what is learned is learned again. Erasures
# travel in a file of their own; stops and bans are hashes under a key that another site has not.
OF_MODERATION = {Ban, Erasure, Flag, LearnedWords, MailStop, Notice, Phrase}


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    make_directory()
    call_command("import_articles", FIRST_VERSION, stdout=StringIO())


def test_what_was_read_is_written_the_same(site, tmp_path):
    path = tmp_path / "again.zip"
    call_command("export_articles", "--with-addresses", out=path, stdout=StringIO())

    assert contents(path) == contents(FIRST_VERSION)


def test_what_came_later_stands_only_where_it_is_not_the_default(site, tmp_path):
    path = tmp_path / "later.zip"
    rules = {"comment_hold": "links", "comments_close_after_days": 0}
    Article.objects.filter(slug="first").update(**rules)
    call_command("export_articles", "--with-addresses", out=path, stdout=StringIO())
    written = {line["slug"]: line for line in records(contents(path)["articles.jsonl"])}
    once = {line["slug"]: line for line in records(contents(FIRST_VERSION)["articles.jsonl"])}

    assert written == {**once, "first": {**once["first"], **rules}}

    call_command("import_articles", FIRST_VERSION, "--update", stdout=StringIO())
    article = Article.objects.get(slug="first")
    assert (article.comment_hold, article.comments_close_after_days) == ("", None)
    call_command("import_articles", path, "--update", stdout=StringIO())
    article = Article.objects.get(slug="first")
    assert (article.comment_hold, article.comments_close_after_days) == ("links", 0)


def test_what_came_later_of_comments_stands_only_where_it_is_not_the_default(site, tmp_path):
    path = tmp_path / "later.zip"
    once = records(contents(FIRST_VERSION)["comments.jsonl"])
    comment = Comment.objects.get(pk=once[0]["number"])
    Comment.objects.filter(pk=comment.pk).update(
        status="removed",
        website="https://ada.example/",
        is_closed=True,
        edited_at=NOW,
        withdrawn_at=NOW,
        screening=[{"code": "trap"}],
        proven_at=NOW,
        wants_decision=True,
        wants_replies=True,
    )
    action = comment.moderation_actions.create(
        act="withdrawn", from_status="approved", to_status="removed", reason="rude", at=NOW
    )
    call_command("export_articles", "--with-addresses", out=path, stdout=StringIO())
    written = records(contents(path)["comments.jsonl"])

    later = "2026-03-15T12:00:00+00:00"
    acted = {"act": "withdrawn", "from_status": "approved", "to_status": "removed"}
    assert written == [
        {
            **once[0],
            "status": "removed",
            "website": "https://ada.example/",
            "is_closed": True,
            "edited_at": later,
            "withdrawn_at": later,
            "screening": [{"code": "trap"}],
            "proven_at": later,
            "wants_decision": True,
            "wants_replies": True,
            "actions": [
                *once[0]["actions"],
                {**acted, "reason": "rude", "at": later, "by": None},
            ],
        },
        *once[1:],
    ]

    row = Comment.objects.values().get(pk=comment.pk)
    Comment.objects.filter(pk=comment.pk).update(website="", wants_replies=False)
    action.delete()
    call_command("import_articles", path, "--update", stdout=StringIO())
    assert Comment.objects.values().get(pk=comment.pk) == row
    assert comment.moderation_actions.filter(act="withdrawn", reason="rude").count() == 1
    call_command("export_articles", out=path, stdout=StringIO())
    assert "proven_at" not in records(contents(path)["comments.jsonl"])[0]


def test_new_rows_get_numbers_that_nothing_has(site):
    highest = {model: model.objects.aggregate(n=Max("pk"))["n"] for model in (Article, Comment)}
    article = Article.objects.create(slug="new", headline="New")
    comment = Comment.objects.create(article=article, body="New", created_at=NOW)

    assert article.pk > highest[Article]
    assert comment.pk > highest[Comment]
    assert Author.objects.create(name="New", slug="new").pk > Author.objects.get(slug="bob").pk
    assert Tag.objects.create(name="New").slug == "new"


def test_what_is_derived_is_derived_again(site):
    article = Article.objects.get(slug="first")

    assert article.word_count == 14
    assert article.search_text.startswith("heel")
    assert set(article.image_uses.values_list("image__title", flat=True)) == {"Calf", "Ear"}
    assert list(article.outside_links.values_list("url", flat=True)) == [
        "https://example.org/?a=1&b=2"
    ]
    assert list(Image.objects.found_by("ear drawings").values_list("title", flat=True)) == ["Ear"]


@pytest.mark.parametrize("model", KEPT)
def test_every_column_is_kept_or_left_out_for_a_reason(model):
    columns = {
        field.name
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.name != "id"
    }

    assert columns - KEPT[model] - LEFT_OUT.get(model, set()) == set()


def test_every_table_is_kept_or_left_out_for_a_reason():
    tables = {
        table for app in ("articles", "comments") for table in apps.get_app_config(app).get_models()
    }

    assert (
        tables == KEPT.keys() - {Tag} | ADDRESSES | PLACES | DERIVED | OF_THIS_SITE | OF_MODERATION
    )
