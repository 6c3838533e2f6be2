PYTHON ?= python3

.PHONY: demo test check

demo: ## the running product with an invented company
	@$(PYTHON) .ci/install.py requirements.txt
	@.venv/bin/python manage.py demo

test: ## the whole suite, on SQLite and PostgreSQL
	@$(PYTHON) tests/run.py --require
	@$(PYTHON) .ci/install.py requirements-dev.txt
	@.venv/bin/python tests/run.py

check: ## form and types
	@$(PYTHON) .ci/install.py requirements-dev.txt
	@.venv/bin/ruff format --check . && .venv/bin/ruff check . && .venv/bin/mypy .
