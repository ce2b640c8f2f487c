"""A reader tells what is wrong with a listing."""

import logging
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.models import Practitioner, PractitionerPath, Report
from directory.reports import REPORTS_PER_HOUR, make_token
from tests.directory.factories import make_affiliation, make_office, make_practitioner

pytestmark = pytest.mark.django_db

OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


def url_of(practitioner):
    return reverse("directory:report", args=[practitioner.slug])


def typed(practitioner, *, age=timedelta(), **values):
    return {
        "token": make_token(practitioner, at=timezone.now() - age),
        "subjects": ["phone", "hours"],
        "text": "It rings, then a voice says the number is not in service.",
        "email": "bramble@example.org",
        "topic": "",
        **values,
    }


def send(client, practitioner, values=None, headers=OWN, **options):
    values = typed(practitioner) if values is None else values
    return client.post(url_of(practitioner), values, headers=headers, **options)


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_report_waits_for_an_editor_and_its_sender_is_told(client):
    practitioner = make_practitioner()
    before = timezone.now()
    response = send(client, practitioner)
    assert (response.status_code, response["Location"]) == (303, f"{url_of(practitioner)}thanks/")
    report = Report.objects.get()
    assert before <= report.created_at <= timezone.now()
    assert (report.practitioner, report.status, report.subjects, report.text) == (
        practitioner,
        "open",
        ["hours", "phone"],
        "It rings, then a voice says the number is not in service.",
    )
    assert report.reporter_email == "bramble@example.org"
    page = text_of(client.get(response["Location"]))
    assert "The report has arrived." in page
    assert "What happens next" in page
    assert "bramble@example.org" not in page


@pytest.mark.parametrize(
    "values",
    [
        {"subjects": ["phone"], "text": "", "email": ""},
        {"subjects": [], "text": "Wrong floor.", "email": ""},
        {"subjects": ["other"], "text": "Wrong floor.", "email": ""},
    ],
)
def test_a_choice_or_a_word_is_enough(client, values):
    practitioner = make_practitioner()
    assert send(client, practitioner, typed(practitioner, **values)).status_code == 303
    assert (Report.objects.get().subjects, Report.objects.get().text) == (
        values["subjects"],
        values["text"],
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"subjects": [], "text": ""}, "Please choose what is wrong, or write it down."),
        ({"subjects": [], "text": "\u200b \n"}, "Please choose what is wrong, or write it down."),
        ({"subjects": ["other"], "text": ""}, "Please write down what is wrong."),
        ({"subjects": ["phone", "shoes"]}, "The form has no choice “shoes”."),
        ({"text": "x" * 5_001}, "longer than 5000 characters (it has 5001)"),
        ({"email": "bramble@"}, "This is no e-mail address."),
        ({"email": f"{'x' * 60}@{'y' * 60}.{'z' * 60}.{'w' * 60}.{'v' * 20}"}, "e-mail address"),
    ],
)
def test_what_is_wrong_comes_back_in_words_with_everything_typed(client, wrong, sentence):
    practitioner = make_practitioner()
    values = typed(practitioner, **wrong)
    response = send(client, practitioner, values)
    page = text_of(response)
    assert response.status_code == 200
    assert sentence in page
    assert f'value="{values["email"]}"' in page
    assert values["text"].strip("\u200b \n") in page
    ticked = [value for value in ("phone", "hours") if f'value="{value}" id' in page]
    assert ticked == ["phone", "hours"]
    assert page.count(" checked") == len(set(values["subjects"]) - {"shoes"})
    assert not Report.objects.exists()


def test_the_same_sent_twice_is_one_report(client):
    practitioner = make_practitioner()
    values = typed(practitioner)
    answers = [send(client, practitioner, values) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert Report.objects.count() == 1


def test_what_fills_the_trap_is_kept_but_does_not_wait(client):
    practitioner = make_practitioner()
    assert send(client, practitioner, typed(practitioner, topic="cheap pills")).status_code == 303
    report = Report.objects.get()
    assert (report.status, report.reporter_email, report.note) == (
        "rejected",
        "",
        "Sent by a program.",
    )


def test_pages_and_form_set_no_cookie_and_are_not_for_search_engines(client):
    practitioner = make_practitioner()
    pages = [
        client.get(url_of(practitioner)),
        client.get(f"{url_of(practitioner)}thanks/"),
        send(client, practitioner, typed(practitioner, email="x")),
        send(client, practitioner, headers={"Origin": "https://other.example.org"}),
    ]
    assert dict(client.cookies) == {}
    assert ['<meta name="robots" content="noindex">' in text_of(page) for page in pages] == [
        True
    ] * 4


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://other.example.org"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    ],
)
def test_another_site_cannot_send_and_what_was_typed_comes_back(client, headers):
    practitioner = make_practitioner()
    response = send(client, practitioner, headers=headers)
    assert response.status_code == 403
    assert "page of another site" in text_of(response)
    assert "the number is not in service" in text_of(response)
    assert not Report.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "1:2:3", "\0\ud800"])
