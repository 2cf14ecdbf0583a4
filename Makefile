# Two commands for a machine that has Python 3.11 or newer and make:  make demo  and  make test.
# Everything else is for those who change Termwise; `make help` lists it.

PYTHON ?= python3
VENV   ?= .venv
AS_OF  ?= 2026-11-24
JOBS   ?= auto

BIN    := $(VENV)/bin
READY  := $(VENV)/.ok
POLICY := ai_data_protection
TESTS  := $(BIN)/python -m pytest -n $(JOBS) --dist loadgroup
DEMO   := $(BIN)/termwise check examples/vendors --policy $(POLICY) --as-of $(AS_OF)

.PHONY: help demo test check fmt fmt-check lint types layers bless table bench nightly clean
.DEFAULT_GOAL := help

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Termwise needs Python 3.11 or newer; name one with: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $@

demo: $(READY)  ## judge six AI platforms against a shipped policy
	@echo '$$ termwise check examples/vendors --policy $(POLICY) --as-of $(AS_OF)'
	@$(DEMO); test $$? -eq 1
	@echo
	@echo "The command ended with exit code 1: at least one rule is breached or unsecured, so a pipeline would stop here."
	@echo "The same for machines:  $(DEMO) --format json"
	@echo "One verdict explained:  $(BIN)/termwise explain examples/vendors/aws-bedrock.yaml deletion_deadline --policy $(POLICY)"

test: $(READY)  ## run every test, the wheel in an empty environment included
	$(TESTS) $(PYTEST)

check: fmt-check lint types layers test  ## all that a change must pass

fmt: $(READY)  ## put code and policies into their canonical layout
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/termwise fmt policies examples

fmt-check: $(READY)
	$(BIN)/ruff format --check --quiet .
	$(BIN)/termwise fmt --check policies examples

lint: $(READY)
	$(BIN)/ruff check --quiet .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports --no-cache

bless: $(READY)  ## accept what the literate tests, transcripts and README outputs now say
	$(BIN)/python -m pytest --bless $(PYTEST)

table: $(READY)  ## compute the table of the grammar anew, after a change of the grammar
	$(BIN)/python -m termwise.syntax.tabulate

$(VENV)/.bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[bench]"
	@touch $@

bench: $(VENV)/.bench  ## measure everything that is claimed about speed; other engines where they are installed
	$(BIN)/python -m benchmarks $(BENCH)

nightly: $(READY)  ## try the laws on thousands of cases, with new seeds
	TERMWISE_PROFILE=nightly $(TESTS) tests/laws $(PYTEST)

clean:  ## remove everything that was made
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find engine grammar policies tests examples benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
