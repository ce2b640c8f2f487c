"""The checklist with what the database knows."""

from datetime import date

import pytest

from articles.checklist import Piece
from articles.html import sanitize
from articles.models import OutsideLink
from articles.models.links import digest_of
from articles.outline import outline_of
from articles.proofreading import proofread, refusals
from tests.articles.factories import NOW, make_article, make_image

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 15)


def proof_of(body, **fields):
    return proofread(Piece(outline_of(sanitize(body)), **fields), at=NOW, on=TODAY)


def codes(findings):
    return [finding.code for finding in findings]


def test_pictures_links_and_tags_are_looked_up():
    make_article(tags=["headache"])
    image = make_image(credit="")
    dead = "https://dead.example/"
    OutsideLink.objects.create(url=dead, digest=digest_of(dead), verdict="dead")
    proof = proof_of(
        f'<p>Words <a href="{dead}">of a study</a>.</p><figure data-image="{image.pk}"></figure>',
        headline="Head",
        summary="Sum",
        tags=("headaches",),
        has_specialty=True,
        last_reviewed_on=TODAY,
    )
    assert codes(proof.refusals) == ["missing_credit"]
    assert codes(proof.advice) == ["link_dead", "close_tag"]
    assert (proof.snippet.title, proof.snippet.summary, proof.grade) == ("Head", "Sum", None)


def test_the_dek_stands_in_for_a_summary_and_the_grade_is_a_whole_number():
    proof = proof_of("<p>" + "The needle is a thread. " * 20 + "</p>", dek="The dek")
    assert (proof.snippet.summary, proof.grade) == ("The dek", 1)


def test_publication_is_refused_for_the_same_reasons_in_the_same_words():
    lead, shown = make_image(alt_text=""), make_image(credit="")
    body = f'<p>x</p><figure data-image="{shown.pk}"></figure><figure data-image="99"></figure>'
    proof = proof_of(body, lead_image=lead.pk)
    assert proof.refusals == refusals(body, lead_image=lead.pk)
    assert codes(proof.refusals) == ["missing_alt_text", "missing_credit", "missing_picture"]


@pytest.mark.parametrize("number", [1, 4])
def test_it_takes_as_many_queries_for_much_as_for_little(number, django_assert_num_queries):
    figures = "".join(f'<figure data-image="{make_image().pk}"></figure>' for _ in range(number))
    links = "".join(
        f'<a href="/articles/no-{index}/">a</a> <a href="https://x{index}.example/">b</a>'
        for index in range(number)
    )
    with django_assert_num_queries(5):
        proof_of(f"<p>{links}</p>{figures}", tags=tuple(f"tag {index}" for index in range(number)))
