"""Where the pictures of the library are shown."""

from collections.abc import Collection

from django.db import transaction

from articles.html import image_keys
from articles.models import Article, Draft, Image, ImageUse


@transaction.atomic
def record_uses(article: Article, *, also: Collection[int] = ()) -> None:
    """Write down which images the article shows. Call it after every change of its words.

    `also` are the primary keys of images in words of it that wait to be shown. What is no longer
    in the library is passed over. At most four queries.
    """
    keys = {*image_keys(article.body), *also}
    if article.lead_image_id:
        keys.add(article.lead_image_id)
    # Locked, so that none is deleted before its use is written down.
    images = Image.objects.select_for_update(no_key=True).order_by("pk")
    shown = set(images.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    known = set(article.image_uses.values_list("image_id", flat=True))
    if gone := known - shown:
        article.image_uses.filter(image__in=gone).delete()
    ImageUse.objects.bulk_create(
        [ImageUse(image_id=key, article=article) for key in sorted(shown - known)],
        ignore_conflicts=True,
    )


def articles_showing(images: Collection[Image]):
    """A queryset of the articles that show one of `images`, or will; by headline."""
    keys = [image.pk for image in images]
    uses = ImageUse.objects.filter(image__in=keys)
    return Article.objects.filter(pk__in=uses.values("article_id")).order_by("headline", "pk")


def drafts_showing(images: Collection[Image]) -> list[Draft]:
    """What editors have typed and not saved that shows one of `images`; reads every draft, of which
    there is one for each editor and article at most."""
    keys = {image.pk for image in images}
    drafts = Draft.objects.select_related("editor").order_by("pk")
    return [draft for draft in drafts.iterator() if keys & _typed_keys(draft)]


def _typed_keys(draft: Draft) -> set[int]:
    """The form was kept as it was typed, right or wrong."""
    typed = draft.fields.get("lead_image", [])
    leads = [int(key) for key in typed if key.isdecimal() and len(key) < 19]
    return {*leads, *(key for body in draft.fields.get("body", []) for key in image_keys(body))}
