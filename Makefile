# Every job of the project. `make help` lists them.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
# The machine's own Node where it has one; else the one that comes as a Python package.
NODE_PATHS := $(shell command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || echo $(CURDIR)/$(BIN):)
NODE_ENV_PATH := PATH="$(NODE_PATHS)$$PATH"
PO := $(wildcard locale/*/LC_MESSAGES/django.po)
MO := $(PO:.po=.mo)
SOURCES := $(shell find assets/src -type f 2>/dev/null) assets/build.mjs
JOBS ?= auto

.DEFAULT_GOAL := help

.PHONY: help
help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

.PHONY: run
run: setup ## start the program with a made-up company: web, worker and beat
	@$(BIN)/python manage.py migrate -v 0
	@$(BIN)/python manage.py demo --if-empty
	@sh scripts/run.sh

.PHONY: test
test: $(VENV)/.dev setup ## check everything: style, types, floors, then all tests on every database that answers
	@sh scripts/test.sh

.PHONY: setup
setup: $(VENV)/.base assets/dist/.built $(MO) static/staticfiles.json ## install everything into .venv and build the pages

# The lists are complete, so nothing is looked up: a release that appears later changes nothing.
PIP_INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r

$(VENV)/.base: requirements/base.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP_INSTALL) requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	$(PIP_INSTALL) requirements/dev.txt
	$(BIN)/pip check --quiet --disable-pip-version-check
	@touch $@

$(VENV)/.node: requirements/node.txt $(VENV)/.base
	@test -z "$(NODE_PATHS)" || $(PIP_INSTALL) requirements/node.txt
	@touch $@

node_modules/.installed: package-lock.json $(VENV)/.node
	$(NODE_ENV_PATH) npm ci --loglevel=error
	@touch $@

assets/dist/.built: node_modules/.installed $(SOURCES)
	$(NODE_ENV_PATH) npm run --silent build
	@touch $@

%.mo: %.po $(VENV)/.base
	$(BIN)/pybabel --quiet compile -D django -i $< -o $@

static/staticfiles.json: assets/dist/.built
	$(BIN)/python manage.py collectstatic --noinput -v 0
	@touch $@

.PHONY: lint
lint: $(VENV)/.dev setup ## style, types, floors and rooms, templates, migrations, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint templates --check --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run -v 0
	$(BIN)/python -m tests.translations

.PHONY: format
format: $(VENV)/.dev ## put code and templates in shape
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format --quiet .
	$(BIN)/djlint templates --reformat --quiet || true

.PHONY: messages
messages: $(VENV)/.base ## collect the texts to translate into locale/
	@sh scripts/messages.sh

.PHONY: lock
lock: $(VENV)/.dev ## pin and hash the packages named in requirements/*.in
	@for set in base dev node; do \
	  $(BIN)/uv pip compile --quiet --upgrade requirements/$$set.in --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-emit-find-links -o requirements/$$set.txt; done

.PHONY: clean
clean: ## remove what was built; facts (var/) stay
	rm -rf $(VENV) node_modules assets/dist static
