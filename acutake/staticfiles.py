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
            self._bundle()
        yield from super().post_process(paths, dry_run, **options)

    def _bundle(self):
        folder = ENTRY.rpartition("/")[0]

        def inlined(match):
            with self.open(f"{folder}/{match['name']}") as file:
                return f"@layer {match['layer']} {{\n{file.read().decode()}}}\n"

        with self.open(ENTRY) as file:
            bundled = IMPORT.sub(inlined, file.read().decode())
        self.delete(ENTRY)
        self._save(ENTRY, ContentFile(bundled.encode()))
