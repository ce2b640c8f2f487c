"""Pictures of the image library, and small words about articles, in templates."""

from django import template
from django.utils import timezone

from articles.html import reading_minutes
from articles.models import Article, Author, Rendition
from articles.pictures import card_url, picture

# The author's own page has the rest.
ARTICLES_SHOWN = 5

register = template.Library()
register.filter("reading_minutes", reading_minutes)
register.filter("card_url", card_url)


@register.inclusion_tag("articles/_picture.html", name="picture")
def show_picture(image, sizes="", is_eager=False, alt=None, shape=Rendition.Shape.WHOLE):
    """The `<picture>` of an image whose renditions are prefetched.

    `alt=""` is for a place where the words beside it say the same; `shape="teaser"` for a list,
    which shows a part when an editor has said what must stay.
    """
    shown = picture(image, sizes=sizes, is_eager=is_eager, shape=shape)
    return {"picture": shown, "alt": shown.alt if alt is None else alt}


@register.inclusion_tag("articles/_figure.html", name="figure")
def show_figure(image, caption="", is_lead=False):
    """The image with its caption (the image's own when empty) and credit."""
    return {
        "words_id": "lead-picture-in-words",
        "picture": picture(image, is_eager=is_lead),
        "caption": caption or image.caption,
        "is_lead": is_lead,
    }


@register.inclusion_tag("articles/_by_practitioner.html")
def practitioner_articles(practitioner):
    """The newest published articles of the author who is this practitioner. Two queries at most."""
    author = Author.objects.filter(practitioner=practitioner).first()
    if author is None:
        return {"articles": []}
    published = Article.objects.published(at=timezone.now()).written_by(author)
    newest = list(published.newest_first().defer("body", "search_text")[: ARTICLES_SHOWN + 1])
    return {
        "author": author,
        "articles": newest[:ARTICLES_SHOWN],
        "has_more": len(newest) > ARTICLES_SHOWN,
    }
