"""The page's scripts and styles, read once, and the policy that lets only them run."""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from viz import style

HERE = Path(__file__).parent
SCRIPTS = (
    "dom.js",
    "model.js",
    "filters.js",
    "looks.js",
    "paint.js",
    "labels.js",
    "stage.js",
    "panel.js",
    "controls.js",
    "table.js",
    "world.js",
    "expand.js",
    "exports.js",
    "boot.js",
)


@dataclass(frozen=True, slots=True)
class Assets:
    """Everything a page carries beside its data.

    `library` is the drawing library, gzip in base64: a third of its size; the script unpacks it and the
    policy lets it run because its hash is known. `library_hash`, `script_hash`, `style_hash` are CSP sources.
    """

    style: str
    script: str
    library: str
    library_hash: str
    script_hash: str
    style_hash: str


@cache
def load_assets(library: Path) -> Assets:
    """Read the page's own files and the drawing library."""
    parts = "\n".join((HERE / "static" / name).read_text(encoding="utf8") for name in SCRIPTS)
    script = f"(function () {{\n'use strict';\n{parts}\n}})();"
    css = style.to_css() + (HERE / "static" / "map.css").read_text(encoding="utf8")
    code = library.read_bytes()
    packed = base64.b64encode(gzip.compress(code, mtime=0)).decode("ascii")
    return Assets(css, script, packed, csp_hash(code), csp_hash(script.encode("utf8")), csp_hash(css.encode("utf8")))


@cache
def load_templates() -> Environment:
    """Return the one Jinja environment, so that a template is compiled once."""
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True)
    # Sorted keys would lose the order of the legend.
    environment.policies["json.dumps_kwargs"] = {"sort_keys": False, "separators": (",", ":"), "ensure_ascii": False}
    return environment


def csp_hash(content: bytes) -> str:
    """Return the CSP source that allows exactly this content."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode('ascii')}'"


def content_policy(assets: Assets, *, served: bool) -> str:
    """Return the policy of a page; only a served one may ask its own server."""
    own, none = (" 'self'", "") if served else ("", " 'none'")
    return "; ".join((
        "default-src 'none'",
        f"script-src {assets.script_hash} {assets.library_hash}",
        f"style-src {assets.style_hash}",
        f"img-src data: blob:{own}",
        f"connect-src{own}{none}",
        "base-uri 'none'",
        "form-action 'none'",
    ))  # fmt: skip
