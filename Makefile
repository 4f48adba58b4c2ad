# One command each. Environments are made on first use and again when a lock changes; nothing has to be installed by hand.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SYNAPSE := .synapse
KILLS ?= 200
MINUTES ?= 30
PIP := --disable-pip-version-check --no-input --quiet

.PHONY: demo install test lint types contracts unit bench crash soak lock clean help

help: ## This list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.run ## Talk to the bot in this terminal: no token, no server, no config
	@$(BIN)/obrady demo

install: $(VENV)/.run ## Make the environment that running needs: pinned, hash-checked dependencies and the obrady command

test: lint types contracts unit ## What continuous integration runs

lint: $(VENV)/.dev ## Style, and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## Types, strictly
	$(BIN)/mypy

contracts: $(VENV)/.dev ## Which package may import which
	$(BIN)/lint-imports

unit: $(VENV)/.dev $(SYNAPSE)/.ready ## All tests, on every core, the crash ledger's 20 kills among them
	$(BIN)/pytest -q -n auto --dist loadfile --ignore tests/platforms/telegram
	$(BIN)/pytest -q -n auto --dist loadfile tests/platforms/telegram

bench: $(VENV)/.dev $(SYNAPSE)/.ready .bench/.ready ## Benchmarks against what one would use instead, a table and JSON
	$(BIN)/python -m tests.bench

crash: $(VENV)/.dev $(SYNAPSE)/.ready ## The crash ledger at length: make crash KILLS=200
	OBRADY_KILLS=$(KILLS) $(BIN)/pytest -q -s tests/crash --timeout 7200

soak: $(VENV)/.dev $(SYNAPSE)/.ready ## Rules of polls in 2,000 runs, then faults for a long time: make soak MINUTES=30
	OBRADY_MACHINE_RUNS=2000 OBRADY_MACHINE_STEPS=50 $(BIN)/pytest -q tests/handlers/test_poll_machine.py --timeout 14400
	OBRADY_SOAK_MINUTES=$(MINUTES) $(BIN)/python -m tests.bench.soak

# What running needs. The demo is to be quick on a fresh machine, so it takes no more than this.
$(VENV)/.run: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install $(PIP) --require-hashes -r requirements.lock
	$(BIN)/python -m pip install $(PIP) --require-hashes -r requirements-build.lock
	$(BIN)/python -m pip install $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/python -m pip install $(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# Synapse and the bots of the benchmarks have environments of their own: their pins are not ours.
$(SYNAPSE)/.ready: tests/fakes/synapse/requirements.lock
	test -x $(SYNAPSE)/bin/python || $(PYTHON) -m venv $(SYNAPSE)
	$(SYNAPSE)/bin/python -m pip install $(PIP) --require-hashes -r tests/fakes/synapse/requirements.lock
	@touch $@

.bench/.ready: tests/bench/requirements.lock
	test -x .bench/bin/python || $(PYTHON) -m venv .bench
	.bench/bin/python -m pip install $(PIP) --require-hashes -r tests/bench/requirements.lock
	@touch $@

COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header

lock: $(VENV)/.dev ## Resolve the dependencies anew (development first, since its pins are the narrower ones)
	$(COMPILE) --upgrade --extra postgres --extra dev -o requirements-dev.lock pyproject.toml
	sed -n 's/^\([A-Za-z0-9._-]*==[^ ]*\).*/\1/p' requirements-dev.lock > .venv/constraints.txt
	$(COMPILE) --extra postgres -c .venv/constraints.txt -o requirements.lock pyproject.toml
	echo "hatchling\neditables" | $(COMPILE) -c .venv/constraints.txt -o requirements-build.lock -
	cd tests/fakes/synapse && ../../../$(COMPILE) --upgrade -o requirements.lock requirements.in
	cd tests/bench && ../../$(COMPILE) --upgrade -o requirements.lock requirements.in
	sed -i '/constraints.txt/d' requirements.lock requirements-build.lock

clean: ## Remove the environments and caches
	rm -rf $(VENV) $(SYNAPSE) .bench build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
