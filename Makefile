# make run   set up what is missing and start the app
# make class serve the network this computer is in, for a class or for one's own phone
# make test  set up what is missing, browser included, and run every check
# make mutants  break scoring, planning and wording bit by bit and see that a test notices
# make fuzz  feed 100,000 broken inputs to everything that reads files
# make windows  walk through start.bat under Wine's cmd, after a change of it
# make lock  renew requirements-server.txt after a change of what a server needs
# make audit look for known faults in what a server installs
# make bench measure against peers and write the results to benchmarks/results.md
# make icons cut Streamlit's icons to those that pages name
# make soak  kill, share, cut off and crowd the app for twenty minutes and write the results there too

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
APT := chromium-headless-shell webkit2gtk-driver xvfb poppler-utils fonts-noto-cjk \
  libreoffice-calc-nogui postgresql nginx openssl curl
NODE_APT := nodejs npm
PROVIDER := tests/deployment/provider
# What waits longest first, and with it what computes: so that three at a time keep two cores busy.
TESTS := tests/soak tests/deployment tests/browser tests/server tests/state tests/reports tests
WINDOWS_APT := wine wine64 gcc-mingw-w64-x86-64-win32
BENCH_APT := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

# What Python has compiled once it keeps, whatever the surroundings say: else each of the hundred
# programs that the tests start would compile everything again, and each worker every test.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run class test lint compiled bench icons soak fuzz mutants windows lock audit clean

run: $(VENV)/run.done
	@echo "Data: $$($(BIN)/python -m schemes.paths)"
	$(BIN)/streamlit run server.py

class: $(VENV)/run.done
	$(BIN)/python -m server.classroom

# The lint and the compiling of tests need nothing but Python's packages: they are done beside the
# setting up of what the tests need.
test: $(VENV)/dev.done
	$(MAKE) --no-print-directory --jobs=2 --output-sync lint $(VENV)/provider.done compiled
	$(BIN)/python -m schemes validate
	$(BIN)/python -m process validate
	$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder $(TESTS)

lint: $(VENV)/dev.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy server.py  # by itself: to mypy, too, the package server/ has the name
	$(BIN)/lint-imports

compiled: $(VENV)/dev.done
	$(BIN)/python -m pytest --collect-only -qqq tests >/dev/null || true  # what fails here fails below, in words

$(VENV)/run.done: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.done: requirements.txt requirements-postgres.txt requirements-login.txt requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/run.done

# The browser tests drive Debian's Chromium without its own windows and menus, and WebKit, the
# engine of iPhones, on a screen of Xvfb's; pdftotext and pdftoppm read the reports back, and
# LibreOffice recalculates the workbooks. The tests start a PostgreSQL and an nginx of their own,
# and flood it with curl.
$(VENV)/apt.done: Makefile | $(VENV)/dev.done
	(for tool in chromium-headless-shell WebKitWebDriver Xvfb pdftotext fc-list soffice openssl curl; do command -v $$tool || exit 1; done) >/dev/null \
	  && ls /usr/lib/postgresql/*/bin/initdb /usr/sbin/nginx >/dev/null 2>&1 \
	  && fc-list :lang=zh | grep -q . || ./scripts/apt-install $(APT)
	touch $@

# The provider that the login tests sign in at.
$(VENV)/provider.done: $(PROVIDER)/package-lock.json | $(VENV)/apt.done
	command -v node >/dev/null && command -v npm >/dev/null || ./scripts/apt-install $(NODE_APT)
	npm ci --prefix $(PROVIDER) --no-audit --no-fund --silent
	touch $@

bench: $(VENV)/bench.done
	$(BIN)/python -m benchmarks

# typst and WeasyPrint are only measured against; WeasyPrint needs Pango.
$(VENV)/bench.done: requirements-bench.txt $(VENV)/dev.done | $(VENV)/apt.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	$(BIN)/python -c "import ctypes, weasyprint; ctypes.CDLL('libharfbuzz-subset.so.0')" 2>/dev/null \
	  || ./scripts/apt-install $(BENCH_APT)
	touch $@

# RUNS of coverage-guided fuzzing each, as many addresses of pages, then ten thousand inputs each
# that hypothesis breaks. No input may take over a second or bring memory, of which the program
# itself takes half, over 400 MB.
RUNS ?= 100000
FUZZ := -runs=$(RUNS) -max_len=20000 -timeout=120 -rss_limit_mb=400

fuzz: $(VENV)/fuzz.done
	for family in import scheme answers kept typed table; do \
	  mkdir -p build/fuzz/$$family \
	  && $(BIN)/python -m tests.hostile.fuzz $$family build/fuzz/$$family $(FUZZ) \
	    -artifact_prefix=build/fuzz/$$family- || exit 1; \
	done
	$(BIN)/python -m tests.hostile.addresses $(RUNS)
	$(BIN)/python -m pytest tests/hostile/test_mutations.py --hypothesis-profile=hostile

$(VENV)/fuzz.done: requirements-fuzz.txt $(VENV)/dev.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-fuzz.txt
	touch $@

# JOBS mutants side by side, each for some tenths of a second; an hour or so on one quiet core.
JOBS ?= 2

mutants: $(VENV)/mutants.done
	JOBS=$(JOBS) $(BIN)/python scripts/mutants.py

$(VENV)/mutants.done: requirements-mutants.txt $(VENV)/dev.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-mutants.txt
	touch $@

# Not a part of the tests: a hundred megabytes for one file of 50 lines.
windows: $(VENV)/dev.done
	(command -v wine && command -v x86_64-w64-mingw32-gcc) >/dev/null || ./scripts/apt-install $(WINDOWS_APT)
	$(BIN)/python scripts/start_bat.py

# uv resolves for Linux, Windows and macOS at once.
lock: $(VENV)/tools.done
	$(BIN)/uv pip compile requirements-postgres.txt requirements-login.txt --universal --python-version 3.11 --generate-hashes \
	  --custom-compile-command "make lock" --no-annotate --quiet --upgrade \
	  --output-file requirements-server.txt

audit: $(VENV)/tools.done
	$(BIN)/python scripts/audit.py

$(VENV)/tools.done: requirements-tools.txt $(VENV)/dev.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-tools.txt
	touch $@

icons: $(VENV)/tools.done
	$(BIN)/python scripts/icons.py

soak: $(VENV)/dev.done
	$(BIN)/python -m benchmarks.soak

clean:
	rm -rf $(VENV) build $(PROVIDER)/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
