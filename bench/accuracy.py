"""How right the relations are: the coder against labels, by the field's measures.

`python bench/accuracy.py [--data ../shared/data] [--quick] [--json]` codes the seed article and the dev set,
scores them with the scorer that lies beside the labels, and counts the labelled actors that are found. Exits 0 where
the goals hold, 1 where one is missed, 2 where the labels are not there.

`--tables` prints the tables of docs/accuracy.md instead (by type, source, confidence, status), `--ablate` what each
part is worth, `--models FOLDER …` what models trained elsewhere reach, as those of a learning curve; `--sets dev,held`
chooses the labels: `seed`, `dev`, `held` (the fifth never learned from), `tuning`. With `--json` all of it is JSON.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import accuracy_tables as tables
from bench.ablation import list_variants, with_models
from bench.actors import measure_actors
from bench.judging import judge, load_scorer, read_set
from dyadgraph.settings import Settings
from graphapi.wiring import Workbench
from ingest.coder import Coder

# Set, measure, figure, least value.
GOALS = (
    ("seed", "typed", "f1", 0.92),
    ("seed", "typed", "precision", 0.95),
    ("dev", "typed", "f1", 0.52),
    ("dev", "pair", "f1", 0.72),
    ("dev", "named", "f1", 0.45),
    ("dev", "actors", "kept", 0.97),
    ("dev", "actors", "actors", 0.92),
    ("dev", "actors", "pairs", 0.90),
    ("wce", "actors", "pairs", 0.90),
)
SETS = ("seed", "dev")
ACTOR_SETS = ("dev", "wce")
SURE = 0.7
QUICK = 300  # sentences of each set
TABLES = {
    "type": tables.write_types,
    "source": tables.write_corpora,
    "confidence": tables.write_bands,
    "status": tables.write_statuses,
}
ACTOR_FIGURES = {"kept": "relation sentences kept", "actors": "actors found", "pairs": "pairs reached"}


def score(gold: Path, labels: Path, texts: Path, *, boot: int) -> dict[str, Any]:
    """Code a set of sentences and return the scorer's figures by measure (typed, pair, named)."""
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        command = [sys.executable, "-m", "graphapi", "code", "--input", str(texts), "--output", str(predictions)]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        command = [sys.executable, str(gold / "score.py"), str(labels), "--pred", str(predictions), "--json"]
        done = subprocess.run([*command, "--boot", str(boot)], check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def print_tables(given: argparse.Namespace, coder: Coder) -> None:
    """Judge the chosen sets and print what was asked for."""
    scorer = load_scorer(given.data / "gold")
    rows = {name: read_set(given.data, name) for name in given.sets.split(",")}
    if given.quick:
        rows = {name: some[:QUICK] for name, some in rows.items()}
    variants = list_variants(coder) if given.ablate else {"shipped": coder.code_sentences}
    for folder in given.models:
        variants[folder.name] = with_models(coder, folder).code_sentences
    verdicts = {
        variant: {name: judge(scorer, some, code) for name, some in rows.items()} for variant, code in variants.items()
    }
    first = next(iter(verdicts.values()))
    if given.json:
        print(
            json.dumps(
                {
                    variant: {name: tables.to_dict(v, SURE) for name, v in own.items()}
                    for variant, own in verdicts.items()
                }
            )
        )
        return
    print("\n".join(["### Sets\n", *tables.write_headline(first, SURE)]))
    if given.ablate or given.models:
        print("\n".join(["\n### What each part is worth\n", *tables.write_ablation(verdicts)]))
    if given.tables:
        for name, verdict in first.items():
            for title, write in TABLES.items():
                print("\n".join([f"\n### {name}: by {title}\n", *write(verdict)]))


def main() -> int:
    """Score the sets, print the figures last, and say by the exit code whether the goals hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--quick", action="store_true", help="No confidence intervals.")
    parser.add_argument("--json", action="store_true", help="Print JSON.")
    parser.add_argument("--tables", action="store_true", help="Print the tables of docs/accuracy.md.")
    parser.add_argument("--ablate", action="store_true", help="Measure coders that lack a part.")
    parser.add_argument("--models", type=Path, nargs="+", default=[], help="Folders of pair models to measure too.")
    parser.add_argument("--sets", default="dev,held,seed", help="Sets of --tables, --ablate and --models.")
    given = parser.parse_args()
    gold = given.data / "gold"
    if not (gold / "score.py").exists():
        print(f"{gold}: holds no labels; give their folder with --data", file=sys.stderr)
        return 2
    coder = Workbench(Settings.from_environment()).coder
    if given.tables or given.ablate or given.models:
        print_tables(given, coder)
        return 0
    boot = 2 if given.quick else 1000
    found = {name: score(gold, gold / f"{name}.jsonl", gold / f"{name}.text.jsonl", boot=boot) for name in SETS}
    for name, shares in measure_actors(coder, given.data, ACTOR_SETS).items():
        found.setdefault(name, {})["actors"] = shares
    missed = [goal for goal in GOALS if found[goal[0]][goal[1]][goal[2]] < goal[3]]
    if given.json:
        print(json.dumps({"figures": found, "missed": missed}))
    else:
        for name, measures in found.items():
            for measure, figures in measures.items():
                shown = ACTOR_FIGURES if measure == "actors" else dict.fromkeys(("precision", "recall", "f1"), "")
                numbers = "  ".join(f"{label or key} {figures[key]:.3f}" for key, label in shown.items())
                print(f"{name:5} {measure:6} {numbers}")
        for name, measure, key, least in missed:
            print(f"missed: {name} {measure} {key} >= {least}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
