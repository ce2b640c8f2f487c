"""The pages of the site that an editor may link to, found by their words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from acutake.lib.text import clean_text, fold
from articles.models import Article
from articles.targets import KINDS, Target
from directory.models import Practitioner, Specialty

PAGES_A_KIND = 6


@dataclass(frozen=True)
class Page:
    """One page: `kind` says what it is and whether the public sees it already."""

    target: Target
    title: str
    kind: str


def find_pages(words: str, *, at: datetime) -> list[Page]:
    """Articles at any stage but withdrawn, listed practitioners, specialties; a query for each.

    A next version is no page of its own.
    """
    folded = fold(clean_text(words)).split()
    if not folded:
        return []
    articles = Article.objects.filter(next_of__isnull=True)
    articles = _with_words(articles.exclude(status=Article.Status.WITHDRAWN), folded)
    in_headline = Q(headline__icontains=clean_text(words))
    articles = articles.order_by(Case(When(in_headline, Value(0)), default=Value(1)), "-pk")
    people = Practitioner.objects.listed().named(folded).order_by("name", "pk")
    specialties = Specialty.objects.order_by("name")
    for word in folded:
        is_named = Q(name__icontains=word) | Q(synonyms__icontains=word)
        specialties = specialties.filter(is_named)
    return [
        *(_article_page(row, at) for row in articles.defer("body", "search_text")[:PAGES_A_KIND]),
        *(_practitioner_page(row) for row in people[:PAGES_A_KIND]),
        *(_specialty_page(row) for row in specialties[:PAGES_A_KIND]),
    ]


def describe_page(key: str, *, at: datetime) -> Page | None:
    """The page of a key such as "article:7"; None for what is no key or no row. One query."""
    kind, _colon, number = key.partition(":")
    if kind not in KINDS or not number.isdecimal() or len(number) > 9:
        return None
    if kind == "article":
        article = (
            Article.objects.filter(pk=number, next_of__isnull=True)
            .defer("body", "search_text")
            .first()
        )
        return article and _article_page(article, at)
    if kind == "practitioner":
        practitioner = Practitioner.objects.filter(pk=number).first()
        return practitioner and _practitioner_page(practitioner)
    specialty = Specialty.objects.filter(pk=number).first()
    return specialty and _specialty_page(specialty)


def _with_words(articles: QuerySet, folded: list[str]) -> QuerySet:
    for word in folded:
        articles = articles.filter(search_text__contains=word)
    return articles


def _article_page(article: Article, at: datetime) -> Page:
    if article.is_published(at=at):
        day = timezone.localtime(article.published_at)
        kind = _("Article of %(date)s") % {"date": f"{day:%Y-%m-%d}"}
    else:
        kind = _("Article, not public yet")
    return Page(("article", article.pk), article.headline, kind)


def _practitioner_page(practitioner: Practitioner) -> Page:
    kind = _("Practitioner") if practitioner.is_listed() else _("Practitioner, not listed")
    return Page(("practitioner", practitioner.pk), str(practitioner), kind)


def _specialty_page(specialty: Specialty) -> Page:
    return Page(("specialty", specialty.pk), specialty.name, _("Specialty"))
