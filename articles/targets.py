"""Links to pages of the site, kept by number, so that they follow a changed address.

An article says `<a data-article="7">`; the address is looked up when the page is made. A target
that the public may not see has no address: the words stay, the link does not.
"""

import re
from collections.abc import Collection
from datetime import datetime

from django.db.models import CharField, QuerySet, Value

from articles.models import Article
from directory.models import Practitioner, Specialty

# A kind and a primary key, such as ("article", 7).
Target = tuple[str, int]

MODELS = {"article": Article, "practitioner": Practitioner, "specialty": Specialty}
KINDS = tuple(MODELS)
DATA_TARGET = re.compile(rf'\bdata-({"|".join(KINDS)})="([0-9]+)"')


def target_of(attributes: dict[str, str | None]) -> Target | None:
    """What the attributes of a sanitized link point to; None where they hold an address."""
    for kind in KINDS:
        if value := attributes.get(f"data-{kind}"):
            return kind, int(value)
    return None


def targets_in(html: str) -> set[Target]:
    """What a sanitized body links to, and perhaps what only looks so in its words; no query."""
    return {(kind, int(key)) for kind, key in DATA_TARGET.findall(html)}


def public_addresses(targets: Collection[Target], *, at: datetime) -> dict[Target, str]:
    """The addresses of those that the public may see at the moment `at`; one query, or none."""
    wanted = []
    for kind, rows in _public_rows(at).items():
        keys = [key for other, key in targets if other == kind]
        if keys:
            named = rows.filter(pk__in=keys).annotate(kind=Value(kind, output_field=CharField()))
            wanted.append(named.order_by().values_list("kind", "pk", "slug"))
    if not wanted:
        return {}
    found = wanted[0].union(*wanted[1:], all=True) if wanted[1:] else wanted[0]
    return {(kind, key): MODELS[kind](slug=slug).get_absolute_url() for kind, key, slug in found}


def _public_rows(at: datetime) -> dict[str, QuerySet]:
    return {
        "article": Article.objects.published(at=at),
        "practitioner": Practitioner.objects.listed(),
        "specialty": Specialty.objects.all(),
    }
