"""Programs that make what ships: the language pipeline, the pair model, the gazetteer, the docs."""
