"""The commands, one file a job; each imports what it needs when it runs, so that `--help` stays quick."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphapi.wiring import Workbench


@contextmanager
def open_workbench() -> Iterator[Workbench]:
    """Give the parts as the environment's settings say, and close them afterwards."""
    from dyadgraph.settings import Settings  # noqa: PLC0415
    from graphapi.wiring import Workbench  # noqa: PLC0415

    bench = Workbench(Settings.from_environment())
    try:
        yield bench
    finally:
        bench.close()
