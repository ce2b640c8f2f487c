"""What is looked at before an article goes out: rules over its words and what is known of them.

Pure: `articles.proofreading` gathers the facts. A finding that refuses stops the publication, one
that advises is an editor's to weigh.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Image
from articles.outline import Figure, Link, Outline
from articles.reading_level import TARGET_GRADE, Level, hardest_paragraph
from articles.snippets import SUMMARY_LIMIT, TITLE_LIMIT

# Words that say nothing of where a link leads, as they stand when folded (WCAG 2.2, 2.4.4).
VAGUE_WORDS = frozenset(
    {
        *("here", "click here", "read here", "see here", "click", "link", "this link", "this"),
        *("this page", "this site", "this article", "this study", "page", "website", "site"),
        *("more", "read more", "learn more", "find out more", "see more", "continue", "details"),
    }
)
BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


class Severity(StrEnum):
    """What a finding means for the publication."""

    REFUSE = "refuse"
    ADVISE = "advise"


@dataclass(frozen=True)
class Place:
    """Where to look: a field of the form, and in the body the element with a number from 0."""

    name: str
    element: str = ""
    number: int = 0


@dataclass(frozen=True)
class Fix:
    """What one click can do: put `new` in the place of `old`. `kind` is "tag" or "address"."""

    kind: str
    old: str
    new: str
    words: str


@dataclass(frozen=True)
class Finding:
    """One line of the checklist."""

    code: str
    severity: Severity
    text: str
    place: Place
    fix: Fix | None = None
    # The picture in the library where it is mended, by its primary key.
    image: int | None = None

    @property
    def refuses(self) -> bool:
        return self.severity == Severity.REFUSE


@dataclass(frozen=True)
class LinkFact:
    """What is wrong with a link, in words; `new_address` where it has moved for good."""

    code: str
    text: str
    new_address: str = ""


@dataclass(frozen=True)
class Piece:
    """The words as they stand on the screen, saved or not."""

    outline: Outline
    headline: str = ""
    dek: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    has_specialty: bool = False
    lead_image: int | None = None
    last_reviewed_on: date | None = None
    next_review_on: date | None = None


@dataclass(frozen=True)
class Facts:
    """What is known beside the words on the day `on`. `links` has only those with a fault."""

    images: Mapping[int, Image] = field(default_factory=dict)
    links: Mapping[tuple, LinkFact] = field(default_factory=dict)
    close_tags: Mapping[str, str] = field(default_factory=dict)
    level: Level | None = None
    on: date | None = None


def check(piece: Piece, facts: Facts) -> tuple[Finding, ...]:
    """All findings, those that refuse first, then in the order of the rules."""
    findings = [finding for rule in RULES for finding in rule(piece, facts)]
    return tuple(sorted(findings, key=lambda finding: not finding.refuses))


def key_of(link: Link) -> tuple:
    """What a link is known by in `Facts.links`."""
    return link.target or ("address", link.href)


def check_text(piece: Piece, facts: Facts) -> Iterator[Finding]:
    if not (piece.outline.lines or piece.outline.pull_quotes):
        yield _refuse("empty", _("There is no text to publish."), Place("body"))


def check_pictures(piece: Piece, facts: Facts) -> Iterator[Finding]:
    if piece.lead_image is not None:
        yield from _check_picture(piece.lead_image, Place("lead_image"), facts)
    for figure in piece.outline.figures:
        yield from _check_picture(figure.image, _place_of(figure), facts)


def _check_picture(key: int | None, place: Place, facts: Facts) -> Iterator[Finding]:
    image = facts.images.get(key)
    if image is None:
        text = _("A picture is no longer in the library: take it out, or choose one.")
        yield _refuse("missing_picture", text, place)
        return
    if not image.has_alternative():
        text = _(
            "The picture “%(title)s” has no words for those who cannot see it. Describe it in the "
            "library, or say there that it is decorative."
        )
        yield _refuse("missing_alt_text", text % {"title": image.title}, place, key)
    if not image.credit:
        text = _("The picture “%(title)s” does not say who made it. Add the credit in the library.")
        yield _refuse("missing_credit", text % {"title": image.title}, place, key)


def check_headings(piece: Piece, facts: Facts) -> Iterator[Finding]:
    above = 1
    for heading in piece.outline.headings:
        place = Place("body", "heading", heading.number)
        if not heading.text:
            yield _advise("empty_heading", _("A heading has no words."), place)
            continue
        if heading.level > above + 1:
            text = _(
                "“%(text)s” is a heading %(level)s without a heading %(missing)s above it. Those "
                "who listen to the page would look for what is missing."
            ) % {"text": heading.text, "level": heading.level, "missing": above + 1}
            yield _advise("heading_skipped", text, place)
        above = heading.level


def check_link_words(piece: Piece, facts: Facts) -> Iterator[Finding]:
    for link in piece.outline.links:
        words = link.text.strip(" .,:;!?…→»").casefold()
        if not words:
            yield _advise("link_without_words", _("A link has no words."), _place_of_link(link))
        elif words in VAGUE_WORDS:
            text = _("The link “%(words)s” does not say where it leads: name the page.")
            yield _advise("vague_link", text % {"words": link.text}, _place_of_link(link))
        elif link.note is None and BARE_ADDRESS.fullmatch(link.text):
            text = _("A link shows its address, %(words)s: write what it leads to.")
            yield _advise("bare_address", text % {"words": link.text}, _place_of_link(link))


def check_link_targets(piece: Piece, facts: Facts) -> Iterator[Finding]:
    for link in piece.outline.links:
        fact = facts.links.get(key_of(link))
        if fact is None:
            continue
        fix = None
        if fact.new_address:
            fix = Fix("address", link.href, fact.new_address, _("Use the new address"))
        words = {"words": link.text or link.href}
        yield _advise(fact.code, fact.text % words, _place_of_link(link), fix)


def check_summary(piece: Piece, facts: Facts) -> Iterator[Finding]:
    if not piece.summary.strip():
        text = (
            _("There is no summary for search engines: they are given the dek.")
            if piece.dek.strip()
            else _("There is neither a summary for search engines nor a dek.")
        )
        yield _advise("no_summary", text, Place("summary"))
    elif (length := len(" ".join(piece.summary.split()))) > SUMMARY_LIMIT:
        text = _("The summary has %(length)s characters; a search page cuts it at about %(limit)s.")
        values = {"length": length, "limit": SUMMARY_LIMIT}
        yield _advise("long_summary", text % values, Place("summary"))
    if (length := len(piece.headline)) > TITLE_LIMIT:
        text = _(
            "The headline has %(length)s characters; a search page cuts it at about %(limit)s."
        )
        values = {"length": length, "limit": TITLE_LIMIT}
        yield _advise("long_headline", text % values, Place("headline"))


def check_tags(piece: Piece, facts: Facts) -> Iterator[Finding]:
    if not piece.tags:
        yield _advise("no_tags", _("There are no tags."), Place("tags"))
    for tag in piece.tags:
        if other := facts.close_tags.get(tag):
            values = {"tag": tag, "other": other}
            yield _advise(
                "close_tag",
                _("The tag “%(tag)s” is close to “%(other)s”, which is in use already.") % values,
                Place("tags"),
                Fix("tag", tag, other, _("Use “%(other)s”") % values),
            )
    if not piece.has_specialty:
        text = _("No specialty is chosen: the article leads its readers to nobody in particular.")
        yield _advise("no_specialty", text, Place("specialties"))


def check_reading_level(piece: Piece, facts: Facts) -> Iterator[Finding]:
    if facts.level is None or round(facts.level.grade) <= TARGET_GRADE:
        return
    text = _(
        "It reads like grade %(grade)s; texts for patients are best at grade %(target)s or below. "
        "Shorten the longest sentences, above all in this paragraph."
    ) % {"grade": round(facts.level.grade), "target": TARGET_GRADE}
    hardest = hardest_paragraph(piece.outline.paragraphs)
    place = Place("body") if hardest is None else Place("body", "paragraph", hardest)
    yield _advise("hard_to_read", text, place)


def check_pull_quotes(piece: Piece, facts: Facts) -> Iterator[Finding]:
    said = _bare(" ".join(piece.outline.lines))
    for number, quote in enumerate(piece.outline.pull_quotes):
        if _bare(quote) not in said:
            text = _("A pull quote repeats words of the text, but these stand nowhere in it.")
            yield _advise("pull_quote", text, Place("body", "pullquote", number))


def check_review(piece: Piece, facts: Facts) -> Iterator[Finding]:
    if piece.last_reviewed_on is None:
        text = _("No medical review is recorded.")
        yield _advise("never_reviewed", text, Place("last_reviewed_on"))
    if facts.on and piece.next_review_on and piece.next_review_on <= facts.on:
        days = (facts.on - piece.next_review_on).days
        text = ngettext(
            "The medical review was due on %(date)s, %(days)s day ago.",
            "The medical review was due on %(date)s, %(days)s days ago.",
            days,
        )
        values = {"date": date_format(piece.next_review_on), "days": days}
        yield _advise("review_due", text % values, Place("next_review_on"))


RULES = (
    check_text,
    check_pictures,
    check_headings,
    check_link_words,
    check_link_targets,
    check_summary,
    check_tags,
    check_reading_level,
    check_pull_quotes,
    check_review,
)


def _refuse(code: str, text: str, place: Place, image: int | None = None) -> Finding:
    return Finding(code, Severity.REFUSE, text, place, image=image)


def _advise(code: str, text: str, place: Place, fix: Fix | None = None) -> Finding:
    return Finding(code, Severity.ADVISE, text, place, fix)


def _place_of(figure: Figure) -> Place:
    return Place("body", "figure", figure.number)


def _place_of_link(link: Link) -> Place:
    if link.note is not None:
        return Place("body", "note", link.note)
    return Place("body", "link", link.number)


def _bare(text: str) -> str:
    """Words alone, for finding them again whatever the quotation marks and dashes."""
    return " ".join(re.findall(r"\w+", text.casefold()))
