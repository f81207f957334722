# What a person does with a checkout. Needs python3 (3.11 or later) with python3-venv, make and git; nothing else.

PYTHON ?= python3
PORT ?= 8000
RUN = .venv/bin/python
MANAGE = $(RUN) manage.py
export PORT
# Modules are compiled when they are first imported: without that being kept, every command starts a second later.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup setup-dev run test check bench lock messages docs
.DEFAULT_GOAL := run

setup: ## install what the product needs, into the checkout
	@$(PYTHON) tools/setup.py

setup-dev: ## the same, with what tests and checks need
	@$(PYTHON) tools/setup.py --dev

run: setup ## the site with its demo; PORT=8001 for another port
	@SAMVERKA_BASE_URL="$${SAMVERKA_BASE_URL:-http://localhost:$(PORT)}" exec setpriv --pdeathsig TERM $(MANAGE) run --port $(PORT)

test: setup-dev ## all tests, or those of ARGS
	@tools/machine_for_tests.sh
	$(RUN) -m pytest -n 2 --dist worksteal $(ARGS)

check: setup-dev ## everything that reads the code without running it
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	.venv/bin/lint-imports
	$(RUN) -m djlint --lint --quiet samverka
	$(RUN) -m deptry .
	$(RUN) -m bandit --quiet --recursive --severity-level high samverka config manage.py
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check_translations
	$(MANAGE) generate_reference --check

bench: setup-dev ## measures speed and memory beside what one would use instead
	$(RUN) -m bench

lock: ## writes the two lock files anew from pyproject.toml; needs uv
	@command -v uv >/dev/null || { echo "uv behövs: pip install uv"; exit 1; }
	uv export --quiet --no-emit-project --no-header --no-dev --output-file requirements.lock
	uv export --quiet --no-emit-project --no-header --output-file requirements-dev.lock

messages: setup-dev ## gathers the texts to translate into locale/
	$(MANAGE) messages

docs: setup-dev ## writes docs/reference anew from the code
	$(MANAGE) generate_reference
