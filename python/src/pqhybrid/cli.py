"""The command `pqhybrid`, also `python -m pqhybrid`: see HELP in _cli_options.py, and docs/command-line.md."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from typing import Any, Optional

import pqhybrid
from pqhybrid import _cli_files as files
from pqhybrid import _cli_signals as signals
from pqhybrid import _cli_write as write
from pqhybrid._cli_files import KEM_SUITES, SIGNATURE_SUITES, CommandError, UsageError, bad_file, name_of, printable
from pqhybrid._cli_keys import Passphrase, load_public_key, load_secret_key, load_sized
from pqhybrid._cli_options import HELP, Options, parse

STANDARD_FILE = files.STANDARD_INPUT_OR_OUTPUT

# Below this, progress is over before it can be read.
LARGE = 64 << 20


def main(argv: Optional[list[str]] = None) -> int:
    """Runs the command with these arguments, or with those of the process, and returns its exit status.

    Nothing that goes wrong raises: it is one line on standard error, and the exit status that HELP names.
    """
    try:
        with signals.raised():
            options = parse(sys.argv[1:] if argv is None else list(argv))
            return _COMMANDS[options.command](options)
    except files.Unread as error:
        return error.status
    except CommandError as error:
        status, text = error.status, str(error)
    except (pqhybrid.MissingDependency, pqhybrid.RandomSourceError, pqhybrid.InternalError) as error:
        status, text = files.LIBRARY_FAILED, str(error)
    except MemoryError:
        status, text = files.LIBRARY_FAILED, "there is not enough memory"
    except pqhybrid.PqhybridError as error:
        status, text = files.BAD_FILE, str(error)
    except KeyboardInterrupt:
        status, text = files.INTERRUPTED, "interrupted"
    except signals.Stopped as stopped:
        status, text = stopped.status, str(stopped)
    files.say(f"pqhybrid: {text}", on_error=True)
    return status


def keygen(options: Options) -> int:
    """A new key pair, in two new files."""
    secret_path, public_path = options.files
    _two_outputs(secret_path, public_path)
    suite: Any = options.suite
    with suite.keygen() as key:
        public = _encoded_public(key.public_key, options)
        with _encoded_secret(key, options, secret_path) as secret:
            write.create((secret_path, 0o600, secret.view()), (public_path, 0o644, public))
    line = f"{_output(secret_path)}: new {suite.name} secret key, to be kept secret"
    second = f"{_output(public_path)}: its public key"
    _report(options, line, second, outputs=(secret_path, public_path))
    return files.DONE


def _encoded_public(key: Any, options: Options) -> bytes:
    if options.format == "raw":
        return bytes(key)
    return key.to_pem() if options.format == "pem" else key.to_der()  # type: ignore[no-any-return]


def _encoded_secret(key: Any, options: Options, path: str) -> pqhybrid.SecretBytes:
    if options.format == "raw":
        return key.to_secret_bytes()  # type: ignore[no-any-return]
    encode = key.to_pem if options.format == "pem" else key.to_der
    if not options.has_passphrase:
        return encode()  # type: ignore[no-any-return]
    with Passphrase(options, path, new=True) as passphrase:
        return pqhybrid.SecretBytes(encode(passphrase))


def sign(options: Options) -> int:
    """The signature of a file."""
    key_path, path, signature_path = _with_signature(options)
    files.one_standard_input(key_path, path, fd=options.passphrase_fd, passphrase=options.passphrase_file)
    with load_secret_key(key_path, options, SIGNATURE_SUITES, "sign") as key:
        with Message(path, options) as message:
            signer = key.signer(options.context)
            message.feed(signer)
        write.replace_signature(signature_path, path, signer.sign())
        suite = key.suite
    line = f"{printable(name_of(path))}: signed by {suite.name}, signature in {_output(signature_path)}"
    _report(options, line, outputs=(signature_path,))
    return files.DONE


def verify(options: Options) -> int:
    """Whether a signature of a file is valid."""
    key_path, path, signature_path = _with_signature(options)
    files.one_standard_input(key_path, path, signature_path)
    key = load_public_key(key_path, SIGNATURE_SUITES, "verify")
    signature = load_sized(signature_path, "signature", key.suite)
    with Message(path, options) as message:
        verifier = key.verifier(signature, options.context)
        message.feed(verifier)
    try:
        verifier.verify()
    except pqhybrid.InvalidSignature:
        why = "the signature is NOT valid for this file, key and context"
        raise CommandError(files.NOT_VALID, name_of(path), why) from None
    except pqhybrid.InvalidPublicKey as error:
        raise bad_file(key_path, str(error)) from None
    _report(options, f"{printable(name_of(path))}: the signature is valid ({key.suite.name})")
    return files.DONE


def encaps(options: Options) -> int:
    """A shared secret, and the ciphertext that brings it to the holder of the secret key."""
    key_path, ciphertext_path, secret_path = options.files
    _two_outputs(ciphertext_path, secret_path)
    key = load_public_key(key_path, KEM_SUITES, "encaps")
    try:
        ciphertext, secret = key.encaps()
    except pqhybrid.InvalidPublicKey as error:
        raise bad_file(key_path, f"{error}: get the public key again") from None
    with secret:
        write.create((secret_path, 0o600, secret.view()), (ciphertext_path, 0o644, ciphertext))
    line = f"{_output(ciphertext_path)}: ciphertext by {key.suite.name}, to be sent"
    second = f"{_output(secret_path)}: the shared secret, to be kept secret"
    _report(options, line, second, outputs=(ciphertext_path, secret_path))
    return files.DONE


def decaps(options: Options) -> int:
    """The shared secret that a ciphertext brings."""
    key_path, ciphertext_path, secret_path = options.files
    files.one_standard_input(key_path, ciphertext_path, fd=options.passphrase_fd, passphrase=options.passphrase_file)
    with load_secret_key(key_path, options, KEM_SUITES, "decaps") as key:
        ciphertext = load_sized(ciphertext_path, "ciphertext", key.suite)
        try:
            secret = key.decaps(ciphertext)
        except pqhybrid.InvalidCiphertext as error:
            raise bad_file(ciphertext_path, f"{error}: ask for a new one") from None
        suite = key.suite
    with secret:
        write.create((secret_path, 0o600, secret.view()))
    line = f"{_output(secret_path)}: the shared secret of {suite.name}, to be kept secret"
    _report(options, line, outputs=(secret_path,))
    return files.DONE


def info(options: Options) -> int:
    """What files are, or what the library is."""
    from pqhybrid import _cli_info

    if not options.files:
        files.say("\n".join(_cli_info.of_library()))
        return files.DONE
    files.one_standard_input(*options.files, fd=options.passphrase_fd, passphrase=options.passphrase_file)
    status = files.DONE
    for path in options.files:
        try:
            files.say("\n".join(_cli_info.of_file(path, options)))
        except files.Unread:
            raise
        except CommandError as error:
            # What is wrong with one file is no reason to be silent about the others.
            status = error.status
            files.say(f"pqhybrid: {error}", on_error=True)
    return status


def show_help(options: Options) -> int:
    """--help."""
    files.say(HELP.rstrip("\n"))
    return files.DONE


def show_version(options: Options) -> int:
    """--version."""
    files.say(f"pqhybrid {pqhybrid.__version__}")
    return files.DONE


_COMMANDS = {
    "keygen": keygen,
    "sign": sign,
    "verify": verify,
    "encaps": encaps,
    "decaps": decaps,
    "info": info,
    "--help": show_help,
    "--version": show_version,
}


def _output(path: str) -> str:
    return printable(name_of(path, "standard output"))


def _report(options: Options, *lines: str, outputs: tuple[str, ...] = ()) -> None:
    """Prints what was done: on standard error if standard output is one of the outputs.

    Raises:
        CommandError: it cannot be printed; says that the outputs are there nevertheless.
    """
    if options.quiet:
        return
    try:
        for line in lines:
            files.say(line, on_error=STANDARD_FILE in outputs)
    except CommandError as error:
        if not outputs:
            raise
        written = f"{' and '.join(map(_output, outputs))} {'were' if len(outputs) > 1 else 'was'} written nevertheless"
        raise CommandError(error.status, "standard output", f"{error.why}; {written}") from None


def _with_signature(options: Options) -> list[str]:
    if len(options.files) == 3:
        return options.files
    if options.files[1] == STANDARD_FILE:
        raise UsageError("standard input", "needs a SIGNATURE")
    return [*options.files, options.files[1] + ".sig"]


def _two_outputs(one: str, other: str) -> None:
    if one == other == STANDARD_FILE:
        raise UsageError("standard output", "is there once: only one file can be -")
    if one == other:
        raise UsageError(printable(one), "is given twice, for two different files")


class Message:
    """A file that is signed or verified, and the progress line while it is read."""

    def __init__(self, path: str, options: Options) -> None:
        self._path, self._options = path, options
        self._total: Optional[int] = None
        self._done, self._visible, self._shown = 0, False, -1

    def __enter__(self) -> Message:
        try:
            self._file = files.open_input(self._path)
        except OSError as error:
            raise bad_file(self._path, files.strerror(error)) from None
        self._terminal = not self._options.quiet and sys.stderr is not None and sys.stderr.isatty()
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        if self._visible:
            self._draw(f"\r{'':40}\r")

    def feed(self, prehash: Any) -> None:
        """Takes all of it in.

        Raises:
            CommandError: it cannot be read, or became shorter meanwhile.
        """
        from pqhybrid._stream import feed

        try:
            found = os.fstat(self._file.fileno())
            if stat.S_ISREG(found.st_mode):
                self._total = max(0, found.st_size - self._file.tell())
            feed(prehash, self._file, self._progress)
        except OSError as error:
            raise bad_file(self._path, files.strerror(error)) from None
        if self._total is not None and self._done < self._total:
            raise bad_file(self._path, "became shorter while it was read: try again when nobody writes to it")

    def _progress(self, done: int) -> None:
        self._done, total = done, self._total
        if self._options.progress or (self._terminal and (done if total is None else total) >= LARGE):
            self._visible = True
            now = done >> 20 if total is None else 100 if done >= total else done * 100 // total
            if now != self._shown:
                self._shown = now
                self._draw(f"\rread {now} MiB" if total is None else f"\rread {now:3}%")

    @staticmethod
    def _draw(text: str) -> None:
        if sys.stderr is not None:
            with contextlib.suppress(OSError):
                sys.stderr.write(text)
                sys.stderr.flush()
