"""The figures of an article: pictures in their places, numbered, each with a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.models import Article, Image
from articles.pictures import Picture, credit_html, picture, picture_html

# As wide as acutake/static/css/article.css ever shows one, at 16 px a rem: 52rem, a tall one 27rem.
WIDEST_PX = 832
TALL_WIDEST_PX = 432
FIGURE = (
    '<figure class="figure{}{}" id="{}">\n{}\n<figcaption>\n{}\n{}\n{}</figcaption>\n</figure>\n'
)

# Where the figure with this number and image stands large; empty where it does nowhere.
LargeAt = Callable[[int, Image], str]


@dataclass(frozen=True)
class Figure:
    """`number` counts from 1 through the article, its lead image first."""

    number: int
    image: Image
    # Plain text is escaped; SafeString is what `articles.body` made of sanitized words.
    caption: SafeString | str
    # The id of its picture in words, its own on the page.
    words_id: str
    # Where it stands large; empty makes no link.
    address: str = ""
    is_lead: bool = False

    @property
    def id(self) -> str:
        return f"figure-{self.number}"


def has_larger(image: Image) -> bool:
    """Whether its file holds more than an article ever shows of it."""
    is_tall = image.height_px > image.width_px
    return image.width_px > (TALL_WIDEST_PX if is_tall else WIDEST_PX)


def nowhere(number: int, image: Image) -> str:
    """For a body that stands by itself, without an article around it."""
    return ""


def on_pages_of(article: Article) -> LargeAt:
    """The figures' own pages, which there are of a public article only."""
    # Asked for once: to reverse twenty takes a millisecond.
    before_number = reverse("articles:figure", args=[article.slug, 1]).removesuffix("1/")

    def address(number: int, image: Image) -> str:
        return f"{before_number}{number}/" if has_larger(image) else ""

    return address


def in_files(number: int, image: Image) -> str:
    """The files by themselves: what an editor previews has no pages yet."""
    return image.file.url if has_larger(image) else ""


def lead_figure(image: Image | None, caption: str, *, large_at: LargeAt = nowhere) -> Figure | None:
    """The lead image as figure 1, with the image's own caption where the article gives none."""
    if image is None:
        return None
    return Figure(
        number=1,
        image=image,
        caption=caption or image.caption,
        words_id="lead-picture-in-words",
        address=large_at(1, image),
        is_lead=True,
    )


def render_figure(figure: Figure) -> SafeString:
    """Its HTML: the picture, the way to where it stands large, caption, credit, and what is in the
    picture in words. Reads the renditions of the image: prefetch them."""
    shown = picture(figure.image, is_eager=figure.is_lead)
    html = picture_html(shown, words_id=figure.words_id)
    caption = format_html('<span class="figure__caption">{}</span>', figure.caption)
    return format_html(
        FIGURE,
        " figure--tall" if shown.is_tall else "",
        " figure--lead" if figure.is_lead else "",
        figure.id,
        _enlarging(html, figure, shown) if figure.address else html,
        caption if figure.caption else "",
        credit_html(shown),
        _in_words(figure, shown) if shown.long_description else "",
    )


def _enlarging(html: SafeString, figure: Figure, shown: Picture) -> SafeString:
    return format_html(
        '<a class="figure__large" href="{}" data-enlarge>'
        '<span class="visually-hidden">{} </span>{}</a>',
        figure.address,
        _("Enlarge:") if shown.alt else _("Enlarge the picture"),
        html,
    )


def _in_words(figure: Figure, shown: Picture) -> SafeString:
    words = linebreaks(shown.long_description, autoescape=True)
    return format_html(
        '<details id="{}">\n<summary>{}</summary>\n{}\n</details>\n',
        figure.words_id,
        _("The picture in words"),
        mark_safe(words),  # noqa: S308  escaped in the line before
    )
