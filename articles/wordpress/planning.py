"""What is to become of a post: its facts, as an article has them. Writes nothing."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import old_addresses
from articles.html import plain_text
from articles.models import Article
from articles.wordpress.convert import Surroundings, convert, plain
from articles.wordpress.pictures import host_of
from articles.wordpress.records import Item
from articles.wordpress.survey import TAXONOMIES, Survey, is_number

# Others are slips, or what a broken clock wrote.
YEARS = range(1900, 3000)
LONGEST_HEADLINE = 160
LONGEST_SUMMARY = 200
LONGEST_TAG = 100
# What the plugins for search engines call their summaries.
SUMMARIES = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description")
Status = Article.Status
STATUSES = {
    "publish": Status.PUBLISHED,
    "future": Status.PUBLISHED,
    "draft": Status.DRAFT,
    "auto-draft": Status.DRAFT,
    "pending": Status.IN_REVIEW,
    "private": Status.DRAFT,
    "trash": Status.WITHDRAWN,
}


@dataclass(frozen=True)
class Facts:
    """An article to be, apart from its address. `body` calls the pictures by their place in
    `pictures`; `lead` is a path too, `published_at` a moment in ISO or empty."""

    headline: str
    dek: str
    body: str
    pictures: tuple[str, ...]
    summary: str
    status: str
    published_at: str
    takes_comments: bool
    lead: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]

    def digests(self) -> dict[str, str]:
        """A few digits for each field, by which a later export is compared."""
        return {name: digest_of(value) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Plan:
    """`addresses` are the old ones, as `articles.old_addresses` writes them; `for_editors` is why
    an article that was to be seen by some is a draft."""

    facts: Facts
    addresses: tuple[str, ...]
    is_sticky: bool
    for_editors: str
    notes: tuple[str, ...]


def plan(item: Item, key: str, found: Survey, pictures: frozenset[str]) -> Plan:
    """`pictures` are the paths of those that the library will have. Asks the database nothing."""
    body = convert(item.body, _surroundings(item, found, pictures))
    notes = list(body.notes)
    headline, opening = _headline(item, body.html, notes)
    status, for_editors = _status(item)
    moment = _published_at(item, status, notes)
    facts = Facts(
        headline=headline,
        dek=plain(item.excerpt),
        body=opening + body.html,
        pictures=body.pictures,
        summary=_cut(_summary(item), LONGEST_SUMMARY),
        status=status,
        published_at=moment.isoformat() if moment else "",
        takes_comments=item.takes_comments,
        lead=_lead(item, found, pictures, notes),
        tags=_tags(item, notes),
        authors=(item.creator,) if item.creator else (),
    )
    if not item.creator:
        notes.append(_("It names no author."))
    notes = [for_editors, *notes] if for_editors else notes
    addresses = _addresses(item, key, found, notes)
    return Plan(facts, addresses, item.is_sticky, for_editors, tuple(notes))


def digest_of(value) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def moment_of(gmt: str, local: str, pub_date: str = "") -> datetime | None:
    """The first that is a date with a year of our calendar. WordPress writes 0000-00-00 for none;
    a local time is taken as one of this site's zone."""
    for text, zone in ((gmt, UTC), (local, timezone.get_current_timezone())):
        try:
            moment = datetime.strptime(text[:19], "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone)
        except ValueError:
            continue
        if moment.year in YEARS:
            return moment.astimezone(UTC)
    try:
        moment = parsedate_to_datetime(pub_date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC) if aware.year in YEARS else None


def _surroundings(item: Item, found: Survey, pictures: frozenset[str]) -> Surroundings:
    def picture(url: str, number: str) -> str | None:
        path = found.pictures.find(url, number)
        return path if path in pictures else None

    def address(href: str) -> str | None:
        host = host_of(href)
        if host not in ("", found.pictures.host) or "/wp-content/" in href:
            return None
        written = old_addresses.write(href)
        if new := found.links.get(written):
            return new + _fragment(href)
        is_list = re.search(r"/(?:category|tag|author|feed)(?:/|$)", written)
        return None if host == "" or is_list or written in ("", "/", found.base) else ""

    return Surroundings(
        picture=picture,
        address=address,
        reused=found.reused,
        children=found.pictures.children.get(item.id, ()),
        footnotes=item.meta.get("footnotes", ""),
    )


def _fragment(href: str) -> str:
    """Comments keep no number of their own, headings get another: only their places are known."""
    return "#comments" if re.search(r"#(?:comments?(?:-\d+)?|respond)$", href) else ""


def _headline(item: Item, body: str, notes: list[str]) -> tuple[str, str]:
    """The headline, and HTML for the beginning of the body where it could not hold all words."""
    title = plain(item.title)
    if not title:
        words = _cut((plain_text(body).split("\n") or [""])[0], 80)
        notes.append(_("It has no title; its first words stand there."))
        return words or _("Without a title"), ""
    if len(title) <= LONGEST_HEADLINE:
        return title, ""
    notes.append(_("The title is longer than a headline may be; the whole of it begins the body."))
    safe = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _cut(title, LONGEST_HEADLINE), f"<p><strong>{safe}</strong></p>"


def _cut(text: str, limit: int) -> str:
    """At most so many characters, at the end of a word if there is one."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rpartition(" ")[0] or head).rstrip() + "…"


def _status(item: Item) -> tuple[str, str]:
    """The status, and what the editors are told of one that could not stay what it was."""
    status = STATUSES.get(item.status)
    if item.password and status == Status.PUBLISHED:
        return Status.DRAFT, _("It was protected by a password on the old site.")
    if item.status == "private":
        return status, _("It was private on the old site.")
    if status is None:
        return Status.DRAFT, _("Its status on the old site was “%s”.") % item.status[:40]
    return status, ""


def _published_at(item: Item, status: str, notes: list[str]) -> datetime | None:
    if status not in (Status.PUBLISHED, Status.WITHDRAWN):
        return None
    moment = moment_of(item.written_gmt, item.written, item.pub_date)
    if moment is None and status == Status.PUBLISHED:
        notes.append(_("It has no date; it gets that of the import."))
    return moment


def _summary(item: Item) -> str:
    return next((plain(item.meta[name]) for name in SUMMARIES if item.meta.get(name)), "")


def _lead(item: Item, found: Survey, pictures: frozenset[str], notes: list[str]) -> str:
    number = item.meta.get("_thumbnail_id", "").strip()
    path = found.pictures.find("", number)
    if path in pictures:
        return path
    if number.strip("0"):
        notes.append(_("Its lead picture is not there: %s.") % (path or number))
    return ""


def _tags(item: Item, notes: list[str]) -> tuple[str, ...]:
    """Categories and tags; whatever else plugins sort by is told."""
    names = {}
    others = set()
    for taxonomy, name in item.terms:
        if taxonomy not in TAXONOMIES:
            others.add(f"{taxonomy}: {name}")
        elif is_tag(name):
            names.setdefault(tag_name(name).casefold(), tag_name(name))
    if others:
        notes.append(
            _("Sorted on the old site by what is unknown here: %s.") % ", ".join(sorted(others))
        )
    return tuple(sorted(names.values()))


def is_tag(name: str) -> bool:
    """WordPress puts what has no category into one of this name."""
    return bool(tag_name(name)) and name.casefold() != "uncategorized"


def tag_name(name: str) -> str:
    return plain(name)[:LONGEST_TAG].strip()


def _addresses(item: Item, key: str, found: Survey, notes: list[str]) -> tuple[str, ...]:
    """Those of the page, and by its number; a draft never had one."""
    if not _had_readers(item):
        return ()
    written = old_addresses.write(item.link)
    if item.link and not written:
        notes.append(_("Its old address is too long to be kept: %s.") % item.link[:200])
    names = ("p", "page_id") if is_number(key) else ()
    numbered = [f"{found.base or '/'}?{name}={key}" for name in names]
    path = [] if "?" in written or written in ("", "/") else [written]
    return (*path, *numbered)


def _had_readers(item: Item) -> bool:
    return item.status in ("publish", "future", "private", "trash")
