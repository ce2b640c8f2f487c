"""What the page of an article takes in the connected database, with nothing kept between requests.

Five articles: a plain one, one with many figures, one with many comments, one with both, and one
with more comments than anybody reads.
"""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings

from articles.crops import WIDTHS_PX
from articles.models import Article, Image, Rendition
from articles.publishing import refresh_derived
from comments.models import Comment
from directory.models import License, Practitioner, Specialty
from directory.vocabulary import load_vocabulary
from tests.benchmarks.measure_search import STORAGES
from tests.benchmarks.timing import get, spent_by, statements_of

FIGURES = 20
COMMENTS = 500
MOST_COMMENTS = 2_000
WARM_UP = 3
REPETITIONS = 40
BEGAN_AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
KINDS = {
    "plain": (0, 0),
    f"{FIGURES} figures": (FIGURES, 0),
    f"{COMMENTS} comments": (0, COMMENTS),
    "both": (FIGURES, COMMENTS),
    f"{MOST_COMMENTS} comments": (0, MOST_COMMENTS),
}
PARAGRAPH = (
    "The calf is two muscles that share one tendon, and the tendon ends at the heel. When the "
    "lower of the two is short, every step pulls at the same square centimeter of bone, and in the "
    "morning, after a night with the foot pointed, the first steps are the worst of the day."
)
REPLY = (
    "I had the same for two years & nobody looked above the ankle.\n\nThe page that helped me "
    "was https://example.org/heel-drops (the second drawing). Eight weeks, then it was gone.\n"
    "Thank you!"
)


def main() -> dict[str, dict]:
    call_command("migrate", verbosity=0)
    call_command("flush", verbosity=0, interactive=False)
    load_vocabulary()
    addresses = {name: _make(number, *kind) for number, (name, kind) in enumerate(KINDS.items())}
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=STORAGES):
        return {name: _measure(address) for name, address in addresses.items()}


def _make(number: int, figures: int, comments: int) -> str:
    """The address of an article with so many of each."""
    article = Article.objects.create(
        headline=f"Article {number}",
        slug=f"article-{number}",
        dek=PARAGRAPH[:90],
        body="".join(_body(number, figures)),
        status=Article.Status.PUBLISHED,
        published_at=BEGAN_AT,
    )
    article.tags.add("running", "heel", "tendon")
    article.specialties.add(*Specialty.objects.order_by("pk")[:3])
    refresh_derived(article, at=BEGAN_AT)
    _comment(article, comments)
    return article.get_absolute_url()


def _body(number: int, figures: int) -> Iterator[str]:
    for section in range(FIGURES):
        yield f"<h2>Section {section}</h2><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p>"
        if section < figures:
            key = _image(f"{number}-{section}").pk
            yield f'<figure data-image="{key}"><figcaption>{PARAGRAPH}</figcaption></figure>'


def _image(name: str) -> Image:
    """With its smaller files as rows; no file is read."""
    image = Image.objects.create(
        title=name,
        file=f"images/{name}.png",
        width_px=2000,
        height_px=1500,
        alt_text=PARAGRAPH[:80],
        long_description=f"{PARAGRAPH}\n\n{PARAGRAPH}",
        credit="A drawing of our own",
        rights="CC BY 4.0",
    )
    image.renditions.bulk_create(
        Rendition(
            image=image,
            file=f"renditions/{name}-{width}.{format_}",
            format=format_,
            width_px=width,
            height_px=width * 3 // 4,
        )
        for width in WIDTHS_PX
        for format_ in ("webp", "avif")
    )
    return image


def _comment(article: Article, number: int) -> None:
    """Threads of seven, one answer under the other; every tenth by somebody who is listed."""
    listed, _ = Practitioner.objects.get_or_create(
        slug="ada", defaults={"name": "Ada Weaver", "letters": "L.Ac.", "listing": "listed"}
    )
    License.objects.get_or_create(
        practitioner=listed, number="N1", state_code="NY", verified_on="2026-03-01"
    )
    parent = None
    for place in range(number):
        parent = Comment.objects.create(
            article=article,
            parent=parent if place % 7 else None,
            commenter_name=f"Reader {place}",
            practitioner=None if place % 10 else listed,
            body=f"{place}. {REPLY}",
            status=Comment.Status.APPROVED,
            created_at=BEGAN_AT + timedelta(minutes=place),
        )


def _measure(address: str) -> dict:
    """Milliseconds as `spent_by` has them, queries, and the size of the page."""
    ask = partial(get, Client(), address)
    for _ in range(WARM_UP):
        ask()
    content = ask().content
    return {
        **spent_by([ask] * REPETITIONS),
        "queries": len(statements_of(ask)),
        "kB": len(content) / 1024,
        "sent kB": len(gzip.compress(content, 6)) / 1024,
    }
