"""What is wrong with the links of a text: inside at once, outside as the last check found it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from articles.checklist import LinkFact
from articles.html import sanitize
from articles.models import Article, ArticlePath, OutsideLink
from articles.models.links import digest_of
from articles.outline import Link, outline_of
from articles.targets import public_addresses
from directory.models import Practitioner, PractitionerPath, Specialty

# A server may be down for a day; after so many checks in a row it is worth a look.
FAILURES_BEFORE_A_WORD = 3
LONGEST_ADDRESS = 2000

NOT_PUBLIC = LinkFact(
    "link_not_public",
    _("“%(words)s” leads to a page that the public cannot see: readers get words without a link."),
)
NO_PAGE = LinkFact("link_dead", _("“%(words)s” leads to a page that this site does not have."))
GONE = LinkFact("link_dead", _("“%(words)s” leads to a page that is gone from the other site."))
NO_ANSWER = LinkFact(
    "link_silent", _("“%(words)s” leads to a site that has not answered for several days.")
)
NOT_REACHABLE = LinkFact(
    "link_private", _("“%(words)s” leads to an address that readers cannot reach.")
)
MOVED = _("“%(words)s” leads to a page that has moved for good.")


def link_facts(links: Collection[Link], *, at: datetime) -> dict[tuple, LinkFact]:
    """What is wrong, by `checklist.key_of`; at most nine queries for any number of links."""
    targets = {link.target for link in links if link.target}
    facts = dict.fromkeys(targets - public_addresses(targets, at=at).keys(), NOT_PUBLIC)
    addresses = {link.href for link in links if not link.target}
    for href, fact in _facts_inside(addresses, at).items():
        facts["address", href] = fact
    for link in _outside(addresses):
        if fact := _fact_outside(link):
            facts["address", link.url] = fact
    return facts


def outside_addresses(html: str) -> set[str]:
    """The addresses on other sites that a body links to, notes included; no query."""
    links = outline_of(sanitize(html)).links
    return {link.href for link in links if not link.target and is_outside(link.href)}


def is_outside(href: str) -> bool:
    """Whether an address belongs to another site that can be asked."""
    parts = _split(href)
    return (
        parts is not None
        and parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and parts.netloc != urlsplit(settings.SITE_URL).netloc
        and len(href) <= LONGEST_ADDRESS
    )


@transaction.atomic
def record_links(article: Article) -> list[OutsideLink]:
    """Write down which addresses on other sites the article has; gives those never checked yet.

    Call it after every change of the body. At most six queries.
    """
    addresses = outside_addresses(article.body)
    OutsideLink.objects.bulk_create(
        [OutsideLink(url=url, digest=digest_of(url)) for url in sorted(addresses)],
        ignore_conflicts=True,
    )
    links = list(_outside(addresses))
    article.outside_links.set(links)
    return [link for link in links if link.checked_at is None]


def _outside(addresses: Iterable[str]) -> QuerySet:
    digests = [digest_of(href) for href in addresses if is_outside(href)]
    return OutsideLink.objects.filter(digest__in=digests)


def _fact_outside(link: OutsideLink) -> LinkFact | None:
    verdicts = OutsideLink.Verdict
    if link.verdict == verdicts.MOVED:
        return LinkFact("link_moved", MOVED, link.location)
    if link.verdict == verdicts.UNREACHABLE and link.failures < FAILURES_BEFORE_A_WORD:
        return None
    return {
        verdicts.DEAD: GONE,
        verdicts.UNREACHABLE: NO_ANSWER,
        verdicts.REFUSED: NOT_REACHABLE,
    }.get(link.verdict)


def _facts_inside(addresses: Collection[str], at: datetime) -> dict[str, LinkFact]:
    """For those addresses of this site that lead nowhere, or somewhere else."""
    facts, slugs = {}, {}
    for href in addresses:
        path = _path_on_site(href)
        if path is None or path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
            continue
        try:
            match = resolve(path)
        except Resolver404:
            facts[href] = NO_PAGE
        else:
            slugs.setdefault(match.view_name, {})[href] = match.kwargs.get("slug")
    for view_name, (public, moved) in _pages(at).items():
        if wanted := slugs.get(view_name):
            facts |= _facts_of_pages(wanted, public, moved)
    return facts


def _pages(at: datetime) -> dict[str, tuple[QuerySet, QuerySet | None]]:
    """For each kind of page, what the public may see, and where an old address of it leads."""
    published, listed = Article.objects.published(at=at), Practitioner.objects.listed()
    articles = ArticlePath.objects.filter(article__in=published).select_related("article")
    people = PractitionerPath.objects.filter(practitioner__in=listed)
    return {
        "articles:article": (published, articles),
        "directory:practitioner": (listed, people.select_related("practitioner")),
        "directory:specialty": (Specialty.objects.all(), None),
    }


def _facts_of_pages(wanted, public: QuerySet, moved: QuerySet | None) -> dict[str, LinkFact]:
    known = set(public.filter(slug__in=set(wanted.values())).values_list("slug", flat=True))
    missing = {href: slug for href, slug in wanted.items() if slug not in known}
    paths = {}
    if missing and moved is not None:
        for path in moved.filter(slug__in=set(missing.values())):
            row = path.article if isinstance(path, ArticlePath) else path.practitioner
            paths[path.slug] = row.get_absolute_url()
    return {
        href: LinkFact("link_moved", MOVED, paths[slug]) if slug in paths else NO_PAGE
        for href, slug in missing.items()
    }


def _path_on_site(href: str) -> str | None:
    """The path of an address of this site; None for another site, a place on the page, a mail."""
    parts = _split(href)
    if parts is None or parts.scheme not in ("", "http", "https"):
        return None
    if parts.netloc not in ("", urlsplit(settings.SITE_URL).netloc):
        return None
    return unquote(parts.path) or None


def _split(href: str):
    try:
        return urlsplit(href)
    except ValueError:
        return None
