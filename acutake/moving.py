"""A WordPress site brought over as a whole: articles with their comments."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.conf import settings
from django.utils.translation import gettext as _

from articles.wordpress import importer
from articles.wordpress.importer import Listen
from articles.wordpress.job import Job
from comments.wordpress import bring_comments


class BusyError(Exception):
    """Another import is at work: a sentence for who started this one."""


def run(job: Job, *, listen: Listen, after: int = 0) -> None:
    """As `articles.wordpress.importer.run`. Raises BusyError while another one writes."""
    with nullcontext() if job.is_dry_run else _alone():
        importer.run(job, listen=listen, bring_comments=bring_comments, after=after)


@contextmanager
def _alone() -> Iterator[None]:
    """Two imports would make one row twice. The lock ends with the process, however that ends."""
    settings.PRIVATE_ROOT.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (settings.PRIVATE_ROOT / "wordpress-import.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(_("Another import is at work. Wait until it is done.")) from error
        yield
