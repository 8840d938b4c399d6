# The two commands for a newcomer are `make run` and `make test`; `make help` lists all.
SHELL := /bin/bash
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test setup check format translations lock bench screenshots clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Set up what is missing, load the data, serve on http://127.0.0.1:8000 (HOST, PORT)
	@deploy/setup/serve.sh

test: ## Every check and every test, on SQLite and PostgreSQL, with the browser (ARGS="…" for pytest)
	@deploy/setup/test.sh $(ARGS)

setup: ## Packages for development, without starting anything
	@deploy/setup/setup.sh test

check: setup ## Before a commit: format, lint, types, floors, rules
	@deploy/setup/check.sh

format: setup ## Put Python into the house format
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

translations: setup ## Collect strings, merge portal/translations/parts, report what is missing
	@$(BIN)/python -m portal.core.catalogue

lock: ## Write the hashed lock files anew from pyproject.toml and package.json
	@deploy/setup/lock.sh

bench: setup ## Benchmarks, each beside its physical limit
	@deploy/setup/system.sh bench
	@$(BIN)/python -m benchmarks

screenshots: setup ## The pictures in README.md
	@$(BIN)/python -m tests.support.screenshots

clean: ## Remove what set-up made, except instance/ (your data)
	rm -rf .venv node_modules static/vendor *.egg-info build test-results
	rm -rf .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
