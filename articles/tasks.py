"""What a worker does for the publication. Each may run twice without harm."""

from django_tasks import task

from articles.models import Image
from articles.renditions import make_renditions


@task()
def make_image_renditions(image_id: int) -> int:
    """How many files were made; 0 for an image that has been deleted in the meantime."""
    image = Image.objects.filter(pk=image_id).first()
    return make_renditions(image) if image else 0
