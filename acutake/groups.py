"""The groups of staff, and what each may do in the admin: its own part, and nothing else."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

# Who did what; each reads only what is about things that it may see.
LOG = {"admin.logentry": ("view",)}
ALL = ("view", "add", "change", "delete")
KEEP = ("view", "add", "change")
VIEW = ("view",)

GROUPS = {
    "Editor": {
        **LOG,
        "articles.article": ALL,
        "articles.author": ALL,
        "articles.byline": ALL,
        "articles.feature": ALL,
        "articles.image": ALL,
        "articles.outsidelink": VIEW,
        "taggit.tag": ALL,
        # To choose whose listing is an author's.
        "directory.practitioner": VIEW,
        "directory.specialty": VIEW,
    },
    # A comment that goes is removed, so that its replies keep their place; none is deleted.
    "Moderator": {
        **LOG,
        "comments.comment": KEEP,
        "comments.flag": VIEW,
        "comments.ban": ALL,
        "comments.phrase": ALL,
        "articles.article": VIEW,
        "directory.practitioner": VIEW,
    },
    "Directory editor": {
        **LOG,
        "directory.practitioner": ALL,
        "directory.office": ALL,
        "directory.affiliation": ALL,
        "directory.openinghours": ALL,
        "directory.credential": ALL,
        "directory.license": ALL,
        # Checks are added by saving a license; none is changed.
        "directory.verification": VIEW,
        "directory.credentialkind": KEEP,
        # A report is closed, with a note; none is deleted.
        "directory.report": ("view", "change"),
        "directory.specialty": KEEP,
        "directory.condition": KEEP,
        "directory.insurer": KEEP,
        "directory.language": KEEP,
        "directory.place": VIEW,
    },
}


@transaction.atomic
def sync_groups() -> list[Group]:
    """Make the groups, and give each exactly its permissions. People in them stay."""
    synced = []
    for name, models in GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(
            permission
            for label, actions in models.items()
            for permission in _permissions(label, actions)
        )
        synced.append(group)
    return synced


def _permissions(label: str, actions: tuple[str, ...]) -> list[Permission]:
    """The permissions of one model, which `migrate` has made."""
    model = apps.get_model(label)
    codenames = [f"{action}_{model._meta.model_name}" for action in actions]
    content_type = ContentType.objects.get_for_model(model)
    return list(Permission.objects.filter(content_type=content_type, codename__in=codenames))
