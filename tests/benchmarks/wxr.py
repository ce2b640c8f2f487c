"""Exports of WordPress for the benchmark and for trying imports by hand, as large as one likes:
`python -m tests.benchmarks.wxr 10000 100000 > old.xml`.

Written piece by piece, and the same for the same numbers. Bodies of the block editor and of the
classic one, captions, galleries, shortcodes that nobody knows, tags and categories, drafts, threads
with spam and pingbacks, attachments, and a revision for every second post.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import TextIO

from tests.pictures import make_picture_file

SEED = 20_261_123
SITE = "https://needles.example/blog"
BEGAN = datetime(2009, 1, 5, 8)  # noqa: DTZ001  what WordPress writes has no zone
PICTURE_EVERY = 20
REVISION_EVERY = 2
TEXT = (
    "the a of and to in is that it for on with as was at by an be this which or from were "
    "needle point calf heel ear back sleep breath headache muscle tendon study trial patient "
    "pressure week month runner shoulder wrist knee evidence pain session practitioner café "
    "treatment walk slow deep tender quiet morning evening water salt rest stretch load nothing"
)
WORDS = TEXT.split()
AUTHORS = ("ada", "bo", "cleo", "dov")
CATEGORIES = ("News", "Research", "Point of the month", "Reader's questions", "Herbs & teas")
TAGS = tuple(f"{kind} {number}" for kind in ("Point", "Condition") for number in range(150))
STATES = ("publish",) * 16 + ("draft", "pending", "private", "future")
COMMENT_STATES = ("1",) * 16 + ("0", "spam", "trash", "1")
HEAD = f"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Needles</title><link>{SITE}</link><language>en-US</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{SITE}</wp:base_site_url><wp:base_blog_url>{SITE}</wp:base_blog_url>
"""


def pieces(posts: int, comments: int) -> Iterator[str]:
    """The file. The comments are spread over the posts, some of which have many."""
    random = Random(SEED)
    paragraphs = [_sentence(random, random.randrange(40, 90)) for _ in range(400)]
    yield HEAD
    yield from map(_author, AUTHORS)
    yield from map(_category, CATEGORIES)
    yield from map(_tag, TAGS)
    first_comment = 1
    for number in range(posts):
        if number % PICTURE_EVERY == 0:
            yield _attachment(number)
        # Every tenth post has ten times what the others have.
        share = comments * (10 if number % 10 == 0 else 1) * 10 // (19 * posts)
        if number == posts - 1:
            share = max(0, comments - first_comment + 1)
        share = min(share, comments - first_comment + 1)
        thread = _comments(random, paragraphs, number, range(first_comment, first_comment + share))
        yield _post(random, paragraphs, number, thread)
        first_comment += share
        if number % REVISION_EVERY == 0:
            yield _item(posts + number, "revision", "inherit", number, paragraphs[0])
    yield "</channel></rss>\n"


def write(file: TextIO, posts: int, comments: int) -> None:
    """`file` is open for text."""
    file.writelines(pieces(posts, comments))


