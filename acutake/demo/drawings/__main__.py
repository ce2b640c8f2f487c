"""Writes every drawing as SVG and PNG: python -m acutake.demo.drawings --fonts DIR [key ...]

The key `marks` stands for the site's icons and its open-graph picture.

DIR holds the npm packages @fontsource/source-serif-4 and @fontsource/source-sans-3
(`npm install --prefix DIR` of both); Chromium and playwright have to be installed.
"""

import argparse
from importlib import import_module
from pathlib import Path

from acutake.demo.drawings import marks, raster

ROOT = Path(__file__).resolve().parents[3]
IMAGES = ROOT / "acutake" / "demo" / "content" / "images"
STATIC = ROOT / "acutake" / "static"
MAX_BYTES = 150_000
MARKS = "marks"
DRAWINGS = {
    "calf-trigger-points": "calf:calf_trigger_points",
    "achilles-side-view": "foot:achilles_side_view",
    "heel-drop": "heel_drop:heel_drop",
    "needle-sizes": "needles:needle_sizes",
    "hand-li4-pc6": "hand:hand_li4_pc6",
    "ear-points": "ear:ear_points",
    "headache-map": "head:headache_map",
    "low-back-muscles": "back:low_back_muscles",
    "first-visit-timeline": "charts:first_visit_timeline",
    "training-hours": "charts:training_hours",
    "cycle-calendar": "charts:cycle_calendar",
    "safe-depth-chest": "chest:safe_depth_chest",
}


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m acutake.demo.drawings", description=__doc__)
    parser.add_argument("keys", nargs="*", help="which drawings; all without any")
    parser.add_argument("--fonts", type=Path, required=True, help="folder with @fontsource files")
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="browser to draw with")
    parser.add_argument("--svg", type=Path, default=ROOT / "var" / "drawings", help="SVG folder")
    return parser.parse_args()


def main() -> None:
    arguments = parse()
    faces = raster.font_faces(arguments.fonts)
    arguments.svg.mkdir(parents=True, exist_ok=True)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with raster.chromium(arguments.chromium) as browser:
        for key in arguments.keys or (*DRAWINGS, MARKS):
            if key == MARKS:
                marks.write(browser, faces, STATIC)
                continue
            module, function = DRAWINGS[key].split(":")
            canvas = getattr(import_module(f"acutake.demo.drawings.{module}"), function)()
            svg = canvas.svg()
            (arguments.svg / f"{key}.svg").write_text(svg)
            picture = raster.render(browser, svg, faces, canvas.width, canvas.height)
            size = raster.save_png(picture, IMAGES / f"{key}.png", MAX_BYTES)
            print(f"{key}: {canvas.width} x {canvas.height}, {size // 1000} kB")


if __name__ == "__main__":
    main()
