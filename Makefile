# What people and CI run. `make` alone lists it.

YEAR ?= data/hollands-midden-2015.json
DEMO_EXIT ?=
MINUTES ?= 60
SEED ?=
REQUESTS ?= 200
TLS ?=
SERVICE ?=
FILE ?= tests/cases/twins.json
RUNNING ?=
RUN := .venv/bin/python -m

.DEFAULT_GOAL := help
.PHONY: help install demo up down status test test-what-takes-long test-the-rest test-one-half test-the-other-half fault soak fuzz case bench check check-tables docs lock

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: ## Install what is missing: RabbitMQ, PostgreSQL, Python packages in .venv
	@PYTHON='$(PYTHON)' sh deploy/local/install.sh

demo: install ## Replay a year on an empty platform and compare its report (YEAR=file.json; DEMO_EXIT=1 stops it all afterwards)
	@status=0; \
	$(RUN) replay prepare --year '$(YEAR)' --houses build/houses && \
	$(RUN) deploy.local up --empty --houses build/houses $(if $(TLS),--tls) && \
	$(RUN) replay play --year '$(YEAR)' || status=$$?; \
	if [ '$(DEMO_EXIT)' = 1 ]; then $(RUN) deploy.local down; fi; \
	exit $$status

up: install ## Start the platform, on its data if there are any (TLS=1: over TLS only, with certificates)
	@$(RUN) deploy.local up $(if $(TLS),--tls)

down: ## Stop the platform and delete its data
	@if [ -x .venv/bin/python ]; then $(RUN) deploy.local down; else echo 'The platform is not installed.'; fi

status: ## Show every process of the platform
	@if [ -x .venv/bin/python ]; then $(RUN) deploy.local status; else echo 'The platform is not installed.'; fi

ifeq ($(SERVICE),)
test: install ## Run all tests, on brokers and databases of their own, in two runs side by side (SERVICE=name: those of one service)
	@$(MAKE) --no-print-directory --jobs=2 --keep-going --output-sync=target test-what-takes-long test-the-rest
else
test: install
	@test -d 'services/$(SERVICE)' || { echo 'There is no service $(SERVICE).'; exit 2; }
	@$(MAKE) --no-print-directory --jobs=2 --keep-going --output-sync=target test-one-half test-the-other-half
endif

test-one-half:
	@TEST_PORTS='26000 32000' $(RUN) pytest --part=1/2 'services/$(SERVICE)'

test-the-other-half:
	@TEST_PORTS='20000 26000' $(RUN) pytest --part=2/2 'services/$(SERVICE)'

# What strikes at a whole platform or measures one mostly waits, and leaves a core to the rest.
LONG := tests/fault bench

test-what-takes-long:
	@TEST_PORTS='26000 32000' $(RUN) pytest $(LONG)

test-the-rest:
	@TEST_PORTS='20000 26000' $(RUN) pytest $(LONG:%=--ignore=%)

fault: install ## Strike the running platform with every kind of fault, and see that nothing is lost or doubled
	@$(RUN) pytest tests/fault

soak: install ## The same at random, for MINUTES=60; SEED=s repeats a schedule
	@$(RUN) tests.fault.soak $(MINUTES) $(SEED)

fuzz: install ## Send each endpoint REQUESTS=200 requests that are made at random of its OpenAPI document
	@FUZZ_REQUESTS='$(REQUESTS)' $(RUN) pytest tests/fuzz

case: install ## Run a case step by step: FILE=tests/cases/twins.json (RUNNING=1: on the platform of `make up`)
	@$(RUN) tests.cases '$(FILE)' $(if $(RUNNING),--running)

bench: install ## Measure the platform beside stock nameko, FastStream and the floor; writes build/bench.json
	@$(RUN) bench

check: install ## Check format, lint, types, imports, generated tables, and names against the glossary
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy .
	@.venv/bin/lint-imports
	@$(MAKE) --no-print-directory check-tables
	@$(RUN) pytest --quiet tests/docs/test_names.py

check-tables:
	@$(COG) --check $(DOCUMENTS)

docs: install ## Write the tables of the documents anew from the code
	@$(COG) -r $(DOCUMENTS)

COG := PYTHONPATH=. PYTHONWARNINGS=ignore .venv/bin/cog
DOCUMENTS := $(shell git ls-files '*.md')

lock: ## Choose the newest allowed versions again for the lock files (needs uv)
	uv pip compile pyproject.toml --extra local $(LOCKED) --output-file requirements.lock
	uv pip compile pyproject.toml --all-extras --constraint requirements.lock $(LOCKED) --output-file requirements-dev.lock

# One lock for every Python that the project runs on, and no address of a package index in it.
LOCKED := --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
