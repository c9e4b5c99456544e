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
NAME ?= local
DELETE_DATA ?=
RUN := .venv/bin/python -m
PIECES := test-piece-1 test-piece-2 test-piece-3 test-piece-4

.DEFAULT_GOAL := help
.PHONY: help install install-for-tests demo up stop down status test $(PIECES) test-one-half test-the-other-half test-one-half-of-the-faults test-the-other-half-of-the-faults audit fault soak fuzz case bench check check-tables docs messages vendor lock

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: ## Install what is missing: RabbitMQ, PostgreSQL, Python packages in .venv
	@PYTHON='$(PYTHON)' sh deploy/local/install.sh

# Tests look at pages in a browser; the platform runs without one.
install-for-tests:
	@PYTHON='$(PYTHON)' sh deploy/local/install.sh chromium

demo: install ## Replay a year on an empty platform and compare its report (YEAR=file.json; DEMO_EXIT=1 stops it all afterwards)
	@status=0; \
	$(RUN) replay prepare --year '$(YEAR)' --houses 'build/$(NAME)-houses' && \
	$(LOCAL) up $(UP) $(DELETE) --for-replay --houses 'build/$(NAME)-houses' && \
	$(RUN) replay play --year '$(YEAR)' --directory 'build/$(NAME)' || status=$$?; \
	if [ '$(DEMO_EXIT)' = 1 ]; then $(LOCAL) down $(DELETE) </dev/null || status=$$?; \
	elif [ $$status = 0 ]; then $(RUN) replay leave --year '$(YEAR)' --directory 'build/$(NAME)' || status=$$?; fi; \
	exit $$status

up: install ## Start the platform on its data, or bring the one that runs to this version (TLS=1; NAME=x: another one)
	@$(LOCAL) up $(UP)

stop: ## Stop the platform and keep its data
	@$(INSTALLED); $(LOCAL) stop

down: ## Stop the platform and delete its data (DELETE_DATA=yes: also those that no replay made)
	@$(INSTALLED); $(LOCAL) down $(DELETE)

status: ## Show every process of the platform
	@$(INSTALLED); $(LOCAL) status

# A platform of its own for each NAME. All but the usual one take free ports the first time, and keep them.
ifneq ($(NAME),$(subst .,,$(notdir $(firstword $(NAME)))))
$(error NAME is the name of a directory below build, without dots)
endif
INSTALLED := if [ ! -x .venv/bin/python ]; then echo 'The platform is not installed.'; exit 0; fi
LOCAL = $(RUN) deploy.local --directory 'build/$(NAME)'
UP = $(if $(TLS),--tls) $(if $(filter-out local,$(NAME)),--free-ports)
DELETE = $(if $(filter yes,$(DELETE_DATA)),--delete-data)

# What tests write is thrown away. In memory a file costs a tenth of the time, and tests write very many.
MEMORY := /dev/shm
test: export TMPDIR := $(shell free=$$(df --output=avail $(MEMORY) 2>/dev/null | tail -1); \
	if [ "$${free:-0}" -gt 8000000 ]; then echo $(MEMORY); else echo "$${TMPDIR:-/tmp}"; fi)

ifeq ($(SERVICE),)
test: install-for-tests ## Run all tests, on brokers and databases of their own, in four runs side by side (SERVICE=name: those of one service)
	@$(MAKE) --no-print-directory --jobs=4 --keep-going --output-sync=target $(STRIKES) $(PIECES)
else
test: install-for-tests
	@test -d 'services/$(SERVICE)' || { echo 'There is no service $(SERVICE).'; exit 2; }
	@$(MAKE) --no-print-directory --jobs=2 --keep-going --output-sync=target test-one-half test-the-other-half
endif

test-one-half:
	@TEST_PORTS='26000 32000' $(RUN) pytest --part=1/2 'services/$(SERVICE)'

test-the-other-half:
	@TEST_PORTS='20000 26000' $(RUN) pytest --part=2/2 'services/$(SERVICE)'

# Who strikes at a whole platform waits much: two platforms side by side take little longer than one.
STRIKES := test-one-half-of-the-faults test-the-other-half-of-the-faults

test-one-half-of-the-faults:
	@TEST_PORTS='28000 30000' $(RUN) pytest --part=1/2 tests/fault

test-the-other-half-of-the-faults:
	@TEST_PORTS='30000 32000' $(RUN) pytest --part=2/2 tests/fault

# All that is no strike, in pieces so small that at the end no long one runs alone.
$(PIECES): test-piece-%:
	@TEST_PORTS="$$((18000 + 2000 * $*)) $$((20000 + 2000 * $*))" $(RUN) pytest --part=$*/$(words $(PIECES)) --ignore=tests/fault

audit: ## Check that nobody changed an entry of a service's audit log (docs/operators.md)
	@$(INSTALLED); $(LOCAL) audit

fault: install ## Strike the running platform with every kind of fault, and see that nothing is lost or doubled
	@$(MAKE) --no-print-directory --jobs=2 --keep-going --output-sync=target $(STRIKES)

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

messages: install ## Bring the desk's Dutch catalog up to date with the messages in its code
	@$(RUN) desk.messages

vendor: install ## Fetch the files of others again that the desk serves (needs npm)
	@$(RUN) desk.vendor

lock: ## Choose the newest allowed versions again for the lock files (needs uv)
	uv pip compile pyproject.toml --extra local $(LOCKED) --output-file requirements.lock
	uv pip compile pyproject.toml --all-extras --constraint requirements.lock $(LOCKED) --output-file requirements-dev.lock

# One lock for every Python that the project runs on, and no address of a package index in it.
LOCKED := --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
