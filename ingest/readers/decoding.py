"""Bytes in, text out, or an ArticleError that says what is wrong with them."""

from __future__ import annotations

from dyadgraph.errors import ArticleError


def decode(content: bytes, place: str, max_characters: int) -> str:
    """Decode UTF-8 text; raises ArticleError for empty, binary, badly encoded or too long content."""
    if not content.strip():
        raise ArticleError(f"{place}: is empty; nothing to read")
    if b"\0" in content:
        raise ArticleError(f"{place}: is binary, not text; give a UTF-8 text file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        if len(content) > 4 * max_characters:
            raise _too_long(place, max_characters) from exc
        raise ArticleError(f"{place}: byte {exc.start} is not UTF-8; save the file as UTF-8") from exc
    if len(text) > max_characters:
        raise _too_long(place, max_characters)
    return text


def _too_long(place: str, max_characters: int) -> ArticleError:
    return ArticleError(
        f"{place}: is longer than {max_characters:,} characters; split it, or raise DYADGRAPH_MAX_ARTICLE"
    )
