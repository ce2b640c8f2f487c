"""Logging in to the admin is refused after too many tries."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from acutake.forms import TRIES

pytestmark = pytest.mark.django_db

PASSWORD = "a long and quiet password"
WRONG = "Please enter the correct username and password for a staff account."
TOO_MANY = "Too many tries. Wait 15 minutes, then try again."


@pytest.fixture(autouse=True)
def editor():
    return User.objects.create_user("ada", password=PASSWORD, is_staff=True)


def log_in(client, *, username="ada", password="wrong", address="192.0.2.1", leads_to="/admin/"):
    """What the page answers: the start of its complaint, or where it sends the browser."""
    response = client.post(
        reverse("admin:login"),
        {"username": username, "password": password, "next": leads_to},
        REMOTE_ADDR=address,
    )
    if response.status_code == 302:
        return response["Location"]
    [complaint] = response.context["form"].non_field_errors()
    return complaint.partition(" Note that")[0]


def test_the_right_password_opens_the_desk(client):
    assert log_in(client, password=PASSWORD) == "/admin/"


@pytest.mark.parametrize("leads_to", ["", "https://other.example.org/", "//other.example.org"])
def test_another_site_or_none_leads_to_the_desk(client, leads_to):
    assert log_in(client, password=PASSWORD, leads_to=leads_to) == "/admin/"


def test_after_ten_tries_from_one_network_even_another_account_waits(client):
    User.objects.create_user("ben", password=PASSWORD, is_staff=True)
    answers = [log_in(client, username=f"nobody-{number}") for number in range(TRIES)]
    assert answers == [WRONG] * TRIES
    assert log_in(client, username="ben", password=PASSWORD) == TOO_MANY
    assert log_in(client, username="ben", password=PASSWORD, address="198.51.100.7") == "/admin/"


def test_after_ten_tries_at_one_account_it_waits_whatever_the_network(client):
    answers = [log_in(client, address=f"203.0.113.{number}") for number in range(TRIES)]
    assert answers == [WRONG] * TRIES
    assert log_in(client, password=PASSWORD, address="198.51.100.7") == TOO_MANY


def test_capital_letters_give_no_further_tries(client):
    for number in range(TRIES):
        log_in(client, username="ADA", address=f"203.0.113.{number}")
    assert log_in(client, password=PASSWORD, address="198.51.100.7") == TOO_MANY


def test_a_success_forgets_the_tries_before_it(client):
    for _try in range(TRIES - 1):
        log_in(client)
    assert log_in(client, password=PASSWORD) == "/admin/"
    client.logout()
    assert log_in(client) == WRONG


def test_an_empty_form_says_what_is_missing(client):
    response = client.post(reverse("admin:login"), {"username": "", "password": ""})
    assert set(response.context["form"].errors) == {"username", "password"}
