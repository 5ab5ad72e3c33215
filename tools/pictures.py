"""Make the pictures of the documentation: maps as they look in light, in dark and on a phone.

    python -m tools.pictures samples.html article.html [docs/pictures]

Of the map of all samples map.png, map-dark.png, map-phone.png and map-evidence.png (the strongest relation chosen), of
that of the article about Pyongyang article.png (the visit chosen); network off.
Needs playwright and a Chromium (DYADGRAPH_CHROMIUM names another than /usr/bin/chromium).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
SCREEN = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}


def main(source: Path, article: Path, folder: Path) -> None:
    """Write every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = os.environ.get("DYADGRAPH_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        take(browser, source, folder / "map.png", SCREEN)
        take(browser, source, folder / "map-dark.png", SCREEN | {"color_scheme": "dark"})
        take(browser, source, folder / "map-phone.png", PHONE)
        take(browser, source, folder / "map-evidence.png", SCREEN, choose="#panel .relation")
        take(browser, article, folder / "article.png", SCREEN, choose='#panel .relation:has-text("visited")')
        browser.close()


def take(browser: Browser, source: Path, picture: Path, options: dict[str, Any], choose: str | None = None) -> None:
    """Open the map, choose the first element that fits `choose`, and write what is seen."""
    context = browser.new_context(**options)
    context.set_offline(True)
    page = context.new_page()
    page.goto(source.resolve().as_uri())
    page.wait_for_selector("html[data-ready]")
    if choose:
        page.locator(choose).first.click()
        page.mouse.move(0, 0)
    # Flags are decoded beside the first drawing.
    page.wait_for_timeout(300)
    page.screenshot(path=picture)
    context.close()
    print(f"{picture}: {picture.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else PICTURES)
