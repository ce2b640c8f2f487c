"""The publication with its comments, out of the site and into it (docs/archive.md)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User
from django.db.models import Q

from articles.archive.articles import ARTICLES, article_records
from articles.archive.formats import Answer
from articles.archive.images import IMAGES, image_files, image_records
from articles.archive.lists import (
    ACCOUNTS,
    AUTHORS,
    TAGS,
    account_records,
    author_records,
    tag_records,
)
from articles.archive.reading import open_archive
from articles.archive.revisions import REVISIONS, revision_records
from articles.archive.running import Run, look_over, restore
from articles.archive.writing import ArchiveWriter
from articles.models import Revision
from comments.archive import COMMENTS, accounts_on_comments, comment_records

# In the order in which they refer to each other.
KINDS = (ACCOUNTS, TAGS, IMAGES, AUTHORS, ARTICLES, REVISIONS, COMMENTS)
NAMES = [kind.name for kind in KINDS]


def export_archive(path: Path, *, with_addresses: bool) -> dict[str, int]:
    """Write all there is to a file that its owner alone may read; how many records of each kind.

    It is read again as an import would read it before it is called `path`: half an archive, or one
    that was overtaken by an editor, is never there. Raises ArchiveError.
    """
    partial = path.with_name(f"{path.name}.partial")
    try:
        # What somebody else has left under the name would keep its owner and its mode.
        partial.unlink(missing_ok=True)
        with open(partial, "xb", opener=_for_the_owner) as file:
            writer = _write(ArchiveWriter(file), with_addresses=with_addresses)
        with open_archive(partial, kinds=NAMES) as archive:
            look_over(archive, KINDS)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return {
        **{name: writer.parts[name]["records"] for name in NAMES},
        "files": writer.files["count"],
    }


def _write(writer: ArchiveWriter, *, with_addresses: bool) -> ArchiveWriter:
    """What refers to something is written before it: editors go on while this runs, and what they
    add is then there."""
    accounts = User.objects.filter(
        Q(pk__in=Revision.objects.values("editor")) | Q(pk__in=accounts_on_comments())
    )
    writer.add_part("comments", comment_records(with_addresses=with_addresses))
    writer.add_part("revisions", revision_records())
    writer.add_part("articles", article_records())
    writer.add_part("authors", author_records())
    writer.add_part("images", image_records())
    writer.add_part("tags", tag_records())
    writer.add_part("accounts", account_records(accounts))
    for name, chunks in image_files():
        writer.add_file(name, chunks)
    writer.finish(has_addresses=with_addresses)
    return writer


@contextmanager
def import_archive(
    path: Path, *, at: datetime, may_update: bool, is_dry_run: bool
) -> Iterator[Iterator[Answer]]:
    """Look over the whole archive, then give the answers to its records while they are restored.

    Raises ArchiveError.
    """
    with open_archive(path, kinds=NAMES) as archive:
        survey = look_over(archive, KINDS)
        run = Run(survey, at=at, is_dry_run=is_dry_run, may_update=may_update)
        yield restore(run, KINDS)


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
