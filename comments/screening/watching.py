"""The words that moderators watch for."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from acutake.lib.terms import IS_UNSPACED, WORD
from acutake.lib.text import fold
from comments.models import Comment, Phrase
from comments.screening.verdicts import Reason, Submission
from comments.screening.writing import undisguised

MOST_SHOWN = 5
MOST_TRIED = 1_000
BATCH = 100
CODES = {Phrase.Effect.HOLD: "phrase_hold", Phrase.Effect.SPAM: "phrase_spam"}


class Watched(NamedTuple):
    """A phrase as it was typed, with its words as they are compared."""

    text: str
    effect: str
    words: tuple[str, ...]


class WatchList(NamedTuple):
    """Phrases by their first word; and those that are looked for anywhere, since they hold no word,
    or are of a script that writes none apart."""

    by_word: dict[str, list[Watched]]
    anywhere: list[tuple[str, Watched]]


def holds_watched_words(submission: Submission) -> list[Reason]:
    """A reason for each effect, with the phrases as moderators typed them. A query."""
    phrases = tuple(Phrase.objects.order_by("pk").values_list("text", "effect"))
    if not phrases:
        return []
    text = "\n".join((submission.name, submission.website, submission.body, submission.email))
    found = defaultdict(list)
    for phrase in matches(text, watch_list(phrases)):
        found[CODES[phrase.effect]].append(phrase.text)
    return [
        {"code": code, "words": found[code][:MOST_SHOWN]} for code in CODES.values() if found[code]
    ]


def matches(text: str, watched: WatchList) -> list[Watched]:
    """Those that stand in the text, as whole words, in its own order, each once."""
    folded = fold(undisguised(text))
    words = WORD.findall(folded)
    found = {}
    for position, word in enumerate(words):
        for phrase in watched.by_word.get(word, ()):
            if tuple(words[position : position + len(phrase.words)]) == phrase.words:
                found[phrase.text] = phrase
    found |= {phrase.text: phrase for sought, phrase in watched.anywhere if sought in folded}
    return list(found.values())


def words_of(text: str) -> tuple[str, ...]:
    """As they are compared; a phrase without any is looked for as it stands."""
    return tuple(WORD.findall(fold(undisguised(text))))


def approved_with(phrase: Phrase) -> int:
    """In how many of the last approved comments it stands. A query."""
    watched = watch_list(((phrase.text, phrase.effect),))
    newest = Comment.objects.approved().filter(editor=None).order_by("-created_at", "-pk")
    texts = newest.values_list("commenter_name", "website", "body")[:MOST_TRIED]
    return sum(bool(matches("\n".join(text), watched)) for text in texts.iterator(BATCH))


@lru_cache(maxsize=2)
def watch_list(phrases: Iterable[tuple[str, str]]) -> WatchList:
    """Made once for as long as the phrases stay what they are."""
    watched = WatchList(defaultdict(list), [])
    for text, effect in phrases:
        folded = fold(undisguised(text))
        words = tuple(WORD.findall(folded))
        phrase = Watched(text, effect, words)
        if not words or IS_UNSPACED.search(folded):
            watched.anywhere.append((folded, phrase))
        else:
            watched.by_word[words[0]].append(phrase)
    return watched
