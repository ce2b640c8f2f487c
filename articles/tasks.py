"""What a worker does for the publication. Each may run twice without harm."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks import task

from articles.link_checks import check_new_links_of
from articles.models import Article, Image, Rendition
from articles.renditions import make_renditions


@task()
def make_image_renditions(image_id: int) -> int:
    """How many files were made; 0 for an image that has been deleted in the meantime."""
    image = Image.objects.filter(pk=image_id).first()
    return make_renditions(image, at=timezone.now()) if image else 0


@task()
def check_new_links(article_id: int) -> int:
    """How many links to other sites were asked; 0 where that is turned off."""
    article = Article.objects.filter(pk=article_id).first()
    if article is None or not settings.CHECKS_LINKS:
        return 0
    return check_new_links_of(article, at=timezone.now()).total()


@task()
def delete_files(names: list[str]) -> int:
    """Delete those of the files that nothing in the library refers to; how many were asked for."""
    kept = {
        *Image.objects.filter(file__in=names).values_list("file", flat=True),
        *Rendition.objects.filter(file__in=names).values_list("file", flat=True),
    }
    gone = [name for name in names if name and name not in kept]
    for name in gone:
        default_storage.delete(name)
    return len(gone)
