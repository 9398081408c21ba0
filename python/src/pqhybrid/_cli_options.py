"""The command line of the command: its help, its options, and which of them go together."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Optional

import pqhybrid
from pqhybrid._cli_files import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

HELP = """\
usage: pqhybrid keygen [options] SECRET_KEY PUBLIC_KEY
       pqhybrid sign   [options] SECRET_KEY FILE [SIGNATURE]
       pqhybrid verify [options] PUBLIC_KEY FILE [SIGNATURE]
       pqhybrid encaps [options] PUBLIC_KEY CIPHERTEXT SHARED_SECRET
       pqhybrid decaps [options] SECRET_KEY CIPHERTEXT SHARED_SECRET
       pqhybrid info   [options] [FILE...]

Hybrid post-quantum signatures and key exchange, safe as long as either half of the
hybrid is. All arguments are files; - is standard input or standard output. SIGNATURE
is FILE.sig if not given. info tells what files are, or without any of the library.

of a new key pair, for keygen:
  --tier TIER             standard (signatures by ML-DSA-65 with Ed25519, the default),
                          high (signatures by ML-DSA-87 with Ed448), or key-exchange
                          (X-Wing: ML-KEM-768 with X25519)
  --suite SUITE           or one by its name: mldsa65_ed25519, mldsa87_ed448,
                          mlkem768_x25519, mlkem1024_x448
  --format FORMAT         pem (the default), der, or raw: the bytes and nothing else,
                          as the C library's tool sign_file has them
for sign and verify:
  --context TEXT          what the signature is for, up to 255 bytes; verify needs the
                          same
  --progress              show progress also where standard error is no terminal
