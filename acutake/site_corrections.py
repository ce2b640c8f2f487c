"""What was probably meant by words that are hardly anywhere on the site.

Every word that is offered is one of a published article, of a listing or of the lists of care: it
is counted where the public may look before it is shown.
"""

from dataclasses import dataclass
from datetime import datetime

from acutake.lib.terms import STOP_WORDS, pieces, query_of
from articles.search import count_articles
from directory.care_search import Vocabulary
from directory.known_words import similar
from directory.people_search import count_practitioners
from directory.place_names import slips

# A word that stands in so many places is hardly a slip.
FAMILIAR = 3
COUNTED = 50
# What is meant is found more than so many times as often as what was typed.
MORE_OFTEN = 3
WORDS_CORRECTED = 6
COMPARED = 6


def corrected(text: str, vocabulary: Vocabulary, *, at: datetime) -> str:
    """The text with its slips put right; empty when there are none. Some fifty queries a word."""
    speller = _Speller(vocabulary.names(), vocabulary.synonyms(), at)
    found = [piece for piece in pieces(text) if piece.word not in STOP_WORDS]
    parts: list[str] = []
    last = 0
    for piece in found[:WORDS_CORRECTED]:
        if meant := speller.meant_by(piece.word):
            parts += [text[last : piece.start], meant]
            last = piece.end
    return "".join([*parts, text[last:]]) if parts else ""


@dataclass(frozen=True)
class _Speller:
    """The words of the lists of care, and the moment at which the public is asked for."""

    names: set[str]
    synonyms: set[str]
    at: datetime

    def meant_by(self, word: str) -> str:
        """The closest word that is found more often, and of these the most frequent."""
        own = self._count(word)
        others = similar(word, (self.names | self.synonyms) - STOP_WORDS) if own < FAMILIAR else []
        counts = {
            other: self._count(other) or other in self.synonyms for other in others[:COMPARED]
        }
        public = [other for other in counts if counts[other] > own * MORE_OFTEN]
        best = sorted(public, key=lambda other: (slips(word, other, 2), -counts[other]))
        return best[0] if best else ""

    def _count(self, word: str) -> int:
        """Where the public finds the word, as far as is counted."""
        if word in self.names:
            return COUNTED
        query = query_of(word)
        found = count_articles(query, at=self.at, limit=COUNTED)
        return found + count_practitioners(query, limit=COUNTED)
