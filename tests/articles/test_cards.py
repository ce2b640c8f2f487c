import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from articles.cards import Card, card_of
from articles.models import Article, Byline
from articles.publishing import change_slug
from articles.renditions import make_renditions
from tests.articles.factories import NOW, make_article, make_author, make_image

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HIDDEN = {
    "draft": {"status": "draft", "published_at": None},
    "withdrawn": {"status": "withdrawn"},
    "scheduled": {"published_at": timezone.now() + DAY},
    "expired": {"expires_at": timezone.now() - DAY},
}


def fresh(article):
    return Article.objects.get(pk=article.pk)


def test_an_article_without_a_picture_gets_one_of_its_words(client):
    ada, bea = make_author(name="Ada", letters="L.Ac."), make_author(name="Bea")
    article = make_article(headline="Heel pain", authors=[ada, bea, make_author(name="Cy")])
    card = card_of(article)
    assert (card.media_type, card.width_px, card.height_px) == ("image/png", 1200, 630)
    assert card.alt == "Heel pain · By Ada, L.Ac.; Bea and Cy · AcuTake"
    response = client.get(card.path)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["Cache-Control"] == "public, max-age=86400"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)


def test_the_lead_image_is_the_card_once_it_is_cut():
    article = make_article(lead_image=make_image(size=(1300, 700), alt_text="A calf."))
    assert card_of(article).media_type == "image/png"
    make_renditions(article.lead_image, at=NOW)
    cut = article.lead_image.renditions.get(shape="card")
    assert card_of(fresh(article)) == Card(cut.file.url, "image/jpeg", "A calf.", 1200, 630)


def test_a_decorative_lead_image_has_no_words():
    image = make_image(size=(1300, 700), alt_text="Old words.", is_decorative=True)
    make_renditions(image, at=NOW)
    assert card_of(make_article(lead_image=image)).alt == ""


def test_the_address_changes_with_what_stands_on_the_card_and_with_nothing_else():
    author = make_author(name="Ada")
    article = make_article(headline="Heel pain", authors=[author], slug="heel")
    first = card_of(article).path
    Article.objects.filter(pk=article.pk).update(dek="Other words.", body="<p>New.</p>")
    drew = make_author(name="Ida Ink")
    article.bylines.create(author=drew, role=Byline.Role.ILLUSTRATION, position=1)
    assert card_of(fresh(article)).path == first
    Article.objects.filter(pk=article.pk).update(headline="Heel pains")
    second = card_of(fresh(article)).path
    author.letters = "MD"
    author.save()
    third = card_of(fresh(article)).path
    assert len({first, second, third}) == 3


def test_an_old_card_leads_to_the_present_one_in_one_step(client):
    article = make_article(headline="Heel pain", slug="one")
    old = card_of(article).path
    Article.objects.filter(pk=article.pk).update(headline="Heel pains")
    change_slug(fresh(article), "two")
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (302, card_of(fresh(article)).path)
    assert response["Location"].startswith("/articles/two/card-")


@pytest.mark.parametrize("version", ["0", "x" * 2000, "card-card"])
def test_no_version_but_the_present_one_is_drawn(client, version):
    article = make_article(slug="heel")
    response = client.get(reverse("articles:card", args=["heel", version]))
    assert (response.status_code, response["Location"]) == (302, card_of(article).path)


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=HIDDEN)
def test_what_is_not_public_has_no_card(client, fields):
    article = make_article(**fields)
    assert client.get(card_of(article).path).status_code == 404
    assert client.get(reverse("articles:card", args=[article.slug, "0"])).status_code == 404


def test_a_headline_without_letters_in_our_type_gets_the_sites_own_picture(client):
    article = make_article(headline="针灸是什么", slug="zh")
    assert card_of(article) is None
    assert client.get(reverse("articles:card", args=["zh", "0"])).status_code == 404
    html = client.get(article.get_absolute_url()).content.decode()
    assert '<meta property="og:image" content="http://testserver/static/img/og.png">' in html


def test_a_byline_without_letters_in_our_type_is_left_out():
    article = make_article(headline="Needles", authors=[make_author(name="李时珍")])
    assert card_of(article).alt == "Needles · AcuTake"


def test_a_card_that_somebody_has_is_not_sent_again(client):
    path = card_of(make_article()).path
    etag = client.get(path)["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.head(path)["Content-Type"] == "image/png"
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_a_card_takes_three_queries(client, number, django_assert_num_queries):
    article = make_article(authors=[make_author() for _ in range(number)])
    path = card_of(article).path
    # Article, bylines, authors.
    with django_assert_num_queries(3):
        client.get(path)
