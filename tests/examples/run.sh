#!/bin/sh
# Runs the built examples: tests/examples/run.sh FOLDER_OF_BUILT_EXAMPLES. Builds nothing.
set -eu

if [ $# -ne 1 ]; then
    echo "usage: $0 FOLDER_OF_BUILT_EXAMPLES" >&2
    exit 2
fi
bin=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work"
umask 022
checks=0

failed() { # what
    echo "examples: FAILED: $1" >&2
    sed 's/^/  out: /' out >&2
    tr '\r' '\n' < err | sed 's/^/  err: /' >&2
    exit 1
}

# Runs a command and checks its exit status; out and err keep what it printed.
expect() { # status what command...
    status=0 wanted=$1 what=$2
    shift 2
    "$@" > out 2> err < "${input:-/dev/null}" || status=$?
    [ "$status" -eq "$wanted" ] || failed "$what: exit status $status, not $wanted"
    checks=$((checks + 1))
}

check() { # what test-command...
    what=$1
    shift
    "$@" || failed "$what"
    checks=$((checks + 1))
}

says() { # what file pattern
    check "$1: /$3/ not in std$2" grep -q -e "$3" "$2"
}

one_line() { # what
    check "$1: not one line" test "$(wc -l < err)" -eq 1
    check "$1: not sign_file: what: why" grep -q '^sign_file: ..*: ' err
}

# Like expect, and the error message must be one line that matches the pattern.
refuses() { # status what pattern command...
    wanted_status=$1 label=$2 pattern=$3
    shift 3
    expect "$wanted_status" "$label" "$@"
    one_line "$label"
    says "$label" err "$pattern"
}

absent() { # what file...
    what=$1
    shift
    for file in "$@"; do check "$what: $file is there" test ! -e "$file"; done
}

mode() { ls -l "$1" | cut -c 1-10; }

size() { wc -c < "$1" | tr -d ' '; }

flip() { # file offset: flips all bits of one byte
    byte=$(od -An -v -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
    # shellcheck disable=SC2059 # the format is the byte
    printf "\\$(printf %03o $((255 - byte)))" | dd of="$1" bs=1 seek="$2" conv=notrunc 2> /dev/null
}

sign_file() { "$bin/sign_file" "$@"; }

# ---- the three demonstrations: their exit status says whether all went as it should ----------------

expect 0 "kem" "$bin/kem"
says "kem" out '^mlkem768_x25519'
says "kem" out '^mlkem1024_x448'
check "kem: both suites to the end" test "$(grep -c 'refused, -4: ' out)" -eq 2
check "kem: a failed step" test "$(grep -c FAILED out)" -eq 0
expect 0 "sign" "$bin/sign"
says "sign" out '^mldsa65_ed25519'
says "sign" out '^mldsa87_ed448'
check "sign: both suites to the end" test "$(grep -c 'refused, -7: ' out)" -eq 8
check "sign: a failed step" test "$(grep -c FAILED out)" -eq 0
expect 0 "secure_memory" "$bin/secure_memory"
says "secure_memory" out 'all zero'
check "secure_memory: three tokens refused" test "$(grep -c 'refused' out)" -eq 3

# ---- sign_file: the command line ---------------------------------------------------------------

refuses 2 "no arguments" '--help' sign_file
refuses 2 "unknown option" '--frobnicate: unknown' sign_file sign --frobnicate a b
refuses 2 "unknown command" 'frobnicate' sign_file frobnicate a b
refuses 2 "option without value" '--context' sign_file sign a b --context
refuses 2 "too few files" 'sign' sign_file sign a
refuses 2 "too many files" 'e: ' sign_file sign a b c e
refuses 2 "keygen with three files" 'keygen' sign_file keygen a b c
refuses 2 "unknown suite" 'standard or high' sign_file keygen --suite medium a b
refuses 2 "keygen with a context" '--context' sign_file keygen --context x a b
refuses 2 "sign with a suite" '--suite' sign_file sign --suite high a b
refuses 2 "standard input without a signature file" 'SIGNATURE_FILE' sign_file sign a -
refuses 2 "context of 256 bytes" '255' sign_file sign --context "$(printf %0256d 0)" a b
absent "wrong usage" a b c

expect 0 "--help" sign_file --help
check "--help: standard error" test ! -s err
for word in keygen sign verify --suite --context --progress --quiet --help --version 64 89 1984 2649 3373 4741; do
    says "--help" out "$word"
done
expect 0 "--version" sign_file --version
says "--version" out '^sign_file .*[0-9]\.[0-9]\.[0-9]'
if [ -w /dev/full ]; then
    expect 3 "--help on a full disk" sh -c "'$bin/sign_file' --help > /dev/full"
fi

# ---- sign_file: end to end, with each suite ------------------------------------------------------

printf 'a message of some words\n' > message
: > empty
truncate -s 300M sparse
head -c 200000 "$bin/sign_file" > large

end_to_end() { # suite sk_bytes pk_bytes sig_bytes
    s=$1 sk_bytes=$2 pk_bytes=$3 sig_bytes=$4

    for mask in 000 022 077; do
        umask $mask
        expect 0 "$s: keygen, umask $mask" sign_file keygen --suite "$s" "$s.$mask.key" "$s.$mask.pub"
        check "$s: secret key's mode, umask $mask" test "$(mode "$s.$mask.key")" = -rw-------
        check "$s: secret key's size" test "$(size "$s.$mask.key")" -eq "$sk_bytes"
        check "$s: public key's size" test "$(size "$s.$mask.pub")" -eq "$pk_bytes"
    done
    umask 022
    mv "$s.022.key" "$s.key"
    mv "$s.022.pub" "$s.pub"

    cp -p "$s.key" before
    refuses 3 "$s: keygen over a secret key" "$s.key: exists" sign_file keygen --suite "$s" "$s.key" new.pub
    refuses 3 "$s: keygen over a public key" "$s.pub: exists" sign_file keygen --suite "$s" new.key "$s.pub"
    refuses 3 "$s: keygen, both in one file" 'new.key: exists' sign_file keygen --suite "$s" new.key new.key
    refuses 3 "$s: keygen, no folder for the public key" 'no/pub: ' sign_file keygen --suite "$s" new.key no/pub
    refuses 3 "$s: keygen, no folder for the secret key" 'no/key: ' sign_file keygen --suite "$s" no/key new.pub
    refuses 3 "$s: keygen, disk full at the public key" 'new.pub: ' sh -c \
        "trap '' XFSZ; ulimit -f 1; '$bin/sign_file' keygen --suite $s new.key new.pub"
    absent "$s: refused keygen" new.key new.pub
    check "$s: the old secret key" cmp -s before "$s.key"

    for file in message empty large; do
        expect 0 "$s: sign $file" sign_file sign "$s.key" $file
        check "$s: size of $file.sig" test "$(size $file.sig)" -eq "$sig_bytes"
        expect 0 "$s: verify $file" sign_file verify "$s.pub" $file
        says "$s: verify $file" out 'valid'
    done
    expect 0 "$s: verify --quiet" sign_file verify --quiet "$s.pub" message
    check "$s: --quiet prints nothing" test "$(cat out err)" = ""
    cp message.sig "$s.sig"
    expect 0 "$s: signature's name given" sign_file verify "$s.pub" message "$s.sig"

    cp message changed
    flip changed 5
    refuses 1 "$s: flipped byte in the file" 'NOT valid' sign_file verify "$s.pub" changed "$s.sig"
    for offset in 0 $((sig_bytes / 2)) $((sig_bytes - 60)); do
        cp "$s.sig" bad.sig
        flip bad.sig "$offset"
        refuses 1 "$s: flipped byte $offset in the signature" 'NOT valid' sign_file verify "$s.pub" message bad.sig
    done
    refuses 1 "$s: wrong key" 'NOT valid' sign_file verify "$s.000.pub" message "$s.sig"

    # Sizes decide: what has another one is not a key or a signature at all, which is 3 and not 1.
    head -c $((sk_bytes - 1)) "$s.key" > short.key
    chmod 600 short.key
    refuses 3 "$s: truncated secret key" "64.*89" sign_file sign short.key message new.sig
    head -c $((pk_bytes - 1)) "$s.pub" > short.pub
    refuses 3 "$s: truncated public key" "1984.*2649" sign_file verify short.pub message "$s.sig"
    head -c $((sig_bytes - 1)) "$s.sig" > short.sig
    refuses 3 "$s: truncated signature" "3373.*4741" sign_file verify "$s.pub" message short.sig
    refuses 3 "$s: public key as secret key" 'like a public key' sign_file sign "$s.pub" message new.sig
    refuses 3 "$s: secret key as public key" 'like a secret key' sign_file verify "$s.key" message "$s.sig"
    refuses 3 "$s: large file as key" 'more than' sign_file sign large message new.sig
    cp "$s.pub" bad.pub
    dd if=/dev/zero of=bad.pub bs=1 seek=$((pk_bytes - 57)) count=57 conv=notrunc 2> /dev/null
    refuses 3 "$s: public key with a small-order point" 'bad.pub' sign_file verify bad.pub message "$s.sig"
    absent "$s: refused sign" new.sig

    expect 0 "$s: sign with a context" sign_file sign --context invoice "$s.key" message ctx.sig
    expect 0 "$s: verify with the context" sign_file verify --context invoice "$s.pub" message ctx.sig
    refuses 1 "$s: another context" 'NOT valid' sign_file verify --context payment "$s.pub" message ctx.sig
    refuses 1 "$s: no context" 'NOT valid' sign_file verify "$s.pub" message ctx.sig
    refuses 1 "$s: a context too many" 'NOT valid' sign_file verify --context invoice "$s.pub" message "$s.sig"

    input=message
    expect 0 "$s: sign standard input" sign_file sign "$s.key" - stdin.sig
    expect 0 "$s: verify standard input" sign_file verify "$s.pub" - "$s.sig"
    input=
    expect 0 "$s: what was signed from standard input" sign_file verify "$s.pub" message stdin.sig
    expect 0 "$s: verify a pipe" sh -c "cat large | '$bin/sign_file' verify --progress '$s.pub' - large.sig"
    says "$s: progress of a pipe" err 'MiB'
    refuses 3 "$s: closed standard input" 'sign_file: -: ' sh -c "'$bin/sign_file' verify '$s.pub' - '$s.sig' <&-"

    expect 0 "$s: sign 300 MB" sign_file sign --progress --quiet "$s.key" sparse
    says "$s: progress of a file" err 'read 100%'
    expect 0 "$s: verify 300 MB" sign_file verify "$s.pub" sparse
    check "$s: no progress where there is no terminal" test ! -s err
    truncate -s 299M sparse
    refuses 1 "$s: 1 MB of 300 MB missing" 'NOT valid' sign_file verify "$s.pub" sparse
    truncate -s 300M sparse
}

end_to_end standard 64 1984 3373
end_to_end high 89 2649 4741

# ---- sign_file: files that are not as they should be ----------------------------------------------

refuses 3 "missing file" 'missing: ' sign_file sign standard.key missing
refuses 3 "missing key" 'missing: ' sign_file sign missing message
refuses 3 "missing signature" 'missing.sig: ' sign_file verify standard.pub message missing.sig
refuses 3 "directory as file" 'sign_file: \.: ' sign_file sign standard.key . new.sig
refuses 3 "directory as key" 'sign_file: \.: ' sign_file sign . message
refuses 3 "directory as signature" 'sign_file: \.: ' sign_file sign standard.key message .
refuses 3 "no place for the signature" 'nowhere' sign_file sign standard.key message nowhere/sig
refuses 3 "signature of the other suite" "suite" sign_file verify standard.pub message high.sig
absent "refused sign" missing.sig new.sig

cp message kept
refuses 3 "signature over another file" 'not overwritten' sign_file sign standard.key kept message
refuses 3 "signature over its key" 'not overwritten' sign_file sign standard.key message standard.key
refuses 3 "signature over the signed signature" 'not overwritten' sign_file sign standard.key standard.sig standard.sig
check "the files that stood in the way" cmp -s kept message

cp standard.sig kept.sig
refuses 3 "disk full at the signature" 'kept.sig' sh -c \
    "trap '' XFSZ; ulimit -f 1; '$bin/sign_file' sign standard.key message kept.sig"
check "the older signature after a full disk" cmp -s standard.sig kept.sig
expect 0 "signing again" sign_file sign standard.key message kept.sig
check "a new signature" test "$(cmp -s standard.sig kept.sig && echo same)" = ""
check "temporary files left" test "$(find . -name '*.tmp' | wc -l)" -eq 0

cp standard.key open.key
chmod 640 open.key
expect 0 "secret key that the group can read" sign_file sign --quiet open.key message
one_line "secret key that the group can read"
says "secret key that the group can read" err 'warning: .*chmod 600'
expect 0 "secret key of mode 600" sign_file sign standard.key message
check "no warning about mode 600" test ! -s err

ln -s message -- -dash
expect 0 "file whose name begins with -" sign_file sign standard.key -- -dash
expect 0 "... is the message" sign_file verify standard.pub message ./-dash.sig

# root reads everything, and not every system has these two.
if [ "$(id -u)" -ne 0 ]; then
    cp message secret
    chmod 000 secret
    refuses 3 "unreadable file" 'secret: ' sign_file sign standard.key secret
fi
if [ -r /proc/self/mem ]; then
    refuses 3 "read error" 'mem: ' sign_file sign standard.key /proc/self/mem new.sig
fi
if [ -r /sys/devices/system/cpu/online ]; then
    refuses 3 "file shorter than its size" 'shorter' sign_file sign standard.key /sys/devices/system/cpu/online new.sig
fi

echo "examples: $checks checks"
