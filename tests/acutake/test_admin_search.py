"""One search over everything that an editor may look at."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse

from tests.articles.factories import make_article, make_author, make_image
from tests.comments.factories import make_comment
from tests.directory.factories import make_office, make_practitioner

pytestmark = pytest.mark.django_db
SEARCH = reverse("admin:search")


@pytest.fixture
def chief(client):
    client.force_login(User.objects.create_superuser("chief"))
    return client


def make_everything(word, number=1):
    """One row of each kind with the word in it, and one of each without."""
    for name in (word, "Other"):
        make_article(headline=f"{name} article", authors=[], tags=[f"{name} {number}"])
        make_author(name=f"{name} author")
        make_image(title=f"{name} image")
        make_comment(
            article=make_article(headline="X", authors=[]), commenter_name="Reader", body=name
        )
        make_practitioner(name=f"{name} practitioner")
        make_office(name=f"{name} office")


def found(client, query):
    response = client.get(SEARCH, {"q": query})
    assert response.status_code == 200
    return {
        str(section.label): [hit.title for hit in section.hits]
        for section in response.context["sections"]
    }


def test_every_kind_is_found(chief):
    make_everything("Quince")
    assert found(chief, "QUINCE") == {
        "Articles": ["Quince article"],
        "Practitioners": ["Quince practitioner"],
        "Offices": ["Quince office, Brooklyn"],
        "Comments": ["Reader: Quince"],
        "Images": ["Quince image"],
        "Authors": ["Quince author"],
        "Tags": ["Quince 1"],
    }


@pytest.mark.parametrize(
    ("group", "kinds"),
    [
        ("Editor", {"Articles", "Images", "Authors", "Practitioners", "Tags"}),
        ("Moderator", {"Articles", "Comments", "Practitioners"}),
        ("Directory editor", {"Practitioners", "Offices"}),
    ],
)
def test_each_editor_finds_only_what_the_lists_would_show(client, group, kinds):
    call_command("sync_groups", verbosity=0)
    user = User.objects.create_user("ada", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    make_everything("Quince")
    assert set(found(client, "quince")) == kinds


def test_every_hit_leads_to_a_page(chief):
    make_everything("Quince")
    response = chief.get(SEARCH, {"q": "quince"})
    urls = [hit.url for section in response.context["sections"] for hit in section.hits]
    assert len(urls) == 7
    assert {chief.get(url).status_code for url in urls} == {200}


def test_ten_are_shown_those_named_so_first_and_the_list_has_the_rest(chief):
    for number in range(11):
        make_article(headline=f"Number {number}", body="<p>A quince.</p>", authors=[])
    make_article(headline="The quince", authors=[], published_at="2020-01-01T00:00Z")
    section = chief.get(SEARCH, {"q": "quince"}).context["sections"][0]
    assert (len(section.hits), section.hits[0].title) == (10, "The quince")
    assert section.more_url == "/admin/articles/article/?q=quince"
    assert chief.get(section.more_url).context["cl"].result_count == 12


def test_all_words_have_to_stand_in_what_is_found(chief):
    make_article(headline="Quince and pear", authors=[])
    make_article(headline="Quince", authors=[])
    assert found(chief, "pear quince") == {"Articles": ["Quince and pear"]}


@pytest.mark.parametrize(
    "query",
    [
        *("", "   ", "\0", "!!!", "%", "_", '"', "'", "\\", "(", "-", "\u202e"),
        *("<script>alert(1)</script>", "' OR 1=1 --", "a" * 10_000, "a " * 5_000, '"a b', "腓"),
        *("%25", "1e999", "9" * 40, "id:1", "\U0001f9b6"),
    ],
)
def test_whatever_is_typed_gets_a_page(chief, query):
    make_everything("Quince")
    html = chief.get(SEARCH, {"q": query}).content.decode()
    assert "<script>alert" not in html


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%00x", "%FF%FE", "&q=x&q=", "%22%27%5C"])
def test_broken_addresses_get_a_page_too(chief, raw):
    assert chief.get(f"{SEARCH}?q={raw}").status_code == 200


@pytest.mark.parametrize("query", ["!!!", "%", "_", "腓", "\0"])
def test_what_has_no_word_to_look_for_finds_nothing(chief, query):
    make_everything("Quince")
    assert found(chief, query) == {}


def test_it_asks_for_a_log_in(client):
    assert client.get(SEARCH, {"q": "x"}).status_code == 302


@pytest.mark.parametrize("count", [1, 4])
def test_it_takes_a_constant_number_of_queries(chief, count, django_assert_max_num_queries):
    for number in range(count):
        make_everything("Quince", number)
    with django_assert_max_num_queries(14):
        chief.get(SEARCH, {"q": "quince"})
