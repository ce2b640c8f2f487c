"""Words that somebody may have meant by one with a slip in it.

A word that was learned says nothing about who may see it: ask before it is shown.
"""

from collections.abc import Iterable

from directory.models import KnownWord
from directory.models.search_terms import LONGEST_WORD
from directory.phrases import SHORTEST_CORRECTED
from directory.place_names import slips

# Two slips are one too many in a word shorter than this.
LONG = 8
WORDS_AT_ONCE = 500


def learn(words: Iterable[str]) -> None:
    """Keep those folded words that can have a slip in them; a query for 500 words, two when any
    of them are new."""
    kept = sorted({word for word in words if _is_kept(word)})
    for start in range(0, len(kept), WORDS_AT_ONCE):
        some = kept[start : start + WORDS_AT_ONCE]
        rows = KnownWord.objects.filter(key__in=some)
        # Every word is a key of its own.
        known = {word for key, word in rows.values_list("key", "word") if key == word}
        KnownWord.objects.bulk_create(
            [
                KnownWord(key=key, word=word)
                for word in some
                if word not in known
                for key in _keys(word)
            ],
            ignore_conflicts=True,
            batch_size=5_000,
        )


def similar(word: str, others: Iterable[str] = ()) -> list[str]:
    """Known words, and those of `others`, that `word` may be a slip for: two slips in a long word,
    else one. The closest come first, and of these those that begin alike. One query at most."""
    if not _is_kept(word):
        return []
    keys = set(_keys(word))
    if len(word) >= LONG:
        keys.update(*map(_keys, tuple(keys)))
    rows = KnownWord.objects.filter(key__in=keys).values_list("word", flat=True)
    near = {other for other in others if not keys.isdisjoint(_keys(other))}
    return _closest(word, near.union(rows))


def _closest(word: str, others: Iterable[str]) -> list[str]:
    most = 1 if len(word) < LONG else 2
    found = {other: slips(word, other, most) for other in others if _is_kept(other)}
    near = (other for other in found if 0 < found[other] <= most)
    return sorted(near, key=lambda other: (found[other], other[0] != word[0], other))


def _is_kept(word: str) -> bool:
    return word.isalpha() and SHORTEST_CORRECTED <= len(word) <= LONGEST_WORD


def _keys(word: str) -> list[str]:
    return sorted({word, *(word[:at] + word[at + 1 :] for at in range(len(word)))})
