"""Static files as production serves them: one stylesheet, hashed names, compressed once."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENTRY = "css/site.css"
IMPORT = re.compile(r'@import "(?P<name>[\w.-]+)" layer\((?P<layer>\w+)\);')


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Puts the files that css/site.css imports in its place, so that a page waits for one file."""

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        """Bundle before the names are hashed; the files of one folder keep their relative URLs."""
        if not dry_run and ENTRY in paths:
            self._bundle(paths)
        yield from super().post_process(paths, dry_run, **options)

    def _bundle(self, paths):
        """Read the sources: what was collected before may be a bundle already."""

        def source(name):
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        def inlined(match):
            name = f"{ENTRY.rpartition('/')[0]}/{match['name']}"
            return f"@layer {match['layer']} {{\n{source(name)}}}\n"

        self.delete(ENTRY)
        self._save(ENTRY, ContentFile(IMPORT.sub(inlined, source(ENTRY)).encode()))
