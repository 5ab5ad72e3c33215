"""Verdicts in, the tables of docs/accuracy.md out, as Markdown ready to paste; and the calibration error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from bench.judging import Claim, Verdict

BINS = 10
BANDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


def calibration_error(claims: Sequence[Claim]) -> float:
    """Return the expected calibration error over ten equal bins of confidence."""
    error = 0.0
    for place in range(BINS):
        inside = [c for c in claims if min(int(c.confidence * BINS), BINS - 1) == place]
        if inside:
            error += abs(sum(c.right for c in inside) - sum(c.confidence for c in inside))
    return error / max(len(claims), 1)


def to_dict(verdict: Verdict, sure: float) -> dict[str, Any]:
    """Return the figures of a set by name, as the JSON has them."""
    share, count = verdict.precision(sure)
    names = ("precision", "recall", "f1")
    return {
        "sentences": verdict.sentences,
        "typed": dict(zip(names, verdict.typed(), strict=True)),
        "pair": dict(zip(names, verdict.paired(), strict=True)),
        "status_right": verdict.status_right(),
        "calibration_error": calibration_error(verdict.claims),
        "sure": {"least": sure, "precision": share, "claims": count, "of": len(verdict.claims)},
        "types": {
            name: dict(zip(names, _part(verdict, "type", name).typed(), strict=True))
            for name in _names(label.type for label in verdict.labels)
        },
    }


def write_headline(verdicts: Mapping[str, Verdict], sure: float) -> Iterator[str]:
    """Yield the table of sets: typed, pair, status, calibration, precision of the sure ones."""
    yield "| set | sentences | typed P / R / F1 | pair P / R / F1 | status right | calibration | precision when sure |"
    yield "|---|---|---|---|---|---|---|"
    for name, verdict in verdicts.items():
        share, count = verdict.precision(sure)
        yield (
            f"| {name} | {verdict.sentences} | {_three(verdict.typed())} | {_three(verdict.paired())} | "
            f"{_two(verdict.status_right())} | {calibration_error(verdict.claims):.3f} | "
            f"{_two(share)} ({count} of {len(verdict.claims)} claims ≥ {sure:g}) |"
        )


def write_corpora(verdict: Verdict) -> Iterator[str]:
    """Yield the table by source corpus."""
    yield "| source | labelled | typed P / R / F1 | pair F1 |"
    yield "|---|---|---|---|"
    for corpus in _names(label.corpus for label in verdict.labels):
        part = replace(_part(verdict, "corpus", corpus), wrong_pairs=(corpus,) * verdict.wrong_pairs.count(corpus))
        yield f"| {corpus} | {len(part.labels)} | {_three(part.typed())} | {_two(part.paired()[2])} |"


def write_types(verdict: Verdict) -> Iterator[str]:
    """Yield the table by PLOVER type, the most frequent first."""
    yield "| type | labelled | found | claimed | right | P / R / F1 |"
    yield "|---|---|---|---|---|---|"
    for name in _names(each.type for each in (*verdict.labels, *verdict.claims)):
        part = _part(verdict, "type", name)
        found, right = sum(label.found for label in part.labels), sum(claim.right for claim in part.claims)
        figures = _three(part.typed())
        yield f"| {name} | {len(part.labels)} | {found} | {len(part.claims)} | {right} | {figures} |"


def write_bands(verdict: Verdict) -> Iterator[str]:
    """Yield the table by confidence: what each band holds, and what one gets from it upwards."""
    yield "| confidence | claims | right | claims from here up | right from here up |"
    yield "|---|---|---|---|---|"
    for low, high in zip(BANDS, (*BANDS[1:], 1.01), strict=True):
        inside = [claim.right for claim in verdict.claims if low <= claim.confidence < high]
        share, count = verdict.precision(low)
        if inside:
            own = _two(sum(inside) / len(inside))
            yield f"| {low:g}–{min(high, 1):g} | {len(inside)} | {own} | {count} | {_two(share)} |"


def write_statuses(verdict: Verdict) -> Iterator[str]:
    """Yield the table by the status claimed, of the relations that are right."""
    yield "| status claimed | relations found | status right |"
    yield "|---|---|---|"
    for name in _names(claim.status for claim in verdict.claims):
        known = [c.status_right for c in verdict.claims if c.status == name and c.status_right is not None]
        if known:
            yield f"| {name} | {len(known)} | {_two(sum(known) / len(known))} |"


def write_ablation(verdicts: Mapping[str, Mapping[str, Verdict]]) -> Iterator[str]:
    """Yield the table of coders that lack a part: variant -> set -> verdict."""
    sets = list(next(iter(verdicts.values())))
    yield "| coder | " + " | ".join(f"{name}: typed P / R / F1, pair F1" for name in sets) + " |"
    yield "|---" * (len(sets) + 1) + "|"
    for variant, found in verdicts.items():
        cells = [f"{_three(found[name].typed())}, {_two(found[name].paired()[2])}" for name in sets]
        yield f"| {variant} | " + " | ".join(cells) + " |"


def _part(verdict: Verdict, field: Literal["corpus", "type"], value: str) -> Verdict:
    claims = tuple(each for each in verdict.claims if getattr(each, field) == value)
    labels = tuple(each for each in verdict.labels if getattr(each, field) == value)
    return replace(verdict, claims=claims, labels=labels)


def _names(given: Iterable[str]) -> list[str]:
    """Return names, the most frequent first."""
    count: dict[str, int] = {}
    for name in given:
        count[name] = count.get(name, 0) + 1
    return sorted(count, key=lambda name: (-count[name], name))


def _three(figures: tuple[float, float, float]) -> str:
    return " / ".join(map(_two, figures))


def _two(share: float) -> str:
    return f"{share:.2f}".removeprefix("0")
