"""An export on its way in: what each step of the import hands to the next."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from articles.models import ImportedItem, OldAddress
from articles.wordpress.survey import Survey


@dataclass
class Job:
    """`media` is a copy of wp-content/uploads, or None. A dry run answers the same and writes
    nothing. `pictures` are the library's numbers by path, 0 where a dry run would have added it;
    `authors` and `tags` are ours by login and by folded name."""

    file: BinaryIO
    survey: Survey
    media: Path | None
    pages: str
    at: datetime
    is_dry_run: bool
    pictures: dict[str, int] = field(default_factory=dict)
    authors: dict[str, int] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)

    @property
    def source(self) -> str:
        return self.survey.source

    def imported(self, kind: str, old_ids=None) -> dict[str, ImportedItem]:
        """What came from the old site before, by its id there; one query."""
        rows = ImportedItem.objects.filter(source=self.source, kind=kind)
        if old_ids is not None:
            rows = rows.filter(old_id__in=old_ids)
        return {row.old_id: row for row in rows}

    def remember(self, kind: str, old_id: str, **fields) -> ImportedItem:
        """A row that is to be saved."""
        return ImportedItem(source=self.source, kind=kind, old_id=old_id, **fields)


def keep_addresses(job: Job, addresses: dict[str, dict[str, int]]) -> None:
    """Let old addresses lead to rows (`{"article_id": 7}`), as far as they lead nowhere yet."""
    if job.is_dry_run:
        return
    known = set(OldAddress.objects.filter(path__in=addresses).values_list("path", flat=True))
    OldAddress.objects.bulk_create(
        OldAddress(path=path, **to) for path, to in addresses.items() if path not in known
    )
