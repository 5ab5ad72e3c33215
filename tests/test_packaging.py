"""The wheel holds the four packages with their data, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {"dyadgraph", "ingest", "graphapi", "viz"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Names of the files in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_wheel_has_exactly_four_packages(wheel):
    tops = {name.partition("/")[0] for name in wheel if ".dist-info/" not in name}
    assert tops == PACKAGES


@pytest.mark.parametrize(
    "name",
    [
        "dyadgraph/ontology/consult.toml",
        "dyadgraph/store/schema.sql",
        "dyadgraph/store/schema.cypher",
        "dyadgraph/gazetteer/aliases.toml",
        "dyadgraph/samples/2024-06-20-putin-pyongyang-treaty.txt",
        "dyadgraph/py.typed",
        "ingest/model/gate.npz",
        "ingest/model/pairs.npz",
        "ingest/model/pair_encoder/encoder.onnx",
        "ingest/model/en_core_news_open/meta.json",
        "graphapi/pages/templates/home.html",
    ],
)
def test_wheel_carries_its_data(wheel, name):
    assert name in wheel


def test_wheel_carries_licence_and_notice(wheel):
    names = {Path(name).name for name in wheel if ".dist-info/" in name}
    assert {"LICENSE", "NOTICE"} <= names


def test_lock_pins_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf8")
    for line in project["dependencies"]:
        name = line.partition(">")[0].partition("[")[0]
        assert f"\n{name}==" in f"\n{lock}", name
