"""Whoever is not listed is on no public address of the site, and no e-mail address of anybody is.

Every address pattern of the site needs an example here: a new one without an example fails.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import time
from urllib.parse import quote

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from acutake import sitemaps
from articles.cards import card_of
from articles.models import Article, Author
from articles.previews import make_link
from comments.digests import make_stop_url
from comments.links import Purpose, make_token
from comments.models import Comment
from directory.listing import withdraw_practitioners
from directory.models import (
    Credential,
    License,
    OpeningHours,
    Practitioner,
    PractitionerPath,
    Report,
)
from tests.articles.factories import make_article, make_author, make_image
from tests.comments.factories import make_comment, make_moderator
from tests.directory.factories import (
    make_affiliation,
    make_office,
    make_practitioner,
    make_report,
    make_specialty,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]

# One person of each kind whom nobody may see; each has words that nobody else has.
HIDDEN = {
    "draft": Practitioner.Listing.DRAFT,
    "withdrawn": Practitioner.Listing.WITHDRAWN,
    "taken-out": Practitioner.Listing.LISTED,
}
LISTED = ("ada", "bea", "cleo")
SPECIALTY = "quill-style"
# A signed link, and a picture whose address holds what it shows: made when they are asked for.
PREVIEW = "preview"
JUST_POSTED = "just-posted"
NOTIFY = "notify"
ABOUT_FILE = "about file"
CARD = "card"
# The address of a comment and that of its reports, whose number is known by then.
COMMENT = "comment"
DIGEST = "digest"
COMMENT_REPORT = "report of a comment"
# What stands for "?" in every address pattern; each is asked for as it is, and with parameters.
EXAMPLES = {
    "": ["/"],
    "articles/": ["/articles/", "/articles/?page=2"],
    "articles/feed/": ["/articles/feed/"],
    "articles/tags/": ["/articles/tags/"],
    "articles/authors/": ["/articles/authors/"],
    "articles/specialties/": ["/articles/specialties/"],
    "articles/specialties/<slug:slug>/": [f"/articles/specialties/{SPECIALTY}/"],
    "articles/specialties/<slug:slug>/feed/": [f"/articles/specialties/{SPECIALTY}/feed/"],
    "articles/<year:year>/": ["/articles/2026/"],
    "articles/tags/<slug:slug>/": ["/articles/tags/running/"],
    "articles/tags/<slug:slug>/feed/": ["/articles/tags/running/feed/"],
    "articles/authors/<slug:slug>/": ["/articles/authors/wren/"],
    "articles/authors/<slug:slug>/feed/": ["/articles/authors/wren/feed/"],
    "articles/<int:year>/<int:month>/": ["/articles/2026/3/"],
    "articles/preview/<str:token>/": [PREVIEW],
    "articles/<slug:slug>/": [
        "/articles/heel-pain/",
        "/articles/heel-pain/?comment=waiting",
        JUST_POSTED,
        "/articles/heel-pain/?where=brooklyn+ny",
        "/articles/heel-pain/?where=denver",
        "/articles/heel-pain/?where=New+York+State",
    ],
    "articles/<slug:slug>/figures/<int:number>/": ["/articles/heel-pain/figures/1/"],
    "articles/<slug:slug>/card-<slug:version>.png": [CARD],
    "articles/<slug:slug>/comments/": ["/articles/heel-pain/comments/"],
    "articles/<slug:slug>/comments/reported/": ["/articles/heel-pain/comments/reported/"],
    "articles/<slug:slug>/comments/feed/": ["/articles/heel-pain/comments/feed/"],
    "comments/notify/<str:token>/": [NOTIFY],
    "comments/yours/<str:token>/": [Purpose.WRITER],
    "comments/posted/<str:token>/": [Purpose.POSTED],
    "comments/prove/<str:token>/": [Purpose.PROOF],
    "comments/mail/<str:token>/": [Purpose.STOP],
    "comments/digest/<str:token>/": [DIGEST],
    "comments/about-you/": ["/comments/about-you/", "/comments/about-you/?asked"],
    "comments/about-you/<str:token>/": [Purpose.ABOUT],
    "comments/about-you/<str:token>/about-you.json": [ABOUT_FILE],
    "comments/<int:pk>/": [COMMENT],
    "comments/<int:pk>/report/": [COMMENT_REPORT],
    "acupuncturists/": [
        "/acupuncturists/",
        "/acupuncturists/?page=2",
        "/acupuncturists/?where=brooklyn+ny",
        "/acupuncturists/?where=11201&radius=250",
        "/acupuncturists/?where=New+York+State",
        "/acupuncturists/?where=denver",
        f"/acupuncturists/?specialty={SPECIALTY}",
        f"/acupuncturists/?where=brooklyn+ny&specialty={SPECIALTY}&accepting=1&verified=1",
        "/acupuncturists/?what=quill",
    ],
    "acupuncturists/letters/": ["/acupuncturists/letters/"],
    "acupuncturists/places/": [
        "/acupuncturists/places/?q=bro",
        "/acupuncturists/places/?near=40.65,-73.95",
    ],
    "acupuncturists/specialties/": ["/acupuncturists/specialties/"],
    "acupuncturists/specialties/<slug:slug>/": [f"/acupuncturists/specialties/{SPECIALTY}/"],
    "acupuncturists/in/": ["/acupuncturists/in/"],
    "acupuncturists/in/<slug:state_slug>/<slug:slug>/": [
        "/acupuncturists/in/new-york/brooklyn/",
        "/acupuncturists/in/new-york/manhattan/",
    ],
    "acupuncturists/in/<slug:state_slug>/<slug:slug>/<slug:specialty_slug>/": [
        f"/acupuncturists/in/new-york/brooklyn/{SPECIALTY}/",
        f"/acupuncturists/in/new-york/manhattan/{SPECIALTY}/",
    ],
    "acupuncturists/in/<slug:slug>/": [
        "/acupuncturists/in/new-york/",
        "/acupuncturists/in/vermont/",
    ],
    "acupuncturists/<slug:slug>/": [f"/acupuncturists/{name}/" for name in LISTED],
    "acupuncturists/<slug:slug>/contact.vcf": ["/acupuncturists/ada/contact.vcf"],
    "acupuncturists/<slug:slug>/report/": ["/acupuncturists/ada/report/"],
    "acupuncturists/<slug:slug>/report/thanks/": ["/acupuncturists/ada/report/thanks/"],
    "acupuncturists.geojson": [
        "/acupuncturists.geojson",
        "/acupuncturists.geojson?where=brooklyn+ny",
        f"/acupuncturists.geojson?where=New+York+State&specialty={SPECIALTY}",
    ],
    "search/": [
        "/search/?q=heel",
        "/search/?q=quill",
        "/search/?q=loom+house",
        "/search/?q=quil",
        "/search/?q=quill&kind=practitioners",
        "/search/?q=heel&kind=articles&page=2",
    ],
    "about/": ["/about/"],
    "sitemap.xml": ["/sitemap.xml"],
    "sitemap-<slug:section>.xml": [
        "/sitemap-articles.xml",
        "/sitemap-tags.xml",
        "/sitemap-authors.xml",
        "/sitemap-about.xml",
        "/sitemap-months.xml",
        "/sitemap-practitioners.xml",
        "/sitemap-specialties.xml",
        "/sitemap-states.xml",
        "/sitemap-towns.xml",
        "/sitemap-care.xml",
        "/sitemap-others.xml",
    ],
    "robots.txt": ["/robots.txt"],
    "healthz": ["/healthz"],
    # Nothing of the database is behind them: a redirect, and files as the web server gives them.
    "favicon.ico": [],
    "^media/(?P<path>.*)$": [],
}
# Where a slug of a listing stands, also those of the hidden are asked for, by "{}".
OF_A_LISTING = [
    "/acupuncturists/{}/",
    "/acupuncturists/{}/contact.vcf",
    "/acupuncturists/{}/report/",
    "/acupuncturists/{}/report/thanks/",
]
# What echoes what was asked: compared with the answer about somebody who does not exist at all.
ECHOES = ["/acupuncturists/?what={}", "/acupuncturists.geojson?what={}", "/search/?q={}"]


def patterns(entries, prefix="") -> Iterator[str]:
    """Every address pattern of the site but the admin's, which asks for an account."""
    for entry in entries:
        route = f"{prefix}{entry.pattern}"
        if not isinstance(entry, URLResolver):
            yield route
        elif route != "admin/":
            yield from patterns(entry.url_patterns, route)


