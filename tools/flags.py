"""Make viz/static/flags/ from the npm package flag-icons: one small WebP picture per code.

    npm install --prefix .work/flags flag-icons i18n-iso-countries
    pip install pillow playwright
    python -m tools.flags .work/flags/node_modules

A Chromium draws the flags (DYADGRAPH_CHROMIUM names another than /usr/bin/chromium), Pillow packs them. Not SVG:
some are 180 KB, and a browser takes 2 ms to read even the smallest. Both packages (pictures, codes) are MIT.
"""

from __future__ import annotations

import base64
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FLAGS = Path(__file__).parent.parent / "viz" / "static" / "flags"
SIDE = 112
QUALITY = 60
ORGANIZATIONS = {"un": "UNO", "eu": "EUU", "asean": "ASEAN", "arab": "LAS"}
DRAW = """async ([svg, side]) => {
    const image = new Image();
    image.src = 'data:image/svg+xml;base64,' + svg;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = side;
    canvas.getContext('2d').drawImage(image, 0, 0, side, side);
    return canvas.toDataURL('image/png').split(',')[1];
}"""


def main(packages: Path) -> None:
    """Write one file per country that has a flag, named by its ISO 3166-1 alpha-3 code."""
    rows = json.loads((packages / "i18n-iso-countries" / "codes.json").read_text(encoding="utf8"))
    codes = {alpha2.lower(): alpha3 for alpha2, alpha3, *_ in rows} | {"xk": "XKX"} | ORGANIZATIONS
    FLAGS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = os.environ.get("DYADGRAPH_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        sizes = [
            write_flag(page, (packages / "flag-icons" / "flags" / "1x1" / f"{short}.svg"), code)
            for short, code in sorted(codes.items())
        ]
        browser.close()
    print(f"{len(sizes)} flags, {sum(sizes)} bytes, largest {max(sizes)}")


def write_flag(page: Page, source: Path, code: str) -> int:
    """Write one flag, lossless where that is smaller; returns its size in bytes."""
    # A size, without which Firefox does not draw an SVG on a canvas.
    svg = source.read_text(encoding="utf8").replace("<svg ", f'<svg width="{SIDE}" height="{SIDE}" ', 1)
    text = base64.b64encode(svg.encode("utf8")).decode("ascii")
    png = base64.b64decode(page.evaluate(DRAW, [text, SIDE]))
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    packed = [pack(picture, lossless=True, quality=100), pack(picture, quality=QUALITY)]
    return (FLAGS / f"{code}.webp").write_bytes(min(packed, key=len))


def pack(picture: Image.Image, **options: Any) -> bytes:
    """Return a picture as WebP."""
    content = io.BytesIO()
    picture.save(content, "WEBP", method=6, **options)
    return content.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
