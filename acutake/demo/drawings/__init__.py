"""The demonstration content's drawings, as programs: SVG in ink and jade, rasterized to PNG.

Nothing here runs on a site; `python -m acutake.demo.drawings --fonts DIR` makes the files that
are kept in `acutake/demo/content/images/` and `acutake/static/`.
"""
