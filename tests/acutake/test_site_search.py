"""The search over the whole site."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acutake.site_search import search_site
from articles.models import Article
from articles.next_versions import begin_next_version, schedule_next_version
from articles.publishing import refresh_derived, withdraw
from directory.models import Condition, Practitioner
from tests.articles.factories import NOW, make_article
from tests.directory.factories import make_office, make_practitioner, make_specialty

pytestmark = pytest.mark.django_db

HOSTILE = [
    "",
    "   ",
    '"',
    "-",
    "%",
    "_",
    "' OR 1=1 --",
    "\0",
    "heel\0pain",
    "\ud800",
    "😀",
    "a" * 10_000,
    "word " * 2_000,
    "<script>alert(1)</script>",
    "NEAR(a, b) AND NOT *",
]


def section(text, kind):
    """What is shown of one kind, in its order."""
    answer = search_site(text, at=NOW)
    return [hit for found in answer.sections if found.kind == kind for hit in found.hits]


def articles(text):
    return [hit.article for hit in section(text, "articles")]


def people(text):
    return [hit.practitioner for hit in section(text, "practitioners")]


def care(text):
    return [row for hit in section(text, "care") for row in [*hit.conditions, *hit.specialties]]


def test_article_is_found_by_words_of_its_text_in_any_case_and_accent():
    article = make_article(body="<p>The Café above the soleus.</p>")
    make_article(body="<p>Nothing of the kind.</p>")

    assert articles("SOLEUS cafe") == [article]


@pytest.mark.parametrize("typed", ["runner's", "runner’s"])
def test_apostrophe_is_found_however_it_is_typed(typed):
    set_by_an_editor = make_article(body="<p>A runner’s heel.</p>")
    typed_by_one = make_article(body="<p>A runner's calf.</p>")

    assert set(articles(typed)) == {set_by_an_editor, typed_by_one}


def test_every_word_has_to_be_there():
    make_article(body="<p>Only the heel.</p>")

    assert articles("heel moonlight") == []


def test_what_is_looked_for_stands_first_where_it_is_headline_then_dek_then_often_said():
    once = make_article(body="<p>Something about migraine.</p>")
    often = make_article(body="<p>Migraine. A migraine, migraines.</p>")
    in_dek = make_article(dek="What helps with migraine.")
    in_headline = make_article(headline="Migraine, by day")
    newer_and_once = make_article(body="<p>Something about migraine.</p>")

    assert articles("migraine") == [in_headline, in_dek, often, newer_and_once, once]


def test_ending_does_not_matter():
    article = make_article(body="<p>Needling a muscle.</p>")

    assert articles("needles muscles") == [article]


def test_beginning_of_the_last_word_finds_where_no_whole_word_does():
    begun = make_article(headline="Tendinitis")
    make_article(headline="Other")

    assert articles("tendin") == [begun]


def test_a_beginning_does_not_count_beside_the_whole_word():
    whole = make_article(headline="The ear")
    make_article(headline="Early in the day")

    assert articles("ear") == [whole]


def test_what_is_not_public_is_not_found():
    make_article(headline="Hidden heel", status=Article.Status.DRAFT)
    make_article(headline="Heel to come", published_at=NOW + timedelta(seconds=1))
    make_article(headline="Heel gone", expires_at=NOW)
    make_practitioner(name="Heel Hidden", listing=Practitioner.Listing.WITHDRAWN)
    shown = make_practitioner(name="Heel Shown")

    assert (articles("heel"), people("heel")) == ([], [shown])


def test_scheduled_article_is_found_from_its_minute_on():
    article = make_article(headline="Moxa", published_at=NOW + timedelta(minutes=5))

    found = search_site("moxa", at=NOW + timedelta(minutes=5)).sections

    assert articles("moxa") == []
    assert [hit.article for hit in found[0].hits] == [article]


def test_next_version_is_found_by_its_own_words_from_its_moment_on():
    article = make_article(headline="Before")
    version = begin_next_version(article, at=NOW, by=None)
    version.headline = "Afterward"
    version.save()
    refresh_derived(version, at=NOW)
    later = NOW + timedelta(hours=1)
    schedule_next_version(version, goes_out_at=later, at=NOW, by=None)

    def found(text, at):
        return [hit.article for part in search_site(text, at=at).sections for hit in part.hits]

    assert (found("before", NOW), found("afterward", NOW)) == ([article], [])
    assert (found("before", later), found("afterward", later)) == ([], [article])


def test_withdrawn_article_is_found_no_more():
    article = make_article(headline="Moxa")
    withdraw(article, at=NOW, by=None)

    assert articles("moxa") == []


def test_changed_words_are_found_and_the_old_ones_are_not():
    article = make_article(headline="Moxa")
    article.headline = "Cupping"
    article.save()
    refresh_derived(article, at=NOW)

    assert (articles("moxa"), articles("cupping")) == ([], [article])


@pytest.mark.parametrize(
    "typed",
    [
        *("o'hare", "O’Hare", "reed-lane", "Reed Lane", "zoe l.ac.", "ZOË", "st. john's"),
        *("Hare, Zoë", "zoe lac"),
    ],
)
def test_practitioner_is_found_however_the_name_is_written(typed):
    office = make_office(name="St. John’s Rooms")
    found = make_practitioner(name="Zoë O’Hare Reed-Lane", letters="L.Ac.", office=office)
    make_practitioner(name="Somebody Else", letters="L.Ac.")

    assert people(typed) == [found]


def test_whose_name_it_is_comes_before_who_works_or_writes_so():
    in_statement = make_practitioner(name="Ada", statement="I trained with Linden.")
    at_office = make_practitioner(name="Bo", office=make_office(name="Linden Rooms"))
    longer = make_practitioner(name="Cleo Linden Ash")
    named = make_practitioner(name="Dov Linden")

    assert people("linden") == [named, longer, at_office, in_statement]


def test_specialty_is_found_by_a_word_that_patients_use():
    specialty = make_specialty(name="Sports and orthopedic", synonyms="running\nathletes")

    assert care("athletes") == [specialty]


def test_condition_leads_to_a_search_for_who_sees_it(client):
    condition = Condition.objects.create(name="Achilles tendinitis", synonyms="achilles")
    condition.specialties.add(make_specialty())

    answer = client.get("/search/?q=achilles").content.decode()

    assert care("achilles") == [condition]
    assert 'href="/acupuncturists/?what=Achilles%20tendinitis"' in answer


@pytest.mark.usefixtures("small_gazetteer")
def test_place_comes_first_where_a_town_is_named_and_care_goes_with_it():
    condition = Condition.objects.create(name="Migraine")
    condition.specialties.add(make_specialty())
    make_article(headline="Brooklyn")

    places = [
        search_site(text, at=NOW).sections[0] for text in ("brooklyn", "migraine in Brooklyn")
    ]

    assert [place.hits[0].place.label for place in places] == ["Brooklyn, New York"] * 2
    assert [place.hits[0].care for place in places] == ["", "migraine"]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("achiles tendon", "achilles tendon"),
        ("migrane", "migraine"),
        ("fertilty", "fertility"),
        ("Thornaple", "thornapple"),
    ],
)
def test_slip_is_put_right_where_nothing_is_found(slip, meant):
    make_article(headline="Achilles tendon", tags=["fertility"])
    make_article(headline="Migraine")
    make_practitioner(name="Marisol Thornapple")

    answer = search_site(slip, at=NOW)

    assert (answer.meant, answer.is_corrected, answer.total) == (meant, True, 1)


def test_other_spelling_is_only_offered_where_something_is_found():
    for _ in range(5):
        make_article(headline="Achilles")
    typo = make_article(body="<p>The Achiles.</p>")

    answer = search_site("achiles", at=NOW)

    assert (answer.meant, answer.is_corrected) == ("achilles", False)
    assert articles("achiles") == [typo]


def test_word_that_nobody_may_read_is_never_offered():
    make_article(headline="Unpublishable", status=Article.Status.DRAFT)
    make_article(headline="Unlistable", published_at=NOW + timedelta(days=1))
    make_practitioner(name="Unseenable", listing=Practitioner.Listing.DRAFT)

    answers = [search_site(text, at=NOW) for text in ("unpublishble", "unlistble", "unseenble")]

    assert [(answer.meant, answer.sections) for answer in answers] == [("", [])] * 3


def test_every_script_is_found():
    texts = ["針灸治療", "Иглоукалывание", "إبر صينية", "αγωγή βελονισμού", "침술 치료"]
    made = [make_article(headline=text) for text in texts]

    typed = ["針灸", "иглоукалывание", "صينية", "ΒΕΛΟΝΙΣΜΟΥ", "치료"]

    assert [articles(text) for text in typed] == [[article] for article in made]


def test_hit_shows_where_the_words_stand_and_escapes_the_rest(client):
    make_article(
        headline="Heels <b>", dek="Nothing.", body=f"<p>{'word ' * 99} a heel &lt;i&gt;</p>"
    )

    page = client.get("/search/?q=heel").content.decode()

    assert "<mark>Heels</mark> &lt;b&gt;" in page
    assert "a <mark>heel</mark> &lt;i&gt;" in page


def test_all_of_a_kind_are_reached_through_pages(client):
    made = [make_article(headline=f"Heel {number}") for number in range(23)]

    pages = [client.get(f"/search/?q=heel&kind=articles&page={page}") for page in (1, 2, 3, 99)]
    shown = [hit.article for page in pages[:3] for hit in page.context["answer"].sections[0].hits]

    assert shown == made[::-1]
    assert pages[3].context["answer"].sections[0].page == 3
    assert "/search/?q=heel&amp;kind=articles" in client.get("/search/?q=heel").content.decode()


def test_what_has_no_letter_is_kept_and_answered_in_words(client):
    page = client.get("/search/", {"q": "?!"}).content.decode()

    assert "There is no letter or figure in “?!” to look for." in page
    assert 'id="q" name="q" value="?!"' in page
    assert 'id="site-search" name="q" value="?!"' in page


def test_too_long_a_text_is_told(client):
    page = client.get("/search/", {"q": "heel " * 60}).content.decode()

    assert "Only the first 200 characters are looked for." in page


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_gives_a_page_that_keeps_the_words(client, text):
    response = client.get("/search/", {"q": text.encode("utf-8", "surrogatepass")})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_percent_sign_is_no_wildcard():
    make_article(body="<p>Some text.</p>")

    assert articles("s%e") == []
    assert articles("s_me") == []


@pytest.mark.parametrize("typed", ["heel", "hele", "nothing", "he", "heel pain in brooklyn"])
def test_number_of_queries_does_not_grow(client, typed):
    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/", {"q": typed})
        return len(queries)

    def add(rows):
        for number in range(rows):
            make_article(headline=f"Heel {number}")
            make_practitioner(name=f"Heel {number}", office=make_office())

    add(3)
    count()
    few = count()
    add(9)

    assert count() == few
