# Every command does all of its own set-up and can be run again at any time.
# Needed: Python 3.11 or newer, git, make, and Go only where Pulumi cannot be downloaded.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed.txt

# pip and uv keep no caches: nothing is written outside the checkout and the sandbox's own folders.
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-cache-dir
# Extras stay in the pins: without them pip looks past the pin of a package that another one asks for
# with an extra, and a newer release that has no hash here stops the installation.
LOCK := $(BIN)/uv pip compile --no-cache --quiet --generate-hashes --universal \
	--no-strip-extras --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header

# What `make walk` takes: SEED=7 walks as the walk of that seed did, STEPS=200 walks further.
WALK := $(if $(SEED),--seed $(SEED)) $(if $(STEPS),--steps $(STEPS) --seconds 36000)

.PHONY: help setup demo picture bench check test nightly load kills races walk messy policies lint lock clean
.DELETE_ON_ERROR:

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | tr '@' '\t' | expand -t 16

setup: $(INSTALLED) ## make .venv with the pinned dependencies; nothing where they are there already

# A copy of what was installed: older than the requirements means that they have changed.
$(INSTALLED): requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is not Python 3.11 or newer. Nothing was changed." \
			"Name one that is: make setup PYTHON=python3.12"; exit 1; }
	@echo "Installing the pinned dependencies into $(VENV): about a minute, once."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --quiet --require-hashes -r $<
	@# So that `python -m restore` works in every folder of the project, as pulumi does.
	@$(BIN)/python -c 'import pathlib, sysconfig; \
		pathlib.Path(sysconfig.get_path("purelib"), "checkout.pth").write_text(f"{pathlib.Path.cwd()}\n")'
	@cp $< $@

demo: setup ## tell the whole story on a sandbox of its own: poisoned, restored, adopted, switched
	@$(BIN)/python -m sandbox.demo

picture: setup ## record a run on a sandbox of its own as people see it, into docs/images/run.svg
	@$(BIN)/python -m sandbox.demo.capture

bench: setup ## compare the ways to a restored table: some 25 minutes, or BENCH="--rounds 1"
	@$(BIN)/python -m tools.bench $(BENCH)

check: lint ## check style, types and every test that needs no engine: about two minutes
	@echo "Running the tests that need no engine."
	@$(BIN)/python -m pytest -n 2 -q tests/unit tests/fixes/test_every_fix.py tests/docs/test_pages.py

test: lint ## check style and types, then run every test; branch coverage must reach 95 %
	@echo "Preparing the engine for the tests."
	@$(BIN)/python -m sandbox.engine
	@echo "Running the tests."
	@$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-branch --cov-fail-under=95

nightly: kills races walk messy policies load ## what takes too long for `make test`: some hours

load: setup ## clients at work through ten whole runs, then through the short way: some 10 minutes
	@$(BIN)/python -m sandbox.engine
	@$(BIN)/python -m tools.load

kills: setup ## kill -9 at every effect of every verb, then the same verb again: some 10 minutes
	@$(BIN)/python -m sandbox.engine
	@$(BIN)/python -m tools.kills

races: setup ## two runs at once, 20 times: one restore, one switch; some 10 minutes
	@$(BIN)/python -m sandbox.engine
	@$(BIN)/python -m tools.races

walk: setup ## walk at random over verbs, kills and hand edits; 60 steps, or SEED=7 STEPS=200
	@$(BIN)/python -m sandbox.engine
	@$(BIN)/python -m tools.walk $(WALK)

messy: setup ## 20 messy stacks, drawn at random: blocked before the restore or run to the end; or SEED=7
	@$(BIN)/python -m sandbox.engine
	@$(BIN)/python -m tools.messy $(if $(SEED),--seed $(SEED))

policies: setup ## the operator's IAM document of a table with everything, each statement taken away once
	@$(BIN)/python -m sandbox.engine
	@$(BIN)/python -m pytest -n 0 tests/engine/every_policy.py

lint: setup ## check style and types
	@echo "Checking style and types."
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

lock: setup ## pin what requirements*.in name, and all that these need, with hashes
	@test -x $(BIN)/uv || $(PIP) install --quiet uv
	@echo "Pinning requirements.txt, requirements-dev.txt and the bench's AWS CLI."
	@$(LOCK) requirements.in --output-file requirements.txt
	@$(LOCK) requirements-dev.in --output-file requirements-dev.txt
	@$(LOCK) tools/bench/requirements-awscli.in --output-file tools/bench/requirements-awscli.txt

clean: ## remove .venv, the sandbox's folder and what tools left; downloads and builds stay
	@if test -x $(BIN)/python; then $(BIN)/python -m sandbox stop; fi
	rm -rf $(VENV) .sandbox .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*
