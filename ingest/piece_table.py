"""Numbers of word pieces in, their vectors out: a table kept in 4 bits a number, unpacked row by row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

BLOCK = 32
"""Numbers of a row that share a scale."""
STEPS = 7
"""Whole steps on either side of nought that a number is rounded to."""
LEAST_SCALE = 1e-6


@dataclass(frozen=True, slots=True)
class PieceTable:
    """`codes` (pieces, width / 2) holds two numbers a byte, the first in its low half; `scales` (pieces, blocks)."""

    codes: NDArray[np.uint8]
    scales: NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.codes)

    def rows(self, pieces: Sequence[int]) -> NDArray[np.float32]:
        """Return the vectors of pieces, (pieces, width)."""
        import numpy as np  # noqa: PLC0415

        codes = self.codes[np.asarray(pieces)]
        steps = np.stack([codes & 15, codes >> 4], axis=-1).reshape(len(codes), -1, BLOCK).astype(np.float32)
        scales = self.scales[np.asarray(pieces)].astype(np.float32)
        return np.asarray(((steps - STEPS) * scales[:, :, None]).reshape(len(codes), -1), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the table in the form that `load_piece_table` reads."""
        import numpy as np  # noqa: PLC0415

        np.savez(path, codes=self.codes, scales=self.scales)


def pack_pieces(rows: NDArray[np.float32]) -> PieceTable:
    """Round vectors (pieces, width) to whole steps of their block's scale."""
    import numpy as np  # noqa: PLC0415

    blocks = rows.reshape(len(rows), -1, BLOCK)
    scales = (np.maximum(np.abs(blocks).max(-1), LEAST_SCALE) / STEPS).astype(np.float16)
    steps = np.clip(np.round(blocks / scales[:, :, None].astype(np.float32)), -STEPS, STEPS) + STEPS
    codes = steps.reshape(len(rows), -1).astype(np.uint8)
    return PieceTable(codes[:, 0::2] | codes[:, 1::2] << 4, scales)


def load_piece_table(path: Path) -> PieceTable:
    """Load a table; raises OSError, ValueError or KeyError where the file is damaged."""
    import numpy as np  # noqa: PLC0415

    with np.load(path, allow_pickle=False) as stored:
        return PieceTable(stored["codes"], stored["scales"])