def test_a_foreign_token_is_refused_in_words(client, token):
    practitioner = make_practitioner()
    response = send(client, practitioner, typed(practitioner, token=token.encode(errors="replace")))
    assert response.status_code == 403
    assert "not sent by the form" in text_of(response)
    assert "the number is not in service" in text_of(response)


def test_a_token_for_somebody_else_is_refused(client):
    practitioner, other = make_practitioner(), make_practitioner()
    assert send(client, practitioner, typed(other)).status_code == 403


def test_a_form_that_was_open_for_too_long_can_be_sent_again(client):
    practitioner = make_practitioner()
    response = send(client, practitioner, typed(practitioner, age=timedelta(hours=25)))
    page = text_of(response)
    assert "open for more than a day" in page
    assert "the number is not in service" in page
    token = response.context["token"]
    assert send(client, practitioner, typed(practitioner, token=token)).status_code == 303


def test_too_many_from_one_network_wait(client):
    practitioner = make_practitioner()
    for number in range(REPORTS_PER_HOUR):
        sent = send(client, practitioner, typed(practitioner, text=f"Report {number}"))
        assert sent.status_code == 303
    response = send(client, practitioner, typed(practitioner, text="One more"))
    assert response.status_code == 429
    assert "One more" in text_of(response)
    elsewhere = send(client, practitioner, typed(practitioner), REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 303


@pytest.mark.parametrize("listing", ["draft", "withdrawn"])
def test_nobody_unlisted_has_a_form_or_takes_a_report(client, listing):
    practitioner = make_practitioner(name="Nobody Seen", listing=listing)
    assert client.get(url_of(practitioner)).status_code == 404
    assert client.get(f"{url_of(practitioner)}thanks/").status_code == 404
    response = send(client, practitioner)
    assert response.status_code == 404
    page = text_of(response)
    assert "The listing is no longer here." in page
    assert "the number is not in service" in page
    assert "Nobody Seen" not in page
    assert not Report.objects.exists()


def test_an_old_address_leads_to_the_form_and_takes_what_was_open(client):
    practitioner = make_practitioner(slug="new")
    PractitionerPath.objects.create(slug="old", practitioner=practitioner)
    response = client.get("/acupuncturists/old/report/")
    assert (response.status_code, response["Location"]) == (301, "/acupuncturists/new/report/")
    sent = client.post("/acupuncturists/old/report/", typed(practitioner), headers=OWN)
    assert sent["Location"] == "/acupuncturists/new/report/thanks/"


def test_the_form_shows_what_the_listing_says(client):
    practitioner = make_practitioner(name="Ada Nearby", email="ada@example.org")
    office = make_office(name="Loom House", street="12 Bobbin Street")
    make_affiliation(practitioner, office, phone="(718) 555-0199")
    page = text_of(client.get(url_of(practitioner)))
    for words in ("Ada Nearby", "Loom House", "12 Bobbin Street", "(718) 555-0199"):
        assert words in page
    assert "ada@example.org" not in page


@pytest.mark.parametrize("count", [0, 3])
def test_four_queries_for_any_number_of_offices(client, count, django_assert_num_queries):
    practitioner = make_practitioner()
    for _ in range(count):
        make_affiliation(practitioner, make_office())
    # Two of them ask whether this is the demonstration.
    with django_assert_num_queries(4):
        client.get(url_of(practitioner))


def test_the_log_holds_nothing_that_was_typed(client, caplog):
    practitioner = make_practitioner()
    with caplog.at_level(logging.DEBUG):
        send(client, practitioner)
        send(client, practitioner, headers={"Origin": "https://other.example.org"})
        send(client, practitioner, typed(practitioner, email="bramble@"))
    assert [word for word in ("bramble", "in service") if word in caplog.text] == []


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(url_of(make_practitioner())).status_code == 405


def test_a_get_changes_nothing(client):
    practitioner = make_practitioner()
    before = Practitioner.objects.values().get()
    client.get(url_of(practitioner), typed(practitioner))
    assert (Practitioner.objects.values().get(), Report.objects.count()) == (before, 0)
