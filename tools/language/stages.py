"""One stage of the training: a config file and its overrides in, the pipeline of the last step out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run
from spacy.util import load_config, registry
from thinc.api import NumpyOps, set_current_ops

import tools.language.entity_corpus
import tools.language.syntax_corpus  # noqa: F401  (their readers are named in the configs)


def train_stage(config: Path, out: Path, overrides: dict[str, Any]) -> Path:
    """Train what the config describes and return where its last step stands: the rate has sunk to nothing by then."""
    # BLIS, spaCy's default, multiplies at a third of the speed of the OpenBLAS in numpy.
    set_current_ops(NumpyOps(use_blis=False))
    nlp = init_nlp(load_config(config, overrides=overrides, interpolate=False))
    out.mkdir(parents=True, exist_ok=True)
    run(nlp, out, use_gpu=-1, stdout=sys.stdout, stderr=sys.stderr)
    return out / "model-last"


@registry.callbacks("dyadgraph.CopyTok2Vec.v1")
def copy_tok2vec(source: str | None, component: str) -> Callable[[Language], Language]:
    """Let a component's own embedding begin with the weights that another pipeline's `tok2vec` has learned."""

    def copy(nlp: Language) -> Language:
        if source:
            embedding = nlp.get_pipe(component).model.get_ref("tok2vec").layers[0]
            embedding.from_disk(Path(source) / "tok2vec" / "model")
        return nlp

    return copy
