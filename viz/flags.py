"""Small pictures of flags by code, from viz/static/flags/ (made by tools/flags.py)."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "flags"
MEDIA_TYPE = "image/webp"
CODE = re.compile(r"[A-Z]{2,5}")


@dataclass(frozen=True, slots=True)
class Flag:
    """A square picture, WebP."""

    content: bytes

    def to_data_url(self) -> str:
        """Return an address that holds the picture itself."""
        return f"data:{MEDIA_TYPE};base64,{base64.b64encode(self.content).decode('ascii')}"


def find_flag(code: str) -> Flag | None:
    """Return the flag of a code (ISO 3166-1 alpha-3, or of the organisations that have one), None without."""
    if not CODE.fullmatch(code):
        return None
    path = FOLDER / f"{code}.webp"
    return Flag(path.read_bytes()) if path.is_file() else None


def find_flags(codes: Iterable[str]) -> dict[str, Flag]:
    """Return the flags there are of these codes, in order of code."""
    found = {code: find_flag(code) for code in sorted(set(codes))}
    return {code: flag for code, flag in found.items() if flag}


def list_flags() -> list[str]:
    """Return the codes that have a flag, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.webp"))
