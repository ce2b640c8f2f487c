"""Pictures of the image library in templates."""

from django import template

from articles.pictures import FIGURE_SIZES, picture

register = template.Library()


@register.inclusion_tag("articles/_picture.html", name="picture")
def show_picture(image, sizes=FIGURE_SIZES, is_eager=False):
    """The `<img>` of an image whose renditions are prefetched."""
    return {"picture": picture(image, sizes=sizes, is_eager=is_eager)}


@register.inclusion_tag("articles/_figure.html", name="figure")
def show_figure(image, caption="", is_lead=False):
    """The image with its caption (the image's own when empty) and credit."""
    return {
        "picture": picture(image, is_eager=is_lead),
        "caption": caption or image.caption,
        "is_lead": is_lead,
    }
