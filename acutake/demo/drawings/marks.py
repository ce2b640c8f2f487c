"""The site's mark (a needle that ends in a ring) and its open-graph picture."""

from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from acutake.demo.drawings import raster
from acutake.demo.drawings.calf import calf
from acutake.demo.drawings.canvas import JADE, MUTED, PAPER, RULE, Canvas

OG_MAX_BYTES = 120_000
JADE_ON_DARK = "#7fd1b5"
RING = "M15.75 8.76A10 10 0 1 0 23.24 16.25"
NEEDLE = "M29.5 2.5 13.5 18.5"


def icon_svg() -> str:
    """The favicon: reads at 16 pixels, light on dark browser bars."""
    mark = _mark(f' stroke="{JADE}"')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">\n'
        f"<style>@media (prefers-color-scheme:dark){{g{{stroke:{JADE_ON_DARK}}}}}</style>\n"
        f"{mark}\n</svg>\n"
    )


def _mark(attributes: str = "") -> str:
    return (
        f'<g fill="none" stroke-linecap="round" stroke-width="4"{attributes}>'
        f'<path d="{RING}"/><path d="{NEEDLE}"/></g>'
    )


def _touch_icon() -> str:
    mark = _mark(f' stroke="{PAPER}" transform="translate(36 36) scale(3.4)"')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="180" height="180">'
        f'<rect width="180" height="180" fill="{JADE}"/>{mark}</svg>'
    )


def _favicon() -> str:
    mark = _mark(f' stroke="{JADE}" transform="scale(2)"')
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">{mark}</svg>'


def open_graph() -> Canvas:
    canvas = Canvas(1200, 630)
    detail = "\n".join(calf().parts)
    canvas.parts.append(
        '<svg x="716" y="0" width="484" height="630" viewBox="442 172 645 840"'
        f' preserveAspectRatio="xMidYMid slice">{detail}</svg>'
    )
    canvas.stroke([(716, 0), (716, 630)], 2, RULE)
    mark = _mark(f' stroke="{JADE}" transform="translate(72 96) scale(2.4)"')
    canvas.parts.append(mark)
    canvas.headline(68, 338, "AcuTake", 132)
    canvas.label(72, 424, "Acupuncture, explained.", size=42, weight=400, color=MUTED)
    canvas.label(72, 480, "Acupuncturists, found.", size=42, weight=400, color=MUTED)
    return canvas


def write(browser: Browser, faces: str, static: Path) -> None:
    """icon.svg, icon-180.png and og.png in static/img, favicon.ico in static."""
    folder = static / "img"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "icon.svg").write_text(icon_svg())
    touch = raster.render(browser, _touch_icon(), faces, 180, 180)
    raster.save_png(touch, folder / "icon-180.png", 20_000)
    favicon: Image.Image = raster.render(browser, _favicon(), faces, 64, 64)
    favicon.save(static / "favicon.ico", sizes=[(16, 16), (32, 32)])
    og = open_graph()
    picture = raster.render(browser, og.svg(), faces, og.width, og.height)
    raster.save_png(picture, folder / "og.png", OG_MAX_BYTES)
