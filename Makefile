# pqhybrid: `make help` lists what there is to do.

ALL_SUITES := mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448
# `make install` takes what is built, unless told what that must be.
SUITES_GIVEN := $(SUITES)
SUITES     ?= $(ALL_SUITES)
PROFILE    ?= release
CARGO      ?= cargo
PYTHON     ?= python3
CFLAGS     ?= -O2 -g
# Where the published test vectors lie, see tests/README.md; tests that need them say so if they are missing.
PQHYBRID_VECTORS ?= ../shared/vectors
export CARGO CC CXX PYTHON PQHYBRID_VECTORS
# The builds below say which target and which folder they mean.
unexport CARGO_BUILD_TARGET CARGO_TARGET_DIR
# RUSTFLAGS in the environment would hide .cargo/config.toml, which says where randomness comes from.
ifdef RUSTFLAGS
export RUSTFLAGS := $(RUSTFLAGS) --cfg getrandom_backend="linux_raw"
endif

override SUITES := $(subst _,-,$(SUITES))
ifneq ($(filter-out $(ALL_SUITES),$(SUITES)),)
$(error SUITES names no suite: $(filter-out $(ALL_SUITES),$(SUITES)). There are: $(ALL_SUITES))
endif
ifeq ($(strip $(SUITES)),)
$(error SUITES is empty. There are: $(ALL_SUITES))
endif
ifeq ($(strip $(or $(PREFIX),$(if $(filter undefined,$(origin PREFIX)),unset))),)
$(error PREFIX is empty: say where to install, / for the root)
endif
ifneq ($(PROFILE),$(filter release size,$(PROFILE)))
$(error PROFILE is $(PROFILE). There are: release (fast) and size)
endif
ifneq ($(filter-out $(SUITES),$(ALL_SUITES)),)
ifneq ($(filter-out help build install uninstall targets wasm clean fmt header notices,$(MAKECMDGOALS)),)
$(error 'make $(MAKECMDGOALS)' is for the whole library: call it without SUITES, after 'make build' alone if need be)
endif
endif
# Other features are for other targets, or the library's own business.
ifneq ($(filter-out verify-after-sign,$(FEATURES)),)
$(error FEATURES names what is none: $(filter-out verify-after-sign,$(FEATURES)). There is: verify-after-sign)
endif
ifneq ($(strip $(FEATURES)),)
ifneq ($(filter-out help build clean fmt header notices,$(MAKECMDGOALS)),)
$(error 'make $(MAKECMDGOALS)' is for the library as it is shipped: call it without FEATURES)
endif
endif

WARNINGS     := -Wall -Wextra -Wpedantic -Werror
C99          := $(CC) -std=c99 $(CFLAGS) $(WARNINGS) -Iinclude
HEADER       := include/pqhybrid.h
STEP         := sh tests/step.sh
EXAMPLE_NAMES := kem sign sign_file secure_memory
C_TESTS      := null_overlap flips statuses information points prehash prehash_states large threads sizes prepared residue os_random_failure early
CARGO_HEADER := $(CARGO) run -q --locked --manifest-path tools/header/Cargo.toml --target-dir build/header

.DEFAULT_GOAL := help
.PHONY: help build demo test check lint fmt header abi notices check-generated clean FORCE \
        install uninstall dist size test-install test-cmake test-dist deny setup-dist \
        setup-build setup-demo setup-test setup-assurance test-rust test-c test-differential test-examples test-suites \
        targets wasm firmware run-firmware embedded test-targets test-linux test-wasm test-firmware test-embedded \
        python python-bindings python-test lint-python bench-python bench \
        wheels test-wheels \
        assurance test-assurance fuzz timing mutants coverage

