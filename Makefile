# SPDX-License-Identifier: GPL-3.0-or-later
# Two commands on a fresh machine with Swift do everything: `make demo` and `make test`.
.PHONY: help deps build demo test format lint docs bench fuzz install clean

PREFIX ?= /usr/local
# One set of flags for the command and the tests, so that everything is compiled once.
BUILD = -c release -Xswiftc -enable-testing

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

deps: ## install the system libraries (apt or brew; sudo only when not root)
	@Scripts/install-deps

build: deps ## build the command in release mode: .build/release/isobath
	swift build $(BUILD) --product isobath

demo: build ## survey SmolLM2-135M over 120 public-domain texts and write its report
	.build/release/isobath demo

test: build ## run every test, in release mode
	@Scripts/install-deps --tests
	@Scripts/fixture-manifest --check
	@Scripts/test-python
	swift test $(BUILD)

format: ## rewrite the sources in the house format
	swift format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks Fuzz

lint: ## check the format
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks Fuzz

docs: deps ## build the documentation; warnings are errors
	swift package --allow-writing-to-directory .build/docs generate-documentation \
	  --target Isobath --output-path .build/docs --warnings-as-errors

bench: deps ## measure speed against the machine's limit and the reference stack
	Benchmarks/run

fuzz: deps ## throw made-up inputs at the readers of untrusted files; DURATION=60 seconds in all
	Scripts/fuzz $(or $(DURATION),60)

install: build ## copy the command to PREFIX/bin
	install -d $(DESTDIR)$(PREFIX)/bin
	install .build/release/isobath $(DESTDIR)$(PREFIX)/bin/isobath

clean: ## remove everything built
	rm -rf .build
