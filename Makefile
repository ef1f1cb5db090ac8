# `make` lists what there is to do. Nothing but python3 (>= 3.11, with venv) and make is needed.
PYTHON ?= python3
UV := .boot/bin/uv
RUN := .venv/bin
export PLATS_HOME ?= $(CURDIR)/var
# What meets the site's own rows in a way of its own on each database; the rest of the suite is the same on either.
# `make testpostgres` runs everything there.
APPS := audit jobs operations
ROWS := $(APPS:%=src/plats/web/%) tests/repository/test_postgres.py
# How a page is read and how wide it is are no different there.
ALIKE := not barrier and not wider and not too_wide

# Compiled Python is kept, whoever calls: reading every library's text anew costs each process a second or more.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test testpostgres journeys lint types contracts format bench lock dist deploytest clean

help:            ## list the commands
	@grep -E '^[a-z]+: .*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

run: .venv/run.stamp            ## set up, load the embedded figures, serve the site
	$(RUN)/plats init --if-needed
	$(RUN)/plats serve

test: .venv/dev.stamp lint types contracts            ## set up and run the whole suite, then what touches rows on PostgreSQL
	env -u DATABASE_URL $(RUN)/pytest -n 3 --dist loadfile
	scripts/postgres.sh try $(RUN)/pytest -n 3 --dist loadfile -k "$(ALIKE)" $(ROWS)

testpostgres: .venv/dev.stamp            ## the whole suite on PostgreSQL, in a server of its own
	scripts/postgres.sh run $(RUN)/pytest -n 3 --dist loadfile

journeys: .venv/dev.stamp            ## only the browser journeys
	$(RUN)/pytest tests/journeys

lint: .venv/dev.stamp            ## style
	$(RUN)/ruff check . && $(RUN)/ruff format --check .

types: .venv/dev.stamp            ## types
	$(RUN)/mypy

contracts: .venv/dev.stamp            ## packages point downwards
	$(RUN)/lint-imports

format: .venv/dev.stamp            ## rewrite in house style
	$(RUN)/ruff check --fix . ; $(RUN)/ruff format .

bench: .venv/bench.stamp            ## measure beside the peers
	.venv-bench/bin/python -m bench

lock: $(UV)            ## compile the requirements anew
	$(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -p 3.11 pyproject.toml -o requirements/run.txt
	$(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -p 3.11 --extra dev pyproject.toml -c requirements/run.txt -o requirements/dev.txt
	$(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -p 3.11 --extra dev --extra bench pyproject.toml -c requirements/dev.txt -o requirements/bench.txt

dist: .venv/dev.stamp            ## build the wheel, and the list of what it is made of
	$(RUN)/plats messages
	$(UV) build -q --wheel -o dist
	$(RUN)/python scripts/sbom.py dist

deploytest: .venv/dev.stamp            ## install on this machine for real, run journeys over TLS, clean up (root, Debian)
	deploy/test.sh

clean:            ## remove what the commands above made, but not var/
	rm -rf .venv .venv-bench .boot dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Internals: uv installs from the compiled requirements; a stamp says what an environment was made from.
$(UV):
	$(PYTHON) -m venv .boot
	.boot/bin/python -m pip install -q --disable-pip-version-check uv==0.13.9

.venv/run.stamp: $(UV) requirements/run.txt pyproject.toml
	@test -f .venv/dev.stamp && test .venv/dev.stamp -nt requirements/run.txt && test .venv/dev.stamp -nt pyproject.toml || { \
	  $(UV) venv -q --allow-existing --python $(PYTHON) .venv && \
	  VIRTUAL_ENV=.venv $(UV) pip sync -q requirements/run.txt && \
	  VIRTUAL_ENV=.venv $(UV) pip install -q --no-deps -e . ; }
	@touch $@

.venv/dev.stamp: $(UV) requirements/dev.txt pyproject.toml
	$(UV) venv -q --allow-existing --python $(PYTHON) .venv
	VIRTUAL_ENV=.venv $(UV) pip sync -q requirements/dev.txt
	VIRTUAL_ENV=.venv $(UV) pip install -q --no-deps -e .
	@touch $@

.venv/bench.stamp: $(UV) requirements/bench.txt pyproject.toml
	$(UV) venv -q --allow-existing --python $(PYTHON) .venv-bench
	VIRTUAL_ENV=.venv-bench $(UV) pip sync -q requirements/bench.txt
	VIRTUAL_ENV=.venv-bench $(UV) pip install -q --no-deps -e .
	@mkdir -p .venv && touch $@
