# make demo   the sample city: sets everything up, makes a week, says which page to open
# make test   sets everything up and runs the tests
# make install puts quanzi on the PATH (make uninstall takes it away); make update fetches what is new
# Needed: git, make and Python 3.11 or newer with venv. Everything else comes from the lock files.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# The libraries of a lock file: one moving line at a terminal, one line elsewhere, and pip's own words where it fails.
define install_locked
	@log=$(VENV)/pip.log; : >$$log; echo "Fetching the libraries of $(1) (a minute or two, once)"; \
	$(BIN)/python -m pip --disable-pip-version-check install --progress-bar off --require-hashes -r $(1) >$$log 2>&1 & pid=$$!; \
	trap 'kill $$pid 2>/dev/null' INT TERM; \
	while [ -t 1 ] && kill -0 $$pid 2>/dev/null; do \
		if grep -q '^Installing collected' $$log; then now='putting them in place'; else now=fetched; fi; \
		printf '\r\033[K  %s libraries %s' "$$(grep -cE '^(Collecting|Requirement already)' $$log)" "$$now"; sleep 1; \
	done; [ ! -t 1 ] || printf '\r\033[K'; wait $$pid || { code=$$?; tail -25 $$log >&2; exit $$code; }
endef

.PHONY: demo demo-en install install-uv install-pipx install-link uninstall update test test-long test-newest coverage lint types wheel-test sbom audit lock clean

demo: $(VENV)/installed
	$(BIN)/quanzi demo --language zh

demo-en: $(VENV)/installed
	$(BIN)/quanzi demo --language en

# quanzi on the PATH: by uv or pipx where one is there, else by a link; WITH=uv, pipx or link decides. It runs from this
# folder, so leave the folder where it is.
# EXTRAS=pictures reads posters and screenshots too (180 MB more); it is remembered for make update.
EXTRAS ?= $(shell cat .extras 2>/dev/null)
HERE := .$(if $(EXTRAS),[$(EXTRAS)])
WITH ?= $(if $(shell command -v uv 2>/dev/null),uv,$(if $(shell command -v pipx 2>/dev/null),pipx,link))
LINKS := $(HOME)/.local/bin
NEXT = @echo "Next: quanzi init"

install: install-$(WITH)
	@if [ -n "$(EXTRAS)" ]; then echo "$(EXTRAS)" >.extras; fi

install-uv:
	uv tool install --force --python "$(PYTHON)" --editable "$(HERE)"
	@echo "quanzi is a tool of uv now (undo: uv tool uninstall quanzi; not found: uv tool update-shell)"
	$(NEXT)

install-pipx:
	pipx install --force --python "$(PYTHON)" --editable "$(HERE)"
	@echo "quanzi is an application of pipx now (undo: pipx uninstall quanzi; not found: pipx ensurepath)"
	$(NEXT)

install-link: $(VENV)/installed
	$(if $(EXTRAS),$(call install_locked,requirements-extras.lock))
	@if [ -e "$(LINKS)/quanzi" ] && [ "$$(readlink "$(LINKS)/quanzi")" != "$(CURDIR)/$(BIN)/quanzi" ]; then \
		echo "$(LINKS)/quanzi: is there already and is another (take it away, then make install again)" >&2; exit 1; fi
	@mkdir -p "$(LINKS)" && ln -sf "$(CURDIR)/$(BIN)/quanzi" "$(LINKS)/quanzi"
	@echo "$(LINKS)/quanzi leads to $(CURDIR)/$(BIN)/quanzi now (undo: make uninstall)"
	@case ":$$PATH:" in *":$(LINKS):"*) ;; *) echo "$(LINKS) is not on your PATH yet: add this line to ~/.profile (macOS: ~/.zprofile) and open a new terminal"; \
		echo '  export PATH="$$HOME/.local/bin:$$PATH"';; esac
	$(NEXT)

# What make install did is undone; your configuration, weeks and store stay.
uninstall:
	@if [ "$$(readlink "$(LINKS)/quanzi")" = "$(CURDIR)/$(BIN)/quanzi" ]; then rm "$(LINKS)/quanzi" && echo "$(LINKS)/quanzi: taken away"; fi
	@if command -v uv >/dev/null && uv tool list 2>/dev/null | grep -q "^quanzi "; then uv tool uninstall quanzi; fi
	@if command -v pipx >/dev/null && pipx list --short 2>/dev/null | grep -q "^quanzi "; then pipx uninstall quanzi; fi

# What is new, and its libraries. Whoever began with quanzi init has nothing of their own in this folder.
update:
	git pull --ff-only
	$(MAKE) install

# A file stays with one worker, so that what its tests share is made once (groups of xdist 3.8 do nothing in pytest 9.2).
test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -m "not long" -n auto --dist loadfile --no-loadscope-reorder

# Slow suites: real kills, long histories, wide random searches.
test-long: $(VENV)/installed-dev
	$(BIN)/python -m pytest -m "long" -n auto --dist loadfile --no-loadscope-reorder

# The same quick tests against the newest libraries that pyproject.toml allows, without the lock files. May warn.
test-newest:
	$(PYTHON) -m venv .venv-newest
	.venv-newest/bin/python -m pip --disable-pip-version-check --quiet install --upgrade --editable ".[dev]"
	.venv-newest/bin/python -m pytest -m "not long" -n auto --dist loadfile --no-loadscope-reorder

# What the tests run through, branches included.
coverage: $(VENV)/installed-dev
	$(BIN)/python -m pytest -m "not long" -n auto --dist loadfile --no-loadscope-reorder --cov --cov-report=term:skip-covered

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/deptry .

types: $(VENV)/installed-dev
	$(BIN)/mypy

# The built wheel in an empty environment makes the demo week.
wheel-test: $(VENV)/installed-dev
	$(BIN)/python tests/wheel_test.py

# What the program is made of, as CycloneDX tells it (build/sbom.json; with all extras: build/sbom-extras.json), and
# whether advisories are known for any of it, where the network lets one ask.
sbom: .venv-audit/ready
	@mkdir -p build
	PYTHONWARNINGS=ignore .venv-audit/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible -o build/sbom.json
	PYTHONWARNINGS=ignore .venv-audit/bin/cyclonedx-py requirements requirements-extras.lock --pyproject pyproject.toml --output-reproducible -o build/sbom-extras.json

audit: .venv-audit/ready
	.ci/audit .venv-audit/bin/pip-audit requirements-extras.lock

.venv-audit/ready:
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python -m pip --disable-pip-version-check --quiet install cyclonedx-bom pip-audit
	@touch $@

# The lock files: exact versions with hashes, for every platform at once (needs uv). What develops decides first, since
# its libraries bound those of the program.
UV := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11
lock:
	$(UV) --upgrade --extra dev pyproject.toml requirements-build.in -o requirements-dev.lock
	$(UV) -c requirements-dev.lock pyproject.toml requirements-build.in -o requirements.lock
	$(UV) -c requirements-dev.lock --extra pictures --extra holidays --extra notify --extra org pyproject.toml requirements-build.in \
		-o requirements-extras.lock

clean:
	rm -rf $(VENV) .venv-audit build dist *.egg-info out-demo

$(VENV)/bin-ready:
	@$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'quanzi needs Python 3.11 or newer: make PYTHON=python3.12 ...')"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: requirements.lock pyproject.toml | $(VENV)/bin-ready
	$(call install_locked,requirements.lock)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(call install_locked,requirements-dev.lock)
	@touch $@
