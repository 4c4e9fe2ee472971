# `make run` and `make test` are all one needs; the environment is made when it is missing or out of date.
.DEFAULT_GOAL := help
.PHONY: help setup run test lint check uncompiled bounds notebooks gallery experiments sensitivity docs bench bench-docs lock clean
SHELL := /bin/bash

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV := $(BIN)/uv

# The first interpreter of Python 3.12 or newer that really runs and can make an environment.
# PYTHON=..., when given, is the only one tried.
define FIND_PYTHON
for candidate in $${PYTHON:-python3.12 python3.13 python3.14 python3 \
    "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python}; do \
  if "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; \
  then echo "$$candidate"; break; fi; \
done
endef

help:
	@echo "make run        the default market: ten years, into a new folder of outputs/"
	@echo "make test       style, types, import contracts and tests"
	@echo "make lint       style, types and import contracts only"
	@echo "make check      test, without compiling, with array bounds checked, then every notebook"
	@echo "make uncompiled rules without compiling, and how much of them is covered"
	@echo "make bounds     whole months with array bounds checked (compiles anew)"
	@echo "make notebooks  run every notebook"
	@echo "make gallery    draw what every option, lever, switch and shock does (minutes)"
	@echo "make experiments  run all experiments at lecture quality (most of an hour)"
	@echo "make sensitivity  say which parameters move the headline results (most of an hour)"
	@echo "make docs       write the generated pages of docs/"
	@echo "make bench      time the model"
	@echo "make bench-docs write docs/speed.md from the last bench"
	@echo "make lock       write requirements.lock anew from pyproject.toml"
	@echo "make clean      remove caches and build leftovers"

setup: $(READY)

# Last, all that a run imports is imported once, so that its bytecode is kept, also where the environment
# lets Python keep none: it saves every later start some seconds.
$(READY): requirements.lock pyproject.toml
	@python=$$($(FIND_PYTHON)); \
	if $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then :; \
	elif [ -n "$$python" ]; then echo "making $(VENV) with $$python"; "$$python" -m venv --clear $(VENV); \
	else echo "error: no working Python 3.12 or newer$${PYTHON:+ at $$PYTHON}: give one with make PYTHON=/path/to/python" >&2; exit 1; fi
	@$(UV) --version >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock || \
	{ echo "uv could not install; trying pip, which may know this network's certificates"; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; }
	@$(UV) pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps -e .
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -c "import experiments.multirun, experiments.report"
	@touch $@

run: $(READY)
	@$(BIN)/reciprocity run

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/pytest

# What is not compiled can be followed line by line, and is some hundred times slower: rules with their
# pencil examples only. Bounds of arrays are checked where loops run over them, on freshly compiled code.
RULES := tests/test_rules_customer.py tests/test_rules_choice.py tests/test_rules_firm.py \
  tests/test_rules_stakeholders.py
LOOPS := tests/test_no_customers.py tests/test_shocks.py tests/test_bounds.py tests/test_switches.py

check: test uncompiled bounds notebooks

uncompiled: $(READY)
	NUMBA_DISABLE_JIT=1 $(BIN)/coverage run --source=agents,sim -m pytest -o addopts= -q $(RULES)
	$(BIN)/coverage report --include='agents/*' --omit='agents/base/*,agents/policies/*'

bounds: $(READY)
	NUMBA_BOUNDSCHECK=1 $(BIN)/pytest $(LOOPS)

notebooks: $(READY)
	@$(BIN)/python -m notebooks.execute

experiments: $(READY)
	@$(BIN)/reciprocity experiments --all --output docs

sensitivity: $(READY)
	@$(BIN)/reciprocity sensitivity --output docs

gallery: $(READY)
	@$(BIN)/python -m experiments.gallery

docs: $(READY)
	@$(BIN)/python -m docs.generate

bench: $(READY)
	@$(BIN)/python -m benchmarks

bench-docs: $(READY)
	@$(BIN)/python -m benchmarks --page docs/speed.md

# No index address and no file address is written: names, versions and hashes only.
lock: $(READY)
	$(UV) pip compile pyproject.toml --group dev --universal --python-version 3.12 --generate-hashes \
	  --no-emit-index-url --no-header --quiet -o requirements.lock

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
