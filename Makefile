# Every goal is one Python program in tools/, which needs nothing but Python and explains itself.
# PYTHON=/path/to/python3.12 chooses the Python, PORT=8001 the port.
.DEFAULT_GOAL := help
.PHONY: help run test check bench audit fmt lock
PROGRAM = @exec sh tools/python.sh -m

help:  ## Show this list
	@sed -n 's/^\([a-z]*\):  ## /  make \1	/p' Makefile
run:  ## Set up whatever is missing and serve the site (PORT=8000)
	$(PROGRAM) tools.run
test:  ## Run the whole suite (ARGS="tests/directory -k near" for a part)
	$(PROGRAM) tools.test $(ARGS)
check:  ## Format, lint, migrations and the deployment check
	$(PROGRAM) tools.check
bench:  ## Measure the pages over the demonstration content
	$(PROGRAM) tools.bench $(ARGS)
audit:  ## Let Lighthouse look at the pages as a phone does (ARGS="home article" for some)
	$(PROGRAM) tools.audit $(ARGS)
fmt:  ## Format Python and templates
	$(PROGRAM) tools.check --fix
lock:  ## Compile requirements*.in into requirements*.txt (ARGS=--upgrade)
	$(PROGRAM) tools.lock $(ARGS)
