"""What the publication's pages say to machines, in words of schema.org: exactly what they show.

Pure functions from what a page shows to nodes for `{% json_ld %}`. `origin` is the site's address
without a slash at its end. Nodes refer to each other by `@id`; the publication itself is told in
full on the home page.
"""

import re
from datetime import datetime
from html import unescape
from urllib.parse import urljoin

from django.core.paginator import Page
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.figures import Figure
from articles.html import plain_text
from articles.models import Article, Author, Byline
from articles.pictures import largest_file
from articles.reading import ArticlePage
from directory.portraits import portrait_of
from directory.structured_data import PHOTO_PX, Node, breadcrumb_list, item_list, stated
from directory.trails import Trail

NAME = "AcuTake"
NOTE_MARK = re.compile(r'<sup class="note-mark">.*?</sup>')
LOGO, LOGO_PX = "img/icon-180.png", 180


def site_nodes(*, origin: str) -> list[Node]:
    """The site and who publishes it, for the home page.

    No SearchAction: the search engine that made a field of it stopped in November 2024.
    """
    logo = {
        "@type": "ImageObject",
        "contentUrl": urljoin(f"{origin}/", static(LOGO)),
        "width": LOGO_PX,
        "height": LOGO_PX,
    }
    return [
        {**_site(origin), "publisher": {"@id": _publisher(origin)["@id"]}},
        {**_publisher(origin), "logo": logo},
    ]


def article_nodes(page: ArticlePage, *, trail: Trail, origin: str) -> list[Node]:
    """The article, the page it stands on, and the way there.

    The page is a MedicalWebPage when somebody reviewed it medically: it is the page that has
    `reviewedBy` and `lastReviewed`, an Article has neither. `trail` is what the page shows, its own
    entry last.
    """
    address = f"{origin}{page.article.get_absolute_url()}"
    return [
        _article(page, address=address, origin=origin),
        _web_page(page.article, address=address, origin=origin),
        {**breadcrumb_list(trail, origin=origin), "@id": f"{address}#breadcrumb"},
    ]


def list_nodes(page: Page, *, trail: Trail, author: Author | None, origin: str) -> list[Node]:
    """A page of a list of articles: of an author's where there is one. `trail` leads to the list.

    Nothing is said of each article but what leads to it: its own page says the rest.
    """
    name, path = trail[-1]
    address = f"{origin}{path}" + (f"?page={page.number}" if page.number > 1 else "")
    rows = [(article.headline, article.get_absolute_url()) for article in page]
    entries = item_list(rows, origin=origin, first=page.start_index()) if rows else None
    about = (
        {"@type": "ProfilePage", "mainEntity": _profile(author, origin), "hasPart": entries}
        if author
        else {"@type": "CollectionPage", "mainEntity": entries}
    )
    breadcrumb = {**breadcrumb_list(trail, origin=origin), "@id": f"{address}#breadcrumb"}
    node = stated(
        {
            **about,
            "@id": address,
            "url": address,
            "name": name,
            "breadcrumb": {"@id": breadcrumb["@id"]},
            "isPartOf": _site(origin),
        }
    )
    return [node, breadcrumb]


def _profile(author: Author, origin: str) -> Node:
    """The person as the author's own page shows it: with the listing, as long as there is one."""
    practitioner = author.practitioner
    if practitioner is None or not practitioner.is_listed():
        return stated({**_person(author, origin), "description": author.bio})
    photo = portrait_of(practitioner, size_px=PHOTO_PX)
    return stated(
        {
            **_person(author, origin),
            "description": author.bio,
            "image": urljoin(f"{origin}/", photo.src) if photo else "",
            "sameAs": f"{origin}{practitioner.get_absolute_url()}",
        }
    )


def _article(page: ArticlePage, *, address: str, origin: str) -> Node:
    article = page.article
    return stated(
        {
            "@type": "Article",
            "@id": f"{address}#article",
            "url": address,
            "headline": article.headline,
            "description": article.dek,
            "author": [_person(author, origin) for author in page.authors],
            "contributor": [_contribution(byline, origin) for byline in page.contributions],
            "datePublished": _moment(article.published_at),
            "dateModified": _moment(article.revised_at),
            "timeRequired": f"PT{page.minutes}M",
            "image": [_image(figure, origin) for figure in page.figures],
            "keywords": [tag.name for tag in page.tags],
            "about": [
                {
                    "@type": "Thing",
                    "name": specialty.name,
                    "url": f"{origin}{specialty.get_absolute_url()}",
                }
                for specialty in page.specialties
            ],
            "publisher": _publisher(origin),
            "isPartOf": _site(origin),
            "mainEntityOfPage": {"@id": address},
        }
    )


def _web_page(article: Article, *, address: str, origin: str) -> Node:
    reviewer = article.reviewed_by
    reviewed_on = article.last_reviewed_on
    return stated(
        {
            "@type": "MedicalWebPage" if reviewed_on else "WebPage",
            "@id": address,
            "url": address,
            "name": article.headline,
            "lastReviewed": reviewed_on.isoformat() if reviewed_on else "",
            # The page names the reviewer without a link: not everybody who reviews also writes.
            "reviewedBy": _named(reviewer) if reviewer and reviewed_on else None,
            "breadcrumb": {"@id": f"{address}#breadcrumb"},
            "mainEntity": {"@id": f"{address}#article"},
            "isPartOf": {"@id": _site(origin)["@id"]},
        }
    )


def _named(author: Author) -> Node:
    return stated(
        {"@type": "Person", "name": author.name, "honorificSuffix": author.letters},
    )


def _person(author: Author, origin: str) -> Node:
    address = f"{origin}{author.get_absolute_url()}"
    return stated(
        {**_named(author), "@id": f"{address}#person", "url": address, "jobTitle": author.role}
    )


def _contribution(byline: Byline, origin: str) -> Node:
    """Schema.org's Role: it repeats the property that it explains."""
    return {
        "@type": "Role",
        "roleName": str(byline.get_role_display()),
        "contributor": _person(byline.author, origin),
    }


def _image(figure: Figure, origin: str) -> Node:
    """`copyrightNotice` and not `license`, which is an address: rights are words."""
    image = figure.image
    address, width_px, height_px = largest_file(image)
    return stated(
        {
            "@type": "ImageObject",
            "contentUrl": urljoin(f"{origin}/", address),
            "width": width_px,
            "height": height_px,
            "caption": _words(figure.caption),
            "creditText": image.credit,
            "copyrightNotice": image.rights,
        }
    )


def _words(caption: SafeString | str) -> str:
    """A caption that stands in the body is HTML, and may lead to notes."""
    if not isinstance(caption, SafeString):
        return caption
    # As most are: to take twenty of them apart took a twentieth of a page's time.
    if "<" not in caption:
        return " ".join(unescape(caption).split())
    return plain_text(NOTE_MARK.sub("", caption))


def _publisher(origin: str) -> Node:
    return {
        "@type": "Organization",
        "@id": f"{origin}/#organization",
        "name": NAME,
        "url": f"{origin}/",
    }


def _site(origin: str) -> Node:
    return {"@type": "WebSite", "@id": f"{origin}/#website", "name": NAME, "url": f"{origin}/"}


def _moment(at: datetime | None) -> str:
    """In the site's zone, as the page says the day."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""
