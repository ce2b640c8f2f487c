"""Two snapshots of an article side by side: what was taken out, what was put in, in words."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.body_lines import body_lines
from articles.html import image_keys
from articles.models import Article, Author, Byline, Image
from articles.models.versions import SNAPSHOT_FIELDS
from directory.models import Specialty

# Longer lines are shown whole, old and new: comparing takes the square of their words.
LONGEST_COMPARED_WORDS = 1_500
SIMILAR = 0.4
CONTEXT_LINES = 1


class Kind(StrEnum):
    """What became of a run of words; `skipped` stands for lines that are the same in both."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Run:
    """Words that share a fate."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that differs, by its name for editors, in lines of runs."""

    label: str
    lines: tuple[tuple[Run, ...], ...]


def compare(old: dict, new: dict) -> list[Difference]:
    """The fields that differ between two snapshots, in the order of `SNAPSHOT_FIELDS`.

    At most three queries, for the names of pictures, people and specialties.
    """
    names = _Names(old, new)
    found = []
    for name in SNAPSHOT_FIELDS:
        if old.get(name) == new.get(name):
            continue
        before, after = names.lines(name, old.get(name)), names.lines(name, new.get(name))
        lines = compare_lines(before, after)
        if before == after and name != "body":
            continue
        if before == after:
            lines = ((Run(Kind.SAME, _("The words are the same; how they are set differs.")),),)
        found.append(Difference(_label(name), lines))
    return found


def compare_lines(before: list[str], after: list[str]) -> tuple[tuple[Run, ...], ...]:
    """Lines that differ, with one line around them that does not."""
    lines: list[tuple[Run, ...]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            is_first = start == new_start == 0
            is_last = end == len(before) and new_end == len(after)
            lines += _context(before[start:end], is_first=is_first, is_last=is_last)
        else:
            lines += _changed(before[start:end], after[new_start:new_end])
    return tuple(lines)


def _context(same: list[str], *, is_first: bool, is_last: bool) -> list[tuple[Run, ...]]:
    head = [] if is_first else same[:CONTEXT_LINES]
    tail = [] if is_last else same[max(len(head), len(same) - CONTEXT_LINES) :]
    shown = [(Run(Kind.SAME, line),) for line in head]
    if len(head) + len(tail) < len(same):
        shown.append((Run(Kind.SKIPPED, "…"),))
    return shown + [(Run(Kind.SAME, line),) for line in tail]


def _changed(before: list[str], after: list[str]) -> list[tuple[Run, ...]]:
    """Lines that resemble each other are compared by words, the others shown whole."""
    lines = []
    for old, new in zip(before, after, strict=False):
        lines += _line_pair(old, new)
    paired = min(len(before), len(after))
    lines += [(Run(Kind.REMOVED, line),) for line in before[paired:]]
    lines += [(Run(Kind.ADDED, line),) for line in after[paired:]]
    return lines


def _line_pair(old: str, new: str) -> list[tuple[Run, ...]]:
    old_words, new_words = old.split(" "), new.split(" ")
    if max(len(old_words), len(new_words)) <= LONGEST_COMPARED_WORDS:
        matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
        if matcher.ratio() >= SIMILAR:
            return [tuple(_word_runs(matcher, old_words, new_words))]
    return [(Run(Kind.REMOVED, old),), (Run(Kind.ADDED, new),)]


def _word_runs(matcher: SequenceMatcher, old: list[str], new: list[str]):
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Run(Kind.SAME, " ".join(old[start:end]))
            continue
        if start < end:
            yield Run(Kind.REMOVED, " ".join(old[start:end]))
        if new_start < new_end:
            yield Run(Kind.ADDED, " ".join(new[new_start:new_end]))


def _label(name: str) -> str:
    if name == "bylines":
        return _("byline")
    return str(Article._meta.get_field(name).verbose_name)


class _Names:
    """What the numbers in two snapshots stand for."""

    def __init__(self, *snapshots: dict):
        images, authors, specialties = set(), set(), set()
        for snapshot in snapshots:
            images |= {*image_keys(snapshot.get("body") or ""), snapshot.get("lead_image")}
            authors |= {byline["author"] for byline in snapshot.get("bylines") or []}
            authors.add(snapshot.get("reviewed_by"))
            specialties |= {*(snapshot.get("specialties") or [])}
        self.images = dict(_titles(Image, images, "title"))
        self.authors = dict(_titles(Author, authors, "name"))
        self.specialties = dict(_titles(Specialty, specialties, "name"))

    def lines(self, name: str, value) -> list[str]:
        """The value as lines of words."""
        if value in (None, "", []):
            return []
        if name == "body":
            return body_lines(value, images=self.images)
        if name == "bylines":
            return [self._byline(byline) for byline in value]
        if name == "specialties":
            return sorted(self.specialties.get(key, _unknown(key)) for key in value)
        if name == "lead_image":
            return [self.images.get(value, _unknown(value))]
        if name == "reviewed_by":
            return [self.authors.get(value, _unknown(value))]
        if name == "revised_at":
            return [_moment(value)]
        return value if isinstance(value, list) else str(value).splitlines()

    def _byline(self, byline: dict) -> str:
        name = self.authors.get(byline["author"], _unknown(byline["author"]))
        role = dict(Byline.Role.choices).get(byline.get("role"), "")
        return f"{name}, {role}" if role else name


def _titles(model, keys: set, column: str):
    wanted = keys - {None}
    return model.objects.filter(pk__in=wanted).values_list("pk", column) if wanted else ()


def _unknown(key) -> str:
    return _("number %(number)s, deleted since") % {"number": key}


def _moment(value: str) -> str:
    moment = parse_datetime(value)
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else value