def secret(kind: str) -> str:
    """A word that stands in everything of a hidden person, and nowhere else on the site."""
    return f"zyx{kind.replace('-', '')}zyx"


def make_person(slug, *, specialty, phone, **fields):
    """Someone with everything that a listing may hold, at an office of their own."""
    word = fields.pop("word", slug)
    person = make_practitioner(
        slug=slug,
        name=f"{word.title()} Weaver",
        letters=f"L.Ac.{word[:9]}",
        statement=f"Words of {word}.",
        email=f"{word}@mail.example.org",
        website=f"https://{word}.example.org/",
        booking_url=f"https://book.example.org/{word}",
        confirmed_on="2026-03-01",
        first_visit_fee_usd=100,
        specialties=[specialty],
        **fields,
    )
    office = make_office(name=f"Loom House {word}", street=f"12 {word} Street", postcode="11201")
    affiliation = make_affiliation(person, office, phone=phone, accepts_new_patients=True)
    OpeningHours.objects.create(
        affiliation=affiliation, weekday=0, opens_at=time(9), closes_at=time(17)
    )
    Credential.objects.create(practitioner=person, letters=word[:20], name=f"Training of {word}")
    License.objects.create(
        practitioner=person,
        number=f"NUMBER-{word}",
        state_code="NY",
        expires_on="2099-12-31",
        verified_on="2026-03-01",
        source_url=f"https://register.example.org/{word}",
    )
    PractitionerPath.objects.create(slug=f"old-{slug}", practitioner=person)
    return person


