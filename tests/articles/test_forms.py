"""What editors type comes out clean, or comes back with the reason."""

import pytest

from articles.forms import ArticleForm
from articles.models import Article
from tests.articles.factories import make_article, make_image

pytestmark = pytest.mark.django_db

ARTICLE = {
    "headline": "What a needle does",
    "slug": "what-a-needle-does",
    "body": "<p>Little, at first.</p>",
    "status": "draft",
}


def test_the_body_keeps_figures_and_loses_what_no_editor_writes():
    body = (
        '<h2 style="color: red">One</h2><p onclick="x()">Two<script>three</script></p>'
        '<figure data-image="7"><figcaption>Four</figcaption></figure>'
        '<img src="https://example.org/five.png">'
    )
    form = ArticleForm({**ARTICLE, "body": body})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["body"] == (
        '<h2>One</h2><p>Two</p><figure data-image="7"><figcaption>Four</figcaption></figure>'
    )


def test_a_published_article_without_a_date_is_published_now():
    form = ArticleForm({**ARTICLE, "status": "published"})
    assert form.is_valid(), form.errors
    assert form.save(commit=False).is_published()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": "published", "body": "<p></p>"}, ["body"]),
        ({"status": "published", "body": '<p>x</p><figure data-image="99"></figure>'}, ["body"]),
        ({"slug": "feed"}, ["slug"]),
        ({"reviewed_by": "99"}, ["reviewed_by"]),
        ({"revision_note": "Corrected a dose."}, ["revised_at"]),
        (
            {"published_at": "2026-03-02 09:00", "expires_at": "2026-03-01 09:00"},
            ["expires_at"],
        ),
        ({"status": "published", "published_at": "0202-03-02 09:00"}, ["published_at"]),
        ({"expires_at": "9999-12-31 23:59"}, ["expires_at"]),
        ({"lead_image": "99"}, ["lead_image"]),
        ({"lead_image": "seven"}, ["lead_image"]),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(fields, expected):
    form = ArticleForm({**ARTICLE, **fields})
    assert list(form.errors) == expected


def test_a_picture_that_refuses_the_publication_is_named_at_its_field():
    lead, shown = make_image(title="Calf", credit=""), make_image(title="Heel", alt_text="")
    body = f'<p>x</p><figure data-image="{shown.pk}"></figure>'
    fields = {**ARTICLE, "status": "published", "body": body, "lead_image": lead.pk}
    form = ArticleForm(fields)
    assert {name: len(errors) for name, errors in form.errors.items()} == {
        "lead_image": 1,
        "body": 1,
    }
    assert "“Calf” does not say who made it" in form.errors["lead_image"][0]
    assert ArticleForm({**fields, "status": "in_review"}).is_valid()


def test_a_draft_may_be_empty_and_miss_a_picture():
    form = ArticleForm({**ARTICLE, "body": '<figure data-image="99"></figure>'})
    assert form.is_valid(), form.errors


def test_an_address_that_another_article_once_had_is_refused():
    article = make_article(slug="first")
    article.paths.create(slug="what-a-needle-does")
    assert list(ArticleForm(ARTICLE).errors) == ["slug"]
    assert "slug" not in ArticleForm(ARTICLE, instance=article).errors


def test_what_was_typed_comes_back_with_the_error():
    form = ArticleForm({**ARTICLE, "headline": "", "body": "<p>Long <em>work</em> & more</p>"})
    html = str(form["body"])
    assert not form.is_valid()
    assert "&lt;p&gt;Long &lt;em&gt;work&lt;/em&gt; &amp; more&lt;/p&gt;</textarea>" in html


def test_every_status_can_be_chosen():
    statuses = [value for value, _words in ArticleForm().fields["status"].choices]
    assert statuses == Article.Status.values
