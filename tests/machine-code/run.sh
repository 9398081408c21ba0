#!/bin/sh
# The machine code of the libraries as they are shipped: what can end the program, and where, against panic-sites.txt; what
# takes a time that depends on numbers, against latency.txt; no formatting, no unwinding, and every panic a trap. On x86-64,
# 64-bit Arm, a Cortex-M33, and of panics in the WebAssembly modules.
#
# usage: tests/machine-code/run.sh quick|whole|accept      after `make build`
# quick looks at the fast profile, whole at the size profile and at musl and hard-float builds as well, and at libraries that
# were broken on purpose; accept takes what is found into the lists. What other tests have built already is taken from where cargo
# has it; else it is built.
set -eu
case ${1:-} in
quick) profiles=release whole='' ;;
whole | accept) profiles='release size' whole=yes ;;
*)
    echo 'usage: tests/machine-code/run.sh quick|whole|accept' >&2
    exit 2
    ;;
esac
python="${PYTHON:-python3} -B"
out=build/machine-code
mkdir -p "$out"

builds=''
for profile in $profiles; do
    suffix=${profile#release}
    suffix=${suffix:+-$suffix}
    # With musl the code is the same but for what it calls; at one profile that is enough.
    case $whole$profile in
    yesrelease) more='thumbv8m.main-none-eabihf x86_64-unknown-linux-musl aarch64-unknown-linux-musl' ;;
    yessize) more=thumbv8m.main-none-eabihf ;;
    *) more='' ;;
    esac
    for target in x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu thumbv8m.main-none-eabi $more; do
        machine=$(echo "${target%%[-.]*}" | tr _ -)
        case $target in
        *musl) machine=$machine-musl ;;
        *eabihf) machine=$machine-hf ;;
        esac
        machine=$machine$suffix
        PROFILE=$profile CARGO_FOLDER=target SUITES='mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448' \
            sh tools/library.sh "$target" "$out/$machine"
        builds="$builds $machine=$out/$machine"
    done
    PROFILE=$profile WASM_LD="$PWD/tests/machine-code/wasm-ld.sh" sh tools/wasm.sh "$out/wasm$suffix"
    builds="$builds wasm$suffix=$out/wasm$suffix/pqhybrid.wasm wasm-simd$suffix=$out/wasm$suffix/pqhybrid-simd.wasm"
    builds="$builds wasm-wasip1$suffix=$out/wasm$suffix/pqhybrid-wasip1.wasm"
done

accept=''
[ "$1" != accept ] || accept=accept
# shellcheck disable=SC2086 # lists
$python tests/machine-code/check.py $accept $builds
$python tests/machine-code/straight.py "$out/x86-64/unstripped.so"
[ "$1" != whole ] || sh tests/machine-code/broken.sh
