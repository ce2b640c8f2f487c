"""An article as readers will get it, before they do; and links for those without an account."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, Signer
from django.urls import reverse
from django.utils.text import slugify
from taggit.models import Tag

from articles.drafts import Fields, snapshot_of_fields
from articles.html import plain_text
from articles.models import Article, Author, Byline
from articles.models.versions import SNAPSHOT_COLUMNS, show_version, whole
from directory.models import Specialty

LINK_DAYS = (1, 7, 30)
SIGNER = Signer(salt="acutake.articles.previews")
# What no row has: an article that was never saved has no comments, and no relatives to leave out.
NO_KEY = 0


def as_readers_will(article: Article) -> Article:
    """The article, in memory, with the words of the row: its own, or those of the next version."""
    if article.next_of_id is None:
        return article
    shown = Article.objects.get(pk=article.next_of_id)
    show_version(shown, whole(Article.objects.all()).get(pk=article.pk))
    return shown


def with_typed_words(article: Article | None, fields: Fields) -> Article:
    """The article, in memory, with words that are not saved; None is one that never was.

    What makes no sense yet is left as it was.
    """
    shown = as_readers_will(article) if article else Article(pk=NO_KEY, slug="preview")
    typed = snapshot_of_fields(fields)
    for name in SNAPSHOT_COLUMNS:
        _set_column(shown, name, typed[name])
    shown.word_count = len(plain_text(shown.body).split())
    authors = Author.objects.in_bulk([row["author"] for row in typed["bylines"] if row["author"]])
    bylines = [
        Byline(author=authors[row["author"]], role=row["role"], position=row["position"] or 0)
        for row in typed["bylines"]
        if row["author"] in authors
    ]
    shown._prefetched_objects_cache = {
        "bylines": sorted(bylines, key=lambda byline: byline.position),
        "tags": [Tag(name=name, slug=slugify(name)) for name in typed["tags"]],
        "specialties": list(Specialty.objects.filter(pk__in=typed["specialties"])),
    }
    return shown


def _set_column(article: Article, name: str, value) -> None:
    field = Article._meta.get_field(name)
    if field.is_relation:
        setattr(article, name, field.related_model.objects.filter(pk=value).first())
        return
    try:
        setattr(article, name, field.to_python(value))
    except ValidationError:
        return


def make_link(article: Article, *, at: datetime, days: int) -> str:
    """The address, without the host, under which the saved words can be read for so many days."""
    ends_at = int((at + timedelta(days=days)).timestamp())
    token = SIGNER.sign_object({"article": article.pk, "ends_at": ends_at})
    return reverse("articles:preview", args=[token])


def read_link(token: str, *, at: datetime) -> int:
    """The primary key of the article that the token of a link is for.

    Raises BadSignature where the site did not make it, SignatureExpired when it has ended.
    """
    held = SIGNER.unsign_object(token)
    if not isinstance(held, dict) or {"article", "ends_at"} - held.keys():
        raise BadSignature("No token for a preview.")
    if held["ends_at"] <= at.timestamp():
        raise SignatureExpired("The link has ended.")
    return held["article"]
