"""What an export holds, one by one: text, as it stands in the file. Pure."""

from dataclasses import dataclass, field

# WordPress has room for 60 characters.
LONGEST_LOGIN = 200


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is named as an author at the head of the file."""

    line: int
    login: str
    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A category ("category") or a tag ("post_tag"), or a term of another taxonomy.

    `parent` is the slug of the category above it.
    """

    line: int
    taxonomy: str
    slug: str
    name: str
    parent: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class OldComment:
    """A comment as it stands in the file; `kind` is empty for an ordinary one."""

    line: int
    id: str
    parent: str
    name: str
    email: str
    url: str
    written: str
    written_gmt: str
    body: str
    status: str
    kind: str


@dataclass(frozen=True, slots=True)
class Item:
    """A post, a page, an attachment or anything else. All as text, as it stands in the file.

    `terms` are pairs of a taxonomy and a name; `meta` is what plugins and WordPress keep beside.
    """

    line: int
    id: str
    kind: str
    title: str
    link: str
    guid: str
    creator: str
    body: str
    excerpt: str
    pub_date: str
    written: str
    written_gmt: str
    slug: str
    status: str
    parent: str
    password: str
    is_sticky: bool
    takes_comments: bool
    attachment_url: str
    terms: list[tuple[str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    comments: list[OldComment] = field(default_factory=list)


Record = Person | Term | Item


# For each element with a term: its taxonomy where it does not say, and the names of its parts.
TERMS = {
    "wp:category": ("category", "wp:category_nicename", "wp:cat_name", "wp:category_parent"),
    "wp:tag": ("post_tag", "wp:tag_slug", "wp:tag_name", ""),
    "wp:term": ("", "wp:term_slug", "wp:term_name", "wp:term_parent"),
}


def item_of(values: dict) -> Item:
    """`values` are texts by the element's name, with `line`, `terms`, `meta` and `comments`."""
    return Item(
        line=values["line"],
        id=_stripped(values, "wp:post_id"),
        kind=_stripped(values, "wp:post_type") or "post",
        title=values.get("title", ""),
        link=_stripped(values, "link"),
        guid=_stripped(values, "guid"),
        creator=_stripped(values, "dc:creator")[:LONGEST_LOGIN],
        body=values.get("content:encoded", ""),
        excerpt=values.get("excerpt:encoded", ""),
        pub_date=_stripped(values, "pubDate"),
        written=_stripped(values, "wp:post_date"),
        written_gmt=_stripped(values, "wp:post_date_gmt"),
        slug=_stripped(values, "wp:post_name"),
        status=_stripped(values, "wp:status"),
        parent=_stripped(values, "wp:post_parent"),
        password=values.get("wp:post_password", ""),
        is_sticky=_stripped(values, "wp:is_sticky") == "1",
        takes_comments=_stripped(values, "wp:comment_status") != "closed",
        attachment_url=_stripped(values, "wp:attachment_url"),
        terms=values.get("terms", []),
        meta=values.get("meta", {}),
        comments=values.get("comments", []),
    )


def person_of(values: dict) -> Person:
    names = (
        values.get("wp:author_display_name", ""),
        f"{values.get('wp:author_first_name', '')} {values.get('wp:author_last_name', '')}",
        values.get("wp:author_login", ""),
    )
    return Person(
        line=values["line"],
        login=_stripped(values, "wp:author_login")[:LONGEST_LOGIN],
        name=next((name.strip() for name in names if name.strip()), ""),
        id=_stripped(values, "wp:author_id"),
    )


def term_of(element: str, values: dict) -> Term:
    taxonomy, slug, name, parent = TERMS[element]
    return Term(
        line=values["line"],
        taxonomy=taxonomy or _stripped(values, "wp:term_taxonomy"),
        slug=_stripped(values, slug),
        name=_stripped(values, name),
        parent=_stripped(values, parent),
        id=_stripped(values, "wp:term_id"),
    )


def comment_of(values: dict) -> OldComment:
    return OldComment(
        line=values["line"],
        id=_stripped(values, "wp:comment_id"),
        parent=_stripped(values, "wp:comment_parent"),
        name=_stripped(values, "wp:comment_author"),
        email=_stripped(values, "wp:comment_author_email"),
        url=_stripped(values, "wp:comment_author_url"),
        written=_stripped(values, "wp:comment_date"),
        written_gmt=_stripped(values, "wp:comment_date_gmt"),
        body=values.get("wp:comment_content", ""),
        status=_stripped(values, "wp:comment_approved"),
        kind=_stripped(values, "wp:comment_type"),
    )


def _stripped(values: dict, name: str) -> str:
    return values.get(name, "").strip()
