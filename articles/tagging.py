"""Tags: which one a name may mean by a slip, which one it means by now, and their addresses."""

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from itertools import chain, count

from django.db.models import Count, Q
from taggit.models import Tag

from acutake.lib.text import fold
from articles.models import TagPath

# "migrane" and "migraine" are 0.93 alike, "hypertension" and "hypotension" 0.87.
LEAST_LIKENESS = 0.9
SHORTEST_SLIP = 5
# What taggit makes of a name without a Latin letter or figure.
NO_SLUG = re.compile(r"(?:_\d+)?")


def close_tags(names: Collection[str]) -> dict[str, str]:
    """For each of `names` the existing tag that is close to it and in wider use, if there is one.

    One query, of the tags that begin with the same letter: a slip in the first is rare.
    """
    initials = {name.strip()[:1] for name in names} - {""}
    if not initials:
        return {}
    begins = Q()
    for initial in initials:
        begins |= Q(name__istartswith=initial)
    tags = Tag.objects.filter(begins).annotate(uses=Count("taggit_taggeditem_items"))
    # In order of preference: the most used, of two alike the older one.
    known = [tag.name for tag in tags.order_by("-uses", "pk")]
    found = {}
    for name in names:
        for other in known:
            if other.casefold() == name.casefold():
                break
            if are_close(name, other):
                found[name] = other
                break
    return found


def present_names(names: Iterable[str]) -> list[str]:
    """Each name as its tag is called now: that of a merged one is the name of the one that stayed.

    A name that a tag has is that tag's. In the order of `names`, each once; two queries at most.
    """
    slugs = {name: Tag().slugify(name) for name in names}
    leading = {
        path.slug: path.tag.name
        for path in TagPath.objects.filter(slug__in=slugs.values()).select_related("tag")
    }
    if not leading:
        return list(slugs)
    taken = Tag.objects.filter(Q(slug__in=leading) | Q(name__in=slugs))
    known = set(chain.from_iterable(taken.values_list("slug", "name")))
    return list(
        dict.fromkeys(
            name if known & {slug, name} else leading.get(slug, name)
            for name, slug in slugs.items()
        )
    )


def give_addresses(tags: Iterable[Tag]) -> None:
    """Give those an address whose names have no letter for one. No query where all have one."""
    for tag in tags:
        if NO_SLUG.fullmatch(tag.slug):
            slugs = chain([f"tag-{tag.pk}"], (f"tag-{tag.pk}-{again}" for again in count(2)))
            tag.slug = next(slug for slug in slugs if not Tag.objects.filter(slug=slug).exists())
            tag.save(update_fields=["slug"])


def are_close(one: str, other: str) -> bool:
    """Whether two tags probably mean the same. Different figures, as in ST35 and ST36, never do."""
    one, other = _plain(one), _plain(other)
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    if _singular(one) == _singular(other):
        return True
    if min(len(one), len(other)) < SHORTEST_SLIP:
        return False
    matcher = SequenceMatcher(None, one, other)
    # The cheap upper bounds first.
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(bound() >= LEAST_LIKENESS for bound in bounds)


def _plain(tag: str) -> str:
    return "".join(character for character in fold(tag) if character.isalnum())


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if re.search(r"(?:s|x|z|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
