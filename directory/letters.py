"""What the letters after a name mean: they are taken apart and looked up, never guessed at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from acutake.lib.text import normalize
from directory.models import Credential, CredentialKind, Practitioner

# The bar beside the hours ends here: a little above the longest training in the list.
FULL_BAR_HOURS = 4_000
# Between letters; inside parentheses they belong to what these explain.
SEPARATORS = re.compile(r"[,;/|·•\n](?![^()]*\))")
# These stand between letters, too, but also inside the full names of degrees.
JOINERS = re.compile(r"\s*[&+]\s*|\s+(?:and|with)\s+", re.IGNORECASE)
Meanings = dict[str, CredentialKind]


@dataclass(frozen=True)
class Bar:
    """Hours as lengths in percent of `FULL_BAR_HOURS`: what is sure, and up to where it varies."""

    low: float
    high: float


@dataclass(frozen=True)
class Title:
    """One of somebody's letters, as typed; `kind` and `credential` are None when not known."""

    letters: str
    kind: CredentialKind | None
    credential: Credential | None = None

    @property
    def plain_name(self) -> str:
        """What is said of this person's, or else of the kind; empty when nobody has said."""
        own = self.credential.plain_name if self.credential else ""
        return own or (self.kind.name if self.kind else "")

    @property
    def plain_issuer(self) -> str:
        own = self.credential.plain_issuer if self.credential else ""
        return own or (self.kind.issuer if self.kind else "")

    @property
    def bar(self) -> Bar | None:
        return bar_of(self.kind) if self.kind else None

    @property
    def year(self) -> int | None:
        return self.credential.year if self.credential else None


@dataclass(frozen=True)
class Entry:
    """One kind in the glossary, with its bar as in `bar_of`."""

    kind: CredentialKind
    bar: Bar | None

    @property
    def spellings(self) -> list[str]:
        return self.kind.spellings.splitlines()


@dataclass(frozen=True)
class Section:
    """The kinds of one category; `value` is the end of its anchor."""

    value: str
    label: str
    entries: tuple[Entry, ...]


def glossary() -> tuple[Section, ...]:
    """Every kind by category, without categories that are empty. One query.

    Sorted here, since databases differ on whether D.O.M. comes before or after DC.
    """
    kinds = sorted(CredentialKind.objects.all(), key=lambda kind: (folded(kind.letters), kind.pk))
    sections = (
        Section(
            category.value,
            str(category.label),
            tuple(Entry(kind, bar_of(kind)) for kind in kinds if kind.category == category),
        )
        for category in CredentialKind.Category
    )
    return tuple(section for section in sections if section.entries)


def meanings() -> Meanings:
    """Every spelling, folded, with its kind; one that two kinds claim means nothing. One query."""
    found: dict[str, CredentialKind | None] = {}
    for kind in CredentialKind.objects.all():
        for spelling in spellings_of(kind):
            is_claimed = found.get(spelling, kind) != kind
            found[spelling] = None if is_claimed else kind
    return {spelling: kind for spelling, kind in found.items() if kind is not None}


def spellings_of(kind: CredentialKind) -> set[str]:
    """Everything that means this kind, folded."""
    return {folded(text) for text in (kind.letters, *kind.spellings.splitlines())} - {""}


def titles_of(practitioner: Practitioner, known: Meanings) -> tuple[Title, ...]:
    """The letters in their order, then credentials that stand in none of them."""
    credentials = list(practitioner.credentials.all())
    titles: list[Title] = []
    for letters, kind in decode(practitioner.letters, known):
        own = next((row for row in credentials if _is_about(row, letters, kind)), None)
        if own is not None:
            credentials.remove(own)
        titles.append(Title(letters, own.kind if own and own.kind else kind, own))
    for row in credentials:
        titles.append(Title(row.letters, row.kind or known.get(folded(row.letters)), row))
    return tuple(titles)


def decode(letters: str, known: Meanings) -> list[tuple[str, CredentialKind | None]]:
    """What stands after a name, taken apart; what is not known keeps its place as typed."""
    found: list[tuple[str, CredentialKind | None]] = []
    for part in split(letters):
        for text, kind in _read(part, known):
            is_new = (text, kind) not in found and (kind is None or kind not in _kinds(found))
            if is_new:
                found.append((text, kind))
    return found


def split(letters: str) -> list[str]:
    """The parts between commas and the like."""
    parts = (part.strip() for part in SEPARATORS.split(letters))
    return [part for part in parts if part]


def folded(text: str) -> str:
    """Letters and digits alone, so that L.Ac., LAc and Lac are the same."""
    text = re.sub(r"[®™©]", "", text).replace("&", " and ")
    plain = normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def bar_of(kind: CredentialKind) -> Bar | None:
    """None when the hours are not known."""
    if kind.hours_low is None:
        return None
    low, high = kind.hours_low, kind.hours_high or FULL_BAR_HOURS
    return Bar(_percent(low), _percent(high))


def _percent(hours: int) -> float:
    return round(min(hours, FULL_BAR_HOURS) / FULL_BAR_HOURS * 100, 1)


def _kinds(found: Sequence[tuple[str, CredentialKind | None]]) -> list[CredentialKind | None]:
    return [kind for _, kind in found]


def _is_about(row: Credential, letters: str, kind: CredentialKind | None) -> bool:
    is_same_kind = kind is not None and row.kind_id == kind.pk
    return is_same_kind or folded(row.letters) == folded(letters)


def _read(part: str, known: Meanings) -> Sequence[tuple[str, CredentialKind | None]]:
    """One part: known as a whole, or made of known pieces, or not known at all."""
    if taken := _cover(part, known):
        return taken
    pieces = [(piece, _cover(piece, known)) for piece in JOINERS.split(part) if piece]
    if not any(taken for _, taken in pieces):
        return [(part, None)]
    return [read for piece, taken in pieces for read in taken or [(piece, None)]]


def _cover(text: str, known: Meanings) -> list[tuple[str, CredentialKind]]:
    """Known spellings that make up the whole of `text`, longest first; empty when they do not.

    Half of it would be a guess: the PT in "PT assistant" is not a physical therapist.
    """
    words = text.split()
    taken: list[tuple[str, CredentialKind]] = []
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            spelling = " ".join(words[start:end])
            if kind := known.get(folded(spelling)):
                taken.append((spelling, kind))
                start = end
                break
        else:
            return []
    return taken
