"""Pictures of the image library, and small words about articles, in templates."""

from django import template

from articles.html import reading_minutes
from articles.pictures import picture

register = template.Library()
register.filter("reading_minutes", reading_minutes)


@register.inclusion_tag("articles/_picture.html", name="picture")
def show_picture(image, sizes="", is_eager=False, alt=None):
    """The `<img>` of an image whose renditions are prefetched.

    `alt=""` is for a place where the words beside it say the same.
    """
    shown = picture(image, sizes=sizes, is_eager=is_eager)
    return {"picture": shown, "alt": shown.alt if alt is None else alt}


@register.inclusion_tag("articles/_figure.html", name="figure")
def show_figure(image, caption="", is_lead=False):
    """The image with its caption (the image's own when empty) and credit."""
    return {
        "picture": picture(image, is_eager=is_lead),
        "caption": caption or image.caption,
        "is_lead": is_lead,
    }
