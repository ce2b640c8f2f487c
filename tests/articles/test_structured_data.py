"""What an article says to machines is what its page shows: each value is looked up in the page."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.cards import card_of
from articles.models import Article, Byline
from articles.next_versions import begin_next_version
from articles.previews import make_link
from articles.renditions import make_renditions
from directory.listing import withdraw_practitioners
from directory.models import Practitioner
from directory.portraits import portrait_of
from tests.articles.factories import NOW, make_article, make_author, make_image
from tests.comments.factories import make_comment
from tests.directory.factories import make_practitioner, make_specialty
from tests.page_reader import Page, leaves

pytestmark = pytest.mark.django_db

ORIGIN = "https://acutake.example"
HOSTILE = '</script><b>"Heel"</b> & <!-- \u2028 calf'
# What each type must have: at developers.google.com/search/docs/appearance/structured-data/, the
# pages article, breadcrumb, image-license-metadata and profile-page (read in November 2026; an
# article has nothing required, so what is recommended counts), and for the others what
# schema.org says that the type is for.
REQUIRED = {
    "Comment": {"url", "author", "dateCreated", "text"},
    "Article": {"headline", "author", "datePublished", "image"},
    "Person": {"name"},
    "ImageObject": {"contentUrl", "creditText"},
    "BreadcrumbList": {"itemListElement"},
    # Its address is `url` in a list of pages, `item` on the way to one.
    "ListItem": {"position", "name"},
    "MedicalWebPage": {"lastReviewed", "reviewedBy", "mainEntity", "breadcrumb"},
    "WebPage": {"name", "mainEntity", "breadcrumb"},
    "ProfilePage": {"mainEntity", "breadcrumb"},
    "CollectionPage": {"name", "mainEntity", "breadcrumb"},
    "ItemList": {"itemListElement"},
    "Organization": {"name", "url"},
    "WebSite": {"name", "url"},
    "Role": {"roleName", "contributor"},
    "Thing": {"name", "url"},
}


FIGURE = (
    '<figure data-image="{}"><figcaption>The <em>calf</em> &lt;muscle&gt;'
    "<sup data-note>A book.</sup>, seen from <strong>behind</strong>.</figcaption></figure>"
)


@pytest.fixture(autouse=True)
def origin(settings):
    settings.SITE_URL = ORIGIN


@pytest.fixture
def full():
    """An article with all that one may have, and names that try to break out."""
    lead = make_image(
        size=(1700, 20), caption="A <calf>.", credit="Drawing: <Ida> & Co", rights="CC BY 4.0"
    )
    make_renditions(lead, at=NOW)
    article = make_article(
        headline=HOSTILE,
        slug="heel",
        dek="Where it hurts & why.",
        summary="Only for search engines.",
        authors=[
            make_author(name="Ada <Example>", letters="L.Ac., DACM", role="Editor"),
            make_author(name="Bea Brook"),
            make_author(name="Cleo Crane", letters="MD"),
        ],
        tags=["running", "heel & calf"],
        specialties=[make_specialty(name="Sports & more"), make_specialty(name="Trigger points")],
        lead_image=lead,
        body=f"<p>Words.</p>{FIGURE.format(make_image(credit='Photo: Ben', caption='').pk)}",
        published_at=datetime(2026, 3, 1, 3, 30, tzinfo=UTC),
        revised_at=datetime(2026, 3, 5, 12, tzinfo=UTC),
        reviewed_by=make_author(name="Rita Review", letters="MD, PhD", role="Never shown"),
        last_reviewed_on=date(2026, 2, 3),
    )
    ida = make_author(name="Ida Ink", letters="MFA")
    article.bylines.create(author=ida, role=Byline.Role.ILLUSTRATION, position=9)
    for _ in range(3):
        make_comment(article=article)
    make_comment(article=article, status="pending", body="Not yet.")
    return article


def read(client, article) -> Page:
    return Page.of(client.get(article.get_absolute_url()))


def day(value: str) -> str:
    """As the page writes it, in the site's zone."""
    moment = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return date_format(moment, "F j, Y")


