"""Gives the groups of staff their permissions."""

from django.core.management.base import BaseCommand

from acutake.groups import sync_groups


class Command(BaseCommand):
    help = "Make the groups Editor, Moderator and Directory editor; safe to repeat."

    def handle(self, *args, **options):
        for group in sync_groups():
            self.stdout.write(f"{group.name}: {group.permissions.count()} permissions")