help: ## This list
	@echo 'pqhybrid: hybrid post-quantum cryptography behind one C ABI.'
	@echo 'To use it:'
	@awk -F':.*## ' '/^(build|demo|test|assurance|install|uninstall|python|targets|wasm|firmware|run-firmware|wheels|dist|size|clean|help):.*## /{printf "  make %-16s %s\n", $$1, $$2}' Makefile
	@echo 'To work on it:'
	@awk -F':.*## ' '/^[a-z-]+:.*## / && !/^(build|demo|test|assurance|install|uninstall|python|targets|wasm|firmware|run-firmware|wheels|dist|size|clean|help):/{printf "  make %-16s %s\n", $$1, $$2}' Makefile
	@echo 'Variables:'
	@echo '  SUITES="..."           for build, targets, wasm: which suites, of $(ALL_SUITES)'
	@echo '  PROFILE=size           for build, targets, wasm, firmware: small rather than fast'
	@echo '  FEATURES=verify-after-sign'
	@echo '                         for build: each signature is verified before it is let out, against faults'
	@echo '  PREFIX, LIBDIR, INCLUDEDIR, DESTDIR, EXAMPLES=1'
	@echo '                         for install: where to, by default /usr/local; and the tool sign_file'
	@echo '  TARGETS="..."          for targets, dist, wheels: which, as in "thumbv8m.main-none-eabi wasm32-wasip1"'
	@echo '  TARGET=...             for install: one of those that `make targets` has built'
	@echo '  CARGO, CC, CXX, CFLAGS, PYTHON'
	@echo '  PQHYBRID_VECTORS=DIR   for test: the published vectors, see tests/README.md'
	@echo '  PQHYBRID_SEED=...      for test-differential, python-test: repeats their random cases'

# ---- building ------------------------------------------------------------------------------------

build: libpqhybrid.a libpqhybrid.so ## The library: libpqhybrid.a and libpqhybrid.so, in this folder

# What installs packages goes first.
setup-build: $(if $(filter demo,$(MAKECMDGOALS)),setup-demo) $(if $(filter test assurance,$(MAKECMDGOALS)),setup-test)
setup-build setup-demo setup-test setup-dist setup-assurance:
	@sh tools/setup.sh $(@:setup-%=%)

RUST_SOURCES := .cargo/config.toml Cargo.toml Cargo.lock keccak/Cargo.toml $(shell find src keccak/src -name '*.rs')
LIBRARY      := PROFILE="$(PROFILE)" sh tools/library.sh
LIBRARY_SOURCES := tools/library.sh tools/remap.sh tools/link.sh tools/trampolines.sh abi/versions

libpqhybrid.a: build/lib/libpqhybrid.a
	@cp build/lib/libpqhybrid.a .
build/lib/libpqhybrid.a: $(RUST_SOURCES) build/selected $(LIBRARY_SOURCES) | setup-build
	@echo 'building the library (about a minute the first time): $(SUITES)'
	@SUITES="$(SUITES)" FEATURES="$(FEATURES)" $(LIBRARY) host build/lib
libpqhybrid.so: libpqhybrid.a
	@cp -P build/lib/libpqhybrid.so* .
	@rm -f libpqhybrid.so.*.debug

# Changes only when SUITES, PROFILE or FEATURES do, so that another choice builds the library anew.
build/selected: FORCE
	@mkdir -p build
	@echo '$(SUITES) $(PROFILE) $(FEATURES)' | cmp -s - $@ || echo '$(SUITES) $(PROFILE) $(FEATURES)' > $@
FORCE:

# The same library with the firmware's random hook in place of the operating system, for a test.
build/platform-random/libpqhybrid.a: $(RUST_SOURCES) $(LIBRARY_SOURCES)
	SUITES="$(ALL_SUITES)" FEATURES=platform-random $(LIBRARY) host $(@D)

header: ## Make include/pqhybrid.h again from src/ffi
	$(CARGO_HEADER)

abi: build ## Make abi/abi.txt again, when functions were added on purpose
	sh tools/abi.sh accept build/lib/libpqhybrid.so

notices: ## Make THIRD-PARTY-NOTICES.md again from Cargo.lock
	$(PYTHON) tools/notices.py

# ---- installing ----------------------------------------------------------------------------------

# GNU's names in small letters are understood as well.
PREFIX     ?= $(or $(prefix),/usr/local)
LIBDIR     ?= $(or $(libdir),$(PREFIX)/lib)
INCLUDEDIR ?= $(or $(includedir),$(PREFIX)/include)
export DESTDIR PREFIX LIBDIR INCLUDEDIR EXAMPLES

