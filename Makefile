# Two things to do here:
#   make demo   set everything up and read the five reports in seeds/ into outputs/
#   make test   install what the tests need and run them all
# A second run of either is quick. `make retest` runs the tests though nothing has changed, `make clean` removes what
# builds and tests left, `make distclean` the environment too.

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.stamps

# the first Python that is new enough
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
    $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

# Debian packages that tests use: a browser and Chinese fonts for the pages. Others may be added here.
SYSTEM_PACKAGES ?= chromium fonts-noto-cjk $(shell cat .ci/packages.txt 2>/dev/null)

SOURCES := $(shell find src ontology seeds tests bench docs -type f -not -path '*/__pycache__/*' \
    -not -path '*.egg-info/*' 2>/dev/null | sed 's/ /\\ /g') $(wildcard *.md Makefile pyproject.toml)

.PHONY: demo test retest lint system clean distclean help

help:
	@sed -n '2,6s/^# *//p' Makefile

demo: $(STAMP)/installed
	$(BIN)/zhitu build seeds -o outputs
	@echo "next         zhitu build FOLDER -o outputs    adds reports of your own; zhitu is in $(BIN)"

test: $(STAMP)/tested
	@echo "all tests have passed for what is here (make retest runs them again)"

retest:
	@rm -f $(STAMP)/tested
	@$(MAKE) --no-print-directory test

$(STAMP)/tested: $(STAMP)/installed-dev $(SOURCES)
	@$(MAKE) --no-print-directory system
	$(MAKE) --no-print-directory lint
	$(BIN)/pytest
	@touch $@

lint: $(STAMP)/installed-dev
	$(BIN)/ruff check src tests bench ontology
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# needs root to install; without it what is missing is named, and tests that need it say that they are skipped
system:
	@missing=; for p in $(SYSTEM_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	else echo "not installed:$$missing (tests that need them will be skipped)"; fi

$(STAMP)/venv:
	@[ -n "$(PYTHON)" ] || { echo "no Python 3.11 or newer found; name one: make demo PYTHON=/path/to/python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV) || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	    apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); } || \
	    { echo "cannot make a virtual environment: install your system's venv package (Debian: python3-venv)"; exit 2; }
	@mkdir -p $(STAMP)
	@touch $@

$(STAMP)/installed: pyproject.toml | $(STAMP)/venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[query,serve]'
	@touch $@

$(STAMP)/installed-dev: pyproject.toml | $(STAMP)/venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[query,serve,dev]'
	@touch $(STAMP)/installed $@

clean:
	rm -rf build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache $(STAMP)/tested
	find outputs -mindepth 1 -not -name README.md -delete

distclean: clean
	rm -rf $(VENV) src/*.egg-info
