# `make run` and `make test` need nothing but make and Python 3.11 or newer: everything else goes into .venv.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PAGES  := fixtures/profiles/category_cards/lovelace.txt fixtures/profiles/teaser_bullets/babbage.txt
RECORDS := fixtures/arxiv-records.jsonl

.PHONY: run test check judges acceptance bench schemas docs fixtures clean help

help:
	@echo "make run       read the fixture pages offline and write every export into out/"
	@echo "make test      run the tests"
	@echo "make check     lint, formatting and types"
	@echo "make judges    install the programs of others that judge what we write (Debian as root, npm, pip)"
	@echo "make acceptance  ask them"
	@echo "make bench     speed, as ratios to a peer in the same run, how surely papers are matched, how well pages are read"
	@echo "make schemas   write schemas/ anew from the models"
	@echo "make docs      write docs/problems.md anew from the codes and their explanations"
	@echo "make fixtures  write expected files anew; read the diff like code"
	@echo "make clean     remove what the others made"

run: $(READY)
	@mkdir -p out
	$(BIN)/pubtools normalise $(PAGES) -l out/publications.json --as-of 2026-06-01 --offline --arxiv-records $(RECORDS)
	@for format in bibtex:publications.bib csl-json:publications.csl.json markdown:publications.md; do \
		$(BIN)/pubtools export --format $${format%%:*} -l out/publications.json -o out/$${format##*:} || exit 1; \
	done
	@echo "made out/publications.json (the library) and, from it, out/publications.{bib,csl.json,md}"

test: $(READY)
	$(BIN)/python -m pytest --ignore=tests/acceptance

judges: $(READY)
	.ci/judges

acceptance: $(READY)
	$(BIN)/python -m pytest tests/acceptance

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/formats.py --large
	$(BIN)/python benchmarks/updating.py
	$(BIN)/python benchmarks/matching.py --sample 2000
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/reading.py --speed
	$(BIN)/python benchmarks/styles.py
	$(BIN)/python benchmarks/latex.py

schemas: $(READY)
	$(BIN)/python schemas/generate.py

docs: $(READY)
	$(BIN)/python docs/generate.py

fixtures: $(READY)
	$(BIN)/python -m pytest --update-fixtures

clean:
	rm -rf $(VENV) .judges out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Remade when pyproject.toml changes, or when a make was interrupted.
$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "pubtools needs Python 3.11 or newer; try make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
