"""An import that is killed in the middle: the second run ends where one clean run would have."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from PIL import Image as Pillow

from tests.articles.wordpress.files import author, comment, export, item

ROOT = Path(__file__).resolve().parents[2]
UPLOADS = "https://old.example/blog/wp-content/uploads"
# The process kills itself within the transaction of a batch, which cannot be timed from outside.
IMPORT = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from django.utils import timezone
from acutake import moving
from articles.wordpress import importer
importer.BATCH_ITEMS, importer.BATCH_PICTURES = 2, 1
path, media, batches = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
seen = []
def listen(answers):
    seen.append(answers)
    if len(seen) == batches:
        os.kill(os.getpid(), signal.SIGKILL)
with path.open("rb") as file:
    job = importer.prepare(
        file, media=media, pages="articles", at=timezone.now(), is_dry_run=False
    )
    moving.run(job, listen=listen)
"""
# What the clock changes, and the name of a file, which one that was left behind may have taken.
MOMENTS = {"file", "created_at", "updated_at", "left", "renditions_made_at"}


def site(folder):
    """The environment of a site with a database of its own."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "acutake.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "CACHE_URL": "locmemcache://",
    }


def run(*arguments, env):
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True)


def state(folder):
    """Everything that an import writes, without the moments of the writing."""
    models = ["articles", "taggit", "comments"]
    said = run("manage.py", "dumpdata", *models, env=site(folder))
    rows = json.loads(said.stdout)
    return [
        (row["model"], row["pk"], {k: v for k, v in row["fields"].items() if k not in MOMENTS})
        for row in rows
    ]


def make_export(folder):
    media = folder / "uploads"
    media.mkdir()
    Pillow.new("RGB", (8, 6), "green").save(media / "a.jpg")
    Pillow.new("RGB", (8, 6), "red").save(media / "b.jpg")
    pictures = [
        item(old_id=n, kind="attachment", attachment_url=f"{UPLOADS}/{n}.jpg",
             meta={"_wp_attached_file": f"{name}.jpg"})
        for n, name in ((90, "a"), (91, "b"))
    ]  # fmt: skip
    posts = [
        item(
            old_id=n,
            slug="same",
            title=f"Post {n}",
            body=f'<img class="wp-image-{90 + n % 2}" src="x"> Words {n}',
            tags=[f"Tag {n % 3}"],
            comments=[comment(old_id=n * 10 + k, parent=n * 10, body=f"c{k}") for k in range(3)],
        )
        for n in range(1, 8)
    ]
    path = folder / "export.xml"
    path.write_bytes(export(*pictures, *posts, head=author("ada", "Ada")))
    return path, media


def test_a_killed_import_and_a_second_one_end_as_one_clean_one(tmp_path):
    path, media = make_export(tmp_path)
    clean = tmp_path / "clean"
    clean.mkdir()
    assert run("manage.py", "migrate", "-v0", env=site(clean)).returncode == 0
    sites = {batches: tmp_path / f"killed-{batches}" for batches in (2, 4, 6)}
    for folder in sites.values():
        shutil.copytree(clean, folder)

    assert run("-c", IMPORT, path, media, "0", env=site(clean)).returncode == 0
    expected = state(clean)
    assert sum(row[0] == "articles.article" for row in expected) == 7
    assert sum(row[0] == "comments.comment" for row in expected) == 21
    for batches, folder in sites.items():
        killed = run("-c", IMPORT, path, media, str(batches), env=site(folder))
        assert killed.returncode == -signal.SIGKILL
        between = state(folder)
        assert len(between) < len(expected)
        assert run("-c", IMPORT, path, media, "0", env=site(folder)).returncode == 0
        assert state(folder) == expected
