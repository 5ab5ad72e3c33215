from __future__ import annotations

import numpy as np
import pytest

from ingest.piece_table import BLOCK, STEPS, load_piece_table, pack_pieces

ROWS = np.random.default_rng(3).normal(0, 0.05, (20, 4 * BLOCK)).astype(np.float32)


def test_packed_number_is_at_most_half_a_step_off():
    unpacked = pack_pieces(ROWS).rows(range(len(ROWS)))
    steps = np.abs(ROWS).reshape(20, 4, BLOCK).max(-1, keepdims=True) / STEPS
    off = np.abs(unpacked - ROWS).reshape(20, 4, BLOCK)
    assert (off <= steps * 0.51).all()


def test_rows_come_in_the_order_asked_for():
    table = pack_pieces(ROWS)
    assert table.rows([7, 2, 7]) == pytest.approx(table.rows(range(20))[[7, 2, 7]])


def test_row_of_noughts_stays_nought():
    assert not pack_pieces(np.zeros((1, BLOCK), dtype=np.float32)).rows([0]).any()


def test_table_survives_its_file(tmp_path):
    table = pack_pieces(ROWS)
    table.save(tmp_path / "pieces.npz")
    assert load_piece_table(tmp_path / "pieces.npz").rows([0, 19]) == pytest.approx(table.rows([0, 19]))
