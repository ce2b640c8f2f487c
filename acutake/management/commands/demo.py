"""`manage.py demo`: the demonstration content."""

import os
import secrets

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from acutake.demo.loading import EDITOR, NotEmptyError, has_content, load_demonstration


class Command(BaseCommand):
    help = (
        "Load the demonstration content and make the staff account “editor”, with the password "
        "of DEMO_EDITOR_PASSWORD or a random one. Run again, it makes only what is missing; on a "
        "database that holds anything else it refuses."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing unless the database is empty"
        )

    def handle(self, *, if_empty, **options):
        if if_empty and has_content():
            self.stdout.write("The database has content already; no demonstration is loaded.")
            return
        password = os.environ.get("DEMO_EDITOR_PASSWORD") or secrets.token_urlsafe(9)
        try:
            report = load_demonstration(at=timezone.now(), password=password)
        except NotEmptyError as error:
            raise CommandError(f"{error} The demonstration needs a database of its own.") from error
        self.stdout.write(
            f"Demonstration: {report.articles} articles, {report.images} images, "
            f"{report.comments} comments and {report.practitioners} practitioners made."
        )
        if report.is_editor_new:
            self.stdout.write(f"Account for the admin: {EDITOR}, password {password}")
