from __future__ import annotations

import pytest

from bench import accuracy_tables as tables
from bench.judging import Claim, Label, Verdict

CLAIMS = (
    Claim("voa", "ASSAULT", 0.95, True, True, "occurred"),
    Claim("voa", "ASSAULT", 0.85, True, False, "planned"),
    Claim("afp", "AID", 0.35, False, None, "occurred"),
)
LABELS = (
    Label("s1", ("ISR", "SYR"), "voa", "ASSAULT", True, True),
    Label("s2", ("RUS", "UKR"), "voa", "ASSAULT", True, True),
    Label("s3", ("FRA", "MLI"), "afp", "AID", False, True),
    Label("s4", ("CHN", "USA"), "afp", "ACCUSE", False, False),
)
VERDICT = Verdict(9, CLAIMS, LABELS, ("afp",))


def test_precision_recall_and_f1_are_of_triples():
    precision, recall, f1 = VERDICT.typed()
    assert (precision, recall) == (pytest.approx(2 / 3), 0.5)
    assert f1 == pytest.approx(4 / 7)


def test_pairs_count_once_whatever_the_type():
    assert VERDICT.paired()[:2] == (0.75, 0.75)


def test_precision_of_the_sure_leaves_the_unsure_out():
    assert VERDICT.precision(0.7) == (1.0, 2)


def test_status_counts_where_the_relation_is_right():
    assert VERDICT.status_right() == 0.5


def test_calibration_error_is_weighed_by_bins():
    assert tables.calibration_error(CLAIMS) == pytest.approx((0.05 + 0.15 + 0.35) / 3)
    assert tables.calibration_error(()) == 0


def test_nothing_claimed_and_nothing_labelled_divides_by_nothing():
    empty = Verdict(0, (), (), ())
    assert empty.typed() == (0, 0, 0)
    assert tables.to_dict(empty, 0.7)["status_right"] == 0


@pytest.mark.parametrize("write", [tables.write_types, tables.write_corpora, tables.write_bands, tables.write_statuses])
def test_tables_have_as_many_cells_in_every_row(write):
    lines = list(write(VERDICT))
    assert len(lines) > 2
    assert len({line.count("|") for line in lines}) == 1


def test_table_by_source_has_the_wrong_pairs_of_its_source():
    rows = {line.split(" | ")[0].strip("| "): line for line in tables.write_corpora(VERDICT)}
    assert "1.00 / 1.00 / 1.00" in rows["voa"]
    assert rows["afp"].endswith("| .50 |")


def test_headline_and_ablation_name_their_sets():
    assert "| dev | 9 |" in "\n".join(tables.write_headline({"dev": VERDICT}, 0.7))
    assert "| rules alone | .67 / .50 / .57, .75 |" in "\n".join(
        tables.write_ablation({"rules alone": {"dev": VERDICT}})
    )
