"""Before and after a load of comments, in the connected database: an article, and what it got."""

from datetime import timedelta

from django.core.management import call_command
from django.db.models import Count
from django.utils import timezone

from articles.models import Article
from articles.publishing import refresh_derived
from comments.models import Comment
from tests.benchmarks.measure_article import PARAGRAPH, REPLY

# What its readers see below it.
APPROVED = 100
SECTIONS = 10


def main(is_over: int) -> dict:
    """First empties the database and gives the article's address; then says what was stored."""
    return _found() if is_over else _prepare()


def _prepare() -> dict:
    call_command("migrate", verbosity=0)
    call_command("flush", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    began_at = timezone.now() - timedelta(days=7)
    article = Article.objects.create(
        headline="Heel pain that starts in the calf",
        slug="heel-pain",
        dek=PARAGRAPH[:90],
        body=f"<h2>The calf</h2><p>{PARAGRAPH}</p>" * SECTIONS,
        status=Article.Status.PUBLISHED,
        published_at=began_at,
    )
    refresh_derived(article, at=began_at)
    Comment.objects.bulk_create(
        Comment(
            article=article,
            commenter_name=f"Reader {number}",
            body=f"{number}. {REPLY}",
            status=Comment.Status.APPROVED,
            created_at=began_at + timedelta(minutes=number),
        )
        for number in range(APPROVED)
    )
    return {"address": article.get_absolute_url()}


def _found() -> dict:
    """The names of those who commented, as often as they are there, and how many of each status."""
    new = Comment.objects.exclude(commenter_name__startswith="Reader ")
    return {
        "names": list(new.values_list("commenter_name", flat=True)),
        "statuses": dict(new.values_list("status").order_by("status").annotate(Count("pk"))),
    }
