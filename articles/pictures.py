"""What an `<img>` needs to know of an image of the library."""

from dataclasses import dataclass

from articles.models import Image

# A body's figure is at most 52rem wide; see static/css/article.css.
FIGURE_SIZES = "(min-width: 56rem) 52rem, 100vw"
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

    @property
    def is_portrait(self) -> bool:
        return self.height > self.width


def picture(image: Image, *, sizes: str = FIGURE_SIZES, is_eager: bool = False) -> Picture:
    """Reads `image.renditions.all()`: prefetch it. `is_eager` is for what is seen first."""
    files = [(rendition.width_px, rendition.file.url) for rendition in image.renditions.all()]
    if not files or image.width_px <= LARGEST_WIDTH_PX:
        files.append((image.width_px, image.file.url))
    files.sort()
    fitting = [url for width, url in files if width <= FALLBACK_WIDTH_PX]
    return Picture(
        src=fitting[-1] if fitting else files[0][1],
        srcset=", ".join(f"{url} {width}w" for width, url in files) if len(files) > 1 else "",
        sizes=sizes,
        width=image.width_px,
        height=image.height_px,
        alt="" if image.is_decorative else image.alt_text,
        credit=image.credit,
        rights=image.rights,
        long_description=image.long_description,
        is_eager=is_eager,
    )
