"""Static files as production serves them: one stylesheet a page, hashed names, compressed once."""

import re
from functools import partial

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOLDER = "css/"
# What pages ask for: an article's does without what only the directory shows.
ENTRIES = ("css/site.css", "css/directory.css")
IMPORT = re.compile(r'@import "(?P<name>[\w.-]+)"(?: layer\((?P<layer>\w+)\))?;')
# What only those who write stylesheets read: a sixth of what a phone would fetch.
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
INDENT = re.compile(r"^\s+", re.MULTILINE)
# The same in our scripts, where a comment has its line to itself.
SCRIPTS = re.compile(r"js/[\w-]+\.js")
LINE_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Puts the files that an entry imports in its place, so that a page waits for one file."""

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        """Bundle before the names are hashed; the files of one folder keep their relative URLs."""
        if not dry_run:
            made = {entry: _bundle(entry, paths) for entry in ENTRIES if entry in paths}
            made |= {name: _script(name, paths) for name in filter(SCRIPTS.fullmatch, paths)}
            for name, text in made.items():
                self.delete(name)
                self._save(name, ContentFile(text.encode()))
            # Django would hash the sources; these have their place among the collected files.
            paths = {**paths, **{name: (self, name) for name in made}}
        yield from super().post_process(paths, dry_run, **options)


def _bundle(name, paths) -> str:
    """Of the sources: what was collected before may be a bundle already."""
    storage, path = paths[name]
    with storage.open(path) as file:
        return IMPORT.sub(partial(_inlined, paths=paths), without_comments(file.read().decode()))


def _script(name, paths) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return INDENT.sub("", LINE_COMMENT.sub("", file.read().decode()))


def _inlined(match, paths) -> str:
    css = _bundle(f"{FOLDER}{match['name']}", paths)
    return f"@layer {match['layer']} {{\n{css}}}\n" if match["layer"] else css


def without_comments(css: str) -> str:
    """The same rules without comments, indents and empty lines. No string of ours holds either."""
    return INDENT.sub("", COMMENT.sub("", css))
