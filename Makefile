# Every goal is one Python program in tools/, which needs nothing but Python and explains itself.
.DEFAULT_GOAL := help
.PHONY: help run test check bench fmt lock
PYTHON ?= python3

help:  ## Show this list
	@sed -n 's/^\([a-z]*\):  ## /  make \1	/p' '$(firstword $(MAKEFILE_LIST))'
run:  ## Set up whatever is missing and serve the site (PORT=8000)
	@exec $(PYTHON) tools/run.py
test:  ## Run the whole suite (ARGS="tests/directory -k near" for a part)
	@exec $(PYTHON) tools/test.py $(ARGS)
check:  ## Format, lint, migrations and the deployment check
	@exec $(PYTHON) tools/check.py
bench:  ## Measure the pages over the demonstration content
	@exec $(PYTHON) tools/bench.py $(ARGS)
fmt:  ## Format Python and templates
	@exec $(PYTHON) tools/fmt.py
lock:  ## Compile requirements*.in into requirements*.txt
	@exec $(PYTHON) tools/lock.py
