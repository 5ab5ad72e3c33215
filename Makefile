# make demo   the whole job on the sample articles, then a service (ARGS=--once: without it)
# make test   every test; what needs Neo4j or a browser is skipped with the reason where there is none
# make torture  the same evils by the thousand (docs/reliability.md)
# make check  format, lint, types, tests, docs: what a change must pass
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
DATA ?= ../shared/data

.PHONY: demo test torture check lint docs golden score accuracy bench model pairs lock audit sbom clean

demo: $(VENV)/run.done
	$(BIN)/dyadgraph demo $(ARGS)

test: $(VENV)/dev.done
	$(BIN)/python -m pytest $(ARGS)

# What docs/reliability.md tells of, at its full counts: an hour and more, with Neo4j and Chromium.
torture: $(VENV)/dev.done
	DYADGRAPH_TEST_EXAMPLES=100 DYADGRAPH_TEST_KILLS=40 DYADGRAPH_TEST_STORE_KILLS=50 DYADGRAPH_TEST_BAD_FILES=2000 \
	DYADGRAPH_TEST_FAULTS=100 DYADGRAPH_TEST_DISKS=50 DYADGRAPH_REQUIRE=neo4j,browser \
	$(BIN)/python -m pytest -s tests/graphapi/test_schema.py tests/store/test_kills.py tests/ingest/test_kills.py \
		tests/ingest/test_bombs.py tests/ingest/test_fetching.py tests/graphapi/test_faults.py tests/store/test_disk.py \
		tests/store/test_together.py tests/graphapi/test_serving.py tests/viz/test_map_security.py $(ARGS)

check: lint test

lint: $(VENV)/dev.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tools.docs --check

docs: $(VENV)/dev.done
	$(BIN)/python -m tools.docs

score: $(VENV)/dev.done
	$(BIN)/python bench/accuracy.py --data $(DATA) $(ARGS)

# The tables of docs/accuracy.md, ready to paste; some ten minutes (ARGS="--sets dev --quick": one).
accuracy: $(VENV)/dev.done
	$(BIN)/python bench/accuracy.py --data $(DATA) --tables --ablate $(ARGS)

# Every figure of docs/performance.md, half an hour; ARGS=--quick: some minutes.
bench: $(VENV)/dev.done
	for each in ingest jobs service service_bolt store; do $(BIN)/python bench/$$each.py $(ARGS) || failed=1; done; \
	$(BIN)/python -m bench.maps $(ARGS) && [ -z "$$failed" ]

# The language pipeline, then the pair model that learns on its parses (docs/language-model.md, docs/accuracy.md).
model: $(VENV)/train.done
	$(BIN)/python -m tools.language.train --data $(DATA) $(ARGS)

pairs: $(VENV)/train.done
	$(BIN)/python -m tools.relations.train --data $(DATA) $(ARGS)

UV := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url

# The exact versions that are installed; ARGS=--upgrade takes the newest that pyproject.toml allows.
lock: $(VENV)/made
	$(PIP) install uv
	$(UV) $(ARGS) --output-file requirements.lock
	$(UV) $(ARGS) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	$(UV) $(ARGS) --extra dev --extra train --constraint requirements-dev.lock --output-file requirements-train.lock

# Known weaknesses of what is installed (asks a public database), and the bill of materials (CycloneDX).
audit: .work/audit/done
	.work/audit/bin/pip-audit --no-deps --disable-pip --require-hashes -r requirements.lock

sbom: .work/audit/done
	.work/audit/bin/cyclonedx-py requirements requirements.lock -o .work/sbom.json

.work/audit/done:
	$(PYTHON) -m venv .work/audit
	.work/audit/bin/python -m pip install --quiet 'pip-audit>=2.9,<3' 'cyclonedx-bom>=7,<8'
	@touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than Python 3.11; name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.done: $(VENV)/made requirements.lock pyproject.toml
	@echo "Installing dyadgraph into $(VENV) (about half a minute) ..."
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/dev.done: $(VENV)/run.done requirements-dev.lock
	@echo "Installing what the tests need ..."
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/train.done: $(VENV)/dev.done requirements-train.lock
	$(PIP) install --require-hashes -r requirements-train.lock
	@touch $@