# The library is no prerequisite, so that sudo needs no Rust; but if it is to be built as well, that comes first.
install: $(filter build demo,$(MAKECMDGOALS)) ## Install header, libraries, pkg-config and CMake files; EXAMPLES=1: sign_file too
	@SUITES="$(SUITES_GIVEN)" $(if $(TARGET),LIBRARIES="build/targets/$(TARGET)") sh tools/install.sh install

uninstall: ## Remove what `make install` with the same variables put there
	@sh tools/install.sh uninstall

wheels: setup-dist ## Python packages for pip, audited, in build/wheels/dist (TARGETS="..." for fewer)
	sh tools/wheels.sh $(TARGETS)

dist: setup-dist ## Source and binary tarballs, checksums, bill of materials, of the commit, in build/dist (TARGETS="..." for fewer)
	sh tools/dist.sh $(TARGETS)

deny: ## Licences, duplicates, sources, advisories of the crates; that the check of their record finds what it should
	sh tools/deny.sh
	$(PYTHON) -B tools/test_supply_chain.py

size: build ## What the library takes in a program, in bytes; on a Cortex-M33 also by what takes the space
	@sh tools/size.sh build/lib
	@! sh tools/toolchain.sh thumbv8m.main-none-eabi binutils >/dev/null || $(PYTHON) tools/embedded.py --size

# ---- examples ------------------------------------------------------------------------------------

