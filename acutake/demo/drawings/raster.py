"""SVG to small PNG files: Chromium draws, Pillow reduces the palette. Build time only."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

FACES = (
    ("Source Sans 3", 400, "source-sans-3-latin-400-normal.woff2"),
    ("Source Sans 3", 600, "source-sans-3-latin-600-normal.woff2"),
    ("Source Serif 4", 600, "source-serif-4-latin-600-normal.woff2"),
)
PALETTES = (64, 40, 28, 20, 14)


def font_faces(folder: Path) -> str:
    """@font-face rules with the files of @fontsource packages found below `folder`."""
    rules = []
    for family, weight, name in FACES:
        path = next(folder.rglob(name), None)
        if path is None:
            raise SystemExit(f"{name} is not below {folder}; see --help")
        data = base64.b64encode(path.read_bytes()).decode()
        rules.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};'
            f"src:url(data:font/woff2;base64,{data})}}"
        )
    return "".join(rules)


@contextmanager
def chromium(executable: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


def render(browser: Browser, svg: str, faces: str, width: int, height: int) -> Image.Image:
    """The drawing as an RGBA picture; what it leaves unpainted stays transparent."""
    page = browser.new_page(viewport={"width": width, "height": height})
    style = (
        f"<style>{faces}html,body{{margin:0;background:transparent}}svg{{display:block}}</style>"
    )
    page.set_content(f"<!doctype html>{style}{svg}")
    page.evaluate("Promise.all([...document.fonts].map((face) => face.load())).then(() => true)")
    picture = page.screenshot(omit_background=True)
    page.close()
    return Image.open(BytesIO(picture)).convert("RGBA")


def save_png(picture: Image.Image, path: Path, max_bytes: int) -> int:
    """Writes the richest palette that fits into max_bytes and returns the size written."""
    flat = picture.convert("RGB")
    for colors in PALETTES:
        small = flat.quantize(colors, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        buffer = BytesIO()
        small.save(buffer, "PNG", optimize=True)
        if buffer.tell() <= max_bytes:
            path.write_bytes(buffer.getvalue())
            return buffer.tell()
    raise SystemExit(f"{path.name}: {buffer.tell()} bytes with {colors} colors")
