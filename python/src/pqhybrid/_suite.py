"""What the suites of both kinds share: names, sizes, key pairs, and hints about them."""

from __future__ import annotations

from pqhybrid._ffi import ffi
from pqhybrid._library import fail, lib
from pqhybrid._secret import SecretBytes
from pqhybrid.errors import Wiped, WrongSuite

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, Union, overload
    from typing_extensions import Literal

    from pqhybrid._kem import KemSuite
    from pqhybrid._signature import SignatureSuite
else:

    def overload(function):
        return function


_ALL: dict[str, Any] = {}


class Suite:
    """One hybrid: its name in C, its title in the standard, and its sizes in bytes. Compare suites with `is`."""

    __slots__ = (
        "name", "title", "security_level", "public_key_bytes", "secret_key_bytes", "_public_key_out", "_keygen",
        "__weakref__",
    )  # fmt: skip

    name: str
    """In C, such as "mldsa65_ed25519"."""
    title: str
    """In the standard, such as "id-MLDSA65-Ed25519-SHA512"."""
    security_level: int
    """NIST's, of the post-quantum half: 3 or 5."""
    public_key_bytes: int
    secret_key_bytes: int

    def __init__(self, name: str, title: str, security_level: int) -> None:
        if name in _ALL or hasattr(self, "name"):
            raise TypeError(f"there is one {name}, and it is made already: pqhybrid.suite({name!r})")
        self._set(name=name, title=title, security_level=security_level)
        self._set(public_key_bytes=self._size("public_key"), secret_key_bytes=self._size("secret_key"))
        self._public_key_out = self._out(self.public_key_bytes)
        self._keygen = self._function("keygen")
        _ALL[name] = self

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        # C reads and writes as many bytes as these sizes say.
        if not name.startswith("_"):
            raise AttributeError(f"a suite cannot be changed: {name} is fixed by its standard")
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a suite cannot be changed: {name} is fixed by its standard")

    def _function(self, name: str) -> Any:
        return getattr(lib, f"pqh_{self.name}_{name}")

    def _type(self, what: str) -> Any:
        """The type of a pointer to that struct of the suite's."""
        return ffi.typeof(f"pqh_{self.name}_{what} *")

    def _size(self, what: str) -> int:
        return int(getattr(lib, f"PQH_{self.name}_{what}_bytes".upper()))

    @staticmethod
    def _out(size: int) -> Any:
        """The type of an output of that size."""
        return ffi.typeof(f"uint8_t[{size}]")

    def _pair(self) -> tuple[bytes, SecretBytes]:
        """A new key pair: the public key and the secret key."""
        public, secret = ffi.new(self._public_key_out), SecretBytes._of_size(self.secret_key_bytes)
        status = self._keygen(public, secret._memory)
        if status:
            fail(status)
        return ffi.buffer(public)[:], secret

    def _computed(self, function: Any, secret: SecretBytes) -> bytes:
        """The public key that this function of the library computes of a secret key."""
        public = ffi.new(self._public_key_out)
        status = function(public, secret._use())
        if secret._wiped:
            raise Wiped("this secret key was wiped while its public key was computed")
        if status:
            fail(status)
        return bytes(ffi.buffer(public))

    def _hint(self, what: str, size: int) -> str:
        """Says so if that is the size of the same thing in another suite."""
        attribute = what.replace(" ", "_") + "_bytes"
        for other in _ALL.values():
            if other is not self and getattr(other, attribute, None) == size:
                return f", as many as a {what} of {other.name} has"
        return ""

    def __repr__(self) -> str:
        return f"<{self.name}: {self.title}>"

    def __reduce__(self) -> Any:
        return suite, (self.name,)


@overload
def suite(name: Literal["mlkem768_x25519", "mlkem1024_x448"]) -> KemSuite: ...
@overload
def suite(name: Literal["mldsa65_ed25519", "mldsa87_ed448"]) -> SignatureSuite: ...
@overload
def suite(name: str) -> Union[KemSuite, SignatureSuite]: ...
def suite(name: str) -> Any:
    """The suite with that name, such as "mldsa65_ed25519"; with hyphens or in capitals as well.

    Raises:
        WrongSuite: there is none; the text names those that there are.
        TypeError: name is no str.
    """
    if not isinstance(name, str):
        raise TypeError(f"expected the name of a suite, a str, got {type(name).__name__}")
    found = _ALL.get(name.lower().replace("-", "_"))
    if found is None:
        raise WrongSuite(f"no suite is called {name!r}; there are: {', '.join(_ALL)}")
    return found


def known(given: Any) -> Any:
    """given, if it is a suite."""
    if not isinstance(given, Suite):
        raise TypeError(
            f"expected a suite such as pqhybrid.MLDSA65_ED25519, got {type(given).__name__}; pqhybrid.suite() finds one by name"
        )
    return given
