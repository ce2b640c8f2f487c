"""Two words of a list that mean the same become one, and nobody loses what they offered."""

from collections.abc import Iterable

from django.db import models, transaction

from acutake.lib.old_addresses import hand_over_slugs
from directory.search_index import index_practitioners


@transaction.atomic
def merge_into(kept: models.Model, merged: Iterable[models.Model]) -> int:
    """Gives `kept` all that refers to the others, and deletes those; returns how many people
    it is that had one of them.

    For specialties, insurers and languages. The names of merged specialties, and their synonyms,
    become synonyms: whoever searches in the old words still finds the same people. Their addresses
    lead to the one that stays.
    """
    others = [row for row in merged if row.pk != kept.pk]
    people = {key for row in others for key in row.practitioners.values_list("pk", flat=True)}
    for relation in kept._meta.related_objects:
        if not relation.many_to_many:
            continue
        accessor = relation.get_accessor_name()
        for row in others:
            getattr(kept, accessor).add(*getattr(row, accessor).values_list("pk", flat=True))
    if hasattr(kept, "synonyms"):
        lines = [kept.synonyms, *(f"{row.name}\n{row.synonyms}" for row in others)]
        known = dict.fromkeys(line.strip() for line in "\n".join(lines).splitlines())
        kept.synonyms = "\n".join(filter(None, known))
        kept.save(update_fields=["synonyms"])
    for row in others:
        if hasattr(row, "paths"):
            hand_over_slugs(kept, row)
        row.delete()
    index_practitioners(sorted(people))
    return len(people)
