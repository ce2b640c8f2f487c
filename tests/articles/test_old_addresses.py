from datetime import timedelta

import pytest
from taggit.models import Tag

from articles.models import OldAddress
from articles.old_addresses import find, write
from articles.usage import record_uses
from tests.articles.factories import NOW, make_article, make_author, make_image

HERE = "/articles/heel/"


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://www.old.example/2019/05/Heel-Pain/", "/2019/05/heel-pain"),
        ("/2019/05/heel?utm_source=x#comments", "/2019/05/heel"),
        ("http://old.example/blog/?p=7&preview=true", "/blog?p=7"),
        ("/?page_id=7", "/?page_id=7"),
        ("/caf%C3%A9/", "/café"),
        ("/cafe%CC%81/", "/café"),
        ("/%d0%b1%d0%be%d0%bb%d1%8c/", "/боль"),
        ("https://old.example", "/"),
        ("/?p=x", "/"),
        ("/?p=" + "9" * 30, "/"),
        ("/" + "a" * 600, ""),
        ("/%00/", ""),
        ("/%ff/", ""),
        ("https://[broken/", ""),
        ("/?" + "&".join(["a=1"] * 50), ""),
    ],
)
def test_an_address_is_written_in_one_way(address, written):
    assert write(address) == written


@pytest.fixture
def article(db):
    found = make_article(slug="heel")
    for path in ("/blog/2019/05/heel", "/blog?p=7", "/?p=7"):
        OldAddress.objects.create(path=path, article=found)
    return found


@pytest.mark.parametrize(
    "address",
    [
        "/blog/2019/05/heel/",
        "/Blog/2019/05/Heel",
        "/blog/2019/05/heel/feed/",
        "/blog/2019/05/heel/comment-page-2/",
        "/blog/2019/05/heel/2/",
        "/blog/?p=7",
        "/?p=7",
        "/index.php?p=7",
    ],
)
def test_an_old_address_leads_to_the_article_in_one_step(client, article, address):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, HERE)
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("address", ["/blog/2019/05/", "/blog/?p=8", "/?p[]=7"])
def test_other_addresses_stay_what_they_are(client, article, address):
    response = client.get(address)
    assert response.status_code == (200 if address.startswith("/?") else 404)


@pytest.mark.parametrize(
    "fields", [{"status": "draft"}, {"published_at": NOW + timedelta(days=99999)}]
)
def test_nobody_is_led_to_what_is_not_public(client, article, fields):
    type(article).objects.filter(pk=article.pk).update(**fields)
    assert client.get("/blog/2019/05/heel/").status_code == 404
    assert client.get("/?p=7").status_code == 200


def test_authors_and_tags_are_led_to_while_they_have_readers(client, article):
    author, other = article.authors.get(), make_author()
    tag, unused = Tag.objects.create(name="Feet"), Tag.objects.create(name="Hands")
    article.tags.add(tag)
    OldAddress.objects.bulk_create(
        [
            OldAddress(path="/author/ada", author=author),
            OldAddress(path="/author/other", author=other),
            OldAddress(path="/category/feet", tag=tag),
            OldAddress(path="/category/hands", tag=unused),
        ]
    )
    led = {path: find(path, at=NOW) for path in ("/author/ada/", "/author/other/")}
    assert led == {"/author/ada/": author.get_absolute_url(), "/author/other/": None}
    assert find("/category/feet/page/2/", at=NOW) == "/articles/tags/feet/"
    assert find("/category/hands/", at=NOW) is None


def test_a_picture_is_led_to_while_an_article_shows_it(client, article):
    image = make_image()
    OldAddress.objects.create(path="/wp-content/uploads/2019/05/calf.jpg", image=image)
    addresses = [
        "/wp-content/uploads/2019/05/Calf.jpg",
        "/wp-content/uploads/2019/05/calf-300x200.jpg",
        "/wp-content/uploads/2019/05/calf-scaled.jpg",
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    article.lead_image = image
    article.save()
    record_uses(article)
    assert [client.get(address)["Location"] for address in addresses] == [image.file.url] * 3


@pytest.mark.django_db
def test_old_feeds_lead_to_the_feed(client):
    assert client.get("/feed/")["Location"] == "/articles/feed/"
    assert client.get("/anything/feed/").status_code == 404


def test_a_page_of_this_site_asks_nothing_more(client, article, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/robots.txt")
    with django_assert_num_queries(2):
        assert find("/blog/2019/05/heel/", at=NOW) == HERE


def test_a_form_that_is_sent_to_an_old_address_is_not_led_on(client, article):
    assert client.post("/blog/2019/05/heel/").status_code == 404
