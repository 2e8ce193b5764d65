# Everything sets itself up: a virtual environment in this checkout, dependencies at locked versions with hashes.
.DEFAULT_GOAL := help
.PHONY: help run test sweep check format coverage audit bench package screenshots lock translations clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard bot/locale/*/LC_MESSAGES/messages.po))
# One more than there are cores: for a tenth of the time each waits, for a browser or a database.
JOBS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

# Whatever starts Python again and again, as the tests do, wants to find the code compiled.
unexport PYTHONDONTWRITEBYTECODE

help: ## Show what can be done here
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

run: $(STAMP) $(CATALOGUES) ## Start the bot: against Slack when tokens are set, else in a playground of its own
	@$(BIN)/python -m bot run

test: $(STAMP) $(CATALOGUES) ## Run all tests, on SQLite and PostgreSQL, over HTTP and Socket Mode
	@$(BIN)/python -m pytest -n $(JOBS) -q

sweep: $(STAMP) $(CATALOGUES) ## Run what `make test` has only samples of: all time zones, whole matrices
	@$(BIN)/python -m pytest -n $(JOBS) -q -m sweep

check: $(STAMP) $(CATALOGUES) ## Format, lint, types, import contracts, translations, declarations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest -q tests/language tests/test_contracts.py tests/test_capabilities.py

format: $(STAMP) ## Put the code in its format and mend what the linter can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

coverage: $(STAMP) $(CATALOGUES) ## Run all tests and show what they do not reach, branches included
	@$(BIN)/python -m coverage run -m pytest -q
	@$(BIN)/python -m coverage combine -q
	@$(BIN)/python -m coverage report --skip-covered --skip-empty

audit: $(STAMP) ## Look the locked dependencies up in the list of known vulnerabilities (needs a network)
	@$(BIN)/pip-audit --disable-pip --require-hashes -r requirements.lock

bench: $(STAMP) $(CATALOGUES) ## Print the figures: the bot beside a bare Bolt app, in one run
	@$(BIN)/python -m tests.bench

package: $(STAMP) ## Build wheel and sdist into dist/, install each into an empty environment and play the story there
	@rm -rf dist && $(BIN)/uv build -q -o dist .
	@$(BIN)/python -m tests.try_package dist

screenshots: $(STAMP) $(CATALOGUES) ## Take the pictures of docs/images anew (needs Chromium)
	@$(BIN)/python -m tests.browser.screenshots

lock: $(STAMP) ## Lock the newest fitting versions of all dependencies, with hashes
	@$(BIN)/uv pip compile pyproject.toml --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header -q -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --upgrade --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header -q -o requirements-dev.lock

translations: $(STAMP) ## Collect new sentences into the Dutch catalogue, and compile it
	@$(BIN)/pybabel -q extract -k gettext -k ngettext:1,2 -k pgettext:1c,2 -k N_ --no-location --sort-output \
		-o $(VENV)/messages.pot bot handlers storage
	@$(BIN)/pybabel -q update --no-fuzzy-matching --no-wrap -l nl -i $(VENV)/messages.pot -o bot/locale/nl/LC_MESSAGES/messages.po
	@sed -i.bak -E -e 's/^("Project-Id-Version: ) +/\1/' -e '/^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By): /d' \
		bot/locale/nl/LC_MESSAGES/messages.po && rm bot/locale/nl/LC_MESSAGES/messages.po.bak
	@$(MAKE) -s $(CATALOGUES)

clean: ## Remove what was made here, the database excepted
	rm -rf $(VENV) $(CATALOGUES) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(STAMP): requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 …"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
		|| { echo "Could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing dependencies into $(VENV) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

%.mo: %.po $(STAMP)
	@$(BIN)/pybabel -q compile -i $< -o $@