for encrypted secret keys, and for keygen to encrypt one (needs PyPI's cryptography):
  --passphrase-file FILE  the passphrase is the first line of FILE; - is standard input
  --passphrase-fd N       or of what is open as file descriptor N
  --passphrase-prompt     or is asked for on the terminal; so it is without any of these
                          when an encrypted key is used
and always:
  --quiet                 print errors and warnings only
  --help, -h              print this and exit
  --version               print the version and exit

Keys may be PEM, DER or raw, which is recognised from what is in the file. New files
with secrets have mode 600. Keys, ciphertexts and shared secrets are never overwritten;
an older signature is replaced if its name ends in .sig.

examples:
  pqhybrid keygen alice.key alice.pub
  pqhybrid sign --context release alice.key pqhybrid.tar.gz
  pqhybrid verify --context release alice.pub pqhybrid.tar.gz
  pqhybrid keygen --tier key-exchange bob.key bob.pub
  pqhybrid encaps bob.pub to-bob.ct shared.secret
  pqhybrid decaps bob.key to-bob.ct same.secret

exit status: 0 done, or the signature is valid; 1 the signature is not valid; 2 wrong
usage; 3 a file cannot be read or written, or is not what it should be; 4 the library
failed; 130 interrupted, 143 terminated, 129 hung up
"""

FORMATS = ("pem", "der", "raw")
TIERS = {
    "standard": pqhybrid.STANDARD.signature,
    "high": pqhybrid.HIGH_STRENGTH.signature,
    "key-exchange": pqhybrid.KEY_EXCHANGE.kem,
}

_VALUES = ("--tier", "--suite", "--format", "--context", "--passphrase-file", "--passphrase-fd")
_FLAGS = ("--progress", "--passphrase-prompt", "--quiet", "--help", "--version")
_PASSPHRASES = ("--passphrase-file", "--passphrase-fd", "--passphrase-prompt")
_ALWAYS = ("--quiet", "--help", "--version")

# For each command: how many files at least and at most, in words, and which options it has.
_COMMANDS: dict[str, tuple[int, float, str, tuple[str, ...]]] = {
    "keygen": (2, 2, "needs two files", ("--tier", "--suite", "--format", *_PASSPHRASES)),
    "sign": (2, 3, "needs two or three files", ("--context", "--progress", *_PASSPHRASES)),
    "verify": (2, 3, "needs two or three files", ("--context", "--progress")),
    "encaps": (3, 3, "needs three files", ()),
    "decaps": (3, 3, "needs three files", _PASSPHRASES),
    "info": (0, float("inf"), "needs any number of files", _PASSPHRASES),
}


def _option(argument: str, rest: Iterator[str], given: dict[str, str]) -> None:
    """Takes one option, and its value from what follows if it has one there."""
    name, equals, value = argument.partition("=")
    if name in _VALUES:
        if not equals:
            following = next(rest, None)
            if following is None:
                raise UsageError(name, "needs a value")
            value = following
    elif name not in _FLAGS:
        raise UsageError(name, "unknown option")
    elif equals:
        raise UsageError(name, "takes no value")
    if name in _VALUES and name in given:
        raise UsageError(name, "is given twice")
    given[name] = value


class Options:
    """What was asked for: the command, its files, and the values of its options."""

    def __init__(self, command: str, files: list[str], given: dict[str, str]) -> None:
        self.command, self.files = command, files
        self.quiet, self.progress = "--quiet" in given, "--progress" in given
        self.context = os.fsencode(given.get("--context", ""))
        self.format = given.get("--format", "pem")
        self.passphrase_file = given.get("--passphrase-file")
        self.passphrase_prompt = "--passphrase-prompt" in given
        self.passphrase_fd: Optional[int] = None
        if len(self.context) > pqhybrid.MLDSA65_ED25519.context_max_bytes:
            raise UsageError("--context", "longer than 255 bytes")
        if self.format not in FORMATS:
            raise UsageError(self.format, f"not a format: {', '.join(FORMATS)}")
        self.suite = self._suite(given.get("--suite"), given.get("--tier"))
        if "--passphrase-fd" in given:
            number = given["--passphrase-fd"]
            if not (number.isascii() and number.isdecimal() and int(number) < 1 << 31):
                raise UsageError("--passphrase-fd", "needs the number of an open file descriptor")
            self.passphrase_fd = int(number)
        if sum(name in given for name in _PASSPHRASES) > 1:
            raise UsageError("passphrase", f"comes from one place: {', '.join(_PASSPHRASES)}")
        self.has_passphrase = any(name in given for name in _PASSPHRASES)
        if self.format == "raw" and self.has_passphrase:
            raise UsageError("--format raw", "cannot be encrypted: use pem or der with a passphrase")

    @staticmethod
    def _suite(name: Optional[str], tier: Optional[str]) -> pqhybrid.Suite:
        if name is not None and tier is not None:
            raise UsageError("--suite and --tier", "give one of them")
        if name is None:
            if tier is not None and tier not in TIERS:
                raise UsageError(tier, f"not a tier: {', '.join(TIERS)}")
            return TIERS[tier or "standard"]
        try:
            found: pqhybrid.Suite = pqhybrid.suite(name)
        except ValueError:
            hint = f", or --tier {name}" if name in TIERS else ""
            raise UsageError(name, f"not a suite: {', '.join(each.name for each in pqhybrid.SUITES)}{hint}") from None
        return found


def parse(arguments: list[str]) -> Options:
    """The options; --help and --version come back as a command.

    Options may stand anywhere, as `--name value` or `--name=value`; what follows `--` are files.

    Raises:
        UsageError: the arguments make no sense.
    """
    given: dict[str, str] = {}
    positional: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            positional.extend(rest)
        elif argument[:1] != "-" or argument == "-":
            positional.append(argument)
        else:
            _option("--help" if argument == "-h" else argument, rest, given)
    for name in ("--help", "--version"):
        if name in given:
            return Options(name, [], {})
    if not positional:
        raise UsageError("no command", ", ".join(_COMMANDS))
    command, *files = positional
    if command not in _COMMANDS:
        raise UsageError(command, f"not a command: {', '.join(_COMMANDS)}")
    least, most, words, allowed = _COMMANDS[command]
    if not least <= len(files) <= most:
        raise UsageError(command, words)
    for name in given:
        if name not in allowed and name not in _ALWAYS:
            raise UsageError(name, f"not for {command}")
    if "" in files:
        raise UsageError(command, "a file has an empty name")
    return Options(command, files, given)
