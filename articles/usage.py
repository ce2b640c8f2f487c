"""Where the pictures of the library are shown."""

from collections.abc import Collection

from django.db.models import Q

from articles.models import Article, Image


def articles_showing(images: Collection[Image]):
    """A queryset of the articles that show one of `images`, as the lead or in the body."""
    shows = Q(lead_image__in=[image.pk for image in images])
    for image in images:
        # As `articles.html.sanitize` writes it.
        shows |= Q(body__contains=f'<figure data-image="{image.pk}">')
    return Article.objects.filter(shows).order_by("headline", "pk")
