from django.core.management.base import BaseCommand

from directory.vocabulary import load_vocabulary


class Command(BaseCommand):
    help = "Adds the lists of words that come with the site. Deletes nothing."

    def handle(self, *args, **options):
        report = load_vocabulary()
        if report.added:
            self.stdout.write(
                f"Added {report.specialties} specialties, {report.conditions} conditions, "
                f"{report.insurers} insurers, {report.languages} languages and "
                f"{report.credential_kinds} kinds of credentials."
            )
        else:
            self.stdout.write("The lists of words are up to date.")
