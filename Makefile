# Open Door. `make run` and `make test` set up all that is missing; `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PORT ?= 8000
BIN := .venv/bin
RUN_READY := .venv/.run-ready
DEV_READY := .venv/.dev-ready
# A site of your own begins empty and never shows the demonstration's line (docs/operators.md).
ifneq ($(OPENDOOR_DEMONSTRATION),0)
DEMO_LINE := Juniper County Crisis Line (fictional)|303-555-0199
DEMONSTRATION := --demonstration
endif

.PHONY: help run dev test test-sqlite test-postgres lint format lock messages clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(RUN_READY) ## set up, load the demonstration if empty, serve as production does on PORT (8000)
	@OPENDOOR_CRISIS_LINE="$${OPENDOOR_CRISIS_LINE:-$(DEMO_LINE)}" OPENDOOR_HTTPS="$${OPENDOOR_HTTPS:-0}" \
	  OPENDOOR_BASE_URL="$${OPENDOOR_BASE_URL:-http://localhost:$(PORT)}" \
	  DJANGO_SETTINGS_MODULE=opendoor.settings.production PATH="$(CURDIR)/$(BIN):$$PATH" PORT=$(PORT) deploy/serve

dev: $(DEV_READY) ## the same with reloading and debug pages
	@export OPENDOOR_CRISIS_LINE="$${OPENDOOR_CRISIS_LINE:-$(DEMO_LINE)}" DJANGO_SETTINGS_MODULE=opendoor.settings.development; \
	  $(BIN)/python manage.py prepare $(DEMONSTRATION) && $(BIN)/python manage.py runserver $(PORT)

test: test-postgres test-sqlite ## every test, on PostgreSQL and on SQLite, with real Chromium

test-postgres: $(DEV_READY) .venv/.messages-ready
	@deploy/system-packages postgresql chromium libatomic1 fonts gettext
	$(BIN)/python -m tests.services.postgres $(BIN)/pytest -n 2 -m "not browser" $(PYTEST)

test-sqlite: $(DEV_READY) .venv/.messages-ready
	@deploy/system-packages chromium libatomic1 fonts gettext
	$(BIN)/pytest -n 2 --dist loadgroup $(PYTEST)

lint: $(DEV_READY) .venv/.messages-ready ## ruff, mypy --strict, import-linter, migrations, template checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy site directory transparency tests/services
	$(BIN)/djlint --lint --quiet templates
	DJANGO_SETTINGS_MODULE=opendoor.settings.test $(BIN)/python manage.py makemigrations --check --dry-run

format: $(DEV_READY) ## format the code
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

lock: $(DEV_READY) ## pin requirements with hashes after a change of pyproject.toml
	@$(BIN)/pip --disable-pip-version-check install --quiet uv
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --python-version 3.11 --extra dev pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --python-version 3.11 -c requirements/dev.txt pyproject.toml -o requirements/run.txt

messages: $(DEV_READY) ## collect strings to translate into locale/es (needs Debian's gettext)
	@deploy/system-packages gettext
	cd . && $(BIN)/python manage.py makemessages -l es --no-location --no-wrap -i .venv -i var -i tests

clean: ## remove the environment; data in var/ stays
	rm -rf .venv

# The environment: what runs the site, then (for work on it) what tests it.
.venv/bin/python:
	@deploy/system-packages python
	@$$(deploy/find-python) -m venv .venv

$(RUN_READY): requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "Installing Open Door's packages (once) …"
	@$(BIN)/pip --disable-pip-version-check install --quiet --require-hashes -r requirements/run.txt
	@$(BIN)/pip --disable-pip-version-check install --quiet --no-deps -e .
	@touch $@

$(DEV_READY): requirements/dev.txt $(RUN_READY)
	@echo "Installing the tools that test it (once) …"
	@$(BIN)/pip --disable-pip-version-check install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

.venv/.messages-ready: $(RUN_READY) $(wildcard locale/*/LC_MESSAGES/*.po)
	@$(BIN)/python locale/compile.py
	@touch $@

run dev: .venv/.messages-ready
