"""Everything between an empty folder and a site that can be served, in one process."""

import hashlib
import json
import os
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command

from acutake.demo.loading import EDITOR

STEPS = [
    ("Bringing the database up to date", "migrate", {"interactive": False}),
    ("Giving the groups of editors their permissions", "sync_groups", {}),
    ("Loading the gazetteer", "load_gazetteer", {}),
    ("Loading specialties, conditions, insurers, languages and credentials", "load_vocabulary", {}),
    ("Loading the demonstration content if the database is empty", "demo", {"if_empty": True}),
    (
        "Filling the search table if a new release emptied it",
        "rebuild_search_index",
        {"if_empty": True},
    ),
    (
        "Indexing the words of articles that a new release finds without",
        "rebuild_article_index",
        {"missing": True},
    ),
    ("Letting tasks that were cut off wait again", "requeue_tasks", {}),
]
# What of our own decides how the collected files look, besides the files themselves.
STATIC_CODE = [
    settings.BASE_DIR / "acutake" / "settings.py",
    settings.BASE_DIR / "acutake" / "staticfiles.py",
    settings.BASE_DIR / "requirements.txt",
]


class Command(BaseCommand):
    """Runs every step each time: each one is quick when there is nothing to do."""

    help = "Migrate, load what the site needs, collect static files. Used by make run."

    def handle(self, **options):
        for words, command, arguments in STEPS:
            self.say(words)
            call_command(command, verbosity=0, stdout=self.stdout, **arguments)
        state_file = settings.VAR_DIR / "prepared.json"
        self.collect_static(state_file)
        state = {"static": static_digest(), "editor_password": editor_password()}
        state_file.write_text(json.dumps(state))

    def collect_static(self, state_file: Path) -> None:
        """Collect afresh unless the last whole run saw the same files."""
        if (
            settings.STATIC_ROOT.exists()
            and read_state(state_file).get("static") == static_digest()
        ):
            return
        self.say("Collecting the static files")
        state_file.unlink(missing_ok=True)
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def read_state(path: Path) -> dict:
    """What the last whole run left; empty when there was none."""
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return {}


def static_digest() -> str:
    """Changes whenever a file that is collected, or the code that collects it, changes."""
    collected = (
        Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])
    )
    parts = []
    for path in sorted({*collected, *STATIC_CODE}):
        status = path.stat()
        parts.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def editor_password() -> str:
    """Which password the demonstration's editor has: "configured", "own", or "none" at all."""
    editor = get_user_model().objects.filter(username=EDITOR).first()
    if editor is None:
        return "none"
    configured = os.environ.get("DEMO_EDITOR_PASSWORD", "")
    return "configured" if editor.check_password(configured) else "own"