build/examples/%: examples-c/%.c $(wildcard examples-c/*.h) $(HEADER) libpqhybrid.a
	@mkdir -p $(@D)
	$(C99) $< libpqhybrid.a -o $@

demo: setup-demo build $(EXAMPLE_NAMES:%=build/examples/%) ## Build the examples and run them: all four hybrids at work
	@sh examples-c/demo.sh build/examples

# ---- the Python package ----------------------------------------------------------------------------

python: python/src/pqhybrid/libpqhybrid.so ## The Python package, to be used from python/src
python/src/pqhybrid/libpqhybrid.so: libpqhybrid.so
	@cp -L $< $@
	@echo "python/src is ready: PYTHONPATH=python/src python3 -m pqhybrid info (with CFFI installed: pip install cffi)"

python-bindings: build/venv/ready ## Make the parts of the Python package again that say what the header says
	build/venv/bin/python -B tools/python_bindings.py

build/venv-bench/ready: python/requirements-bench.txt
	$(PYTHON) -m venv build/venv-bench
	build/venv-bench/bin/pip install -q --disable-pip-version-check -r $<
	@touch $@

bench: build ## The library beside its peers, in six minutes and three to ten more the first time: docs/performance.* (QUICK=1: a smoke test of twenty seconds)
	@sh bench/run.sh $(if $(QUICK),--quick,--out docs)

bench-python: python build/venv-bench/ready ## What the Python package costs over C, beside xwing-kem and cryptography (JSON=file for the figures)
	build/venv-bench/bin/python -B python/bench.py $(if $(JSON),--json $(JSON))

# ---- other machines ------------------------------------------------------------------------------

targets: setup-build ## The library for every machine that there is a recipe for, in build/targets (TARGETS="..." for some)
	@PROFILE="$(PROFILE)" SUITES="$(SUITES)" sh tools/targets.sh $(TARGETS)

wasm: setup-build ## The WebAssembly modules and their JavaScript package, in build/wasm
	@echo 'building three modules (two minutes the first time)'
	@PROFILE="$(PROFILE)" SUITES="$(SUITES)" sh tools/wasm.sh build/wasm/$(PROFILE)
	@echo 'the package is in build/wasm/$(PROFILE)'

FIRMWARE      := build/firmware/eabi-$(PROFILE)
FIRMWARE_MAKE := $(MAKE) -s --no-print-directory -C examples-c/firmware OUT="$(CURDIR)/$(FIRMWARE)" \
                 LIBRARY="$(CURDIR)/$(FIRMWARE)/libpqhybrid.a" SIGN_FILE="$(CURDIR)/build/examples/sign_file" \
                 BOOT_SUITE="$(subst -,_,$(or $(BOOT_SUITE),mldsa65_ed25519))"

# What is missing is said before anything is built; the tool that signs is the host's, whatever PROFILE is.
firmware: ## The examples for a Cortex-M33: the library and images, in build/firmware
	@sh tools/toolchain.sh thumbv8m.main-none-eabi cc >/dev/null
	@$(MAKE) -s --no-print-directory PROFILE=release build/examples/sign_file
	@echo 'building the library for Cortex-M33 (about a minute the first time), and the images'
	@SUITES="$(ALL_SUITES)" $(LIBRARY) thumbv8m.main-none-eabi $(FIRMWARE)
	@$(FIRMWARE_MAKE) all
	@echo 'the library and the images are in $(FIRMWARE)'

run-firmware: ## Run them in QEMU: all suites, and a boot loader that starts what was signed (BOOT_SUITE=mldsa87_ed448)
	@sh tools/qemu-arm.sh >/dev/null
	@$(MAKE) -s --no-print-directory firmware
	@$(FIRMWARE_MAKE) run QEMU="$$(sh tools/qemu-arm.sh)"

embedded: ## Measure the library on a Cortex-M33 again, in three minutes: docs/embedded.md and docs/embedded.csv
	$(PYTHON) tools/embedded.py

# ---- checks --------------------------------------------------------------------------------------

check: lint check-generated build ## Formatting, lints, generated files, the header in C and C++, the linked library, the ABI
	sh tests/header.sh
	sh tests/linked.sh build/lib
	sh tests/abi.sh build/lib

lint: ## rustfmt and clippy; warnings are errors
	$(CARGO) fmt --all --check
	$(CARGO) clippy -q --locked --workspace --all-targets --target-dir target -- -D warnings
	$(CARGO) clippy -q --locked --lib --no-default-features --features platform-random --target-dir target -- -D warnings
	RUSTFLAGS="$$(sh tests/levels.sh flags x86-64-v3) --cfg pqhybrid_levels" \
	    $(CARGO) clippy -q --locked --workspace --lib --features pqhybrid/levels --target x86_64-unknown-linux-gnu --target-dir target/tests/lint -- -D warnings
	$(CARGO) fmt --check --manifest-path tools/header/Cargo.toml
	$(CARGO) clippy -q --locked --manifest-path tools/header/Cargo.toml --target-dir build/header -- -D warnings
	$(CARGO) fmt --check --manifest-path bench/Cargo.toml
	$(CARGO) fmt --check --manifest-path bench/halves/Cargo.toml
	$(CARGO) fmt --check --manifest-path fuzz/Cargo.toml
	$(CARGO) clippy -q --locked --manifest-path fuzz/Cargo.toml --all-targets --target-dir build/fuzz/lint -- -D warnings

fmt: ## Format the Rust code
	$(CARGO) fmt --all
	$(CARGO) fmt --manifest-path tools/header/Cargo.toml
	$(CARGO) fmt --manifest-path bench/Cargo.toml
	$(CARGO) fmt --manifest-path bench/halves/Cargo.toml
	$(CARGO) fmt --manifest-path fuzz/Cargo.toml

check-generated: build/venv/ready ## Fail if header, notices, Python bindings or the record of crates are not what they are made from
	$(CARGO_HEADER) -- --check
	$(PYTHON) tools/notices.py --check
	build/venv/bin/python -B tools/python_bindings.py --check
	$(PYTHON) -B tools/supply_chain.py --check

# ---- tests: tests/README.md is their map -----------------------------------------------------------

test: setup-test setup-dist ## Everything: checks, Rust, C and Python tests, examples, suite selection, other machines, tarballs
	@rm -rf build/logs
	@$(STEP) check $(MAKE) --no-print-directory check
	@$(STEP) rust $(MAKE) --no-print-directory test-rust
	@$(STEP) c $(MAKE) --no-print-directory test-c
	@$(STEP) examples $(MAKE) --no-print-directory test-examples
	@$(STEP) install $(MAKE) --no-print-directory test-install
	@$(STEP) cmake $(MAKE) --no-print-directory test-cmake
	@$(STEP) differential $(MAKE) --no-print-directory test-differential
	@$(STEP) python $(MAKE) --no-print-directory python-test
	@$(STEP) suites $(MAKE) --no-print-directory test-suites
	@$(STEP) targets $(MAKE) --no-print-directory test-targets
	@$(STEP) linux $(MAKE) --no-print-directory test-linux
	@$(STEP) firmware $(MAKE) --no-print-directory test-firmware
	@$(STEP) embedded $(MAKE) --no-print-directory test-embedded
	@$(STEP) wasm $(MAKE) --no-print-directory test-wasm
	@$(STEP) assurance $(MAKE) --no-print-directory test-assurance
	@$(STEP) deny $(MAKE) --no-print-directory deny
	@$(STEP) dist $(MAKE) --no-print-directory test-dist
	@$(STEP) wheels $(MAKE) --no-print-directory test-wheels
	@sh tests/summary.sh

# The levels of code that this machine can run, see tests/levels.sh: what runs on one of them runs on each.
EACH_LEVEL := levels=$$(sh tests/levels.sh) && [ -n "$$levels" ] || exit 1; for level in $$levels; do echo "on $$level:"; export PQHYBRID_BACKEND=$$level;

test-rust: ## The primitives and suites against published vectors, Wycheproof and a second implementation
	@$(EACH_LEVEL) RUSTFLAGS="$(RUSTFLAGS) $$(sh tests/levels.sh flags "$$level")" \
	    $(CARGO) test -q --locked --tests --features levels --target-dir target/tests/$$level -- --nocapture || exit 1; done

build/c/%: tests/c/%.c $(wildcard tests/c/*.h) $(HEADER) libpqhybrid.a
	@mkdir -p $(@D)
	@$(C99) -pthread $< libpqhybrid.a $(LDFLAGS) -o $@

# The test watches how much of the stack the library overwrites, which differs between the profiles.
build/c/residue: LDFLAGS := -Wl,--wrap=memset
build/size/libpqhybrid.a: $(RUST_SOURCES) $(LIBRARY_SOURCES)
	SUITES="$(ALL_SUITES)" PROFILE=size sh tools/library.sh host $(@D)
build/c/residue-size: tests/c/residue.c $(wildcard tests/c/*.h) $(HEADER) build/size/libpqhybrid.a
	@mkdir -p $(@D)
	@$(C99) -DPQH_TEST_SIZE_PROFILE $< build/size/libpqhybrid.a -Wl,--wrap=memset -o $@

build/c/sizes-c++: tests/c/sizes.c $(wildcard tests/c/*.h) $(HEADER) libpqhybrid.so
	@mkdir -p $(@D)
	@$(CXX) -std=c++17 $(CFLAGS) $(WARNINGS) -Iinclude -x c++ $< -L. -lpqhybrid -Wl,-rpath,'$$ORIGIN/../..' -o $@

build/c/random_failure: tests/c/random_failure.c $(wildcard tests/c/*.h) $(HEADER) build/platform-random/libpqhybrid.a
	@mkdir -p $(@D)
	@$(C99) $< build/platform-random/libpqhybrid.a -o $@

C_PROGRAMS := $(C_TESTS:%=build/c/%) build/c/sizes-c++ build/c/random_failure build/c/residue-size

test-c: build build/c/vectors $(C_PROGRAMS) ## The C ABI: vectors, bad input, failing random sources, threads, residue
	@$(EACH_LEVEL) sh tests/c/vectors.sh $(PYTHON) build/c/vectors || exit 1; \
	    for program in $(C_PROGRAMS); do $$program || exit 1; done; done
	@sh tests/c/prepared.sh build/c/prepared $$(sh tests/levels.sh)

build/venv/ready: tests/python/requirements.txt python/requirements-test.txt
	$(PYTHON) -m venv build/venv
	build/venv/bin/pip install -q --disable-pip-version-check $(^:%=-r %)
	@touch $@

test-differential: build build/venv/ready ## The shared library through plain CFFI, against an independent composition
	@$(EACH_LEVEL) build/venv/bin/python -B -m pytest -q tests/python || exit 1; done

lint-python: build/venv/ready ## The Python package's types, by mypy and pyright; warnings are errors
	cd python && ../build/venv/bin/mypy --cache-dir ../build/mypy
	cd python && PYRIGHT_PYTHON_IGNORE_WARNINGS=1 ../build/venv/bin/pyright --warnings --pythonpath ../build/venv/bin/python

python-test: python build/examples/sign_file lint-python ## The Python package: types, vectors, properties, memory, threads, command line, keys, documentation
	cd python && PYTHONPATH="$(CURDIR)/python/src" ../build/venv/bin/python -B -m pytest -q tests

test-examples: build $(EXAMPLE_NAMES:%=build/examples/%) ## The examples, and sign_file from end to end
	@sh tests/examples/run.sh build/examples
	@sh tests/examples/link.sh
	@sh tests/examples/readme.sh

test-install: build build/examples/sign_file ## The installed library: pkg-config, make, Meson, C++, musl, beside OpenSSL and Rust
	@sh tests/installed/run.sh

test-cmake: build ## CMake: the installed package, and the source tree for this machine, 64-bit Arm and Cortex-M33
	@sh tests/cmake/run.sh

test-dist: setup-dist ## The tarballs: the same bytes in any folder, and programs built from each (TARGETS="..." for fewer)
	sh tests/dist.sh

test-suites: ## Each suite alone: the others leave no trace; what is said when something is missing
	sh tests/suites.sh
	sh tests/build.sh

test-firmware: build/examples/sign_file ## The library on a Cortex-M33 in QEMU: suites, vectors, secure boot, symbols
	@CARGO_FOLDER=target sh tests/firmware/run.sh

test-embedded: ## Instructions, stack and flash on a Cortex-M33, against docs/embedded.csv
	@CARGO_FOLDER=target $(PYTHON) tools/embedded.py --check

test-targets: build ## Everything that `make targets` builds
	@sh tests/targets.sh

test-linux: build ## 64-bit Arm with glibc and musl, and old and new x86-64, under qemu
	@CARGO_FOLDER=target sh tests/linux/run.sh

test-wasm: build ## WebAssembly in Node and Wasmtime: vectors, bad input, exchange with the native library, sizes
	@sh tests/wasm/run.sh

test-wheels: setup-dist ## The wheels in CPython 3.9 to 3.13, PyPy, and Python for 64-bit Arm; musl; the source distribution
	sh tools/wheels.sh
	sh tests/wheels/run.sh

# ---- assurance: SOUNDNESS.md says what each part shows -------------------------------------------------

# The quick part of what `make assurance` does wholly. Before it come the steps that build for the machines it looks at.
test-assurance: build ## Constant time, machine code, residue, faults, sanitizers, fuzzing: the quick part of each
	sh tests/constant-time/run.sh quick
	sh tests/machine-code/run.sh quick
	sh tests/residue/run.sh quick
	sh tests/faults/run.sh quick
	sh tests/sanitizers/run.sh quick
	sh fuzz/run.sh quick

# Seconds of fresh input for each target of `make fuzz`.
TIME ?= 60

assurance: setup-test setup-assurance build build/size/libpqhybrid.a ## Constant time, residue, panics, fuzzing, faults, mutation: all of it, in an hour or two, and a report of one page
	@TIME=$(TIME) sh tests/assurance/run.sh

fuzz: ## Fuzz every function (TIME=60 seconds for each target, FUZZ="kem sig" for some of them)
	TIME=$(TIME) sh fuzz/run.sh session $(FUZZ)

mutants: ## Change the library's code in every small way, and see a test fail each time (20 minutes)
	sh tests/mutants/run.sh

timing: build ## Measure whether an operation's time tells its secrets, in a quarter of an hour: docs/timing.svg
	FIGURE=docs/timing.svg sh tests/timing/run.sh 20000

coverage: setup-assurance ## Which lines of the library the Rust and the C tests reach
	sh tests/coverage.sh

clean: ## Remove everything that was built
	rm -rf target build libpqhybrid.a libpqhybrid.so* python/src/pqhybrid/libpqhybrid.so