@pytest.fixture(autouse=True)
def one_page(monkeypatch):
    """Keys begin anywhere when other tests have used up the first ones."""
    monkeypatch.setattr(sitemaps, "ENTRIES", 10**9)


@pytest.fixture
def world(small_gazetteer):
    """Three listed and three hidden people at one place with one specialty, and an article."""
    specialty = make_specialty(slug=SPECIALTY, name="Quill style")
    article = make_article(
        slug="heel-pain",
        authors=[make_author(slug="wren", name="Wren Hollowmere")],
        tags=["running"],
        specialties=[specialty],
        lead_image=make_image(),
    )
    make_article(slug="unseen", headline="Unseen words", status=Article.Status.DRAFT)
    for number, name in enumerate(LISTED):
        person = make_person(name, specialty=specialty, phone=f"(718) 555-010{number}")
        make_comment(article=article, practitioner=person)
    for number, (kind, listing) in enumerate(HIDDEN.items()):
        word = secret(kind)
        phone = f"(718) 555-099{number}"
        person = make_person(
            f"{word}-weaver",
            word=word,
            specialty=specialty,
            phone=phone,
            listing=listing,
            photo=f"portraits/{word}.png",
            photo_consent=f"By {word}, in a letter.",
        )
        make_comment(article=article, practitioner=person)
        make_report(practitioner=person, text=f"Of {word}.", reporter_email=f"{word}@r.example.org")
        Comment.objects.update(commenter_name="A reader")
    listed = Practitioner.objects.get(slug=LISTED[0])
    make_report(practitioner=listed, reporter_email="reader@r.example.org")
    Author.objects.filter(slug="wren").update(practitioner=person)
    withdraw_practitioners(Practitioner.objects.filter(slug__startswith=secret("taken-out")))


def everything_in(response) -> str:
    """Headers and body as one text, in small letters."""
    body = b"".join(response) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{body.decode(errors='backslashreplace')}".lower()


def links_of(comment, *, at) -> Iterator[tuple[str, str]]:
    """The addresses that only its writer gets, by what each is good for."""
    for purpose in Purpose:
        yield purpose, reverse(f"comments:{purpose}", args=[make_token(purpose, comment, at=at)])
    about = make_token(Purpose.ABOUT, comment, at=at)
    yield ABOUT_FILE, reverse("comments:export_about", args=[about])
    posted = make_token(Purpose.POSTED, comment, at=at)
    yield NOTIFY, reverse("comments:notify", args=[posted])
    yield JUST_POSTED, f"{comment.article.get_absolute_url()}?comment={posted}"


def all_examples() -> list[str]:
    """As addresses; the world is there by then."""
    article = Article.objects.get(slug="heel-pain")
    now = timezone.now()
    comment = article.comments.first().get_absolute_url()
    made = {
        # The oldest: what is kept for its address is shown, and nobody is asked about any other.
        **dict(links_of(article.comments.earliest("pk"), at=now)),
        DIGEST: make_stop_url(make_moderator(email="ida@mail.example.org"), at=now).removeprefix(
            settings.SITE_URL
        ),
        PREVIEW: make_link(article, at=now, days=1),
        CARD: card_of(article).path,
        COMMENT: comment,
        COMMENT_REPORT: f"{comment}report/",
    }
    return [made.get(path, path) for paths in EXAMPLES.values() for path in paths]


def test_every_address_pattern_has_an_example():
    assert sorted(EXAMPLES) == sorted(patterns(get_resolver().url_patterns))