def shown_as(path: str, value: object) -> str:
    """How a value of the data stands in the words of the page."""
    name = path.rpartition(".")[2]
    if name in {"datePublished", "dateModified", "lastReviewed"}:
        before = {"dateModified": "Updated on ", "lastReviewed": " on "}.get(name, "")
        return before + day(value)
    if name == "dateCreated":
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")
    if name == "timeRequired":
        return f"{value.removeprefix('PT').removesuffix('M')} minute"
    if name == "commentCount":
        return f"{value} comments"
    if name == "roleName":
        return f"{value}: "
    return " ".join(str(value).split())


def squeezed(text: str) -> str:
    """Without spaces: a page has some around every element."""
    return "".join(text.split())


def untold(page: Page) -> list[tuple[str, object]]:
    """The values of the data that the page does not show."""
    paths = {address.removeprefix(ORIGIN) for address in page.addresses}
    # Of a list: the page that is shown, and the list of which it is a page.
    here = {page.canonical[0], page.canonical[0].partition("?")[0]}

    def is_shown(path, value):
        name = path.rpartition(".")[2]
        if name in {"@type", "position", "width", "height"}:
            return True
        if str(value).startswith(ORIGIN):
            address, _, anchor = value.partition("#")
            is_ours = address.removeprefix(ORIGIN) in paths or address in here
            return is_ours and (name == "@id" or not anchor)
        return squeezed(shown_as(path, value)) in words

    words = squeezed(page.words).replace("1,seenfrom", ",seenfrom")
    return [leaf for leaf in leaves(page.nodes) if not is_shown(*leaf)]


