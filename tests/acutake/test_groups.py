"""Each group can do its own part in the admin, and nothing else."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.urls import reverse

from acutake.groups import GROUPS, sync_groups

pytestmark = pytest.mark.django_db

OWN_LISTS = {
    "Editor": {
        "articles_article": True,
        "articles_image": True,
        "articles_author": True,
        "taggit_tag": True,
        "comments_comment": False,
        "directory_practitioner": True,
        "auth_user": False,
    },
    "Moderator": {
        "comments_comment": True,
        "articles_image": False,
        "taggit_tag": False,
        "directory_office": False,
        "auth_user": False,
    },
    "Directory editor": {
        "directory_practitioner": True,
        "directory_report": True,
        "directory_office": True,
        "directory_specialty": True,
        "directory_condition": True,
        "articles_article": False,
        "comments_comment": False,
        "auth_user": False,
    },
}


def log_in_as(client, group_name):
    user = User.objects.create_user(group_name, is_staff=True)
    user.groups.add(Group.objects.get(name=group_name))
    client.force_login(user)
    return user


@pytest.mark.parametrize("group_name", GROUPS)
def test_each_group_opens_the_lists_of_its_part_only(client, group_name):
    sync_groups()
    log_in_as(client, group_name)
    opened = {
        name: client.get(reverse(f"admin:{name}_changelist")).status_code == 200
        for name in OWN_LISTS[group_name]
    }
    assert opened == OWN_LISTS[group_name]


def test_a_moderator_reads_articles_but_cannot_change_or_delete(client):
    sync_groups()
    user = log_in_as(client, "Moderator")
    rights = {
        action: user.has_perm(f"articles.{action}_article")
        for action in ("view", "add", "change", "delete")
    }
    assert rights == {"view": True, "add": False, "change": False, "delete": False}


def test_every_permission_that_a_group_names_exists():
    for group in sync_groups():
        expected = sum(len(actions) for actions in GROUPS[group.name].values())
        assert group.permissions.count() == expected


def test_a_second_run_changes_nothing_and_keeps_the_people():
    sync_groups()
    user = User.objects.create_user("somebody")
    user.groups.set(Group.objects.all())
    before = {group.name: set(group.permissions.all()) for group in Group.objects.all()}
    call_command("sync_groups", verbosity=0)
    after = {group.name: set(group.permissions.all()) for group in Group.objects.all()}
    assert after == before
    assert {group.name for group in user.groups.all()} == set(GROUPS)


def test_a_permission_that_is_not_in_the_list_is_taken_away_again():
    sync_groups()
    editor = Group.objects.get(name="Editor")
    editor.permissions.add(Permission.objects.get(codename="delete_user"))
    sync_groups()
    assert not editor.permissions.filter(codename="delete_user").exists()
