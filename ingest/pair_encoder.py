"""A sentence with its actors marked in, what a small transformer thinks of each pair out.

The transformer began as the first five of the six layers of all-MiniLM-L6-v2 (width 384) and was trained on the
labelled pairs by `tools/relations`; its weights are kept in 8 bits and run by onnxruntime on one thread. Every actor
stands between two marks, the first of which tells its kind; a pair is judged by the states of
its two opening marks, by what of the sentence they attend to, and by the plain features that rules and lexicon give.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dyadgraph.errors import LanguageModelError
from ingest.pair_features import Pair
from ingest.piece_table import PieceTable, load_piece_table
from ingest.pieces import END, START, Pieces
from ingest.scene import Scene

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHIPPED = "pair_encoder"
LONGEST = 160  # pieces of a sentence; a pair beyond is left to the linear model
MENTION_PIECES = 8
WORD_PIECES = 6
MARKS = {"country": "[unused1]", "person": "[unused2]", "organization": "[unused3]", "armed_group": "[unused4]"}
MIXED = "[unused6]"
CLOSE = "[unused9]"
# The features that it is told beside the sentence: what rules claim, and by what kind of name each actor is called.
# All features of the linear model were tried: it then leaned on them and read less well.
TOLD = re.compile(r"rule(?!name)|via=")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as pieces with marks around its actors, and where the opening mark of each actor's token stands."""

    pieces: tuple[int, ...]
    places: Mapping[int, int]


def mark_actors(scene: Scene, pieces: Pieces) -> Marked:
    """Cut a sentence into pieces, every actor between marks; what lies behind the longest length is cut off."""
    numbers = [pieces.number(START)]
    places: dict[int, int] = {}
    for token in scene.doc:
        word = pieces.cut(scene.reading.word(token.i))
        reference = scene.links.get(token.i)
        if reference is None:
            numbers += word[:WORD_PIECES]
            continue
        kinds = {actor.kind for actor in reference.actors}
        places[token.i] = len(numbers)
        mark = MARKS[kinds.pop()] if len(kinds) == 1 else MIXED
        numbers += [pieces.number(mark), *word[:MENTION_PIECES], pieces.number(CLOSE)]
    numbers = [*numbers[: LONGEST - 1], pieces.number(END)]
    return Marked(tuple(numbers), {token: place for token, place in places.items() if place < LONGEST - 1})


@dataclass(frozen=True, slots=True)
class PairEncoder:
    """The transformer with its vocabulary and vectors; `extras` gives the column of each plain feature it knows."""

    session: Any
    pieces: Pieces
    vectors: PieceTable
    classes: tuple[str, ...]
    extras: Mapping[str, int]

    def probabilities(self, scene: Scene, pairs: Sequence[Pair]) -> list[NDArray[np.float32] | None]:
        """Return for each pair the probability that it is related and that of each class; None beyond the length."""
        import numpy as np  # noqa: PLC0415

        marked = mark_actors(scene, self.pieces)
        seen = [p for p, pair in enumerate(pairs) if {pair.first.token, pair.second.token} <= marked.places.keys()]
        found: list[NDArray[np.float32] | None] = [None] * len(pairs)
        if not seen:
            return found
        extras = np.zeros((len(seen), len(self.extras)), dtype=np.float32)
        for row, p in enumerate(seen):
            extras[row, [self.extras[f] for f in pairs[p].features if f in self.extras]] = 1
        places = [(marked.places[pairs[p].first.token], marked.places[pairs[p].second.token]) for p in seen]
        first, second = np.array(places, dtype=np.int64).T
        vectors = self.vectors.rows(marked.pieces)
        given = {"vectors": vectors, "first": first, "second": second, "extras": extras}
        (answer,) = self.session.run(None, given)
        for row, p in enumerate(seen):
            found[p] = answer[row]
        return found


def load_pair_encoder(place: Path) -> PairEncoder:
    """Load the encoder of a folder; raises LanguageModelError where it is damaged."""
    import onnxruntime  # noqa: PLC0415  (a tenth of a second: only when something is coded)

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        head = json.loads((place / "head.json").read_text(encoding="utf8"))
        pieces = Pieces((place / "vocabulary.txt").read_text(encoding="utf8").split("\n"))
        vectors = load_piece_table(place / "pieces.npz")
        session = onnxruntime.InferenceSession(str(place / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
    except Exception as exc:  # onnxruntime has an exception for each way a file is broken, without a common base
        raise LanguageModelError(f"pair encoder {place} cannot be read ({exc}); install dyadgraph again") from exc
    extras = {feature: column for column, feature in enumerate(head["extras"])}
    return PairEncoder(session, pieces, vectors, tuple(head["classes"]), extras)
