# make run   set up what is missing and start the app
# make test  set up what is missing, browser included, and run every check
# make bench measure against peers and write benchmarks/results.md

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
APT := chromium poppler-utils fonts-noto-cjk
BENCH_APT := libreoffice-calc-nogui

.PHONY: run test lint bench samples clean

run: $(VENV)/run.done
	$(BIN)/streamlit run app.py

test: $(VENV)/dev.done $(VENV)/apt.done lint
	$(BIN)/python -m schemes validate
	$(BIN)/python -m pytest

lint: $(VENV)/dev.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(VENV)/run.done: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.done: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/run.done

# The browser tests drive Debian's Chromium; pdftotext and pdftoppm read the reports back.
$(VENV)/apt.done: | $(VENV)/dev.done
	command -v chromium pdftotext fc-list >/dev/null && fc-list :lang=zh | grep -q . \
	  || ./scripts/apt-install $(APT)
	touch $@

clean:
	rm -rf $(VENV) build .mypy_cache .pytest_cache .ruff_cache .hypothesis
