"""What an `<img>` needs to know of an image of the library."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.models import Image, Rendition

# As wide as acutake/static/css/article.css lets a figure be; a tall one has its caption beside it.
FIGURE_SIZES = "(min-width: 56rem) 52rem, calc(100vw - 2rem)"
TALL_FIGURE_SIZES = "(min-width: 52rem) 27rem, calc(100vw - 2rem)"
FALLBACK_WIDTH_PX = 960

Shape, Format = Rendition.Shape, Rendition.Format


@dataclass(frozen=True)
class Picture:
    """One image with the files it comes in. Without smaller files both srcsets are empty, and
    `src` is the original. `is_cut`: the files show a part around the focal point."""

    src: str
    srcset: str
    avif_srcset: str
    sizes: str
    width: int
    height: int
    alt: str
    credit: str
    rights: str
    source_url: str
    long_description: str
    is_eager: bool
    is_tall: bool
    is_cut: bool


def picture(
    image: Image, *, sizes: str = "", is_eager: bool = False, shape: str = Shape.WHOLE
) -> Picture:
    """Reads `image.renditions.all()`: prefetch it. `is_eager` is for what is seen first.

    Without `sizes` it is as wide as a figure of an article. Where no file of the wanted shape has
    been made it is the whole picture.
    """
    is_tall = image.height_px > image.width_px
    made = [row for row in image.renditions.all() if row.shape == shape]
    is_cut = shape != Shape.WHOLE and bool(made)
    if shape != Shape.WHOLE and not is_cut:
        made = [row for row in image.renditions.all() if row.shape == Shape.WHOLE]
    files = _files(made, Format.WEBP) or [(image.width_px, image.file.url)]
    fitting = [url for width, url in files if width <= FALLBACK_WIDTH_PX]
    largest = max(made, key=lambda row: row.width_px) if is_cut else image
    return Picture(
        src=fitting[-1] if fitting else files[0][1],
        srcset=_srcset(files) if len(files) > 1 else "",
        avif_srcset=_srcset(_files(made, Format.AVIF)),
        sizes=sizes or (TALL_FIGURE_SIZES if is_tall else FIGURE_SIZES),
        width=largest.width_px,
        height=largest.height_px,
        alt="" if image.is_decorative else image.alt_text,
        credit=image.credit,
        rights=image.rights,
        # A source may be words, such as the name of a book.
        source_url=image.source if image.source.startswith(("https://", "http://")) else "",
        long_description=image.long_description,
        is_eager=is_eager,
        is_tall=is_tall,
        is_cut=is_cut,
    )


def picture_html(shown: Picture, *, alt: str | None = None, words_id: str = "") -> SafeString:
    """The `<picture>`; `alt=""` is for a place where the words beside it say the same.

    `words_id` is that of the element with its long description. No template: those of twenty
    figures took a tenth of a page's time.
    """
    avif, srcset, sizes = shown.avif_srcset, shown.srcset, shown.sizes
    source = '<source type="image/avif" srcset="{}" sizes="{}">'
    has_words = words_id and shown.long_description
    return format_html(
        '<picture>{}<img src="{}"{} width="{}" height="{}" alt="{}"{}{} {} decoding="async">'
        "</picture>",
        format_html(source, avif, sizes) if avif else "",
        shown.src,
        format_html(' srcset="{}" sizes="{}"', srcset, sizes) if srcset else "",
        shown.width,
        shown.height,
        shown.alt if alt is None else alt,
        format_html(' aria-details="{}"', words_id) if has_words else "",
        mark_safe(' class="is-cut"') if shown.is_cut else "",
        mark_safe('fetchpriority="high"' if shown.is_eager else 'loading="lazy"'),  # noqa: S308
    )


def credit_html(shown: Picture) -> SafeString:
    """Who made it and what may be done with it."""
    source, link = _("Source of the picture"), ' · <a href="{}" rel="noopener noreferrer">{}</a>'
    return format_html(
        '<span class="figure__credit">{}{}{}</span>',
        shown.credit,
        f" · {shown.rights}" if shown.rights else "",
        format_html(link, shown.source_url, source) if shown.source_url else "",
    )


def largest_file(image: Image) -> tuple[str, int, int]:
    """Address, width and height of the widest file of the whole picture that pages show; reads
    `image.renditions.all()`."""
    made = [
        row
        for row in image.renditions.all()
        if (row.shape, row.format) == (Shape.WHOLE, Format.WEBP)
    ]
    widest = max(made, key=lambda row: row.width_px, default=image)
    return widest.file.url, widest.width_px, widest.height_px


def card_url(image: Image) -> str | None:
    """Of the file for social networks; None until it is made, and for an image too small for it."""
    cards = [row for row in image.renditions.all() if row.shape == Shape.CARD]
    return cards[-1].file.url if cards else None


def _files(made: list[Rendition], format_: str) -> list[tuple[int, str]]:
    """Widths and addresses, the narrowest first."""
    return sorted((row.width_px, row.file.url) for row in made if row.format == format_)


def _srcset(files: list[tuple[int, str]]) -> str:
    return ", ".join(f"{url} {width}w" for width, url in files)
