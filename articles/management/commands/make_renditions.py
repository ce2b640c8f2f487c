"""Smaller files for every image that lacks some, without a worker."""

from django.core.management import BaseCommand
from django.utils import timezone

from articles.models import Image
from articles.renditions import make_renditions, missing_plans

BATCH = 100


class Command(BaseCommand):
    """Can be stopped and started again: what was made stays made."""

    help = "Make the smaller files that pictures of the library lack."

    def handle(self, **options):
        images, files = 0, 0
        last = 0
        # Batch by batch: a cursor would be held open for as long as the encoding takes.
        while batch := list(Image.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
            for image in batch:
                # A picture that had all of them may lack those that a newer release wants.
                if image.renditions_made_at is None or missing_plans(image):
                    files += self.make(image)
                    images += 1
            last = batch[-1].pk
        self.stdout.write(f"Pictures looked at: {images}. Files made: {files}.")

    def make(self, image: Image) -> int:
        """A picture whose file is gone or damaged is named, and stops none of the others."""
        try:
            return make_renditions(image, at=timezone.now())
        except OSError as error:
            self.stderr.write(f"Picture {image.pk} ({image}): {error}")
            return 0
