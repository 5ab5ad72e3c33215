"""A real Chromium for the tests of pages: started once, and what a page asked and complained about."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class BrowserUnavailableError(Exception):
    """There is no Chromium or no playwright here; the message says which."""


@contextlib.contextmanager
def run_browser():
    """Start the Chromium that DYADGRAPH_CHROMIUM names, else the system's."""
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415
    except ImportError as exc:
        raise BrowserUnavailableError("playwright is not installed: pip install -e .[dev]") from exc
    address = os.environ.get("DYADGRAPH_CHROMIUM", CHROMIUM)
    if not Path(address).is_file():
        raise BrowserUnavailableError(f"{address} does not exist: apt install chromium, or set DYADGRAPH_CHROMIUM")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=address, args=list(FLAGS))
        except Error as exc:
            raise BrowserUnavailableError(f"{address} does not start: {exc}") from exc
        yield browser
        browser.close()


class Visit:
    """An open page; `requests` are the addresses it asked for, `complaints` its console's errors."""

    def __init__(self, context):
        self.context = context
        self.page = context.new_page()
        self.requests = []
        self.complaints = []
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_request(self, request):
        if not request.url.startswith(("data:", "blob:")):
            self.requests.append(request.url)

    def _note_console(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@contextlib.contextmanager
def visit_map(browser, path, *, address="", **options):
    """Open a map's file with the network off and wait until it is drawn; `address` is what follows the #."""
    options.setdefault("viewport", {"width": 1280, "height": 800})
    context = browser.new_context(**options)
    context.set_offline(True)
    visit = Visit(context)
    visit.page.goto(path.as_uri() + (f"#{address}" if address else ""))
    visit.page.wait_for_selector("html[data-ready]", timeout=20_000)
    try:
        yield visit
    finally:
        context.close()
