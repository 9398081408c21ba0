# pqhybrid: `make help` lists what there is to do.

SUITES   ?= mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448
CARGO    ?= cargo
CC       ?= cc
CXX      ?= c++
PYTHON   ?= python3
CFLAGS   ?= -O2 -g
export PQHYBRID_VECTORS ?= ../shared/vectors

.DEFAULT_GOAL := help
.PHONY: help build header check-generated clean

comma := ,
empty :=
space := $(empty) $(empty)

help: ## This list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: libpqhybrid.a libpqhybrid.so ## The library: libpqhybrid.a and libpqhybrid.so, here

RUST_SOURCES := Cargo.toml Cargo.lock $(shell find src -name '*.rs')
RELEASE_LIB  := $(CARGO) rustc --release --locked --lib --no-default-features

libpqhybrid.a libpqhybrid.so &: $(RUST_SOURCES)
	$(RELEASE_LIB) --features "$(SUITES)" --crate-type staticlib,cdylib
	cp -p target/release/libpqhybrid.a target/release/libpqhybrid.so .
	touch libpqhybrid.a libpqhybrid.so

header: ## Write include/pqhybrid.h anew from src/ffi
	$(CARGO) run -q --locked --manifest-path tools/header/Cargo.toml

check-generated: ## Fail if include/pqhybrid.h is not what src/ffi says
	$(CARGO) run -q --locked --manifest-path tools/header/Cargo.toml -- --check

clean: ## Remove everything that was built
	$(CARGO) clean
	$(CARGO) clean --manifest-path tools/header/Cargo.toml
	rm -rf build libpqhybrid.a libpqhybrid.so
