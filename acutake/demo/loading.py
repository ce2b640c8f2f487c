"""Loads the demonstration content: what is missing is made, what is there is left as it is."""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from acutake.demo.practitioners import load_practitioners
from acutake.demonstration import forget
from acutake.lib.network import network_key
from articles import publishing
from articles.images import add_image
from articles.models import Article, Author, Byline, Image
from comments.models import Comment
from directory.models import Practitioner, Specialty

CONTENT_DIR = Path(__file__).resolve().parent / "content"
EDITOR = "editor"
FIGURE_KEY = re.compile(r'data-image="(?P<key>[a-z0-9-]+)"')


class NotEmptyError(Exception):
    """The database holds what the demonstration did not bring; the message says what."""


@dataclass(frozen=True)
class Report:
    """How many rows this run made."""

    images: int
    articles: int
    practitioners: int
    comments: int
    is_editor_new: bool


def foreign_content() -> list[str]:
    """What the database holds beside the demonstration, in words; empty when there is nothing."""
    authors = [author["slug"] for author in _read("authors.toml")["author"]]
    found = {
        "articles": Article.objects.filter(is_demonstration=False),
        "practitioners": Practitioner.objects.filter(is_demonstration=False),
        "authors": Author.objects.exclude(slug__in=authors),
        "images": Image.objects.filter(key=None),
        "accounts": get_user_model().objects.exclude(username=EDITOR),
    }
    return [name for name, rows in found.items() if rows.exists()]


def has_content() -> bool:
    """Whether anybody has ever put an article, a practitioner or an account here."""
    models = (Article, Practitioner, get_user_model())
    return any(model.objects.exists() for model in models)


def load_demonstration(*, at: datetime, password: str) -> Report:
    """Load everything, dated back from `at`, or raise NotEmptyError.

    The account `editor` gets `password` when it is made, never later.
    """
    if foreign := foreign_content():
        raise NotEmptyError(f"The database already holds other {', '.join(foreign)}.")
    with transaction.atomic():
        editor, is_editor_new = _load_editor(password)
        report = Report(
            practitioners=load_practitioners(at=at),
            images=_load_images(),
            articles=_load_articles(at=at, by=editor),
            comments=_load_comments(at=at, by=editor),
            is_editor_new=is_editor_new,
        )
    forget()
    return report


def _read(name):
    return tomllib.loads((CONTENT_DIR / name).read_text(encoding="utf-8"))


def _load_editor(password):
    user_model = get_user_model()
    editor = user_model.objects.filter(username=EDITOR).first()
    if editor is not None:
        return editor, False
    editor = user_model.objects.create_user(
        EDITOR, password=password, first_name="Demo", last_name="Editor", is_staff=True
    )
    editor.groups.set(Group.objects.all())
    return editor, True


def _load_images():
    made = 0
    known = set(Image.objects.values_list("key", flat=True))
    for row in _read("images.toml")["image"]:
        if row["key"] in known:
            continue
        name = row.pop("file")
        with (CONTENT_DIR / name).open("rb") as file:
            title = row["key"].replace("-", " ").capitalize()
            add_image(File(file, name=Path(name).name), title=title, **row)
        made += 1
    return made


def _load_articles(*, at, by):
    authors = {}
    for row in _read("authors.toml")["author"]:
        slug = row.pop("slug")
        listing = Practitioner.objects.filter(slug=row.pop("practitioner", ""))
        defaults = {**row, "practitioner": listing.first()}
        authors[slug], _ = Author.objects.get_or_create(slug=slug, defaults=defaults)
    images = {image.key: image for image in Image.objects.exclude(key=None)}
    known = set(Article.objects.values_list("slug", flat=True))
    made = 0
    for path in sorted((CONTENT_DIR / "articles").glob("*.html")):
        row, body = read_article(path)
        if row["slug"] not in known:
            _make_article(row, body, authors=authors, images=images, at=at, by=by)
            made += 1
    return made


def read_article(path: Path) -> tuple[dict, str]:
    """The front matter between two lines of `+++`, and the body below it."""
    _, front_matter, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(front_matter), body.strip()


def _make_article(row, body, *, authors, images, at, by):
    published_at = at - timedelta(days=row["days_ago"])
    reviewer = authors.get(row.get("reviewed_by"))
    article = Article.objects.create(
        slug=row["slug"],
        headline=row["headline"],
        dek=row["dek"],
        summary=row["summary"],
        body=FIGURE_KEY.sub(lambda match: f'data-image="{images[match["key"]].pk}"', body),
        lead_image=images[row["lead_image"]],
        lead_caption=row.get("lead_caption", ""),
        reviewed_by=reviewer,
        last_reviewed_on=timezone.localdate(published_at) if reviewer else None,
        is_demonstration=True,
    )
    for position, slug in enumerate(row["authors"]):
        Byline.objects.create(article=article, author=authors[slug], position=position)
    article.tags.set(row["tags"])
    article.specialties.set(Specialty.objects.filter(slug__in=row["specialties"]))
    publishing.refresh_derived(article)
    publishing.publish(article, at=published_at, by=by)


def _load_comments(*, at, by):
    articles = dict(Article.objects.values_list("slug", "pk"))
    practitioners = {row.name: row for row in Practitioner.objects.filter(_named_in_comments())}
    made = {}
    count = 0
    for row in _read("comments.toml")["comment"]:
        kind = row["kind"]
        written_at = at - timedelta(days=row["days_ago"])
        comment, is_new = Comment.objects.get_or_create(
            submission_key=f"demonstration:{row['id']}",
            defaults={
                "article_id": articles[row["article"]],
                "parent": made.get(row.get("parent")),
                "commenter_name": row["author_name"] if kind == "editor" else row["name"],
                "commenter_email": row["email"],
                "body": row["body"].strip(),
                "status": row["status"],
                "editor": by if kind == "editor" else None,
                "practitioner": practitioners[row["name"]] if kind == "practitioner" else None,
                "proven_at": written_at if row.get("is_proven") else None,
                "network_key": network_key(row["network"]) if "network" in row else "",
                "screening": row.get("screening", []),
                "created_at": written_at,
            },
        )
        made[row["id"]] = comment
        count += is_new
        if is_new:
            _report(comment, row.get("flags", []), at=at)
    return count


def _report(comment, flags, *, at):
    for flag in flags:
        reported_at = at - timedelta(days=flag.pop("days_ago"))
        key = network_key(flag.pop("network"))
        comment.flags.create(**flag, network_key=key, created_at=reported_at)


def _named_in_comments():
    rows = _read("comments.toml")["comment"]
    names = [row["name"] for row in rows if row["kind"] == "practitioner"]
    return Q(is_demonstration=True, name__in=names)
