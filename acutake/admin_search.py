"""One search over everything that an editor may look at in the admin."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from taggit.models import Tag

from acutake.lib.text import clean_text, fold
from articles.models import Article, Author, Image
from comments.models import Comment
from directory.models import Office, Practitioner

QUERY_LIMIT = 200
WORDS_LIMIT = 8
CANDIDATES_LIMIT = 60
SHOWN_LIMIT = 10


@dataclass(frozen=True)
class Hit:
    """One row that was found. `detail` tells it from others of the same name."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Section:
    """What was found of one kind. `more_url` is the list of all, empty when all are shown."""

    label: str
    hits: list[Hit]
    more_url: str


@dataclass(frozen=True)
class Kind:
    """A model with what is said beside its name, and what that needs to be read along."""

    model: type[Model]
    detail: Callable[[Model], str]
    prepare: Callable[[QuerySet], QuerySet] = lambda rows: rows


KINDS = [
    Kind(
        Article,
        lambda article: article.get_status_display(),
        lambda rows: rows.defer("body", "search_text"),
    ),
    Kind(Practitioner, lambda practitioner: practitioner.get_listing_display()),
    Kind(Office, lambda office: f"{office.street}, {office.postcode}"),
    Kind(
        Comment,
        lambda comment: f"{comment.get_status_display()} · {comment.article}",
        lambda rows: rows.select_related("article").defer("article__body", "article__search_text"),
    ),
    Kind(Image, lambda image: image.credit),
    Kind(Author, lambda author: author.letters),
    Kind(Tag, lambda tag: tag.slug),
]


def search_admin(request, text: str) -> tuple[str, list[Section]]:
    """What was understood, and the kinds of which something was found, at most ten rows of each.

    Finds what the list of each kind finds, for whoever may see that list. The number of queries
    does not grow with what is found. Without a letter or digit nothing is looked for.
    """
    query = clean_text(text, limit=QUERY_LIMIT)
    words = [word for word in query.split() if any(map(str.isalnum, word))][:WORDS_LIMIT]
    if not words:
        return "", []
    query = " ".join(words)
    sections = [_section(request, kind, query) for kind in KINDS]
    return query, [section for section in sections if section is not None]


def _section(request, kind: Kind, query: str) -> Section | None:
    model_admin = admin.site.get_model_admin(kind.model)
    if not model_admin.has_view_or_change_permission(request):
        return None
    rows = kind.prepare(model_admin.get_queryset(request))
    found, may_repeat = model_admin.get_search_results(request, rows, query)
    candidates = list((found.distinct() if may_repeat else found)[:CANDIDATES_LIMIT])
    if not candidates:
        return None
    name = f"admin:{kind.model._meta.app_label}_{kind.model._meta.model_name}"
    has_more = len(candidates) > SHOWN_LIMIT
    return Section(
        label=capfirst(kind.model._meta.verbose_name_plural),
        hits=[
            Hit(str(row), kind.detail(row), reverse(f"{name}_change", args=[row.pk]))
            for row in _titled_first(candidates, query)
        ],
        more_url=f"{reverse(f'{name}_changelist')}?{urlencode({'q': query})}" if has_more else "",
    )


def _titled_first(rows: list, query: str) -> list:
    """Those with the most words in their name first, else in the order of their list."""
    words = fold(query).split()

    def words_outside_name(row) -> int:
        name = fold(str(row))
        return sum(word not in name for word in words)

    return sorted(rows, key=words_outside_name)[:SHOWN_LIMIT]
