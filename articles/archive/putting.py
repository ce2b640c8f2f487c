"""Writes an article of an archive: a new row with few queries, a known one as an editor would."""

from taggit.models import TaggedItem

from articles.archive.addresses import keep_addresses
from articles.archive.columns import read_columns
from articles.archive.running import Run
from articles.models import Article, Byline, Feature
from articles.models.versions import SNAPSHOT_COLUMNS
from articles.next_versions import settle
from articles.publishing import refresh_derived, remember_slug
from articles.revisions import record_beginning, record_revision
from articles.search_index import index_articles
from articles.snapshots import apply_snapshot

LASTING = (
    *("slug", "status", "published_at", "expires_at", "first_published_at", "takes_comments"),
    *("next_version_at", "is_demonstration"),
    *("comment_hold", "comments_close_after_days"),
)
# An archive that was written before there were these lacks them. They stand in one only where they
# say more than the default, so that the format is still the first.
LATER = frozenset({"comment_hold", "comments_close_after_days"})
STAMPS = ("created_at", "updated_at")


def create(record: dict, snapshots: list[dict], run: Run) -> list[str]:
    """Notes. The caller has it indexed; `snapshots` are those of the article and, where there is
    one, of its next version."""
    article = Article(pk=run.articles[record["slug"]], **read_columns(Article, record, LASTING))
    _put_new(article, snapshots[0], record, run)
    if record["feature"] is not None:
        Feature.objects.create(article=article, position=record["feature"])
    if record["next_version"]:
        _put_next_version(article, record["next_version"], snapshots[1], run)
    return keep_addresses("article", article, record)


def update(record: dict, snapshots: list[dict], run: Run) -> list[str]:
    """Notes. What was there stays among the revisions; so does a next version of which the archive
    does not know."""
    article = Article.objects.get(pk=run.articles[record["slug"]])
    settle(article, at=run.at)
    article = Article.objects.select_for_update().get(pk=article.pk)
    record_beginning(article)
    old_slug = article.slug
    lasting = read_columns(Article, record, LASTING)
    for name, value in lasting.items():
        setattr(article, name, value)
    apply_snapshot(article, snapshots[0])
    first = lasting["first_published_at"]
    Article.objects.filter(pk=article.pk).update(first_published_at=first)
    remember_slug(article, old_slug)
    record_revision(article, at=run.at, by=None, note="From an archive.")
    _put_feature(article, record["feature"])
    notes = keep_addresses("article", article, record)
    if record["next_version"]:
        _put_next_version(article, record["next_version"], snapshots[1], run)
    elif Article.objects.filter(next_of=article).exists():
        notes.append("its next version here stays")
    return notes


def _put_new(article: Article, snapshot: dict, record: dict, run: Run) -> None:
    """`force_insert`: a number that somebody has taken meanwhile is refused, not overwritten."""
    for name in SNAPSHOT_COLUMNS:
        field = Article._meta.get_field(name)
        value = snapshot[name]
        setattr(article, field.attname, value if field.is_relation else field.to_python(value))
    first_published_at = article.first_published_at
    article.save(force_insert=True)
    Byline.objects.bulk_create(
        Byline(article=article, author_id=byline.pop("author"), **byline)
        for byline in (dict(byline) for byline in snapshot["bylines"])
    )
    known = {name: run.tags.get(name) for name in snapshot["tags"]}
    TaggedItem.objects.bulk_create(
        TaggedItem(content_object=article, tag_id=key) for key in sorted({*known.values()} - {None})
    )
    if missing := [name for name in known if known[name] is None]:
        article.tags.add(*missing)
    if snapshot["specialties"]:
        article.specialties.set(snapshot["specialties"])
    refresh_derived(article, at=run.at, is_indexed_later=True)
    stamps = read_columns(Article, record, STAMPS)
    rows = Article.objects.filter(pk=article.pk)
    rows.update(first_published_at=first_published_at, **stamps)


def _put_next_version(article: Article, record: dict, snapshot: dict, run: Run) -> None:
    version = Article.objects.filter(next_of=article).first()
    if version:
        version.status = record["status"]
        apply_snapshot(version, snapshot)
        return
    version = Article(
        pk=run.take_number(),
        next_of=article,
        slug=f"next-version-{article.pk}",
        takes_comments=article.takes_comments,
        is_demonstration=article.is_demonstration,
        status=record["status"],
    )
    _put_new(version, snapshot, record, run)
    index_articles([version.pk])


def _put_feature(article: Article, position: int | None) -> None:
    if position is None:
        Feature.objects.filter(article=article).delete()
    else:
        Feature.objects.update_or_create(article=article, defaults={"position": position})
