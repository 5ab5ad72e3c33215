"""No file stalls or bloats the reading of the others; every one of them is told in the counts.

DYADGRAPH_TEST_BAD_FILES=2000 makes so many files of broken bytes (`make test`: 150).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bombs import make_bad_files, make_bombs

from dyadgraph.store import open_store
from ingest.job import run_job
from ingest.readers import Sandbox, read

HERE = Path(__file__).parent
BAD_FILES = int(os.environ.get("DYADGRAPH_TEST_BAD_FILES", "150"))
LONGEST = 10.0
"""Seconds that a file may take."""
LARGEST = 300 * 1024
"""KiB that the reading process and its parsers may take."""
# What a process that was forked took before it became this one counts in ru_maxrss, but not in VmHWM.
READ_ALL = """
import json, resource, sys, time
from pathlib import Path
from ingest.readers import Rejected, Sandbox, read
def peak():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
with Sandbox() as sandbox:
    for place in sys.argv[1:]:
        begun = time.monotonic()
        items = [isinstance(item, Rejected) for item in read(place, sandbox=sandbox)]
        took = time.monotonic() - begun
        print(json.dumps([place, took, len(items), sum(items), peak()]))
print(json.dumps(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
"""


def test_bombs_are_read_in_time_and_memory_or_told(tmp_path):
    bombs = make_bombs(tmp_path)
    assert len(bombs) >= 60
    ran = subprocess.run(
        [sys.executable, "-c", READ_ALL, *map(str, bombs)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    *rows, children = map(json.loads, ran.stdout.splitlines())
    assert [row[0] for row in rows] == [str(each) for each in bombs]
    assert [(row[0], row[1]) for row in rows if row[1] > LONGEST] == []
    assert [row[0] for row in rows if row[2] == 0] == []
    assert max(row[4] for row in rows) <= LARGEST, next(row[0] for row in rows if row[4] > LARGEST)
    assert children <= LARGEST


@pytest.fixture
def store(sqlite_settings, ontology):
    store = open_store(sqlite_settings.store, sqlite_settings, ontology)
    yield store
    store.close()


def test_broken_bytes_never_stop_a_job_and_the_counts_add_up(tmp_path, coder, store, journal):
    folder = tmp_path / "bad"
    folder.mkdir()
    files = make_bad_files(folder, HERE / "samples", BAD_FILES)
    with Sandbox() as sandbox:
        items = (item for path in files for item in read(path, sandbox=sandbox))
        report = run_job(items, coder, store, journal=journal)
    assert report.read >= BAD_FILES
    assert report.read == report.stored + report.duplicates + report.skipped + report.quarantined
    assert report.quarantined
    assert store.check() == ()