def write_media(folder: Path, posts: int) -> int:
    """The files of the attachments, as in wp-content/uploads; returns how many."""
    numbers = range(0, posts, PICTURE_EVERY)
    for number in numbers:
        path = folder / _file(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        color = (number % 256, number // 256 % 256, 90)
        path.write_bytes(make_picture_file("JPEG", size=(320, 240), color=color).read())
    return len(numbers)


def _author(login: str) -> str:
    return (
        f"<wp:author><wp:author_id>{AUTHORS.index(login) + 1}</wp:author_id>"
        f"<wp:author_login>{_cdata(login)}</wp:author_login>"
        f"<wp:author_email>{_cdata(f'{login}@needles.example')}</wp:author_email>"
        f"<wp:author_display_name>{_cdata(f'{login.title()} Alder')}</wp:author_display_name>"
        "</wp:author>\n"
    )


def _category(name: str) -> str:
    return (
        f"<wp:category><wp:term_id>{CATEGORIES.index(name) + 1}</wp:term_id>"
        f"<wp:category_nicename>{_cdata(_slug(name))}</wp:category_nicename>"
        f"<wp:category_parent></wp:category_parent><wp:cat_name>{_cdata(name)}</wp:cat_name>"
        "</wp:category>\n"
    )


def _tag(name: str) -> str:
    return (
        f"<wp:tag><wp:term_id>{TAGS.index(name) + 100}</wp:term_id>"
        f"<wp:tag_slug>{_cdata(_slug(name))}</wp:tag_slug><wp:tag_name>{_cdata(name)}</wp:tag_name>"
        "</wp:tag>\n"
    )


def _attachment(number: int) -> str:
    address = f"{SITE}/wp-content/uploads/{_file(number)}"
    return _item(
        10_000_000 + number,
        "attachment",
        "inherit",
        number,
        "",
        inner=f"<wp:attachment_url>{_cdata(address)}</wp:attachment_url>"
        f"{_meta('_wp_attached_file', _file(number))}"
        f"{_meta('_wp_attachment_image_alt', f'Picture {number} in words')}",
        excerpt="A caption",
    )


def _post(random: Random, paragraphs: list[str], number: int, thread: Iterable[str]) -> str:
    texts = random.choices(paragraphs, k=random.randrange(4, 16))
    body = (_blocks if number % 3 else _classic)(texts, number // PICTURE_EVERY * PICTURE_EVERY)
    names = [
        *(("category", name) for name in random.sample(CATEGORIES, 1)),
        *(("post_tag", name) for name in random.sample(TAGS, 3)),
    ]
    terms = "".join(
        f'<category domain="{domain}" nicename="{_slug(name)}">{_cdata(name)}</category>'
        for domain, name in names
    )
    thumbnail = number // PICTURE_EVERY * PICTURE_EVERY
    metas = _meta("_thumbnail_id", str(10_000_000 + thumbnail)) if number % 4 == 0 else ""
    return _item(
        number + 1,
        "post",
        random.choice(STATES),
        number,
        body,
        title=" ".join(random.choices(WORDS, k=6)).capitalize(),
        creator=random.choice(AUTHORS),
        inner=f"{terms}{metas}{''.join(thread)}",
    )


def _blocks(texts: list[str], picture: int) -> str:
    address = f"{SITE}/wp-content/uploads/{_file(picture)}"
    parts = [f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->" for text in texts]
    parts.insert(1, "<!-- wp:heading -->\n<h2>What it is</h2>\n<!-- /wp:heading -->")
    parts.insert(
        3,
        f'<!-- wp:image {{"id":{10_000_000 + picture}}} -->\n<figure class="wp-block-image">'
        f'<img src="{address}" alt="In words" class="wp-image-{10_000_000 + picture}"/>'
        "<figcaption>Seen from <em>behind</em></figcaption></figure>\n<!-- /wp:image -->",
    )
    parts.append(
        "<!-- wp:list -->\n<ul><li>One</li><li>Two <strong>and</strong> three</li></ul>\n"
        "<!-- /wp:list -->"
    )
    return "\n\n".join(parts)


def _classic(texts: list[str], picture: int) -> str:
    address = f"{SITE}/wp-content/uploads/{_file(picture)}"
    caption = (
        f'[caption id="attachment_{10_000_000 + picture}" align="alignleft" width="320"]'
        f'<img src="{address}" alt="In words" width="320" height="240" /> A caption[/caption]'
    )
    gallery = f'[gallery ids="{10_000_000 + picture}"]'
    return "\n\n".join([*texts[:2], caption, "<h3>More</h3>", *texts[2:], gallery, "[ads id=7]"])


def _comments(random: Random, paragraphs: list[str], post: int, numbers: range) -> Iterator[str]:
    for number in numbers:
        # Mostly to the post itself, else to one of the last few before it.
        place = number - numbers.start
        parent = number - random.randrange(1, 5) if place > 4 and number % 3 == 0 else 0
        moment = BEGAN + timedelta(hours=5 * post, minutes=3 * place + 60)
        kind = "pingback" if number % 50 == 0 else ""
        yield (
            f"<wp:comment><wp:comment_id>{number}</wp:comment_id>"
            f"<wp:comment_author>{_cdata(f'Reader {number % 997}')}</wp:comment_author>"
            f"<wp:comment_author_email>reader{number % 997}@example.org</wp:comment_author_email>"
            f"<wp:comment_author_url></wp:comment_author_url>"
            f"<wp:comment_date>{moment}</wp:comment_date>"
            f"<wp:comment_date_gmt>{moment}</wp:comment_date_gmt>"
            f"<wp:comment_content>{_cdata(random.choice(paragraphs)[:300])}</wp:comment_content>"
            f"<wp:comment_approved>{random.choice(COMMENT_STATES)}</wp:comment_approved>"
            f"<wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}"
            "</wp:comment_parent></wp:comment>\n"
        )


def _item(
    old_id: int,
    kind: str,
    status: str,
    number: int,
    body: str,
    *,
    title: str = "A title",
    creator: str = "ada",
    inner: str = "",
    excerpt: str = "",
) -> str:
    moment = BEGAN + timedelta(hours=5 * number)
    slug = f"{kind}-{number}"
    return (
        f"<item><title>{_cdata(title)}</title><link>{SITE}/{moment:%Y/%m}/{slug}/</link>"
        f"<dc:creator>{_cdata(creator)}</dc:creator>"
        f'<guid isPermaLink="false">{SITE}/?p={old_id}</guid>'
        f"<content:encoded>{_cdata(body)}</content:encoded>"
        f"<excerpt:encoded>{_cdata(excerpt)}</excerpt:encoded>"
        f"<wp:post_id>{old_id}</wp:post_id><wp:post_date>{moment}</wp:post_date>"
        f"<wp:post_date_gmt>{moment}</wp:post_date_gmt><wp:comment_status>open</wp:comment_status>"
        f"<wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status>"
        f"<wp:post_parent>0</wp:post_parent><wp:post_type>{kind}</wp:post_type>"
        f"<wp:post_password></wp:post_password><wp:is_sticky>0</wp:is_sticky>{inner}</item>\n"
    )


def _file(number: int) -> str:
    return f"2019/{number % 12 + 1:02}/picture-{number}.jpg"


def _meta(key: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value>{_cdata(value)}</wp:meta_value></wp:postmeta>"
    )


def _sentence(random: Random, words: int) -> str:
    return " ".join(random.choices(WORDS, k=words)).capitalize() + "."


def _slug(name: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in name).lower().split())


def _cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    write(sys.stdout, int(sys.argv[1]), int(sys.argv[2]))
