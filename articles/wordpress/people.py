"""Authors, categories and tags of an export."""

from django.utils.text import slugify
from django.utils.translation import gettext as _
from taggit.models import Tag

from articles import old_addresses
from articles.models import Author, AuthorPath, ImportedItem, TagPath
from articles.wordpress.answers import Answer, Outcome
from articles.wordpress.convert import person_name, plain
from articles.wordpress.job import Job, keep_addresses
from articles.wordpress.planning import digest_of, is_tag, tag_name
from articles.wordpress.records import Person, Term
from articles.wordpress.survey import TAXONOMIES

KIND = ImportedItem.Kind.AUTHOR
LONGEST_NAME = 120


def bring_authors(job: Job) -> list[Answer]:
    """All of them at once. Somebody of the same name here is the same person."""
    known = job.imported(KIND)
    names, slugs = {}, set(AuthorPath.objects.values_list("slug", flat=True))
    for key, name, slug in Author.objects.order_by("-pk").values_list("pk", "name", "slug"):
        names[name.casefold()] = key
        slugs.add(slug)
    answers = []
    for login, person in job.survey.people.items():
        row = known.get(login)
        answers.append(_again(person, row) if row else _first(job, person, names, slugs))
    keep_author_addresses(job)
    return answers


def load_authors(job: Job) -> None:
    """Those that are ours by now, by login."""
    rows = job.imported(KIND).items()
    job.authors = {login: row.author_id for login, row in rows if row.author_id}


def keep_author_addresses(job: Job) -> None:
    load_authors(job)
    addresses = {}
    for login, person in job.survey.people.items():
        if key := job.authors.get(login):
            addresses[f"{job.survey.base}/author/{slugify(login) or login}/"] = key
            addresses[f"{job.survey.base}/?author={person.id}"] = key
    _keep(job, "author_id", addresses)


def _keep(job: Job, name: str, addresses: dict[str, int]) -> None:
    written = {old_addresses.write(address): key for address, key in addresses.items()}
    # An address without its number is that of the whole site.
    pages = {path: key for path, key in written.items() if path.strip("/") != job.survey.base[1:]}
    keep_addresses(job, {path: {name: key} for path, key in pages.items() if path})


def _again(person: Person, row: ImportedItem) -> Answer:
    if row.author_id is None:
        notes = (_("Somebody has deleted this author here."),)
        return _answer(person, Outcome.SKIPPED, notes)
    return _answer(person, Outcome.UNCHANGED)


def _first(job: Job, person: Person, names: dict, slugs: set) -> Answer:
    name = (person_name(person.name) or person_name(person.login))[:LONGEST_NAME] or "?"
    key = names.get(name.casefold())
    if key is None:
        slug = _free_slug(
            slugify(name) or slugify(person_name(person.login))[:LONGEST_NAME] or "author", slugs
        )
        slugs.add(slug)
        key = 0 if job.is_dry_run else Author.objects.create(name=name, slug=slug).pk
        names[name.casefold()] = key
        outcome, notes = Outcome.CREATED, ()
        if not person.name:
            notes = (_("The export has no name for this account; it may have been deleted."),)
    else:
        outcome, notes = Outcome.UNCHANGED, (_("An author of this name is here already."),)
    if not job.is_dry_run:
        digest = {"name": digest_of(name)}
        job.remember(KIND, person.login, author_id=key, digests=digest).save()
    return _answer(person, outcome, notes)


def _free_slug(slug: str, taken: set[str]) -> str:
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free


def _answer(person: Person, outcome: Outcome, notes: tuple[str, ...] = ()) -> Answer:
    login, name = person_name(person.login), person_name(person.name)
    return Answer(person.line, "author", login, name, outcome, notes=notes)


def bring_terms(job: Job) -> list[Answer]:
    """All categories and tags as tags, known by their names in any case."""
    load_tags(job)
    answers = [_bring_term(job, term) for term in job.survey.terms]
    _keep_term_addresses(job)
    return answers


def load_tags(job: Job) -> None:
    """Those that are ours by now, by name; a name whose tag was merged into another means that."""
    tags = Tag.objects.order_by("-pk").values_list("pk", "name")
    job.tags = {name.casefold(): key for key, name in tags}
    merged = dict(TagPath.objects.values_list("slug", "tag_id"))
    for term in job.survey.terms:
        name = tag_name(term.name)
        if name.casefold() not in job.tags and (key := merged.get(Tag().slugify(name))):
            job.tags[name.casefold()] = key


def _bring_term(job: Job, term: Term) -> Answer:
    if term.taxonomy not in TAXONOMIES:
        notes = (_("What plugins or themes sort by has no place here."),)
        return _term_answer(term, Outcome.SKIPPED, notes)
    if not is_tag(term.name):
        notes = (_("It says nothing about an article."),)
        return _term_answer(term, Outcome.SKIPPED, notes)
    name = tag_name(term.name)
    if name.casefold() in job.tags:
        return _term_answer(term, Outcome.UNCHANGED)
    job.tags[name.casefold()] = 0 if job.is_dry_run else Tag.objects.create(name=name).pk
    is_cut = name != plain(term.name)
    notes = (_("The name is longer than that of a tag may be."),) if is_cut else ()
    return _term_answer(term, Outcome.CREATED, notes)


def _keep_term_addresses(job: Job) -> None:
    slugs = {term.slug: term for term in job.survey.terms if term.taxonomy == "category"}
    addresses = {}
    for term in job.survey.terms:
        key = job.tags.get(tag_name(term.name).casefold())
        if not key or not term.slug or term.taxonomy not in TAXONOMIES:
            continue
        if term.taxonomy == "category":
            addresses[f"{job.survey.base}/category/{_path_of(term, slugs)}/"] = key
            addresses[f"{job.survey.base}/?cat={term.id}"] = key
        else:
            addresses[f"{job.survey.base}/tag/{term.slug}/"] = key
    _keep(job, "tag_id", addresses)


def _path_of(term: Term, slugs: dict[str, Term]) -> str:
    """With the categories above it, as WordPress's addresses have them."""
    path, seen = [term.slug], {term.slug}
    while (parent := slugs.get(term.parent)) and parent.slug not in seen:
        path.insert(0, parent.slug)
        seen.add(parent.slug)
        term = parent
    return "/".join(path)


def _term_answer(term: Term, outcome: Outcome, notes: tuple[str, ...] = ()) -> Answer:
    kind = {"post_tag": "tag", "": "category"}.get(term.taxonomy, term.taxonomy)
    key = term.id or term.slug or term.name
    return Answer(term.line, kind, key, term.name, outcome, notes=notes)
