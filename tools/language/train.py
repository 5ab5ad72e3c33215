"""Train the pipeline that ships: `python -m tools.language.train [--data ../shared/data] [--out DIR] [--quick]`.

The parser learns in one process. In another the same model is trained for a short while, and the entity
recognizer begins with the embedding that has come of it: about half an hour on two idle cores.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
DATA = Path("../shared/data")
OUT = Path("ingest/model/en_core_news_open")
WARM_STEPS = 2500
QUICK_STEPS = 40
NEEDED = ("treebanks/ewt-train.conllu", "treebanks/gum-open-train.conllu", "ner/EWT-dev.iob2", "news/voa.jsonl")
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def main(arguments: list[str] | None = None) -> int:
    """Parse arguments, train, write the pipeline."""
    parser = argparse.ArgumentParser(prog="python -m tools.language.train", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with treebanks/, ner/ and news/")
    parser.add_argument("--out", type=Path, default=OUT, help="where the pipeline goes; what stands there is replaced")
    parser.add_argument("--quick", action="store_true", help="a few steps only, to see that all works")
    chosen = parser.parse_args(arguments)
    missing = [name for name in NEEDED if not (chosen.data / name).is_file()]
    if missing:
        print(f"{chosen.data}: no {', '.join(missing)}; name the corpora's folder with --data", file=sys.stderr)
        return 1
    # spaCy computes on as many threads as there are cores; two processes of one thread each are faster.
    os.environ.update(ONE_THREAD)
    with TemporaryDirectory() as folder:
        train(chosen.data, chosen.out, Path(folder), quick=chosen.quick)
    print(f"written to {chosen.out}; measure it with: python -m tools.language.evaluate {chosen.out}")
    return 0


def train(data: Path, out: Path, folder: Path, *, quick: bool) -> None:
    """Train both halves side by side in `folder` and write the joined pipeline to `out`."""
    from tools.language.assembly import assemble  # noqa: PLC0415  (numpy reads the thread count when imported)

    steps = {"training.max_steps": QUICK_STEPS, "training.eval_frequency": QUICK_STEPS} if quick else {}
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=2, mp_context=context) as pool:
        syntax = pool.submit(_train_syntax, data, folder / "syntax", steps)
        entities = pool.submit(_train_entities, data, folder / "entities", steps)
        parts = syntax.result(), entities.result()
    shutil.rmtree(out, ignore_errors=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    assemble(*parts, out)


def _train_syntax(data: Path, out: Path, overrides: dict[str, int]) -> Path:
    from tools.language.stages import train_stage  # noqa: PLC0415

    return train_stage(HERE / "syntax.cfg", out, {"paths.data": str(data), **overrides})


def _train_entities(data: Path, out: Path, overrides: dict[str, int]) -> Path:
    from tools.language.stages import train_stage  # noqa: PLC0415

    warm = _train_syntax(data, out / "warm", {"training.max_steps": WARM_STEPS, **overrides})
    paths = {"paths.data": str(data), "paths.tok2vec": str(warm)}
    return train_stage(HERE / "entities.cfg", out, {**paths, **overrides})


if __name__ == "__main__":
    raise SystemExit(main())
