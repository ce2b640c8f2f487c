"""What the site's search compares of articles, and the index that each database has over it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from acutake.lib.terms import query_of
from articles.models import Article, ArticleTerms
from articles.search import find_articles
from articles.search_index import index_articles, rebuild
from directory.models import KnownWord
from tests.articles.factories import NOW, make_article, make_author

pytestmark = pytest.mark.django_db


def found(text, *, at=NOW):
    return find_articles(query_of(text), at=at, limit=100)


def test_each_level_has_what_belongs_to_it():
    article = make_article(
        headline="Heel",
        dek="Calf",
        authors=[make_author(name="Ada")],
        tags=["Run"],
        body="<p>Often, often, often; once.</p>",
    )

    assert ArticleTerms.objects.get(pk=article.pk).terms.split() == [
        "aheel",
        *("bada", "bcalf", "bheel", "brun"),
        *("cada", "ccalf", "cheel", "coften", "crun"),
        *("dada", "dcalf", "dheel", "doften", "donce", "drun"),
    ]


def test_whatever_stands_in_a_text_can_be_indexed_and_found():
    words = "it's a \"quote\" NEAR AND OR NOT * : ^ ( ) + - \\ %s %% O'; DROP TABLE x --"
    article = make_article(headline="针灸 é ½ 😀", body=f"<p>{words}</p>")

    assert [found(text) for text in (words, "针灸", "½", "😀")] == [[article.pk]] * 3 + [[]]


def test_deleted_article_leaves_nothing_in_the_index():
    article = make_article(headline="Moxa")
    other = make_article(headline="Moxa too")
    article.delete()

    assert found("moxa") == [other.pk]
    assert not ArticleTerms.objects.filter(pk=article.pk).exists()


def test_change_that_is_rolled_back_is_rolled_back_in_the_index():
    article = make_article(headline="Moxa")

    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(headline="Cupping")
        index_articles([article.pk])
        transaction.set_rollback(True)

    assert (found("moxa"), found("cupping")) == ([article.pk], [])


def test_order_is_that_of_publication_within_a_level():
    older = make_article(headline="Moxa", published_at=NOW - timedelta(days=9))
    newer = make_article(headline="Moxa", published_at=NOW - timedelta(days=1))
    between = make_article(headline="Moxa", published_at=NOW - timedelta(days=5))

    assert found("moxa") == [newer.pk, between.pk, older.pk]


def test_no_more_are_found_than_were_asked_for_and_one():
    newest = [make_article(headline="Moxa").pk for _ in range(5)][:1:-1]

    assert find_articles(query_of("moxa"), at=NOW, limit=2) == newest


def test_rebuild_makes_what_is_lost_and_can_be_run_again():
    made = [make_article(headline="Moxa") for _ in range(3)]
    ArticleTerms.objects.exclude(pk=made[0].pk).delete()

    counts = [rebuild(is_missing_only=True), rebuild(is_missing_only=True), rebuild()]

    assert counts == [2, 0, 3]
    assert found("moxa") == [article.pk for article in reversed(made)]


def test_command_says_how_many_were_indexed():
    make_article()
    out = StringIO()
    call_command("rebuild_article_index", stdout=out)

    assert out.getvalue() == "1 articles were indexed.\n"


def test_words_that_stand_out_are_learned_once():
    for _ in range(2):
        make_article(headline="Zither", body="<p>Quokka, quokkas, quokka. Rarely.</p>")

    words = KnownWord.objects.filter(word__in=["zither", "quokka", "quokkas", "rarely"])

    assert sorted(words.values_list("word", flat=True).distinct()) == [
        "quokka",
        "quokkas",
        "zither",
    ]
    assert words.filter(word="zither").count() == 7


def test_batch_takes_as_many_queries_for_one_as_for_three(django_assert_num_queries):
    keys = [make_article(headline="Moxa").pk for _ in range(3)]
    with django_assert_num_queries(9):
        index_articles(keys[:1])
    with django_assert_num_queries(9):
        index_articles(keys)
