"""The parser process: `python -m ingest.readers.child` answers the questions of `Sandbox` until its input ends."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from dyadgraph.errors import ArticleError
from ingest.readers.feed import parse_feed
from ingest.readers.html import parse_html
from ingest.readers.pdf import parse_pdf
from ingest.readers.sandbox import read_frame, write_frame
from ingest.readers.sitemap import parse_sitemap

PARSERS: dict[str, Callable[..., Any]] = {
    "html": parse_html,
    "pdf": parse_pdf,
    "feed": parse_feed,
    "sitemap": parse_sitemap,
}
# What one input may take beside the interpreter and its libraries; a page of 2 MB takes some 40 MB.
MEMORY = 160_000_000
RECURSION = 5_000


def main() -> None:
    """Answer questions until there are no more."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not write into the answers
    while True:
        try:
            question, content = json.loads(read_frame(source)), read_frame(source)
        except EOFError:
            return
        _tell(target, _answer(question, content))


def _answer(question: dict[str, Any], content: bytes) -> dict[str, Any]:
    parser = PARSERS[question.pop("parser")]
    try:
        _limit_memory()
        return {"found": parser(content, **question)}
    except ArticleError as exc:
        return {"error": str(exc)}
    except MemoryError:
        return {"error": "takes too much memory to read; leave it out, or give its text"}
    except RecursionError:
        return {"error": "is nested too deeply to read; leave it out, or give its text"}
    except Exception as exc:  # noqa: BLE001  (parsers of foreign bytes raise whatever comes; one input must not end a job)
        return {"error": f"cannot be read ({type(exc).__name__}: {str(exc)[:200]}); check that it is whole"}


def _tell(target: IO[bytes], answer: dict[str, Any]) -> None:
    write_frame(target, json.dumps(answer).encode())
    target.flush()
    gc.collect(0)


def _limit_memory() -> None:
    """Cap what the process may take at what it has now and MEMORY; where the system cannot, time alone is capped."""
    try:
        import resource  # noqa: PLC0415  (there is none on Windows)

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    limit = pages * resource.getpagesize() + MEMORY
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


if __name__ == "__main__":
    main()