@pytest.mark.usefixtures("world")
def test_every_example_has_an_answer(client):
    answers = {path: client.get(path).status_code for path in all_examples()}
    assert {path: status for path, status in answers.items() if status not in {200, 302}} == {}


@pytest.mark.usefixtures("world")
def test_no_public_address_tells_of_anybody_hidden(client):
    told = {}
    for path in all_examples():
        text = everything_in(client.get(path))
        phones = re.findall(r"718\D{0,9}555\D{0,3}099\d", text)
        told[path] = [kind for kind in HIDDEN if secret(kind) in text] + phones
    assert {path: found for path, found in told.items() if found} == {}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("pattern", OF_A_LISTING)
@pytest.mark.parametrize("prefix", ["", "old-"])
def test_address_of_somebody_hidden_is_one_of_nobody(client, pattern, prefix):
    nobody = client.get(pattern.format("nobody-at-all"))
    assert nobody.status_code == 404
    for kind in HIDDEN:
        path = pattern.format(f"{prefix}{secret(kind)}-weaver")
        for method in (client.get, client.head):
            answer = method(path)
            assert (answer.status_code, secret(kind) in everything_in(answer)) == (404, False)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("pattern", ECHOES)
@pytest.mark.parametrize("kind", HIDDEN)
def test_asking_for_a_hidden_name_is_answered_as_asking_for_nobody(client, pattern, kind):
    """The page repeats what was typed, so it is compared with one about a word of no one."""
    word, control = secret(kind), secret(kind).replace("zyx", "qyq")
    asked, nobody = (client.get(pattern.format(name)) for name in (word, control))
    assert everything_in(asked).replace(word, "?") == everything_in(nobody).replace(control, "?")


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "query",
    ["", "where=brooklyn+ny", "where=11201", "where=New+York+State", f"specialty={SPECIALTY}"],
)
def test_counts_are_of_the_listed(client, query):
    answer = client.get(f"/acupuncturists.geojson?{query}").json()
    counted = {option["count"] for facet in answer["facets"] for option in facet["options"]}
    assert (answer["total"], len(answer["features"]), max(counted, default=3)) == (3, 3, 3)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "path",
    [
        f"/acupuncturists/specialties/{SPECIALTY}/",
        "/acupuncturists/in/new-york/",
        "/acupuncturists/in/new-york/brooklyn/",
        f"/acupuncturists/in/new-york/brooklyn/{SPECIALTY}/",
    ],
)
def test_landing_pages_count_the_listed(client, path):
    response = client.get(path)
    assert response.context["results"].total == 3
    assert response.content.decode().count('<li class="result"') == 3


@pytest.mark.usefixtures("world")
def test_sitemap_and_home_count_the_listed(client):
    listed = re.findall(
        r"<loc>[^<]*</loc>", everything_in(client.get("/sitemap-practitioners.xml"))
    )
    assert len(listed) == 3
    assert [state.count for state in client.get("/").context["states"]] == [3]


@pytest.mark.usefixtures("world")
def test_no_public_address_tells_an_e_mail_address(client):
    addresses = [
        *Practitioner.objects.values_list("email", flat=True),
        *Comment.objects.values_list("commenter_email", flat=True),
        *Report.objects.values_list("reporter_email", flat=True),
    ]
    forms = [form for address in addresses for form in disguises(address)]
    told = {}
    for path in all_examples():
        text = everything_in(client.get(path))
        told[path] = [form for form in forms if form in text]
    told = {path: found for path, found in told.items() if found}
    # Behind the link that went to an address alone, its owner reads that one.
    owner = Article.objects.get(slug="heel-pain").comments.earliest("pk").commenter_email
    assert [path.count("/") for path in told] == [4, 4]
    assert {path: [owner] for path in told if path.startswith("/comments/about-you/")} == told


def disguises(address: str) -> Iterator[str]:
    """The ways in which a page could give an address away."""
    yield from (address, quote(address), address.replace("@", "&#64;"), address.encode().hex())
    for algorithm in ("md5", "sha1", "sha256"):
        yield hashlib.new(algorithm, address.encode()).hexdigest()


def test_the_hidden_would_be_found_if_they_were_listed(client, world):
    """The test above can fail: with a listing, every one of these says who they are."""
    Practitioner.objects.update(listing=Practitioner.Listing.LISTED, updated_at=timezone.now())
    kind = next(iter(HIDDEN))
    for path in (f"/acupuncturists/{secret(kind)}-weaver/", "/sitemap-practitioners.xml"):
        assert secret(kind) in everything_in(client.get(path))
