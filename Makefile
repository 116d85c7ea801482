# On a fresh Debian with Python 3.11, pip and apt, every target sets up what it needs, inside this folder only.

PYTHON ?= python3
BIN := .venv/bin

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PATH := $(PATH):$(CURDIR)/.cache/debian/bin
unexport PYTHONPATH VIRTUAL_ENV
# Tests start programs by the hundred; each would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check lint bench bench-peers promises lock

help:
	@echo "make demo       set up everything and show the main job on a bundled call"
	@echo "make test       set up everything and run all tests"
	@echo "make check      style, types, import order and the quick tests"
	@echo "make bench      run every program of bench/"
	@echo "make bench-peers   other redactors, beside which bench/redact measures"
	@echo "make promises   which promises are proven, partly proven, open"
	@echo "make lock       choose the versions of all dependencies anew"

demo: .venv/installed
	@$(BIN)/privity demo

test: lint .cache/debian/ready
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

check: lint
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not slow"

lint: .venv/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: .venv/installed .cache/debian/ready
	@set -e; for program in $$(grep -l __main__ bench/*.py) bench/redact; do echo "$$program"; $(BIN)/python "$$program"; done

# Others are measured in an environment of their own: nothing of theirs gets near the product.
bench-peers: .cache/peers/installed

.cache/peers/installed: requirements/peers.txt $(BIN)/uv
	@$(PYTHON) -m venv --without-pip .cache/peers
	@$(BIN)/uv pip sync --quiet --python .cache/peers/bin/python --require-hashes requirements/peers.txt \
	  || $(PYTHON) -m pip --python .cache/peers/bin/python install --quiet --no-deps --require-hashes -r requirements/peers.txt
	@touch $@

promises: .venv/installed .cache/debian/ready
	@$(BIN)/python tools/prove.py

# Hashes pin every file that is installed, the build tools included. pip steps in where only pip knows the way to an index.
.venv/installed: requirements/dev.txt pyproject.toml $(BIN)/uv
	@echo "setting up .venv"
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt \
	  || $(PYTHON) -m pip --python $(BIN)/python install --quiet --no-deps --require-hashes -r requirements/dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --offline --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/uv: requirements/bootstrap.txt
	@$(PYTHON) -m venv --without-pip .venv
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes -r requirements/bootstrap.txt
	@touch $@

# Tests that need a program of Debian's skip, and say so, when it could not be fetched.
.cache/debian/ready: tools/debian_packages.py
	@$(PYTHON) tools/debian_packages.py

LOCK = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --exclude-newer "7 days" \
  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

# A release has to be public for a week before it is taken: most bad ones are found by then.
lock: $(BIN)/uv
	$(LOCK) requirements/bootstrap.in -o requirements/bootstrap.txt
	$(LOCK) pyproject.toml --extra speech --extra bulk --group dev requirements/bootstrap.in requirements/build.in -o requirements/dev.txt
	$(LOCK) pyproject.toml --extra speech --extra bulk --constraint requirements/dev.txt -o requirements/runtime.txt
	$(LOCK) requirements/peers.in -o requirements/peers.txt
	$(LOCK) requirements/clients-signalwire.in -o requirements/clients-signalwire.txt
	$(LOCK) requirements/clients-twilio.in -o requirements/clients-twilio.txt
