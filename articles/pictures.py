"""What an `<img>` needs to know of an image of the library."""

from dataclasses import dataclass

from articles.models import Image, Rendition

# As wide as acutake/static/css/article.css lets a figure be; a tall one has its caption beside it.
FIGURE_SIZES = "(min-width: 56rem) 52rem, 100vw"
TALL_FIGURE_SIZES = "(min-width: 52rem) 27rem, 100vw"
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


def card_url(image: Image) -> str:
    """Of the file for social networks, which do not show AVIF; the original until it is made."""
    cards = [row for row in image.renditions.all() if row.shape == Shape.CARD]
    return (cards[-1] if cards else image).file.url


def _files(made: list[Rendition], format_: str) -> list[tuple[int, str]]:
    """Widths and addresses, the narrowest first."""
    return sorted((row.width_px, row.file.url) for row in made if row.format == format_)


def _srcset(files: list[tuple[int, str]]) -> str:
    return ", ".join(f"{url} {width}w" for width, url in files)