def nodes_within(node: object):
    """Each node that says something, however deep; not those that only refer to one by `@id`."""
    if isinstance(node, dict):
        if set(node) != {"@id"}:
            yield node
        for value in node.values():
            yield from nodes_within(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes_within(value)


def missing(nodes) -> list[tuple[str, set[str]]]:
    """The types that lack a property, with those properties."""
    lacks = [(node["@type"], REQUIRED[node["@type"]] - node.keys()) for node in nodes]
    return [(type_, names) for type_, names in lacks if names]


def test_every_value_is_on_the_page(client, full):
    page = read(client, full)
    assert untold(page) == []
    assert len(list(leaves(page.nodes))) > 60


def test_every_type_has_what_it_must_have(client, full):
    found = list(nodes_within(read(client, full).nodes))
    of_lists = {"ProfilePage", "CollectionPage", "ItemList"}
    assert {node["@type"] for node in found} == REQUIRED.keys() - {"WebPage"} - of_lists
    assert missing(found) == []


def test_nodes_refer_only_to_nodes_that_are_there(client, full):
    nodes = read(client, full).nodes
    said = {node["@id"] for node in nodes_within(nodes) if "@id" in node}
    referred = {value for path, value in leaves(nodes) if path.endswith("@id")}
    assert referred == said


def test_the_byline_is_told_in_its_order_with_letters_and_roles(client, full):
    article = read(client, full).node("Article")
    assert [(who["name"], who.get("honorificSuffix")) for who in article["author"]] == [
        ("Ada <Example>", "L.Ac., DACM"),
        ("Bea Brook", None),
        ("Cleo Crane", "MD"),
    ]
    assert [who.get("jobTitle") for who in article["author"]] == ["Editor", None, None]
    ((role, who),) = [(each["roleName"], each["contributor"]) for each in article["contributor"]]
    assert (role, who["name"], who["honorificSuffix"]) == ("Illustration", "Ida Ink", "MFA")
    assert who["url"] == f"{ORIGIN}{full.bylines.last().author.get_absolute_url()}"


def test_a_reviewed_article_stands_on_a_medical_web_page(client, full):
    page = read(client, full)
    web_page = page.node("MedicalWebPage")
    assert web_page["@id"] == web_page["url"] == page.canonical[0] == f"{ORIGIN}/articles/heel/"
    assert web_page["lastReviewed"] == "2026-02-03"
    # The page does not say more of whoever reviewed it, nor lead to a page that may not exist.
    assert web_page["reviewedBy"] == {
        "@type": "Person",
        "name": "Rita Review",
        "honorificSuffix": "MD, PhD",
    }
    assert "Medically reviewed by Rita Review, MD, PhD on February 3, 2026" in page.words


def test_a_review_without_a_name_names_nobody(client):
    web_page = read(client, make_article(last_reviewed_on=date(2026, 2, 3))).node("MedicalWebPage")
    assert (web_page["lastReviewed"], "reviewedBy" in web_page) == ("2026-02-03", False)


def test_an_unreviewed_article_stands_on_a_plain_web_page(client):
    page = read(client, make_article())
    assert page.node("WebPage").keys().isdisjoint({"lastReviewed", "reviewedBy"})
    assert untold(page) == []


def test_what_is_not_there_is_not_told(client):
    page = read(client, make_article(authors=[], dek=""))
    assert set(page.node("Article")) == {
        *("@type", "@id", "url", "headline", "datePublished", "timeRequired"),
        *("publisher", "isPartOf", "mainEntityOfPage"),
    }
    assert untold(page) == []


def test_moments_are_those_of_the_sites_zone(client, full, settings):
    article = read(client, full).node("Article")
    assert article["datePublished"] == "2026-02-28T22:30:00-05:00"
    assert article["dateModified"] == "2026-03-05T07:00:00-05:00"


def test_an_image_is_the_file_that_the_page_shows_with_its_credit(client, full):
    image, other = read(client, full).node("Article")["image"]
    file = full.lead_image.renditions.get(shape="whole", format="webp", width_px=1600)
    assert image == {
        "@type": "ImageObject",
        "contentUrl": f"{ORIGIN}{file.file.url}",
        "width": 1600,
        "height": file.height_px,
        "caption": "A <calf>.",
        "creditText": "Drawing: <Ida> & Co",
        "copyrightNotice": "CC BY 4.0",
    }
    assert (other["caption"], other["creditText"], other["width"]) == (
        "The calf <muscle>, seen from behind.",
        "Photo: Ben",
        8,
    )


def test_the_way_there_is_that_of_the_page(client, full):
    page = read(client, full)
    entries = page.node("BreadcrumbList")["itemListElement"]
    assert [(entry["position"], entry["item"]) for entry in entries] == [
        (1, f"{ORIGIN}/"),
        (2, f"{ORIGIN}/articles/"),
        (3, f"{ORIGIN}/articles/heel/"),
    ]
    names = [" ".join(entry["name"].split()) for entry in entries]
    assert names == ["Home", "Articles", " ".join(HOSTILE.split())]
    assert " ".join(names) in page.words


def test_comments_are_counted_as_the_page_counts_them(client, full):
    assert read(client, full).node("Article")["commentCount"] == 3
    assert "commentCount" not in read(client, make_article()).node("Article")


def test_a_next_version_is_told_from_its_minute_on(client):
    article = make_article(headline="Old words")
    old_card = card_of(article).path
    version = begin_next_version(article, at=NOW, by=None)
    Article.objects.filter(pk=version.pk).update(headline="New words")
    Article.objects.filter(pk=article.pk).update(next_version_at=NOW)
    page = read(client, article)
    assert page.node("Article")["headline"] == page.node("WebPage")["name"] == "New words"
    assert untold(page) == []
    new_card = page.meta["og:image"].removeprefix(ORIGIN)
    assert client.get(old_card)["Location"] == new_card
    assert client.get(new_card).status_code == 200


def test_a_preview_says_nothing_of_itself(client, full):
    Article.objects.filter(pk=full.pk).update(status="draft", published_at=None)
    response = client.get(make_link(full, at=timezone.now(), days=1))
    page = Page.of(response)
    assert (page.blocks, page.canonical) == ([], [])
    assert {"og:url", "article:published_time", "article:author"}.isdisjoint(page.meta)
    assert page.meta["og:image"] == f"{ORIGIN}/static/img/og.png"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.fixture
def archive():
    """An author who is listed, with thirteen articles in each archive."""
    listed = make_practitioner(
        name="Ada Example", slug="ada", photo="portraits/ada.jpg", photo_consent="By letter."
    )
    ada = make_author(
        name="Ada <Example>",
        slug="ada",
        letters="L.Ac.",
        role="Editor",
        bio="One & two.\n\nThree.",
        practitioner=listed,
    )
    kind = make_specialty(name="Sports & more", slug="sports")
    for _ in range(13):
        make_article(authors=[ada], tags=["heel & calf"], specialties=[kind])
    return ada


LISTS = {
    "/articles/": ["Articles"],
    "/articles/tags/heel-calf/": ["Articles", "Subjects", "heel & calf"],
    "/articles/authors/ada/": ["Articles", "Authors", "Ada <Example>"],
    "/articles/specialties/sports/": ["Articles", "Kinds of care", "Sports & more"],
    "/articles/2026/": ["Articles", "2026"],
    "/articles/2026/3/": ["Articles", "2026", "March 2026"],
}
SHELVES = {
    "/articles/tags/": ["Articles", "Subjects"],
    "/articles/authors/": ["Articles", "Authors"],
    "/articles/specialties/": ["Articles", "Kinds of care"],
}


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("number", [1, 2])
def test_a_list_tells_the_rows_that_it_shows_and_no_others(client, archive, path, number):
    page = Page.of(client.get(path, {"page": number}))
    assert untold(page) == []
    assert missing(nodes_within(page.nodes)) == []
    type_ = "ProfilePage" if "authors" in path else "CollectionPage"
    node = page.node(type_)
    assert node["@id"] == node["url"] == page.canonical[0]
    rows = node["hasPart" if type_ == "ProfilePage" else "mainEntity"]["itemListElement"]
    shown = list(Article.objects.published(at=timezone.now()).newest_first())
    expected = shown[:12] if number == 1 else shown[12:]
    assert [(row["position"], row["name"], row["url"]) for row in rows] == [
        (position, article.headline, ORIGIN + article.get_absolute_url())
        for position, article in enumerate(expected, start=12 * number - 11)
    ]


@pytest.mark.parametrize(("path", "names"), [*LISTS.items(), *SHELVES.items()])
def test_the_way_to_a_list_is_that_of_the_page(client, archive, path, names):
    page = Page.of(client.get(path))
    entries = page.node("BreadcrumbList")["itemListElement"]
    assert [entry["name"] for entry in entries] == ["Home", *names]
    assert entries[-1]["item"] == ORIGIN + path
    assert " ".join(["Home", *names]) in page.words
    assert untold(page) == []


def test_a_list_of_nothing_tells_nothing(client):
    node = Page.of(client.get("/articles/")).node("CollectionPage")
    assert "mainEntity" not in node


def test_an_authors_page_is_about_that_person(client, archive):
    page = Page.of(client.get("/articles/authors/ada/"))
    assert page.node("ProfilePage")["mainEntity"] == {
        "@type": "Person",
        "name": "Ada <Example>",
        "honorificSuffix": "L.Ac.",
        "@id": f"{ORIGIN}/articles/authors/ada/#person",
        "url": f"{ORIGIN}/articles/authors/ada/",
        "jobTitle": "Editor",
        "description": "One & two.\n\nThree.",
        "image": f"{ORIGIN}{portrait_of(archive.practitioner, size_px=320).src}",
        "sameAs": f"{ORIGIN}/acupuncturists/ada/",
    }
    assert (page.meta["og:type"], page.meta["twitter:card"]) == ("profile", "summary")


def test_a_listing_that_is_withdrawn_is_told_nowhere(client, archive):
    withdraw_practitioners(Practitioner.objects.filter(slug="ada"))
    response = client.get("/articles/authors/ada/")
    person = Page.of(response).node("ProfilePage")["mainEntity"]
    assert {"sameAs", "image"}.isdisjoint(person)
    html = response.content.decode()
    assert ("/acupuncturists/ada" in html, "portraits/ada" in html) == (False, False)


@pytest.mark.parametrize("number", [1, 3])
def test_what_machines_read_takes_no_query(client, number, django_assert_num_queries):
    article = make_article(
        authors=[make_author() for _ in range(number)],
        tags=[f"tag {index}" for index in range(number)],
        specialties=[make_specialty() for _ in range(number)],
        lead_image=make_image(),
        reviewed_by=make_author(),
        last_reviewed_on=date(2026, 2, 3),
    )
    client.get(reverse("articles:article", args=[article.slug]))
    # Article, bylines, tags, specialties, renditions, related, neighbors, comments.
    with django_assert_num_queries(8):
        client.get(article.get_absolute_url())
