"""Articles of some 600 words with the frequencies of a language (Zipf), the same for each count.

Nine in ten are public. The words are made up, but for those that the measured searches ask for.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, product
from random import Random

from django.contrib.contenttypes.models import ContentType
from taggit.models import Tag, TaggedItem

from articles.models import Article, Author, Byline

SEED = 20_261_123
BLOCK = 1_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)
AUTHORS = 200
TAGS = 300
WORDS_OF_TEXT = (300, 900)
# Where these stand in the order of frequency: "pain" is in four of five texts.
REAL_WORDS = {
    **dict(zip(("the", "of", "and", "to", "in", "that", "a", "is"), range(8), strict=True)),
    "pain": 50,
    "needle": 120,
    "heel": 900,
    "sleep": 1_000,
    "migraine": 2_500,
    "tendon": 3_000,
    "achilles": 12_000,
    "fertility": 15_000,
}
STATUSES = (*["published"] * 18, "draft", "withdrawn")


def vocabulary() -> list[str]:
    """Made-up words, the shorter ones first, and the real ones in their places."""
    syllables = [a + b for a, b in product("bdfglmnprstv", "aeiou")]
    words = ["".join(parts) for count in (2, 3) for parts in product(syllables, repeat=count)]
    words = words[:30_000]
    for word, rank in sorted(REAL_WORDS.items(), key=lambda pair: pair[1]):
        words.insert(rank, word)
    return words


def fill(count: int) -> None:
    """Writes so many articles, whose tables are empty. What is derived is not written here."""
    random = Random(SEED)
    authors = Author.objects.bulk_create(
        [Author(name=f"Author {n}", slug=f"author-{n}") for n in range(AUTHORS)]
    )
    tags = Tag.objects.bulk_create([Tag(name=f"topic {n}", slug=f"t{n}") for n in range(TAGS)])
    kind = ContentType.objects.get_for_model(Article)
    numbers = range(count)
    texts = _texts(random)
    for start in range(0, count, BLOCK):
        articles = Article.objects.bulk_create(
            [_article(random, number, texts) for number in numbers[start : start + BLOCK]]
        )
        Byline.objects.bulk_create(
            [Byline(article=article, author=random.choice(authors)) for article in articles]
        )
        TaggedItem.objects.bulk_create(
            [
                TaggedItem(tag=tag, content_type=kind, object_id=article.pk)
                for article in articles
                for tag in random.sample(tags, 2)
            ]
        )


def _texts(random: Random) -> Iterator[list[str]]:
    words = vocabulary()
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    while True:
        yield random.choices(words, cum_weights=weights, k=random.randrange(*WORDS_OF_TEXT))


def _article(random: Random, number: int, texts: Iterator[list[str]]) -> Article:
    words = next(texts)
    paragraphs = [" ".join(words[at : at + 80]) for at in range(0, len(words), 80)]
    status = random.choice(STATUSES)
    at = NOW - timedelta(minutes=random.randrange(10 * 365 * 24 * 60))
    return Article(
        headline=" ".join(next(texts)[:8])[:160],
        slug=f"article-{number}",
        dek=" ".join(next(texts)[:20]),
        body="".join(f"<p>{paragraph}.</p>" for paragraph in paragraphs),
        word_count=len(words),
        status=status,
        published_at=None if status == "draft" else at,
    )
