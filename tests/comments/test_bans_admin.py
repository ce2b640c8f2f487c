from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from acutake.lib.addresses import address_key
from comments.models import Ban, Phrase
from tests.comments.factories import NOW, make_comment, make_moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    user = make_moderator()
    user.user_permissions.add(
        *Permission.objects.filter(
            content_type__app_label="comments", content_type__model__in=["ban", "phrase"]
        )
    )
    client.force_login(user)
    return user


def add(client, model, **values):
    return client.post(reverse(f"admin:comments_{model}_add"), values, follow=True)


def ban(client, banned, **values):
    dates = {"ends_at_0": "", "ends_at_1": ""}
    return add(client, "ban", banned=banned, **{"reason": "Sold gel."} | dates | values)


def test_an_address_is_banned_by_typing_it_and_kept_nowhere(client, moderator):
    page = ban(client, " Spam@Example.org ")
    one = Ban.objects.get()
    assert (one.kind, one.value, one.reason, one.by) == (
        "address",
        address_key("spam@example.org"),
        "Sold gel.",
        moderator,
    )
    assert timezone.now() - one.created_at < timedelta(minutes=1)
    assert "spam@example.org" not in page.content.decode().lower()
    logged = str(list(LogEntry.objects.values()))
    assert "spam@example.org" not in logged.lower()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("192.0.2.7/24", "192.0.2.0/24"),
        ("192.0.2.7", "192.0.2.7/32"),
        ("2001:db8::1", "2001:db8::/64"),
    ],
)
@pytest.mark.usefixtures("moderator")
def test_a_network_is_banned_in_its_usual_form(client, typed, kept):
    ban(client, typed)
    assert list(Ban.objects.values_list("kind", "value")) == [("network", kept)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "This field is required."),
        ("x@", "Enter a valid email address."),
        ("somebody", "This is no network."),
        ("0.0.0.0/0", "This network is wider than any provider"),
        ("192.0.2.0/24\0", "Null characters are not allowed."),
        ("x" * 300 + "@example.org", "at most 254 characters"),
    ],
)
@pytest.mark.usefixtures("moderator")
def test_what_cannot_be_banned_is_said_in_words(client, typed, sentence):
    response = ban(client, typed)
    assert sentence in response.content.decode()
    assert not Ban.objects.exists()


@pytest.mark.usefixtures("moderator")
def test_no_address_is_written_into_a_reason(client):
    reason = "Sold gel as <gel@example.org>."
    page = ban(client, "192.0.2.0/24", reason=reason).content.decode()
    assert "Please write no e-mail address here." in page
    assert 'value="Sold gel as &lt;gel@example.org&gt;."' in page
    assert 'value="192.0.2.0/24"' in page
    one = Ban.objects.create(kind="network", value="x", reason="Rude.", created_at=NOW)
    url = reverse("admin:comments_ban_change", args=[one.pk])
    client.post(url, {"reason": reason, "ends_at_0": "", "ends_at_1": ""})
    assert Ban.objects.get().reason == "Rude."


@pytest.mark.parametrize(("model", "title"), [("ban", "Bans"), ("phrase", "Words to watch for")])
@pytest.mark.usefixtures("moderator")
def test_a_list_is_called_what_it_holds(client, model, title):
    page = client.get(reverse(f"admin:comments_{model}_changelist")).content.decode()
    assert f"<h1>{title}</h1>" in page


@pytest.mark.usefixtures("moderator")
def test_the_same_is_not_banned_twice(client):
    ban(client, "spam@example.org")
    response = ban(client, "SPAM@example.org")
    assert "This is banned already" in response.content.decode()
    assert Ban.objects.count() == 1


@pytest.mark.usefixtures("moderator")
def test_a_ban_is_prolonged_and_lifted_but_whom_it_means_stays(client):
    ban(client, "192.0.2.0/24")
    one = Ban.objects.get()
    url = reverse("admin:comments_ban_change", args=[one.pk])
    values = {"reason": "Again.", "ends_at_0": "2030-01-01", "ends_at_1": "00:00:00"}
    client.post(url, values | {"banned": "198.51.100.0/24", "value": "x"})
    one.refresh_from_db()
    assert (one.value, one.reason, one.ends_at.year) == ("192.0.2.0/24", "Again.", 2030)
    client.post(reverse("admin:comments_ban_delete", args=[one.pk]), {"post": "yes"})
    assert not Ban.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.usefixtures("moderator")
def test_the_list_of_bans_takes_as_many_queries_for_any_number(
    client, django_assert_num_queries, number
):
    for key in range(number):
        Ban.objects.create(kind="network", value=f"{key}", created_at=NOW, by=make_moderator())
    client.get(reverse("admin:comments_ban_changelist"))
    # Session, user, two for permissions, whether there are dates to filter by, a count, the rows.
    with django_assert_num_queries(6):
        client.get(reverse("admin:comments_ban_changelist"))


def test_a_moderator_without_the_permission_sees_no_bans(client):
    client.force_login(make_moderator())
    assert client.get(reverse("admin:comments_ban_changelist")).status_code == 403
    assert client.get(reverse("admin:comments_phrase_add")).status_code == 403


@pytest.mark.usefixtures("moderator")
def test_a_phrase_says_which_approved_comments_it_would_have_met(client):
    make_comment(body="The casino is next door to my acupuncturist.")
    make_comment(body="Casino!", status="pending")
    page = add(client, "phrase", text="  casino ", effect="spam").content.decode()
    assert "Of the last 1,000 approved comments, 1 holds “casino”." in page
    assert list(Phrase.objects.values_list("text", "effect")) == [("casino", "spam")]
    assert "approved comments" not in add(client, "phrase", text="gel", effect="hold")


@pytest.mark.parametrize("text", ["the", "THE", "a", "$", " ", "\u200b"])
@pytest.mark.usefixtures("moderator")
def test_what_nearly_every_comment_holds_is_no_phrase(client, text):
    add(client, "phrase", text=text, effect="hold")
    assert not Phrase.objects.exists()
