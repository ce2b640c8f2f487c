"""Names that claim to be somebody: letters behind them, an office, a practitioner's or an editor's.

A practitioner's own letters stand beside the name once the address is proven, and an editor answers
from the queue; neither has to type who they are.
"""

import re
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from acutake.lib.fulltext import Keys
from acutake.lib.terms import pieces
from acutake.lib.text import fold
from articles.structured_data import NAME as SITE_NAME
from comments.screening.glances import as_read, outline, outlines_of_words, readings_of
from comments.screening.verdicts import Reason, Submission
from comments.screening.writing import LATIN_LETTER, undisguised
from directory.letters import folded
from directory.models import CredentialKind, Practitioner, PractitionerTerms

# Before a name, in the languages of most readers; and what an office of ours is called.
TITLES = frozenset({"dr", "doc", "doctor", "prof", "professor", "physician"})
OFFICES = frozenset(
    {"admin", "administrator", "editor", "editors", "editorial", "moderator", "moderators"}
    | {"staff", "webmaster"}
)
OFFICES_AS_SEEN = frozenset(map(outline, OFFICES))
SITE_AS_SEEN = outline(SITE_NAME)
WORD = re.compile(r"[^\W_]+")
LISTED, EDITOR, LETTERS = "listed", "editor", "letters"
# Shorter ones are names as well: Do, Mac, Lac.
UNMISTAKABLE = 4
NOTHING = Value("")


def claims_to_be_somebody(submission: Submission) -> list[Reason]:
    """One reason at most, by its name alone. A query where there is a name."""
    name = submission.name
    seen = outline(name)
    if not seen:
        return []
    if outlines_of_words(name) & OFFICES_AS_SEEN or SITE_AS_SEEN in seen:
        return [{"code": "name_office"}]
    typed = undisguised(name)
    known = list(_known([typed, *readings_of(name)]))
    if any(kind == EDITOR and outline(text) == seen for kind, text, _more in known):
        return [{"code": "name_editor"}]
    if any(kind == LISTED and outline(text) == seen for kind, text, _more in known):
        return [{"code": "name_listed"}]
    spellings = [
        spelling
        for kind, text, more in known
        if kind == LETTERS
        for spelling in (text, *more.splitlines())
    ]
    # A name without any Latin letter has none behind it, whatever its own ones look like.
    readings = (typed, as_read(name)) if LATIN_LETTER.search(fold(name)) else (typed,)
    if any(_has_title(text) or letters_in(text, spellings) for text in readings):
        return [{"code": "name_letters"}]
    return []


def _has_title(name: str) -> bool:
    words = WORD.findall(fold(name))
    return bool(words) and words[0] in TITLES


def letters_in(name: str, spellings: Iterable[str]) -> str:
    """The letters behind a name, or within it, as they were typed; empty without any.

    What is a name as well has to stand as letters do: with stops, behind a comma, or in capitals
    beside other words that are not.
    """
    known = {folded(spelling) for spelling in spellings}
    before, comma, behind = name.partition(",")
    for part in re.split(r"[,;/|]", behind) if comma else ():
        if folded(part) in known:
            return part.strip()
    words = before.split()
    for width in (1, 2, 3):
        for start in range(len(words) - width + 1):
            part = " ".join(words[start : start + width]).strip("()")
            if folded(part) in known and _stands_as_letters(part, name):
                return part
    return ""


def _stands_as_letters(part: str, name: str) -> bool:
    if part == name:
        return False
    has_capitals = sum(map(str.isupper, part)) >= 2 and not name.isupper()
    return "." in part or has_capitals or len(folded(part)) >= UNMISTAKABLE


def _known(readings: Iterable[str]) -> QuerySet:
    """Kind, text and further spellings: of listed practitioners with the words of a reading of the
    name, of the staff, and of all letters. One query."""
    staff = User.objects.filter(is_staff=True, is_active=True)
    full_name = Concat("first_name", Value(" "), "last_name")
    rows = _rows(CredentialKind.objects.all(), LETTERS, F("letters"), F("spellings"))
    rows = rows.union(_rows(staff, EDITOR, full_name), all=True)
    for terms in dict.fromkeys(map(_terms, readings)):
        if terms:
            listed = Practitioner.objects.listed().filter(pk__in=Keys(PractitionerTerms, terms))
            rows = rows.union(_rows(listed, LISTED, F("name")), all=True)
    return rows


def _terms(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"a{piece.term}" for piece in pieces(name)))


def _rows(rows: QuerySet, kind: str, text, more=NOTHING) -> QuerySet:
    columns = {
        "known_as": Value(kind, output_field=TextField()),
        "known_text": Cast(text, TextField()),
        "known_more": Cast(more, TextField()),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)
