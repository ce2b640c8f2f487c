"""The thread of an article as readers get it, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count

from articles.models import Article
from comments import pages
from comments.models import Comment, Shown
from comments.threads import Node, Thread, build_thread, walk
from directory.models import Practitioner


@dataclass(slots=True)
class Outlined:
    """A comment without its words: what decides where it stands, and whether."""

    pk: int
    parent_id: int | None
    status: str
    is_closed: bool
    decided_at: datetime | None
    withdrawn_at: datetime | None

    def is_approved(self) -> bool:
        """The same rule as `CommentQuerySet.approved`."""
        return self.status == Comment.Status.APPROVED


@dataclass(slots=True)
class ThreadComment(Shown):
    """One comment of a thread; no model, of which five hundred take four times as long to make.

    Editor and practitioner hold no more than their names, letters, slug and listing.
    """

    pk: int
    commenter_name: str
    body: str
    website: str
    status: str
    created_at: datetime
    edited_at: datetime | None
    is_licensed: bool
    editor: User | None
    practitioner: Practitioner | None


@dataclass(frozen=True)
class Asked:
    """What a reader asked for, as it stands in the address. `at` is the number of a comment."""

    page: str = ""
    order: str = ""
    at: str = ""


@dataclass(frozen=True)
class ThreadPage:
    """The page of a thread that a reader asked for.

    `count` is of the whole thread. `comments` are all that the page names, by their keys. `opened`
    is the comment that the reader came for. `unknown` is the number of a page that is not there.
    """

    nodes: list[Node]
    comments: dict[int, ThreadComment]
    count: int
    number: int
    last: int
    is_newest_first: bool
    has_order: bool
    opened: int | None
    unknown: str

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None


def count_comments(articles: Iterable[Article]) -> dict[int, int]:
    """How many comments readers find under each of the articles that have any: one query.

    The same as `Thread.count`.
    """
    keys = [article.pk for article in articles]
    rows = Comment.objects.approved().filter(article__in=keys).order_by().values("article")
    return dict(rows.values_list("article", Count("pk")))


def read_thread(article: Article) -> Thread:
    """All comments of the article without their words: one query, whatever their number."""
    return build_thread(Outlined(*row) for row in article.comments.for_outline())


def read_page(thread: Thread, asked: Asked, *, answered: Node | None = None) -> ThreadPage:
    """The page of `thread` that was asked for, with the words of what it shows: one query.

    `answered` is a comment whose words are wanted too, wherever it stands.
    """
    newest_first = asked.order == "newest"
    cut = pages.cut(thread.nodes[::-1] if newest_first else thread.nodes)
    opened = thread.find(asked.at)
    number = pages.page_of(opened.row.pk, cut) if opened else _number(asked.page, len(cut))
    nodes = cut[(number or 1) - 1]
    return ThreadPage(
        nodes=nodes,
        comments=_read_words(_named(nodes) | ({answered.row.pk} if answered else set())),
        count=thread.count,
        number=number or 1,
        last=len(cut),
        is_newest_first=newest_first,
        has_order=len(thread.nodes) > 1,
        opened=opened.row.pk if opened else None,
        unknown="" if number else asked.page,
    )


def place_of(comment: Comment, *, at: datetime) -> str:
    """What follows the address of the article to lead to the comment: as little as will do.

    To one that may be missing from the copy of the article that a browser keeps leads an address
    of which it keeps none.
    """
    thread = read_thread(comment.article)
    first = pages.cut(thread.nodes)[0]
    is_there = pages.is_in_sight(comment.pk, first) and not _is_fresh(comment, at=at)
    query = "" if is_there else f"?comment_at={comment.pk}"
    return f"{query}#comment-{comment.pk}"


def _is_fresh(comment: Comment, *, at: datetime) -> bool:
    """Whether it came, was decided about or changed since a copy was made that is still kept."""
    kept = timedelta(seconds=settings.PUBLIC_CACHE_SECONDS)
    moments = (comment.created_at, comment.decided_at, comment.edited_at)
    return max(filter(None, moments)) > at - kept


def takes_replies(comment: Comment) -> bool:
    """Whether nobody closed it or anything above it. One query, however deep it stands."""
    place = read_thread(comment.article).find(comment.pk)
    return place is not None and not place.is_closed


def _number(page: str, last: int) -> int | None:
    """The number of a page that is there; None for anything else. No number is the first one."""
    if not page:
        return 1
    # A longer one is none of a page, and might be one that takes long to read.
    number = int(page) if len(page) < 7 and page.isdecimal() else 0
    return number if 1 <= number <= last else None


def _named(nodes: list[Node]) -> set[int]:
    """The keys of the comments that stand on a page, and of those that it says are answered."""
    keys = set()
    for node in walk(nodes):
        if node.comment:
            keys.add(node.comment.pk)
        if node.is_flattened and node.answers:
            keys.add(node.answers.pk)
    return keys


def _read_words(keys: set[int]) -> dict[int, ThreadComment]:
    """No query for none. One that was hidden a moment ago is not among them."""
    editors: dict[int, User] = {}
    practitioners: dict[int, Practitioner] = {}
    comments = {}
    for row in Comment.objects.filter(pk__in=keys).for_thread() if keys else ():
        *words, editor, first_name, last_name, practitioner, name, letters, slug, listing = row
        if editor and editor not in editors:
            editors[editor] = User(pk=editor, first_name=first_name, last_name=last_name)
        if practitioner and practitioner not in practitioners:
            practitioners[practitioner] = Practitioner(
                pk=practitioner, name=name, letters=letters, slug=slug, listing=listing
            )
        people = editors.get(editor), practitioners.get(practitioner)
        comment = ThreadComment(*words, *people)
        comments[comment.pk] = comment
    return comments
