"""Pictures of the image library, and small words about articles, in templates."""

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.translation import ngettext

from articles.figures import render_figure
from articles.html import reading_minutes
from articles.models import Article, Author, Rendition
from articles.pictures import credit_html, picture, picture_html

# The page of the author or of the kind of care has the rest.
ARTICLES_SHOWN = 5

register = template.Library()
register.filter("reading_minutes", reading_minutes)
register.simple_tag(render_figure, name="figure")
register.simple_tag(picture_html)
register.simple_tag(credit_html)


@register.filter
def article_count(count):
    """The number of articles in a list, in words."""
    words = ngettext("%(count)s article", "%(count)s articles, newest first", count)
    return words % {"count": intcomma(count)}


@register.simple_tag(name="picture")
def show_picture(image, sizes="", alt=None, shape=Rendition.Shape.WHOLE):
    """The `<picture>` of an image whose renditions are prefetched.

    `alt=""` is for a place where the words beside it say the same; `shape="teaser"` for a list,
    which shows a part when an editor has said what must stay.
    """
    return picture_html(picture(image, sizes=sizes, shape=shape), alt=alt)


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


@register.inclusion_tag("articles/_about_specialty.html")
def specialty_articles(specialty):
    """The newest published articles about a kind of care. One query."""
    published = Article.objects.published(at=timezone.now()).about(specialty)
    newest = list(published.newest_first().defer("body", "search_text")[: ARTICLES_SHOWN + 1])
    return {
        "specialty": specialty,
        "articles": newest[:ARTICLES_SHOWN],
        "has_more": len(newest) > ARTICLES_SHOWN,
    }
