"""The words on the screen, valid or not, become a piece to look over."""

from datetime import date

import pytest
from django.http import QueryDict

from articles.checklist import Piece
from articles.checklist_forms import WordsForm
from articles.forms import ArticleForm
from articles.outline import Outline
from tests.articles.factories import make_article, make_image
from tests.directory.factories import make_specialty

pytestmark = pytest.mark.django_db


def test_the_words_of_a_saved_article_are_those_that_its_form_shows():
    image = make_image()
    article = make_article(
        headline="Head",
        dek="Dek",
        summary="Sum",
        body="<p>One.</p>",
        tags=["heel pain", "running"],
        specialties=[make_specialty()],
        lead_image=image,
        last_reviewed_on=date(2026, 1, 2),
        next_review_on=date(2027, 1, 2),
    )
    assert WordsForm.of(ArticleForm(instance=article)).piece() == Piece(
        Outline(paragraphs=["One."], lines=["One."]),
        headline="Head",
        dek="Dek",
        summary="Sum",
        tags=("heel pain", "running"),
        has_specialty=True,
        lead_image=image.pk,
        last_reviewed_on=date(2026, 1, 2),
        next_review_on=date(2027, 1, 2),
    )


def test_the_words_of_a_form_that_came_back_are_those_that_were_typed():
    form = ArticleForm({"headline": "", "body": "<p>Typed</p>", "tags": "one, two three"})
    piece = WordsForm.of(form).piece()
    assert (piece.outline.lines, piece.tags) == (["Typed"], ("one", "two three"))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "lead_image=seven&last_reviewed_on=soon&next_review_on=2026-02-30",
        "lead_image=-1&lead_image=99999999999999999999&body=<script>x</script>",
        'tags=,,"&headline=%00&unknown=1',
    ],
)
def test_a_value_that_is_none_counts_as_none(query):
    assert WordsForm(QueryDict(query)).piece() == Piece(Outline())
