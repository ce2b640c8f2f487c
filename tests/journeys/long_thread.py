"""An article with 2,000 comments, for journeys that look at its pages.

Run in a process of the site, since a browser's loop lets nobody into the database beside it.
"""

from datetime import timedelta

from django.utils import timezone

from articles.models import Article
from comments.models import Comment
from directory.models import Practitioner
from tests.articles.factories import make_article

SLUG = "two-thousand-voices"
NUMBER = 2_000
# Of these threads the first comment has so many answers; all others stand alone.
ANSWERS = {1: 12, 2: 3, 40: 130}
WORDS = (
    "Voice {}. I had the same for two years & nobody looked above the ankle.\n\nWhat helped was "
    "https://example.org/heel-drops, eight weeks of it."
)


def make() -> None:
    """Threads in the order of their dates; in each every fourth answer answers another."""
    now = timezone.now()
    article = make_article(
        slug=SLUG, headline="Two thousand voices", published_at=now - timedelta(days=30)
    )
    began_at = now - timedelta(days=20)
    made = thread = 0
    while made < NUMBER:
        thread += 1
        above = [_make(article, made, began_at, commenter_name=f"Starter {thread}")]
        for number in range(1, ANSWERS.get(thread, 0) + 1):
            parent = above[-1 if number % 4 == 0 else 0]
            above.append(_make(article, made + number, began_at, parent=parent, **_who(number)))
        made += len(above)
    _shape(article)


def remove() -> None:
    article = Article.objects.filter(slug=SLUG)
    Comment.objects.filter(article__in=article).exclude(parent=None).update(parent=None)
    article.delete()


def _make(article, number, began_at, **fields) -> Comment:
    named = {"commenter_name": f"Reader {number}", **fields}
    return Comment.objects.create(
        article=article,
        body=WORDS.format(number),
        status=Comment.Status.APPROVED,
        created_at=began_at + timedelta(minutes=number),
        **named,
    )


def _who(number) -> dict:
    listed = Practitioner.objects.filter(listing=Practitioner.Listing.LISTED).order_by("pk")
    return {"practitioner": listed.first()} if number == 1 else {}


def _shape(article) -> None:
    """A closed thread, a changed comment, and two that left a placeholder."""
    starters = dict(article.comments.filter(parent=None).values_list("commenter_name", "pk"))
    now = timezone.now()
    comments = Comment.objects
    comments.filter(pk=starters["Starter 2"]).update(status="removed", withdrawn_at=now)
    comments.filter(pk=starters["Starter 3"]).update(is_closed=True)
    comments.filter(pk=starters["Starter 4"]).update(edited_at=now)
