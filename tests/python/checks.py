"""What the tests of bad input look at: statuses by name, and outputs as C left them."""

from abi import MACROS, PqhError, ffi

STATUS_NAMES = {value: name for name, value in MACROS.items() if name.startswith("PQH_ERR_")}


def status_of(function, *arguments):
    try:
        function(*arguments)
    except PqhError as error:
        return STATUS_NAMES[error.status]
    return "PQH_OK"


def flipped(data, at, bit):
    changed = bytearray(data)
    changed[at] ^= 1 << bit
    return bytes(changed)


def dirty(suite, what):
    """An output that is not zero yet."""
    return ffi.new("uint8_t[]", b"\xa5" * suite.size(what))


def is_zero(output):
    return bytes(output) == bytes(len(output))
