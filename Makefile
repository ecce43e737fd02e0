# Everything that is typed at a terminal. `make` alone lists it.

# The first Python that will do; `make PYTHON=/path/to/python3 run` names another.
ifeq ($(origin PYTHON), undefined)
PYTHON := $(shell for name in python3 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null \
	&& echo "$$name" && break; done)
endif
ifeq ($(strip $(PYTHON)),)
PYTHON := python3
endif

VENV := .venv
IN_VENV := $(VENV)/bin/python
INSTALLED := $(VENV)/installed
LOCATION := $(VENV)/location
BROWSER := /usr/bin/chromium

# A virtual environment knows where it lies and which Python it is of: when the project was moved
# or that Python is gone, it is made anew.
USABLE := test "$$(cat $(LOCATION) 2> /dev/null)" = "$$(pwd)" && $(IN_VENV) -c '' 2> /dev/null
ifneq ($(shell $(USABLE) && echo yes),yes)
.PHONY: $(INSTALLED)
endif

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run stop status test coverage soak flask-caching-suite bench lint format clean \
	check-run check-setup browser wrk

help: ## list what can be done
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 28

run: check-run $(INSTALLED) ## set up if need be and run everything, until Ctrl-C
	@exec $(IN_VENV) -m portfolio.local run --follow-make

stop: ## end the running instance
	@test -x $(IN_VENV) || { echo "Nothing runs: nothing is installed yet."; exit 0; }; \
	exec $(IN_VENV) -m portfolio.local stop

status: ## processes, folders and addresses of the running instance
	@test -x $(IN_VENV) || { echo "Nothing runs: nothing is installed yet."; exit 3; }; \
	exec $(IN_VENV) -m portfolio.local status

# Many tests wait for what they have cut off or frozen: three at a time, each with servers of its
# own, leave two processors little idle. What is asked for by name runs in one process.
SIDE_BY_SIDE := --numprocesses=3 --dist=loadfile --no-loadscope-reorder
# Of the many processes that tests start none need compile the sources again.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(IN_VENV) -m pytest
test: check-setup $(INSTALLED) browser lint ## set up if need be, check the code, run every test
	@$(PYTEST) $(or $(ARGS),$(SIDE_BY_SIDE))

# Not a part of `make test`: to note every line and branch takes half as much time again.
coverage: check-setup $(INSTALLED) browser ## run every test and say which lines none of them reaches
	@$(PYTEST) --cov --cov-report=term $(or $(ARGS),$(SIDE_BY_SIDE))

soak: check-setup $(INSTALLED) ## repeat the races at length; SOAK_ROUNDS says how often
	@$(IN_VENV) -m pytest -m soak $(ARGS)

flask-caching-suite: check-setup $(INSTALLED) ## fetch Flask-Caching's own tests and run them on our backend
	@$(IN_VENV) -m tests.flask_caching.run $(ARGS)

bench: check-setup $(INSTALLED) wrk ## measure against others, write docs/performance.md; 17 minutes
	@$(IN_VENV) -c 'import django, django_redis, gunicorn' 2> /dev/null || { \
		echo "Installing what the bench compares with."; \
		$(IN_VENV) -m pip install --quiet --disable-pip-version-check --no-input \
			--root-user-action ignore --constraint constraints.txt --editable '.[bench]'; }
	@exec $(IN_VENV) -m bench $(ARGS)

lint: check-setup $(INSTALLED) ## style, types and import directions
	@$(IN_VENV) -m ruff check .
	@$(IN_VENV) -m ruff format --check .
	@$(IN_VENV) -m mypy
	@$(VENV)/bin/lint-imports

format: check-setup $(INSTALLED) ## bring the code into its usual form
	@$(IN_VENV) -m ruff check --fix-only --quiet .
	@$(IN_VENV) -m ruff format .

clean: ## remove the virtual environment and all caches; var/ stays
	@rm -rf $(VENV) .venv.lock build dist *.egg-info .coverage .coverage.* htmlcov .hypothesis \
		.mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -not -path './var/*' -prune -exec rm -rf {} +

check-run:
	@command -v $(PYTHON) > /dev/null || { echo "Python 3.11 or later is needed: there is no $(PYTHON)." >&2; exit 1; }
	@$(PYTHON) portfolio/local/preflight.py run

check-setup:
	@command -v $(PYTHON) > /dev/null || { echo "Python 3.11 or later is needed: there is no $(PYTHON)." >&2; exit 1; }
	@$(PYTHON) portfolio/local/preflight.py setup

# torch by itself and first: asked for by another package, it would come with gigabytes for
# graphics cards that nothing here uses.
# The lock is for two that start at the same time: the second one finds the work done.
$(INSTALLED): constraints.txt setup.cfg pyproject.toml
	@$(PYTHON) portfolio/local/preflight.py install
	@exec 9> .venv.lock; if command -v flock > /dev/null; then flock 9; fi; \
	$(USABLE) && test -e $@ && test -z "$$(find $^ -newer $@)" && exit 0; \
	echo "Installing the pinned packages into $(VENV): a few minutes the first time, once only."; \
	$(USABLE) || { $(PYTHON) -m venv --clear $(VENV) && pwd > $(LOCATION); } || exit 1; \
	for wanted in torch "--editable .[test]"; do \
		$(IN_VENV) -m pip install --disable-pip-version-check --no-input \
			--root-user-action ignore --constraint constraints.txt $$wanted || exit 1; \
	done; \
	$(IN_VENV) -m portfolio.ai.export $(VENV)/share/portfolio/models || exit 1; \
	touch $@

# The browser tests drive Debian's Chromium; without it they are skipped.
browser:
	@test -x $(BROWSER) && exit 0; \
	if test "$$(id -u)" = 0 && command -v apt-get > /dev/null; then \
		echo "Installing Chromium for the browser tests."; \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -qq --yes --no-install-recommends chromium && exit 0; \
	fi; \
	echo "There is no $(BROWSER): the browser tests will be skipped."

# The load generator of the bench; without it one in Python takes its place.
wrk:
	@command -v wrk > /dev/null && exit 0; \
	if test "$$(id -u)" = 0 && command -v apt-get > /dev/null; then \
		echo "Installing wrk, which makes the load."; \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -qq --yes --no-install-recommends wrk && exit 0; \
	fi; \
	echo "There is no wrk: the load comes from bench/generator.py."
