"""Foreign bytes in, plain values out: parsers that bad input can stall or bloat run in a process of their own.

The child holds one parser library at a time in use, is limited in memory, and is killed when an answer takes too
long; the next question starts a new one. What it answers is JSON, so that nothing it says can act on us.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import threading
from typing import IO, Any, Self

from dyadgraph.errors import ArticleError

SECONDS = 6.0
FRAME = struct.Struct(">I")
# An answer is text that was cut out of at most `max_bytes` of input; whatever is longer is no answer.
LONGEST_ANSWER = 64_000_000


class Sandbox:
    """A parser process, started when first needed; safe to share between threads."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def parse(self, parser: str, content: bytes, place: str, **options: Any) -> Any:
        """Return what the parser of that name (`child.PARSERS`) makes of the bytes.

        Raises ArticleError, naming the place, for what it cannot read in time and memory.
        """
        with self._lock:
            answer = self._ask(json.dumps({"parser": parser, **options}).encode(), content, place)
        if "error" in answer:
            raise ArticleError(f"{place}: {answer['error']}")
        return answer["found"]

    def _ask(self, question: bytes, content: bytes, place: str) -> dict[str, Any]:
        child = self._child if self._child and self._child.poll() is None else self._start()
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        # The first answer also waits for the child to load its library.
        timer = threading.Timer(self.seconds, stop)
        timer.start()
        try:
            raw = _exchange(child, question, content)
        except (OSError, EOFError) as exc:
            self.close()
            why = f"takes longer than {self.seconds:g} s to read" if late.is_set() else "stopped its parser"
            raise ArticleError(f"{place}: {why}; leave it out, or give its text") from exc
        finally:
            timer.cancel()
        answer: dict[str, Any] = json.loads(raw)
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "ingest.readers.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._child

    def close(self) -> None:
        """End the parser process; the next question starts another."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be written has nobody to read it
                    continue

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _exchange(child: subprocess.Popen[bytes], question: bytes, content: bytes) -> bytes:
    if child.stdin is None or child.stdout is None:
        raise EOFError
    for part in (question, content):
        write_frame(child.stdin, part)
    child.stdin.flush()
    return read_frame(child.stdout)


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Write bytes with their length before them."""
    stream.write(FRAME.pack(len(content)))
    stream.write(content)


def read_frame(stream: IO[bytes]) -> bytes:
    """Read bytes that `write_frame` wrote; raises EOFError where the other side ended."""
    head = stream.read(FRAME.size)
    if len(head) < FRAME.size:
        raise EOFError
    (length,) = FRAME.unpack(head)
    if length > LONGEST_ANSWER:
        raise EOFError
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content
