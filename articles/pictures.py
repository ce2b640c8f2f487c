"""What an `<img>` needs to know of an image of the library."""

from dataclasses import dataclass

from articles.models import Image

# As wide as acutake/static/css/article.css lets a figure be; a tall one has its caption beside it.
FIGURE_SIZES = "(min-width: 56rem) 52rem, 100vw"
TALL_FIGURE_SIZES = "(min-width: 52rem) 27rem, 100vw"
FALLBACK_WIDTH_PX = 960
LARGEST_WIDTH_PX = 1600


@dataclass(frozen=True)
class Picture:
    """One image with the files it comes in. `srcset` is empty while there is only the original."""

    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    alt: str
    credit: str
    rights: str
    long_description: str
    is_eager: bool
    is_tall: bool


def picture(image: Image, *, sizes: str = "", is_eager: bool = False) -> Picture:
    """Reads `image.renditions.all()`: prefetch it. `is_eager` is for what is seen first.

    Without `sizes` it is as wide as a figure of an article.
    """
    is_tall = image.height_px > image.width_px
    files = [(rendition.width_px, rendition.file.url) for rendition in image.renditions.all()]
    if not files or image.width_px <= LARGEST_WIDTH_PX:
        files.append((image.width_px, image.file.url))
    files.sort()
    fitting = [url for width, url in files if width <= FALLBACK_WIDTH_PX]
    return Picture(
        src=fitting[-1] if fitting else files[0][1],
        srcset=", ".join(f"{url} {width}w" for width, url in files) if len(files) > 1 else "",
        sizes=sizes or (TALL_FIGURE_SIZES if is_tall else FIGURE_SIZES),
        width=image.width_px,
        height=image.height_px,
        alt="" if image.is_decorative else image.alt_text,
        credit=image.credit,
        rights=image.rights,
        long_description=image.long_description,
        is_eager=is_eager,
        is_tall=is_tall,
    )
