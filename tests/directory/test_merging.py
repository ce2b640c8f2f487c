"""Two words of a list become one."""

import pytest
from django.contrib.auth import get_user_model

from directory.merging import merge_into
from directory.models import Condition, Insurer, SearchEntry, Specialty
from tests.articles.factories import make_article
from tests.directory.factories import make_insurer, make_practitioner, make_specialty

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


def test_kept_word_has_the_people_conditions_and_articles_of_both():
    kept, other = make_specialty(name="Sports"), make_specialty(name="Sport", synonyms="running")
    both = make_practitioner(name="Both", specialties=[kept, other])
    one = make_practitioner(name="One", specialties=[other])
    condition = Condition.objects.create(name="Heel pain", slug="heel-pain")
    condition.specialties.add(other)
    article = make_article(specialties=[other])
    assert merge_into(kept, [kept, other]) == 2
    assert list(Specialty.objects.all()) == [kept]
    assert {*kept.practitioners.all()} == {both, one}
    assert (list(kept.conditions.all()), list(article.specialties.all())) == ([condition], [kept])
    assert {*SearchEntry.objects.values_list("specialty_mask", flat=True)} == {1 << kept.bit}


def test_old_names_become_synonyms_once():
    kept = make_specialty(name="Sports", synonyms="running\nSport")
    merge_into(kept, [make_specialty(name="Sport", synonyms="running\r\njogging")])
    assert kept.synonyms.splitlines() == ["running", "Sport", "jogging"]


def test_addresses_of_a_merged_specialty_lead_to_the_one_that_stays(client):
    kept, other = make_specialty(slug="sports"), make_specialty(slug="sport")
    other.paths.create(slug="athletes")
    merge_into(kept, [kept, other])
    for slug in ("sport", "athletes"):
        response = client.get(f"/acupuncturists/specialties/{slug}/?page=2")
        expected = (301, "/acupuncturists/specialties/sports/?page=2")
        assert (response.status_code, response["Location"]) == expected


def test_editor_is_asked_which_one_stays(editor):
    first, second = make_insurer(name="Payer"), make_insurer(name="Payer Inc.")
    make_practitioner(insurers=[second])
    chosen = {"action": "merge_selected", "_selected_action": [first.pk, second.pk]}
    page = editor.post("/admin/directory/insurer/", chosen)
    assert [row.people for row in page.context["rows"]] == [0, 1]
    assert Insurer.objects.count() == 2
    response = editor.post("/admin/directory/insurer/", {**chosen, "kept": first.pk}, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "Payer Inc.: merged into Payer, for 1 practitioner."
    ]
    assert first.practitioners.count() == 1


@pytest.mark.parametrize("kept", ["x", "9" * 30, ""])
def test_one_that_was_not_chosen_cannot_stay(editor, kept):
    rows = [make_insurer(), make_insurer()]
    chosen = {"action": "merge_selected", "_selected_action": [row.pk for row in rows]}
    assert editor.post("/admin/directory/insurer/", {**chosen, "kept": kept}).status_code == 200
    assert Insurer.objects.count() == 2


def test_one_alone_cannot_be_merged(editor):
    row = make_insurer()
    chosen = {"action": "merge_selected", "_selected_action": [row.pk], "kept": row.pk}
    response = editor.post("/admin/directory/insurer/", chosen, follow=True)
    assert [str(each) for each in response.context["messages"]] == ["Choose two or more to merge."]
