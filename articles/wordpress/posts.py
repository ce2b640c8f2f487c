"""Posts and pages of an export as articles: some of them at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from taggit.models import TaggedItem

from articles.models import Article, Byline, Feature, ImportedItem, OldAddress
from articles.publishing import refresh_derived
from articles.revisions import record_beginning, record_revision
from articles.search_index import index_articles
from articles.wordpress.answers import Answer, Outcome
from articles.wordpress.convert import plain, with_keys
from articles.wordpress.job import Job, keep_addresses
from articles.wordpress.pictures import is_picture, path_of_attachment
from articles.wordpress.planning import Plan, plan
from articles.wordpress.records import Item
from articles.wordpress.survey import makes_article

KIND = ImportedItem.Kind.ARTICLE


@dataclass
class Brought:
    """An item and what became of it. `article_id` is None where there is no article for comments,
    0 for one that a dry run would have made."""

    item: Item
    key: str
    answer: Answer | None
    article_id: int | None = None


def bring_posts(job: Job, batch: Sequence[tuple[Item, str, bool]]) -> list[Brought]:
    """Write the articles of some items, and answer all of them but pictures, which the library
    has answered."""
    posts = {
        key: item
        for item, key, is_again in batch
        if makes_article(item, pages=job.pages) and not is_again
    }
    pictures = frozenset(job.pictures)
    plans = {key: plan(item, key, job.survey, pictures) for key, item in posts.items()}
    known = job.imported(KIND, posts)
    told = _about_addresses(job, plans, known)
    articles = _articles_of(known)
    brought = []
    for item, key, is_again in batch:
        if key not in plans or is_again:
            brought.append(Brought(item, key, _answer_other(job, item, is_again)))
            continue
        row = known.get(key)
        article = articles.get(row.article_id) if row else None
        outcome, changed, notes, article = _bring(job, key, plans[key], row, article)
        notes = (*plans[key].notes, *notes, *told.get(key, ()))
        answer = _answer(item, key, outcome, changed, notes)
        is_planned = article is None and outcome == Outcome.CREATED
        brought.append(
            Brought(item, key, answer, 0 if is_planned else getattr(article, "pk", None))
        )
    if not job.is_dry_run:
        _finish(job, plans, brought)
    return brought


def _finish(job: Job, plans: dict[str, Plan], brought: list[Brought]) -> None:
    """What is done for all articles of a batch at once."""
    written = (Outcome.CREATED, Outcome.UPDATED)
    fresh = [one.article_id for one in brought if one.answer and one.answer.outcome in written]
    index_articles(fresh)
    articles = {one.key: one.article_id for one in brought if one.article_id}
    keep_addresses(
        job,
        {
            path: {"article_id": articles[key]}
            for key, planned in plans.items()
            if key in articles
            for path in _own_addresses(job, key, planned)
        },
    )


def _own_addresses(job: Job, key: str, planned: Plan) -> list[str]:
    """Without those that a post before it in the export has."""
    here = _address(job, key)
    return [path for path in planned.addresses if job.survey.links.get(path, here) == here]


def _address(job: Job, key: str) -> str:
    return f"/articles/{job.survey.slugs[key]}/"


def _about_addresses(
    job: Job, plans: dict[str, Plan], known: dict[str, ImportedItem]
) -> dict[str, list[str]]:
    """What there is to say of old addresses that cannot lead to their posts, by key; one query."""
    paths = [path for planned in plans.values() for path in planned.addresses]
    taken = dict(OldAddress.objects.filter(path__in=paths).values_list("path", "article_id"))
    told: dict[str, list[str]] = {}
    for key, planned in plans.items():
        own = _own_addresses(job, key, planned)
        article_id = known[key].article_id if key in known else None
        for path in planned.addresses:
            if path not in own:
                note = _("Its old address is also that of another post, which keeps it: %s.")
            elif path in taken and (taken[path] is None or taken[path] != article_id):
                note = _("Its old address leads somewhere else here already: %s.")
            elif _is_page(path) and f"{path}/" != _address(job, key):
                note = _("This site has a page of its own at its old address: %s.")
            else:
                continue
            told.setdefault(key, []).append(note % path)
    return told


def _is_page(path: str) -> bool:
    """Whether this site has an address of that form; those of articles may be free."""
    try:
        match = resolve(f"{path}/")
    except Resolver404:
        return False
    return "?" not in path and match.view_name != "articles:article"


def _articles_of(known: dict[str, ImportedItem]) -> dict[int, Article]:
    keys = [row.article_id for row in known.values() if row.article_id]
    return Article.objects.select_related("next_version").defer("search_text").in_bulk(keys)


def _bring(job: Job, key: str, planned: Plan, row: ImportedItem | None, article: Article | None):
    """The outcome, the fields that change, what else there is to say, and the article."""
    digests = planned.facts.digests()
    if row is None:
        created = None if job.is_dry_run else _create(job, key, planned, digests)
        return Outcome.CREATED, (), (), created
    if article is None:
        return Outcome.SKIPPED, (), (_("Somebody has deleted this article here."),), None
    changed = tuple(name for name, digest in digests.items() if row.digests.get(name) != digest)
    if not changed:
        return Outcome.UNCHANGED, (), (), article
    if is_touched(article, row):
        note = _("An editor has changed it here; the export has another: %s.")
        return Outcome.SKIPPED, (), (note % ", ".join(changed),), article
    if not job.is_dry_run:
        _update(job, article, planned, row, digests)
    return Outcome.UPDATED, changed, (), article


def is_touched(article: Article, row: ImportedItem) -> bool:
    """Whether somebody has saved it here, or begun its next version, since the import left it."""
    return _left(article) != row.left or hasattr(article, "next_version")


def _left(article: Article) -> str:
    return article.updated_at.isoformat()


def _create(job: Job, key: str, planned: Plan, digests: dict[str, str]) -> Article:
    article = Article(slug=job.survey.slugs[key])
    _put(job, article, planned)
    if planned.for_editors:
        record_revision(article, at=job.at, by=None, note=planned.for_editors[:200])
    if planned.is_sticky and article.status == Article.Status.PUBLISHED:
        highest = Feature.objects.aggregate(highest=Max("position"))["highest"] or 0
        Feature.objects.create(article=article, position=highest + 1)
    job.remember(KIND, key, article=article, digests=digests, left=_left(article)).save()
    return article


def _update(job: Job, article: Article, planned: Plan, row: ImportedItem, digests: dict) -> None:
    record_beginning(article)
    _put(job, article, planned)
    record_revision(article, at=job.at, by=None, note=_("Updated from a later WordPress export."))
    row.digests, row.left = digests, _left(article)
    row.save(update_fields=["digests", "left"])


def _put(job: Job, article: Article, planned: Plan) -> None:
    """Give the article the facts, and save it with its authors and tags."""
    facts = planned.facts
    for name in ("headline", "dek", "summary", "status", "takes_comments"):
        setattr(article, name, getattr(facts, name))
    article.body = with_keys(facts.body, [job.pictures[path] for path in facts.pictures])
    article.lead_image_id = job.pictures[facts.lead] if facts.lead else None
    if facts.published_at:
        article.published_at = datetime.fromisoformat(facts.published_at)
    elif facts.status == Article.Status.PUBLISHED:
        article.published_at = article.published_at or job.at
    else:
        article.published_at = None
    is_new = article.pk is None
    article.save()
    _put_authors(job, article, facts.authors, is_new=is_new)
    _put_tags(job, article, facts.tags, is_new=is_new)
    refresh_derived(article, at=job.at, is_indexed_later=True)


def _put_authors(job: Job, article: Article, logins: Sequence[str], *, is_new: bool) -> None:
    if not is_new:
        article.bylines.all().delete()
    keys = [job.authors[login] for login in logins if login in job.authors]
    Byline.objects.bulk_create(
        Byline(article=article, author_id=key, position=place) for place, key in enumerate(keys)
    )


def _put_tags(job: Job, article: Article, names: Sequence[str], *, is_new: bool) -> None:
    if not is_new:
        article.tags.clear()
    keys = [job.tags[name.casefold()] for name in names]
    TaggedItem.objects.bulk_create(TaggedItem(content_object=article, tag_id=key) for key in keys)


def _answer_other(job: Job, item: Item, is_again: bool) -> Answer | None:
    """For what makes no article; None for a picture, which was answered with the library."""
    if item.kind == "attachment":
        path = path_of_attachment(item)
        picture = job.survey.pictures.by_path.get(path)
        if picture is not None and picture.id == item.id and picture.line == item.line:
            return None
        reason = _why_not(path, picture is not None)
    elif is_again:
        reason = _("The same stands in the file before.")
    elif item.kind == "page":
        reason = _("Pages are left out, as it was chosen.")
    else:
        reason = _("A “%s” of WordPress or a plugin has no place here.") % item.kind
    return _answer(item, item.id, Outcome.SKIPPED, (), (reason,))


def _why_not(path: str, is_known: bool) -> str:
    if is_known:
        return _("Another attachment has the same file.")
    if path and not is_picture(path):
        return _("It is no picture: %s. Links to it stay as they are.") % path
    return _("It has no file.")


def _answer(item: Item, key: str, outcome: Outcome, changed=(), notes=()) -> Answer:
    name = plain(item.title) or plain(item.body)[:60]
    return Answer(item.line, item.kind, item.id or key, name, outcome, changed, tuple(notes))
