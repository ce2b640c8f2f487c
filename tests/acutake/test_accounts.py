"""Whoever stands in the log of who did what is deactivated, not deleted."""

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from tests.articles.factories import make_image

pytestmark = pytest.mark.django_db
LIST = reverse("admin:auth_user_changelist")


@pytest.fixture
def chief(client):
    client.force_login(User.objects.create_superuser("chief"))
    return client


def make_logged(name):
    user = User.objects.create_user(name, is_staff=True)
    image = make_image()
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(image),
        object_id=image.pk,
        object_repr="A picture",
        action_flag=ADDITION,
    )
    return user


def delete_url(user):
    return reverse("admin:auth_user_delete", args=[user.pk])


def test_an_account_in_the_log_stays_and_the_page_says_what_to_do(chief):
    ada = make_logged("ada")
    response = chief.post(delete_url(ada), {"post": "yes"})
    assert "1 entry of ada in the log. Make the account inactive instead." in response.text
    assert LogEntry.objects.filter(user=ada).count() == 1


def test_an_account_in_the_log_is_not_deleted_from_the_list_either(chief):
    ada, ben = make_logged("ada"), User.objects.create_user("ben")
    keys = [ada.pk, ben.pk]
    chief.post(LIST, {"action": "delete_selected", "_selected_action": keys, "post": "yes"})
    assert User.objects.filter(pk__in=keys).count() == 2


def test_an_account_that_did_nothing_is_deleted(chief):
    make_logged("ada")
    ben = User.objects.create_user("ben")
    chief.post(delete_url(ben), {"post": "yes"})
    assert not User.objects.filter(pk=ben.pk).exists()
