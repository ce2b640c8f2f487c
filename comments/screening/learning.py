"""What moderators have decided, learned: the words of what they took for spam or showed."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.core.cache import cache
from django.db.models import QuerySet

from acutake.lib.terms import pieces
from comments.models import Comment, LearnedWords
from comments.screening.bayes import Judgment, Learned, judge, most_telling
from comments.screening.verdicts import Reason, Submission
from comments.screening.web_links import hosts_of, without_links
from comments.screening.writing import undisguised

# Below it chance decides; a site without spam never gets there, and needs no learner.
FEWEST_OF_EACH = 50
MOST_OF_EACH = 20_000
# Some two megabytes as JSON.
MOST_WORDS = 40_000
MOST_WORDS_OF_A_COMMENT = 1_000
LONGEST_WORD = 40
SHORTEST_WORD = 2
HOLDS_FROM = 0.95
# So that it is not one unlucky one.
FEWEST_WORDS = 2
SHOWN_WORDS = 5
# The one row there is.
ROW = 1
BATCH = 500
DECISIONS_TO_LEARN_FROM = 20
NEW_DECISIONS = "comments.screening.new-decisions"


def looks_like_spam(submission: Submission) -> list[Reason]:
    """What the learner thinks of it. A query, and one more after something was learned."""
    learned = _learned()
    if learned is None:
        return []
    words = words_of(submission.name, submission.website, submission.body)
    judgment = judge(words, learned)
    if judgment.likelihood < HOLDS_FROM or len(judgment.words) < FEWEST_WORDS:
        return []
    return [_reason(judgment)]


def words_of(name: str, website: str, body: str) -> set[str]:
    """What a comment is known by: its folded words, those of its name apart, and where it leads."""
    hosts = hosts_of(f"{website}\n{body}")
    return {
        *(f"name:{word}" for word in _words(name)),
        *(f"site:{host[:LONGEST_WORD]}" for host in hosts),
        *(["has:link"] if hosts else []),
        *_words(without_links(body)),
    }


def learn(*, at: datetime) -> LearnedWords:
    """Begin anew from the latest decisions of moderators; memory for the words of them alone.

    What is erased or decided otherwise by now is forgotten with it.
    """
    spam, spam_comments = _count(_decided(Comment.Status.SPAM))
    ham, ham_comments = _count(_decided(Comment.Status.APPROVED))
    counts = {word: (spam[word], ham[word]) for word in spam.keys() | ham.keys()}
    learned = most_telling(Learned(spam_comments, ham_comments, counts), limit=MOST_WORDS)
    row, _created = LearnedWords.objects.update_or_create(
        pk=ROW,
        defaults={
            "spam_comments": spam_comments,
            "ham_comments": ham_comments,
            "counts": learned.counts,
            "learned_at": at,
        },
    )
    return row


def is_due_after(decisions: int) -> bool:
    """Count new decisions; True when there are enough to learn from, and then from none again.

    A cache that forgets delays it to the next night, when it is learned anyhow.
    """
    cache.add(NEW_DECISIONS, 0, None)
    try:
        number = cache.incr(NEW_DECISIONS, decisions)
    except ValueError:
        return False
    if number < DECISIONS_TO_LEARN_FROM:
        return False
    cache.delete(NEW_DECISIONS)
    return True


def _reason(judgment: Judgment) -> Reason:
    words = [word.partition(":")[2] or word for word in judgment.words[:SHOWN_WORDS]]
    return {"code": "learned", "likelihood": round(judgment.likelihood, 6), "words": words}


def _words(text: str) -> Iterable[str]:
    found = (piece.word for piece in pieces(undisguised(text)))
    kept = (word for word in found if SHORTEST_WORD <= len(word) <= LONGEST_WORD)
    return islice(kept, MOST_WORDS_OF_A_COMMENT)


def _decided(status: str) -> QuerySet:
    """What a moderator decided about; editors' own words are no example of readers'."""
    decided = Comment.objects.filter(status=status, decided_by__isnull=False, editor=None)
    newest = decided.exclude(body="").order_by("-decided_at", "-pk")
    return newest.values_list("commenter_name", "website", "body")[:MOST_OF_EACH]


def _count(rows: QuerySet) -> tuple[Counter, int]:
    found: Counter[str] = Counter()
    number = 0
    for row in rows.iterator(BATCH):
        found.update(words_of(*row))
        number += 1
    return found, number


# What this process has read last: when it was learned, and the words.
_kept: dict[datetime, Learned] = {}


def _learned() -> Learned | None:
    """None as long as too little was decided."""
    enough = LearnedWords.objects.filter(
        pk=ROW, spam_comments__gte=FEWEST_OF_EACH, ham_comments__gte=FEWEST_OF_EACH
    )
    learned_at = enough.values_list("learned_at", flat=True).first()
    if learned_at is None:
        return None
    if learned_at not in _kept:
        row = enough.first()
        if row is None:
            return None
        _kept.clear()
        _kept[learned_at] = Learned(row.spam_comments, row.ham_comments, row.counts)
    return _kept[learned_at]
