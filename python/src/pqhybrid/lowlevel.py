"""The C ABI, function by function: the same names, the same order of arguments, the same statuses.

For code that needs exactly what C offers; everybody else is better served by the suites of `pqhybrid`. What differs from
C is what Python makes safe: a buffer knows its length, so a length is no argument of its own, and one of the wrong length
raises `pqhybrid.LengthError`. Outputs are writable buffers, such as a bytearray; inputs are any bytes-like objects. None
stands for NULL. Nothing is raised for a status: compare what is returned with PQH_OK, and wipe what was secret with
pqh_secure_wipe.

Generated from include/pqhybrid.h by tools/python_bindings.py: do not edit.
"""

from __future__ import annotations

from pqhybrid._ffi import ffi
from pqhybrid._library import from_buffer, lib, readable
from pqhybrid.errors import LengthError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, Optional

    from pqhybrid._types import Buffer, WritableBuffer

PQH_VERSION_MAJOR = 0
PQH_VERSION_MINOR = 1
PQH_VERSION_PATCH = 0
PQH_OK = 0
PQH_ERR_NULL = -1
PQH_ERR_OVERLAP = -2
PQH_ERR_CONTEXT_LENGTH = -3
PQH_ERR_PUBLIC_KEY = -4
PQH_ERR_SECRET_KEY = -5
PQH_ERR_CIPHERTEXT = -6
PQH_ERR_SIGNATURE = -7
PQH_ERR_RANDOM = -8
PQH_ERR_STATE = -9
PQH_ERR_INTERNAL = -10
PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES = 1216
PQH_MLKEM768_X25519_SECRET_KEY_BYTES = 32
PQH_MLKEM768_X25519_CIPHERTEXT_BYTES = 1120
PQH_MLKEM768_X25519_SHARED_SECRET_BYTES = 32
PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES = 64
PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES = 96
PQH_MLKEM768_X25519_DECAPS_KEY_BYTES = 7872
PQH_MLKEM768_X25519_ENCAPS_KEY_BYTES = 6272
PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES = 1624
PQH_MLKEM1024_X448_SECRET_KEY_BYTES = 120
PQH_MLKEM1024_X448_CIPHERTEXT_BYTES = 1624
PQH_MLKEM1024_X448_SHARED_SECRET_BYTES = 32
PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES = 88
PQH_MLKEM1024_X448_DECAPS_KEY_BYTES = 12544
PQH_MLKEM1024_X448_ENCAPS_KEY_BYTES = 10400
PQH_CONTEXT_MAX_BYTES = 255
PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES = 1984
PQH_MLDSA65_ED25519_SECRET_KEY_BYTES = 64
PQH_MLDSA65_ED25519_SIGNATURE_BYTES = 3373
PQH_MLDSA65_ED25519_SIGN_RND_BYTES = 32
PQH_MLDSA65_ED25519_DIGEST_BYTES = 64
PQH_MLDSA65_ED25519_PREHASH_BYTES = 256
PQH_MLDSA65_ED25519_SIGN_KEY_BYTES = 6144
PQH_MLDSA65_ED25519_VERIFY_KEY_BYTES = 3104
PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES = 2649
PQH_MLDSA87_ED448_SECRET_KEY_BYTES = 89
PQH_MLDSA87_ED448_SIGNATURE_BYTES = 4741
PQH_MLDSA87_ED448_SIGN_RND_BYTES = 32
PQH_MLDSA87_ED448_DIGEST_BYTES = 64
PQH_MLDSA87_ED448_PREHASH_BYTES = 256
PQH_MLDSA87_ED448_SIGN_KEY_BYTES = 7752
PQH_MLDSA87_ED448_VERIFY_KEY_BYTES = 2688

_BYTES = ffi.typeof("uint8_t[]")


class Prehash:
    """The state of a message that comes in pieces: pqh_<suite>_prehash in C, wiped by pqh_<suite>_prehash_final."""

    __slots__ = ("_state",)

    def __init__(self, suite: str) -> None:
        """suite is a stem, such as "mldsa65_ed25519". The state is not begun yet."""
        try:
            self._state: Any = ffi.new(f"pqh_{suite}_prehash *")
        except ffi.error:
            raise ValueError(f"no suite for signatures is called {suite!r}") from None

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a message that is being taken in is not pickled or copied: a copy would share its state")


class PreparedKey:
    """Room for a prepared key: pqh_<suite>_<kind>_key in C. A secret one is to be wiped by pqh_<suite>_<kind>_key_wipe."""

    __slots__ = ("_key",)

    def __init__(self, suite: str, kind: str) -> None:
        """suite is a stem, such as "mldsa65_ed25519"; kind is "encaps", "decaps", "sign" or "verify". Nothing is prepared yet."""
        try:
            self._key: Any = ffi.new(f"pqh_{suite}_{kind}_key *")
        except ffi.error:
            raise ValueError(f"no suite {suite!r} has prepared keys of the kind {kind!r}") from None

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("prepared keys are not pickled or copied: store encoded ones")


def _in(name: str, data: Optional[Buffer], size: int = -1) -> Any:
    if data is None:
        return ffi.NULL
    return _sized(name, readable(name, data), size)


def _out(name: str, data: Optional[WritableBuffer], size: int = -1) -> Any:
    if data is None:
        return ffi.NULL
    try:
        buffer = from_buffer(_BYTES, data, require_writable=True)
    except (TypeError, ValueError, BufferError):
        raise TypeError(f"{name}: expected a writable buffer in one piece, got {type(data).__name__}") from None
    return _sized(name, buffer, size)


def _sized(name: str, buffer: Any, size: int) -> Any:
    if size >= 0 and len(buffer) != size:
        raise LengthError(f"{name}: expected {size} bytes, got {len(buffer)}")
    return buffer


def _len(buffer: Any) -> int:
    return 0 if buffer == ffi.NULL else len(buffer)


def _state(state: Optional[Prehash]) -> Any:
    if state is None:
        return ffi.NULL
    if not isinstance(state, Prehash):
        raise TypeError(f"state: expected a Prehash, got {type(state).__name__}")
    return state._state


def _key(key: Optional[PreparedKey], kind: Any) -> Any:
    if key is None:
        return ffi.NULL
    if not isinstance(key, PreparedKey):
        raise TypeError(f"key: expected a PreparedKey, got {type(key).__name__}")
    if ffi.typeof(key._key) is not kind:
        raise TypeError(f"key: expected {kind.cname}, got {ffi.typeof(key._key).cname}")
    return key._key


def pqh_mlkem768_x25519_public_key_bytes() -> int:
    """PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem768_x25519_public_key_bytes())


def pqh_mlkem768_x25519_secret_key_bytes() -> int:
    """PQH_MLKEM768_X25519_SECRET_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem768_x25519_secret_key_bytes())


def pqh_mlkem768_x25519_ciphertext_bytes() -> int:
    """PQH_MLKEM768_X25519_CIPHERTEXT_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem768_x25519_ciphertext_bytes())


def pqh_mlkem768_x25519_shared_secret_bytes() -> int:
    """PQH_MLKEM768_X25519_SHARED_SECRET_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem768_x25519_shared_secret_bytes())


def pqh_mlkem768_x25519_encaps_coins_bytes() -> int:
    """PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem768_x25519_encaps_coins_bytes())


def pqh_mlkem768_x25519_lamps_secret_key_bytes() -> int:
    """PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem768_x25519_lamps_secret_key_bytes())


def pqh_mlkem768_x25519_keygen(pk: Optional[WritableBuffer], sk: Optional[WritableBuffer]) -> int:
    """Generates a key pair of X-Wing, which is MLKEM768-X25519.

    Standard: GenerateKeyPair, draft-connolly-cfrg-xwing-kem-10 section 5.2;
      ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.

    Parameters:
      pk  [out]  public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
      sk  [out]  secret key, PQH_MLKEM768_X25519_SECRET_KEY_BYTES (32): fresh random bytes

    Returns:
      PQH_OK            pk and sk are written
      PQH_ERR_NULL      a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP   pk and sk overlap; both unchanged
      PQH_ERR_RANDOM    the random source failed; outputs all zero
      PQH_ERR_INTERNAL  an error inside the library; outputs all zero

    Wiped: the expanded keys and the stack that was used; after a failure also pk and sk.
    """
    pk_ = _out("pk", pk, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES)
    sk_ = _out("sk", sk, PQH_MLKEM768_X25519_SECRET_KEY_BYTES)
    return int(lib.pqh_mlkem768_x25519_keygen(pk_, sk_))


def pqh_mlkem768_x25519_public_key(pk: Optional[WritableBuffer], sk: Optional[Buffer]) -> int:
    """Computes the public key of a secret key.

    Standard: GenerateKeyPair, draft-connolly-cfrg-xwing-kem-10 section 5.2;
      ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.

    Parameters:
      pk  [out]  public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
      sk  [in]   secret key, PQH_MLKEM768_X25519_SECRET_KEY_BYTES (32)

    Returns:
      PQH_OK            pk is written
      PQH_ERR_NULL      a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP   pk and sk overlap; pk unchanged
      PQH_ERR_INTERNAL  an error inside the library; outputs all zero

    Wiped: the expanded keys and the stack that was used; after a failure also pk.
    """
    pk_ = _out("pk", pk, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES)
    sk_ = _in("sk", sk, PQH_MLKEM768_X25519_SECRET_KEY_BYTES)
    return int(lib.pqh_mlkem768_x25519_public_key(pk_, sk_))


def pqh_mlkem768_x25519_encaps(ct: Optional[WritableBuffer], ss: Optional[WritableBuffer], pk: Optional[Buffer]) -> int:
    """Encapsulates: makes a fresh shared secret, and the ciphertext that brings it to the holder of a public key.

    Standard: Encapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.4;
      ML-KEM.Encaps, FIPS 203 algorithm 20, ML-KEM-768, after the checks of section 7.2; X25519, RFC 7748 section 5.

    Parameters:
      ct  [out]  ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
      ss  [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
      pk  [in]   the recipient's public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)

    Returns:
      PQH_OK              ct and ss are written
      PQH_ERR_NULL        a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
      PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203, or its X25519 half is of small order; outputs all zero
      PQH_ERR_RANDOM      the random source failed; outputs all zero
      PQH_ERR_INTERNAL    an error inside the library; outputs all zero

    Wiped: the coins, both halves' secrets and the stack that was used; after a failure also ct and ss.
    """
    ct_ = _out("ct", ct, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES)
    ss_ = _out("ss", ss, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES)
    pk_ = _in("pk", pk, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES)
    return int(lib.pqh_mlkem768_x25519_encaps(ct_, ss_, pk_))


def pqh_mlkem768_x25519_encaps_derand(ct: Optional[WritableBuffer], ss: Optional[WritableBuffer], coins: Optional[Buffer], pk: Optional[Buffer]) -> int:
    """Encapsulates deterministically, with the coins that the caller gives. For tests, and for callers with a random
    source of their own: coins must be uniformly random, secret and used once.

    Standard: Encapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.4;
      ML-KEM.Encaps_internal, FIPS 203 algorithm 17, ML-KEM-768, after the checks of section 7.2;
      X25519, RFC 7748 section 5.

    Parameters:
      ct     [out]  ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
      ss     [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
      coins  [in]   m || ephemeral X25519 scalar, PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES (64)
      pk     [in]   the recipient's public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)

    Returns:
      PQH_OK              ct and ss are written
      PQH_ERR_NULL        a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
      PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203, or its X25519 half is of small order; outputs all zero
      PQH_ERR_INTERNAL    an error inside the library; outputs all zero

    Wiped: both halves' secrets and the stack that was used; after a failure also ct and ss.
      Not coins: they are the caller's.
    """
    ct_ = _out("ct", ct, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES)
    ss_ = _out("ss", ss, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES)
    coins_ = _in("coins", coins, PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES)
    pk_ = _in("pk", pk, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES)
    return int(lib.pqh_mlkem768_x25519_encaps_derand(ct_, ss_, coins_, pk_))


def pqh_mlkem768_x25519_decaps(ss: Optional[WritableBuffer], ct: Optional[Buffer], sk: Optional[Buffer]) -> int:
    """Decapsulates: recovers the shared secret from a ciphertext. A ciphertext that was forged or made for another key is
    not an error: ML-KEM rejects implicitly, and the secret is one that nobody else has.

    Standard: Decapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.5;
      ML-KEM.Decaps, FIPS 203 algorithm 21, ML-KEM-768; X25519, RFC 7748 section 5.

    Parameters:
      ss  [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
      ct  [in]   ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
      sk  [in]   secret key, PQH_MLKEM768_X25519_SECRET_KEY_BYTES (32)

    Returns:
      PQH_OK              ss is written
      PQH_ERR_NULL        a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP     ss overlaps ct or sk; ss unchanged
      PQH_ERR_CIPHERTEXT  the X25519 half of ct has small order; ss all zero
      PQH_ERR_INTERNAL    an error inside the library; outputs all zero

    Wiped: the expanded keys, both halves' secrets and the stack that was used; after a failure also ss.
    """
    ss_ = _out("ss", ss, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES)
    ct_ = _in("ct", ct, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES)
    sk_ = _in("sk", sk, PQH_MLKEM768_X25519_SECRET_KEY_BYTES)
    return int(lib.pqh_mlkem768_x25519_decaps(ss_, ct_, sk_))


def pqh_mlkem768_x25519_lamps_public_key(pk: Optional[WritableBuffer], dk: Optional[Buffer]) -> int:
    """Computes the public key of a private key that other software wrote in the LAMPS form. The X-Wing seed sk has the
    LAMPS form SHAKE256(sk, 96).

    Standard: id-MLKEM768-X25519-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
      ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.

    Parameters:
      pk  [out]  public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
      dk  [in]   d || z || X25519 scalar, PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES (96)

    Returns:
      PQH_OK            pk is written
      PQH_ERR_NULL      a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP   pk and dk overlap; pk unchanged
      PQH_ERR_INTERNAL  an error inside the library; outputs all zero

    Wiped: the expanded keys and the stack that was used; after a failure also pk.
    """
    pk_ = _out("pk", pk, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES)
    dk_ = _in("dk", dk, PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES)
    return int(lib.pqh_mlkem768_x25519_lamps_public_key(pk_, dk_))


def pqh_mlkem768_x25519_lamps_decaps(ss: Optional[WritableBuffer], ct: Optional[Buffer], dk: Optional[Buffer]) -> int:
    """Decapsulates with a private key in the LAMPS form.

    Standard: id-MLKEM768-X25519-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
      ML-KEM.Decaps, FIPS 203 algorithm 21, ML-KEM-768; X25519, RFC 7748 section 5.

    Parameters:
      ss  [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
      ct  [in]   ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
      dk  [in]   d || z || X25519 scalar, PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES (96)

    Returns:
      PQH_OK              ss is written
      PQH_ERR_NULL        a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP     ss overlaps ct or dk; ss unchanged
      PQH_ERR_CIPHERTEXT  the X25519 half of ct has small order; ss all zero
      PQH_ERR_INTERNAL    an error inside the library; outputs all zero

    Wiped: the expanded keys, both halves' secrets and the stack that was used; after a failure also ss.
    """
    ss_ = _out("ss", ss, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES)
    ct_ = _in("ct", ct, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES)
    dk_ = _in("dk", dk, PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES)
    return int(lib.pqh_mlkem768_x25519_lamps_decaps(ss_, ct_, dk_))


def pqh_mlkem768_x25519_decaps_key_bytes() -> int:
    """PQH_MLKEM768_X25519_DECAPS_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem768_x25519_decaps_key_bytes())


def pqh_mlkem768_x25519_encaps_key_bytes() -> int:
    """PQH_MLKEM768_X25519_ENCAPS_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem768_x25519_encaps_key_bytes())


def pqh_mlkem768_x25519_encaps_key_init(key: Optional[PreparedKey], pk: Optional[Buffer]) -> int:
    """Prepares a public key, for pqh_mlkem768_x25519_encaps_with.

    Standard: the checks of FIPS 203 section 7.2, ML-KEM-768.

    Parameters:
      key  [out]  the prepared key, whatever was in it
      pk   [in]   the recipient's public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)

    Returns:
      PQH_OK              key is ready
      PQH_ERR_NULL        a pointer is NULL; key unchanged
      PQH_ERR_OVERLAP     key and pk overlap; key unchanged
      PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203; key all zero. An X25519 half of small order is
                          refused by encaps_with.
      PQH_ERR_INTERNAL    an error inside the library; key all zero

    Wiped: nothing: it reads no secret key. After a failure key.
    """
    pk_ = _in("pk", pk, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES)
    return int(lib.pqh_mlkem768_x25519_encaps_key_init(_key(key, ffi.typeof("pqh_mlkem768_x25519_encaps_key *")), pk_))


def pqh_mlkem768_x25519_encaps_key_wipe(key: Optional[PreparedKey]) -> None:
    """Wipes a prepared public key, which is then no key any more.

    Parameters:
      key  [in,out]  the prepared key, or any bytes; NULL does nothing

    Wiped: key.
    """
    lib.pqh_mlkem768_x25519_encaps_key_wipe(_key(key, ffi.typeof("pqh_mlkem768_x25519_encaps_key *")))


def pqh_mlkem768_x25519_encaps_with(ct: Optional[WritableBuffer], ss: Optional[WritableBuffer], key: Optional[PreparedKey]) -> int:
    """Encapsulates to a prepared public key, as pqh_mlkem768_x25519_encaps does to an encoded one.

    Standard: Encapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.4;
      ML-KEM.Encaps, FIPS 203 algorithm 20, ML-KEM-768; X25519, RFC 7748 section 5.

    Parameters:
      ct   [out]  ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
      ss   [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
      key  [in]   the recipient's public key, prepared

    Returns:
      PQH_OK              ct and ss are written
      PQH_ERR_NULL        a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
      PQH_ERR_RANDOM      the random source failed; outputs all zero
      PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; outputs all zero
      PQH_ERR_PUBLIC_KEY  the X25519 half of the public key is of small order; outputs all zero
      PQH_ERR_INTERNAL    an error inside the library; outputs all zero

    Wiped: the coins, both halves' secrets and the stack that was used; after a failure also ct and ss.
    """
    ct_ = _out("ct", ct, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES)
    ss_ = _out("ss", ss, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES)
    return int(lib.pqh_mlkem768_x25519_encaps_with(ct_, ss_, _key(key, ffi.typeof("pqh_mlkem768_x25519_encaps_key *"))))


def pqh_mlkem768_x25519_encaps_derand_with(ct: Optional[WritableBuffer], ss: Optional[WritableBuffer], coins: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Encapsulates deterministically to a prepared public key, as pqh_mlkem768_x25519_encaps_derand does to an encoded
    one: coins must be uniformly random, secret and used once.

    Standard: Encapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.4;
      ML-KEM.Encaps_internal, FIPS 203 algorithm 17, ML-KEM-768; X25519, RFC 7748 section 5.

    Parameters:
      ct     [out]  ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
      ss     [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
      coins  [in]   m || ephemeral X25519 scalar, PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES (64)
      key    [in]   the recipient's public key, prepared

    Returns:
      PQH_OK              ct and ss are written
      PQH_ERR_NULL        a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
      PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; outputs all zero
      PQH_ERR_PUBLIC_KEY  the X25519 half of the public key is of small order; outputs all zero
      PQH_ERR_INTERNAL    an error inside the library; outputs all zero

    Wiped: both halves' secrets and the stack that was used; after a failure also ct and ss.
      Not coins: they are the caller's.
    """
    ct_ = _out("ct", ct, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES)
    ss_ = _out("ss", ss, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES)
    coins_ = _in("coins", coins, PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES)
    return int(lib.pqh_mlkem768_x25519_encaps_derand_with(ct_, ss_, coins_, _key(key, ffi.typeof("pqh_mlkem768_x25519_encaps_key *"))))


def pqh_mlkem768_x25519_decaps_key_init(key: Optional[PreparedKey], sk: Optional[Buffer]) -> int:
    """Prepares a secret key, for pqh_mlkem768_x25519_decaps_with.

    Standard: expandDecapsulationKey, draft-connolly-cfrg-xwing-kem-10 section 5.2;
      ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.

    Parameters:
      key  [out]  the prepared key, whatever was in it
      sk   [in]   secret key, PQH_MLKEM768_X25519_SECRET_KEY_BYTES (32)

    Returns:
      PQH_OK            key is ready
      PQH_ERR_NULL      a pointer is NULL; key unchanged
      PQH_ERR_OVERLAP   key and sk overlap; key unchanged
      PQH_ERR_INTERNAL  an error inside the library; key all zero

    Wiped: the library's copies of the expanded key and the stack that was used; after a failure also key. The caller
      wipes key by pqh_mlkem768_x25519_decaps_key_wipe.
    """
    sk_ = _in("sk", sk, PQH_MLKEM768_X25519_SECRET_KEY_BYTES)
    return int(lib.pqh_mlkem768_x25519_decaps_key_init(_key(key, ffi.typeof("pqh_mlkem768_x25519_decaps_key *")), sk_))


def pqh_mlkem768_x25519_lamps_decaps_key_init(key: Optional[PreparedKey], dk: Optional[Buffer]) -> int:
    """Prepares a private key in the LAMPS form, for pqh_mlkem768_x25519_decaps_with.

    Standard: id-MLKEM768-X25519-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
      ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.

    Parameters:
      key  [out]  the prepared key, whatever was in it
      dk   [in]   d || z || X25519 scalar, PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES (96)

    Returns:
      PQH_OK            key is ready
      PQH_ERR_NULL      a pointer is NULL; key unchanged
      PQH_ERR_OVERLAP   key and dk overlap; key unchanged
      PQH_ERR_INTERNAL  an error inside the library; key all zero

    Wiped: the library's copies of the expanded key and the stack that was used; after a failure also key. The caller
      wipes key by pqh_mlkem768_x25519_decaps_key_wipe.
    """
    dk_ = _in("dk", dk, PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES)
    return int(lib.pqh_mlkem768_x25519_lamps_decaps_key_init(_key(key, ffi.typeof("pqh_mlkem768_x25519_decaps_key *")), dk_))


def pqh_mlkem768_x25519_decaps_key_wipe(key: Optional[PreparedKey]) -> None:
    """Wipes a prepared secret key, which is then no key any more.

    Parameters:
      key  [in,out]  the prepared key, or any bytes; NULL does nothing

    Wiped: key.
    """
    lib.pqh_mlkem768_x25519_decaps_key_wipe(_key(key, ffi.typeof("pqh_mlkem768_x25519_decaps_key *")))


def pqh_mlkem768_x25519_decaps_with(ss: Optional[WritableBuffer], ct: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Decapsulates with a prepared secret key, as pqh_mlkem768_x25519_decaps does with an encoded one. A ciphertext that
    was forged or made for another key is not an error.

    Standard: Decapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.5;
      ML-KEM.Decaps, FIPS 203 algorithm 21, ML-KEM-768; X25519, RFC 7748 section 5.

    Parameters:
      ss   [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
      ct   [in]   ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
      key  [in]   the secret key, prepared

    Returns:
      PQH_OK              ss is written
      PQH_ERR_NULL        a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP     ss overlaps ct or key; ss unchanged
      PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; ss all zero
      PQH_ERR_CIPHERTEXT  the X25519 half of ct has small order; ss all zero
      PQH_ERR_INTERNAL    an error inside the library; ss all zero

    Wiped: both halves' secrets and the stack that was used; after a failure also ss. Not key.
    """
    ss_ = _out("ss", ss, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES)
    ct_ = _in("ct", ct, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES)
    return int(lib.pqh_mlkem768_x25519_decaps_with(ss_, ct_, _key(key, ffi.typeof("pqh_mlkem768_x25519_decaps_key *"))))


def pqh_mlkem1024_x448_public_key_bytes() -> int:
    """PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem1024_x448_public_key_bytes())


def pqh_mlkem1024_x448_secret_key_bytes() -> int:
    """PQH_MLKEM1024_X448_SECRET_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem1024_x448_secret_key_bytes())


def pqh_mlkem1024_x448_ciphertext_bytes() -> int:
    """PQH_MLKEM1024_X448_CIPHERTEXT_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem1024_x448_ciphertext_bytes())


def pqh_mlkem1024_x448_shared_secret_bytes() -> int:
    """PQH_MLKEM1024_X448_SHARED_SECRET_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem1024_x448_shared_secret_bytes())


def pqh_mlkem1024_x448_encaps_coins_bytes() -> int:
    """PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem1024_x448_encaps_coins_bytes())


def pqh_mlkem1024_x448_keygen(pk: Optional[WritableBuffer], sk: Optional[WritableBuffer]) -> int:
    """Generates a key pair of id-MLKEM1024-X448-SHA3-256.

    Standard: Key generation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
      ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-1024; X448, RFC 7748 section 5.

    Parameters:
      pk  [out]  public key, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES (1624)
      sk  [out]  secret key, PQH_MLKEM1024_X448_SECRET_KEY_BYTES (120): fresh random bytes

    Returns:
      PQH_OK            pk and sk are written
      PQH_ERR_NULL      a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP   pk and sk overlap; both unchanged
      PQH_ERR_RANDOM    the random source failed; outputs all zero
      PQH_ERR_INTERNAL  an error inside the library; outputs all zero

    Wiped: the expanded keys and the stack that was used; after a failure also pk and sk.
    """
    pk_ = _out("pk", pk, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES)
    sk_ = _out("sk", sk, PQH_MLKEM1024_X448_SECRET_KEY_BYTES)
    return int(lib.pqh_mlkem1024_x448_keygen(pk_, sk_))


def pqh_mlkem1024_x448_public_key(pk: Optional[WritableBuffer], sk: Optional[Buffer]) -> int:
    """Computes the public key of a secret key.

    Standard: Key generation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
      ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-1024; X448, RFC 7748 section 5.

    Parameters:
      pk  [out]  public key, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES (1624)
      sk  [in]   secret key, PQH_MLKEM1024_X448_SECRET_KEY_BYTES (120)

    Returns:
      PQH_OK            pk is written
      PQH_ERR_NULL      a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP   pk and sk overlap; pk unchanged
      PQH_ERR_INTERNAL  an error inside the library; outputs all zero

    Wiped: the expanded keys and the stack that was used; after a failure also pk.
    """
    pk_ = _out("pk", pk, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES)
    sk_ = _in("sk", sk, PQH_MLKEM1024_X448_SECRET_KEY_BYTES)
    return int(lib.pqh_mlkem1024_x448_public_key(pk_, sk_))


def pqh_mlkem1024_x448_encaps(ct: Optional[WritableBuffer], ss: Optional[WritableBuffer], pk: Optional[Buffer]) -> int:
    """Encapsulates: makes a fresh shared secret, and the ciphertext that brings it to the holder of a public key.

    Standard: Encapsulation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
      ML-KEM.Encaps, FIPS 203 algorithm 20, ML-KEM-1024, after the checks of section 7.2; X448, RFC 7748 section 5.

    Parameters:
      ct  [out]  ciphertext, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES (1624)
      ss  [out]  shared secret, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES (32)
      pk  [in]   the recipient's public key, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES (1624)

    Returns:
      PQH_OK              ct and ss are written
      PQH_ERR_NULL        a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
      PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203, or its X448 half is of small order; outputs all zero
      PQH_ERR_RANDOM      the random source failed; outputs all zero
      PQH_ERR_INTERNAL    an error inside the library; outputs all zero

    Wiped: the coins, both halves' secrets and the stack that was used; after a failure also ct and ss.
    """
    ct_ = _out("ct", ct, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES)
    ss_ = _out("ss", ss, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES)
    pk_ = _in("pk", pk, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES)
    return int(lib.pqh_mlkem1024_x448_encaps(ct_, ss_, pk_))


def pqh_mlkem1024_x448_encaps_derand(ct: Optional[WritableBuffer], ss: Optional[WritableBuffer], coins: Optional[Buffer], pk: Optional[Buffer]) -> int:
    """Encapsulates deterministically, with the coins that the caller gives. For tests, and for callers with a random
    source of their own: coins must be uniformly random, secret and used once.

    Standard: Encapsulation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
      ML-KEM.Encaps_internal, FIPS 203 algorithm 17, ML-KEM-1024, after the checks of section 7.2;
      X448, RFC 7748 section 5.

    Parameters:
      ct     [out]  ciphertext, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES (1624)
      ss     [out]  shared secret, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES (32)
      coins  [in]   m || ephemeral X448 scalar, PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES (88)
      pk     [in]   the recipient's public key, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES (1624)

    Returns:
      PQH_OK              ct and ss are written
      PQH_ERR_NULL        a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
      PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203, or its X448 half is of small order; outputs all zero
      PQH_ERR_INTERNAL    an error inside the library; outputs all zero

    Wiped: both halves' secrets and the stack that was used; after a failure also ct and ss.
      Not coins: they are the caller's.
    """
    ct_ = _out("ct", ct, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES)
    ss_ = _out("ss", ss, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES)
    coins_ = _in("coins", coins, PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES)
    pk_ = _in("pk", pk, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES)
    return int(lib.pqh_mlkem1024_x448_encaps_derand(ct_, ss_, coins_, pk_))


def pqh_mlkem1024_x448_decaps(ss: Optional[WritableBuffer], ct: Optional[Buffer], sk: Optional[Buffer]) -> int:
    """Decapsulates: recovers the shared secret from a ciphertext. A ciphertext that was forged or made for another key is
    not an error: ML-KEM rejects implicitly, and the secret is one that nobody else has.

    Standard: Decapsulation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
      ML-KEM.Decaps, FIPS 203 algorithm 21, ML-KEM-1024; X448, RFC 7748 section 5.

    Parameters:
      ss  [out]  shared secret, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES (32)
      ct  [in]   ciphertext, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES (1624)
      sk  [in]   secret key, PQH_MLKEM1024_X448_SECRET_KEY_BYTES (120)

    Returns:
      PQH_OK              ss is written
      PQH_ERR_NULL        a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP     ss overlaps ct or sk; ss unchanged
      PQH_ERR_CIPHERTEXT  the X448 half of ct has small order; ss all zero
      PQH_ERR_INTERNAL    an error inside the library; outputs all zero

    Wiped: the expanded keys, both halves' secrets and the stack that was used; after a failure also ss.
    """
    ss_ = _out("ss", ss, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES)
    ct_ = _in("ct", ct, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES)
    sk_ = _in("sk", sk, PQH_MLKEM1024_X448_SECRET_KEY_BYTES)
    return int(lib.pqh_mlkem1024_x448_decaps(ss_, ct_, sk_))


def pqh_mlkem1024_x448_decaps_key_bytes() -> int:
    """PQH_MLKEM1024_X448_DECAPS_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem1024_x448_decaps_key_bytes())


def pqh_mlkem1024_x448_encaps_key_bytes() -> int:
    """PQH_MLKEM1024_X448_ENCAPS_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mlkem1024_x448_encaps_key_bytes())


def pqh_mlkem1024_x448_encaps_key_init(key: Optional[PreparedKey], pk: Optional[Buffer]) -> int:
    """Prepares a public key, for pqh_mlkem1024_x448_encaps_with.

    Standard: the checks of FIPS 203 section 7.2, ML-KEM-1024.

    Parameters:
      key  [out]  the prepared key, whatever was in it
      pk   [in]   the recipient's public key, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES (1624)

    Returns:
      PQH_OK              key is ready
      PQH_ERR_NULL        a pointer is NULL; key unchanged
      PQH_ERR_OVERLAP     key and pk overlap; key unchanged
      PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203; key all zero. An X448 half of small order is
                          refused by encaps_with.
      PQH_ERR_INTERNAL    an error inside the library; key all zero

    Wiped: nothing: it reads no secret key. After a failure key.
    """
    pk_ = _in("pk", pk, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES)
    return int(lib.pqh_mlkem1024_x448_encaps_key_init(_key(key, ffi.typeof("pqh_mlkem1024_x448_encaps_key *")), pk_))


def pqh_mlkem1024_x448_encaps_key_wipe(key: Optional[PreparedKey]) -> None:
    """Wipes a prepared public key, which is then no key any more.

    Parameters:
      key  [in,out]  the prepared key, or any bytes; NULL does nothing

    Wiped: key.
    """
    lib.pqh_mlkem1024_x448_encaps_key_wipe(_key(key, ffi.typeof("pqh_mlkem1024_x448_encaps_key *")))


def pqh_mlkem1024_x448_encaps_with(ct: Optional[WritableBuffer], ss: Optional[WritableBuffer], key: Optional[PreparedKey]) -> int:
    """Encapsulates to a prepared public key, as pqh_mlkem1024_x448_encaps does to an encoded one.

    Standard: Encapsulation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
      ML-KEM.Encaps, FIPS 203 algorithm 20, ML-KEM-1024; X448, RFC 7748 section 5.

    Parameters:
      ct   [out]  ciphertext, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES (1624)
      ss   [out]  shared secret, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES (32)
      key  [in]   the recipient's public key, prepared

    Returns:
      PQH_OK              ct and ss are written
      PQH_ERR_NULL        a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
      PQH_ERR_RANDOM      the random source failed; outputs all zero
      PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; outputs all zero
      PQH_ERR_PUBLIC_KEY  the X448 half of the public key is of small order; outputs all zero
      PQH_ERR_INTERNAL    an error inside the library; outputs all zero

    Wiped: the coins, both halves' secrets and the stack that was used; after a failure also ct and ss.
    """
    ct_ = _out("ct", ct, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES)
    ss_ = _out("ss", ss, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES)
    return int(lib.pqh_mlkem1024_x448_encaps_with(ct_, ss_, _key(key, ffi.typeof("pqh_mlkem1024_x448_encaps_key *"))))


def pqh_mlkem1024_x448_encaps_derand_with(ct: Optional[WritableBuffer], ss: Optional[WritableBuffer], coins: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Encapsulates deterministically to a prepared public key, as pqh_mlkem1024_x448_encaps_derand does to an encoded
    one: coins must be uniformly random, secret and used once.

    Standard: Encapsulation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
      ML-KEM.Encaps_internal, FIPS 203 algorithm 17, ML-KEM-1024; X448, RFC 7748 section 5.

    Parameters:
      ct     [out]  ciphertext, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES (1624)
      ss     [out]  shared secret, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES (32)
      coins  [in]   m || ephemeral X448 scalar, PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES (88)
      key    [in]   the recipient's public key, prepared

    Returns:
      PQH_OK              ct and ss are written
      PQH_ERR_NULL        a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
      PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; outputs all zero
      PQH_ERR_PUBLIC_KEY  the X448 half of the public key is of small order; outputs all zero
      PQH_ERR_INTERNAL    an error inside the library; outputs all zero

    Wiped: both halves' secrets and the stack that was used; after a failure also ct and ss.
      Not coins: they are the caller's.
    """
    ct_ = _out("ct", ct, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES)
    ss_ = _out("ss", ss, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES)
    coins_ = _in("coins", coins, PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES)
    return int(lib.pqh_mlkem1024_x448_encaps_derand_with(ct_, ss_, coins_, _key(key, ffi.typeof("pqh_mlkem1024_x448_encaps_key *"))))


def pqh_mlkem1024_x448_decaps_key_init(key: Optional[PreparedKey], sk: Optional[Buffer]) -> int:
    """Prepares a secret key, for pqh_mlkem1024_x448_decaps_with.

    Standard: Key generation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
      ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-1024; X448, RFC 7748 section 5.

    Parameters:
      key  [out]  the prepared key, whatever was in it
      sk   [in]   secret key, PQH_MLKEM1024_X448_SECRET_KEY_BYTES (120)

    Returns:
      PQH_OK            key is ready
      PQH_ERR_NULL      a pointer is NULL; key unchanged
      PQH_ERR_OVERLAP   key and sk overlap; key unchanged
      PQH_ERR_INTERNAL  an error inside the library; key all zero

    Wiped: the library's copies of the expanded key and the stack that was used; after a failure also key. The caller
      wipes key by pqh_mlkem1024_x448_decaps_key_wipe.
    """
    sk_ = _in("sk", sk, PQH_MLKEM1024_X448_SECRET_KEY_BYTES)
    return int(lib.pqh_mlkem1024_x448_decaps_key_init(_key(key, ffi.typeof("pqh_mlkem1024_x448_decaps_key *")), sk_))


def pqh_mlkem1024_x448_decaps_key_wipe(key: Optional[PreparedKey]) -> None:
    """Wipes a prepared secret key, which is then no key any more.

    Parameters:
      key  [in,out]  the prepared key, or any bytes; NULL does nothing

    Wiped: key.
    """
    lib.pqh_mlkem1024_x448_decaps_key_wipe(_key(key, ffi.typeof("pqh_mlkem1024_x448_decaps_key *")))


def pqh_mlkem1024_x448_decaps_with(ss: Optional[WritableBuffer], ct: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Decapsulates with a prepared secret key, as pqh_mlkem1024_x448_decaps does with an encoded one. A ciphertext that
    was forged or made for another key is not an error.

    Standard: Decapsulation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
      ML-KEM.Decaps, FIPS 203 algorithm 21, ML-KEM-1024; X448, RFC 7748 section 5.

    Parameters:
      ss   [out]  shared secret, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES (32)
      ct   [in]   ciphertext, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES (1624)
      key  [in]   the secret key, prepared

    Returns:
      PQH_OK              ss is written
      PQH_ERR_NULL        a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP     ss overlaps ct or key; ss unchanged
      PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; ss all zero
      PQH_ERR_CIPHERTEXT  the X448 half of ct has small order; ss all zero
      PQH_ERR_INTERNAL    an error inside the library; ss all zero

    Wiped: both halves' secrets and the stack that was used; after a failure also ss. Not key.
    """
    ss_ = _out("ss", ss, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES)
    ct_ = _in("ct", ct, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES)
    return int(lib.pqh_mlkem1024_x448_decaps_with(ss_, ct_, _key(key, ffi.typeof("pqh_mlkem1024_x448_decaps_key *"))))


def pqh_context_max_bytes() -> int:
    """PQH_CONTEXT_MAX_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_context_max_bytes())


def pqh_mldsa65_ed25519_public_key_bytes() -> int:
    """PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa65_ed25519_public_key_bytes())


def pqh_mldsa65_ed25519_secret_key_bytes() -> int:
    """PQH_MLDSA65_ED25519_SECRET_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa65_ed25519_secret_key_bytes())


def pqh_mldsa65_ed25519_signature_bytes() -> int:
    """PQH_MLDSA65_ED25519_SIGNATURE_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa65_ed25519_signature_bytes())


def pqh_mldsa65_ed25519_sign_rnd_bytes() -> int:
    """PQH_MLDSA65_ED25519_SIGN_RND_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa65_ed25519_sign_rnd_bytes())


def pqh_mldsa65_ed25519_digest_bytes() -> int:
    """PQH_MLDSA65_ED25519_DIGEST_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa65_ed25519_digest_bytes())


def pqh_mldsa65_ed25519_prehash_bytes() -> int:
    """PQH_MLDSA65_ED25519_PREHASH_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa65_ed25519_prehash_bytes())


def pqh_mldsa65_ed25519_keygen(pk: Optional[WritableBuffer], sk: Optional[WritableBuffer]) -> int:
    """Generates a key pair of id-MLDSA65-Ed25519-SHA512.

    Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-65; Ed25519, RFC 8032 section 5.1.5.

    Parameters:
      pk  [out]  public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)
      sk  [out]  secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64): fresh random bytes

    Returns:
      PQH_OK            pk and sk are written
      PQH_ERR_NULL      a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP   pk and sk overlap; both unchanged
      PQH_ERR_RANDOM    the random source failed; outputs all zero
      PQH_ERR_INTERNAL  an error inside the library; outputs all zero

    Wiped: the expanded keys and the stack that was used; after a failure also pk and sk.
    """
    pk_ = _out("pk", pk, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES)
    sk_ = _out("sk", sk, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES)
    return int(lib.pqh_mldsa65_ed25519_keygen(pk_, sk_))


def pqh_mldsa65_ed25519_public_key(pk: Optional[WritableBuffer], sk: Optional[Buffer]) -> int:
    """Computes the public key of a secret key.

    Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-65; Ed25519, RFC 8032 section 5.1.5.

    Parameters:
      pk  [out]  public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)
      sk  [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)

    Returns:
      PQH_OK            pk is written
      PQH_ERR_NULL      a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP   pk and sk overlap; pk unchanged
      PQH_ERR_INTERNAL  an error inside the library; outputs all zero

    Wiped: the expanded keys and the stack that was used; after a failure also pk.
    """
    pk_ = _out("pk", pk, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES)
    sk_ = _in("sk", sk, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES)
    return int(lib.pqh_mldsa65_ed25519_public_key(pk_, sk_))


def pqh_mldsa65_ed25519_sign(sig: Optional[WritableBuffer], msg: Optional[Buffer], ctx: Optional[Buffer], sk: Optional[Buffer]) -> int:
    """Signs a message. The ML-DSA half is hedged with 32 fresh random bytes, so two signatures of one message differ.

    Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.

    Parameters:
      sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
      msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      sk       [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)

    Returns:
      PQH_OK                  sig is written
      PQH_ERR_NULL            a required pointer is NULL; sig unchanged
      PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
      PQH_ERR_RANDOM          the random source failed; sig all zero
      PQH_ERR_INTERNAL        an error inside the library; sig all zero

    Wiped: the expanded key, the signing randomness and the stack that was used; after a failure also sig.
    """
    sig_ = _out("sig", sig, PQH_MLDSA65_ED25519_SIGNATURE_BYTES)
    msg_ = _in("msg", msg)
    ctx_ = _in("ctx", ctx)
    sk_ = _in("sk", sk, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES)
    return int(lib.pqh_mldsa65_ed25519_sign(sig_, msg_, _len(msg_), ctx_, _len(ctx_), sk_))


def pqh_mldsa65_ed25519_sign_derand(sig: Optional[WritableBuffer], msg: Optional[Buffer], ctx: Optional[Buffer], rnd: Optional[Buffer], sk: Optional[Buffer]) -> int:
    """Signs a message with the signing randomness that the caller gives. All zero is FIPS 204's deterministic variant.

    Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.

    Parameters:
      sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
      msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      rnd      [in]   signing randomness, PQH_MLDSA65_ED25519_SIGN_RND_BYTES (32)
      sk       [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)

    Returns:
      PQH_OK                  sig is written
      PQH_ERR_NULL            a required pointer is NULL; sig unchanged
      PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
      PQH_ERR_INTERNAL        an error inside the library; sig all zero

    Wiped: the expanded key and the stack that was used; after a failure also sig. Not rnd: it is the caller's.
    """
    sig_ = _out("sig", sig, PQH_MLDSA65_ED25519_SIGNATURE_BYTES)
    msg_ = _in("msg", msg)
    ctx_ = _in("ctx", ctx)
    rnd_ = _in("rnd", rnd, PQH_MLDSA65_ED25519_SIGN_RND_BYTES)
    sk_ = _in("sk", sk, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES)
    return int(lib.pqh_mldsa65_ed25519_sign_derand(sig_, msg_, _len(msg_), ctx_, _len(ctx_), rnd_, sk_))


def pqh_mldsa65_ed25519_verify(sig: Optional[Buffer], msg: Optional[Buffer], ctx: Optional[Buffer], pk: Optional[Buffer]) -> int:
    """Verifies a signature: both halves must be valid.

    Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-65; Ed25519, RFC 8032 section 5.1.7 without the cofactor.

    Parameters:
      sig      [in]   signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
      msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      pk       [in]   the signer's public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)

    Returns:
      PQH_OK                  the signature is valid
      PQH_ERR_NULL            a required pointer is NULL
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
      PQH_ERR_PUBLIC_KEY      the Ed25519 half of pk is not a canonical point, or has small order
      PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
      PQH_ERR_INTERNAL        an error inside the library

    Wiped: nothing: it reads no secret key.
    """
    sig_ = _in("sig", sig, PQH_MLDSA65_ED25519_SIGNATURE_BYTES)
    msg_ = _in("msg", msg)
    ctx_ = _in("ctx", ctx)
    pk_ = _in("pk", pk, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES)
    return int(lib.pqh_mldsa65_ed25519_verify(sig_, msg_, _len(msg_), ctx_, _len(ctx_), pk_))


def pqh_mldsa65_ed25519_prehash_init(state: Optional[Prehash]) -> int:
    """Begins the prehash of a message that comes in pieces.

    Standard: PH of id-MLDSA65-Ed25519-SHA512: SHA-512; draft-ietf-lamps-pq-composite-sigs-19.

    Parameters:
      state  [out]  the state to begin, whatever was in it; at any address

    Returns:
      PQH_OK        state is ready
      PQH_ERR_NULL  state is NULL

    Wiped: nothing.
    """
    return int(lib.pqh_mldsa65_ed25519_prehash_init(_state(state)))


def pqh_mldsa65_ed25519_prehash_update(state: Optional[Prehash], data: Optional[Buffer]) -> int:
    """Appends a piece to the message. Pieces may have any length.

    Standard: PH of id-MLDSA65-Ed25519-SHA512: SHA-512.

    Parameters:
      state  [in,out]  a state that was begun and is not finalised; at any address
      data   [in]   the piece, len bytes; may be NULL if len is 0

    Returns:
      PQH_OK           state has taken data in
      PQH_ERR_NULL     a required pointer is NULL; state unchanged
      PQH_ERR_OVERLAP  state overlaps data; state unchanged
      PQH_ERR_STATE    state was not begun, is finalised, or belongs to another suite; it is unchanged

    Wiped: the stack that was used.
    """
    data_ = _in("data", data)
    return int(lib.pqh_mldsa65_ed25519_prehash_update(_state(state), data_, _len(data_)))


def pqh_mldsa65_ed25519_prehash_final(state: Optional[Prehash], digest: Optional[WritableBuffer]) -> int:
    """Ends the prehash and writes the digest, for sign_prehashed and verify_prehashed.

    Standard: PH of id-MLDSA65-Ed25519-SHA512: SHA-512.

    Parameters:
      state   [in,out]  a state that was begun and is not finalised; at any address
      digest  [out]  SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)

    Returns:
      PQH_OK           digest is written, and state is finalised
      PQH_ERR_NULL     a pointer is NULL; state and digest unchanged
      PQH_ERR_OVERLAP  state overlaps digest; both unchanged
      PQH_ERR_STATE    state was not begun, is finalised, or belongs to another suite; it is unchanged, digest all zero

    Wiped: state and the stack that was used.
    """
    digest_ = _out("digest", digest, PQH_MLDSA65_ED25519_DIGEST_BYTES)
    return int(lib.pqh_mldsa65_ed25519_prehash_final(_state(state), digest_))


def pqh_mldsa65_ed25519_sign_prehashed(sig: Optional[WritableBuffer], digest: Optional[Buffer], ctx: Optional[Buffer], sk: Optional[Buffer]) -> int:
    """Signs a message by its digest: the signature is as good as one that sign makes of the message itself.

    Standard: Composite-ML-DSA.Sign with an external prehash, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.

    Parameters:
      sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
      digest   [in]   SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      sk       [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)

    Returns:
      PQH_OK                  sig is written
      PQH_ERR_NULL            a required pointer is NULL; sig unchanged
      PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
      PQH_ERR_RANDOM          the random source failed; sig all zero
      PQH_ERR_INTERNAL        an error inside the library; sig all zero

    Wiped: the expanded key, the signing randomness and the stack that was used; after a failure also sig.
    """
    sig_ = _out("sig", sig, PQH_MLDSA65_ED25519_SIGNATURE_BYTES)
    digest_ = _in("digest", digest, PQH_MLDSA65_ED25519_DIGEST_BYTES)
    ctx_ = _in("ctx", ctx)
    sk_ = _in("sk", sk, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES)
    return int(lib.pqh_mldsa65_ed25519_sign_prehashed(sig_, digest_, ctx_, _len(ctx_), sk_))


def pqh_mldsa65_ed25519_verify_prehashed(sig: Optional[Buffer], digest: Optional[Buffer], ctx: Optional[Buffer], pk: Optional[Buffer]) -> int:
    """Verifies a signature of a message by its digest: both halves must be valid.

    Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-65; Ed25519, RFC 8032 section 5.1.7 without the cofactor.

    Parameters:
      sig      [in]   signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
      digest   [in]   SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      pk       [in]   the signer's public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)

    Returns:
      PQH_OK                  the signature is valid
      PQH_ERR_NULL            a required pointer is NULL
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
      PQH_ERR_PUBLIC_KEY      the Ed25519 half of pk is not a canonical point, or has small order
      PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
      PQH_ERR_INTERNAL        an error inside the library

    Wiped: nothing: it reads no secret key.
    """
    sig_ = _in("sig", sig, PQH_MLDSA65_ED25519_SIGNATURE_BYTES)
    digest_ = _in("digest", digest, PQH_MLDSA65_ED25519_DIGEST_BYTES)
    ctx_ = _in("ctx", ctx)
    pk_ = _in("pk", pk, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES)
    return int(lib.pqh_mldsa65_ed25519_verify_prehashed(sig_, digest_, ctx_, _len(ctx_), pk_))


def pqh_mldsa65_ed25519_sign_key_bytes() -> int:
    """PQH_MLDSA65_ED25519_SIGN_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa65_ed25519_sign_key_bytes())


def pqh_mldsa65_ed25519_verify_key_bytes() -> int:
    """PQH_MLDSA65_ED25519_VERIFY_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa65_ed25519_verify_key_bytes())


def pqh_mldsa65_ed25519_sign_key_init(key: Optional[PreparedKey], sk: Optional[Buffer]) -> int:
    """Prepares a secret key, for pqh_mldsa65_ed25519_sign_with and its like.

    Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-65; Ed25519, RFC 8032 section 5.1.5.

    Parameters:
      key  [out]  the prepared key, whatever was in it
      sk   [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)

    Returns:
      PQH_OK            key is ready
      PQH_ERR_NULL      a pointer is NULL; key unchanged
      PQH_ERR_OVERLAP   key and sk overlap; key unchanged
      PQH_ERR_INTERNAL  an error inside the library; key all zero

    Wiped: the library's copies of the expanded key and the stack that was used; after a failure also key. The caller
      wipes key by pqh_mldsa65_ed25519_sign_key_wipe.
    """
    sk_ = _in("sk", sk, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES)
    return int(lib.pqh_mldsa65_ed25519_sign_key_init(_key(key, ffi.typeof("pqh_mldsa65_ed25519_sign_key *")), sk_))


def pqh_mldsa65_ed25519_sign_key_wipe(key: Optional[PreparedKey]) -> None:
    """Wipes a prepared secret key, which is then no key any more.

    Parameters:
      key  [in,out]  the prepared key, or any bytes; NULL does nothing

    Wiped: key.
    """
    lib.pqh_mldsa65_ed25519_sign_key_wipe(_key(key, ffi.typeof("pqh_mldsa65_ed25519_sign_key *")))


def pqh_mldsa65_ed25519_sign_with(sig: Optional[WritableBuffer], msg: Optional[Buffer], ctx: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Signs a message with a prepared secret key, as pqh_mldsa65_ed25519_sign does with an encoded one.

    Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.

    Parameters:
      sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
      msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      key      [in]   the secret key, prepared

    Returns:
      PQH_OK                  sig is written
      PQH_ERR_NULL            a required pointer is NULL; sig unchanged
      PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
      PQH_ERR_RANDOM          the random source failed; sig all zero
      PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
      PQH_ERR_INTERNAL        an error inside the library; sig all zero

    Wiped: the signing randomness and the stack that was used; after a failure also sig. Not key.
    """
    sig_ = _out("sig", sig, PQH_MLDSA65_ED25519_SIGNATURE_BYTES)
    msg_ = _in("msg", msg)
    ctx_ = _in("ctx", ctx)
    return int(lib.pqh_mldsa65_ed25519_sign_with(sig_, msg_, _len(msg_), ctx_, _len(ctx_), _key(key, ffi.typeof("pqh_mldsa65_ed25519_sign_key *"))))


def pqh_mldsa65_ed25519_sign_derand_with(sig: Optional[WritableBuffer], msg: Optional[Buffer], ctx: Optional[Buffer], rnd: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Signs a message with a prepared secret key and the signing randomness that the caller gives, as
    pqh_mldsa65_ed25519_sign_derand does with an encoded key. All zero is FIPS 204's deterministic variant.

    Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.

    Parameters:
      sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
      msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      rnd      [in]   signing randomness, PQH_MLDSA65_ED25519_SIGN_RND_BYTES (32)
      key      [in]   the secret key, prepared

    Returns:
      PQH_OK                  sig is written
      PQH_ERR_NULL            a required pointer is NULL; sig unchanged
      PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
      PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
      PQH_ERR_INTERNAL        an error inside the library; sig all zero

    Wiped: the stack that was used; after a failure also sig. Neither rnd nor key: they are the caller's.
    """
    sig_ = _out("sig", sig, PQH_MLDSA65_ED25519_SIGNATURE_BYTES)
    msg_ = _in("msg", msg)
    ctx_ = _in("ctx", ctx)
    rnd_ = _in("rnd", rnd, PQH_MLDSA65_ED25519_SIGN_RND_BYTES)
    return int(lib.pqh_mldsa65_ed25519_sign_derand_with(sig_, msg_, _len(msg_), ctx_, _len(ctx_), rnd_, _key(key, ffi.typeof("pqh_mldsa65_ed25519_sign_key *"))))


def pqh_mldsa65_ed25519_sign_prehashed_with(sig: Optional[WritableBuffer], digest: Optional[Buffer], ctx: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Signs a message by its digest with a prepared secret key, as pqh_mldsa65_ed25519_sign_prehashed does with an
    encoded one.

    Standard: Composite-ML-DSA.Sign with an external prehash, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.

    Parameters:
      sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
      digest   [in]   SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      key      [in]   the secret key, prepared

    Returns:
      PQH_OK                  sig is written
      PQH_ERR_NULL            a required pointer is NULL; sig unchanged
      PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
      PQH_ERR_RANDOM          the random source failed; sig all zero
      PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
      PQH_ERR_INTERNAL        an error inside the library; sig all zero

    Wiped: the signing randomness and the stack that was used; after a failure also sig. Not key.
    """
    sig_ = _out("sig", sig, PQH_MLDSA65_ED25519_SIGNATURE_BYTES)
    digest_ = _in("digest", digest, PQH_MLDSA65_ED25519_DIGEST_BYTES)
    ctx_ = _in("ctx", ctx)
    return int(lib.pqh_mldsa65_ed25519_sign_prehashed_with(sig_, digest_, ctx_, _len(ctx_), _key(key, ffi.typeof("pqh_mldsa65_ed25519_sign_key *"))))


def pqh_mldsa65_ed25519_verify_key_init(key: Optional[PreparedKey], pk: Optional[Buffer]) -> int:
    """Prepares a public key, for pqh_mldsa65_ed25519_verify_with and pqh_mldsa65_ed25519_verify_prehashed_with.

    Standard: decoding of the public key, Ed25519, RFC 8032 section 5.1.3.

    Parameters:
      key  [out]  the prepared key, whatever was in it
      pk   [in]   the signer's public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)

    Returns:
      PQH_OK              key is ready
      PQH_ERR_NULL        a pointer is NULL; key unchanged
      PQH_ERR_OVERLAP     key and pk overlap; key unchanged
      PQH_ERR_PUBLIC_KEY  the Ed25519 half of pk is not a canonical point, or has small order; key all zero
      PQH_ERR_INTERNAL    an error inside the library; key all zero

    Wiped: nothing: it reads no secret key. After a failure key.
    """
    pk_ = _in("pk", pk, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES)
    return int(lib.pqh_mldsa65_ed25519_verify_key_init(_key(key, ffi.typeof("pqh_mldsa65_ed25519_verify_key *")), pk_))


def pqh_mldsa65_ed25519_verify_key_wipe(key: Optional[PreparedKey]) -> None:
    """Wipes a prepared public key, which is then no key any more.

    Parameters:
      key  [in,out]  the prepared key, or any bytes; NULL does nothing

    Wiped: key.
    """
    lib.pqh_mldsa65_ed25519_verify_key_wipe(_key(key, ffi.typeof("pqh_mldsa65_ed25519_verify_key *")))


def pqh_mldsa65_ed25519_verify_with(sig: Optional[Buffer], msg: Optional[Buffer], ctx: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Verifies a signature with a prepared public key, as pqh_mldsa65_ed25519_verify does with an encoded one: both
    halves must be valid.

    Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-65; Ed25519, RFC 8032 section 5.1.7 without the cofactor.

    Parameters:
      sig      [in]   signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
      msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      key      [in]   the signer's public key, prepared

    Returns:
      PQH_OK                  the signature is valid
      PQH_ERR_NULL            a required pointer is NULL
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
      PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind
      PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
      PQH_ERR_INTERNAL        an error inside the library

    Wiped: nothing: it reads no secret key.
    """
    sig_ = _in("sig", sig, PQH_MLDSA65_ED25519_SIGNATURE_BYTES)
    msg_ = _in("msg", msg)
    ctx_ = _in("ctx", ctx)
    return int(lib.pqh_mldsa65_ed25519_verify_with(sig_, msg_, _len(msg_), ctx_, _len(ctx_), _key(key, ffi.typeof("pqh_mldsa65_ed25519_verify_key *"))))


def pqh_mldsa65_ed25519_verify_prehashed_with(sig: Optional[Buffer], digest: Optional[Buffer], ctx: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Verifies a signature of a message by its digest with a prepared public key, as pqh_mldsa65_ed25519_verify_prehashed
    does with an encoded one: both halves must be valid.

    Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-65; Ed25519, RFC 8032 section 5.1.7 without the cofactor.

    Parameters:
      sig      [in]   signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
      digest   [in]   SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      key      [in]   the signer's public key, prepared

    Returns:
      PQH_OK                  the signature is valid
      PQH_ERR_NULL            a required pointer is NULL
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
      PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind
      PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
      PQH_ERR_INTERNAL        an error inside the library

    Wiped: nothing: it reads no secret key.
    """
    sig_ = _in("sig", sig, PQH_MLDSA65_ED25519_SIGNATURE_BYTES)
    digest_ = _in("digest", digest, PQH_MLDSA65_ED25519_DIGEST_BYTES)
    ctx_ = _in("ctx", ctx)
    return int(lib.pqh_mldsa65_ed25519_verify_prehashed_with(sig_, digest_, ctx_, _len(ctx_), _key(key, ffi.typeof("pqh_mldsa65_ed25519_verify_key *"))))


def pqh_mldsa87_ed448_public_key_bytes() -> int:
    """PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa87_ed448_public_key_bytes())


def pqh_mldsa87_ed448_secret_key_bytes() -> int:
    """PQH_MLDSA87_ED448_SECRET_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa87_ed448_secret_key_bytes())


def pqh_mldsa87_ed448_signature_bytes() -> int:
    """PQH_MLDSA87_ED448_SIGNATURE_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa87_ed448_signature_bytes())


def pqh_mldsa87_ed448_sign_rnd_bytes() -> int:
    """PQH_MLDSA87_ED448_SIGN_RND_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa87_ed448_sign_rnd_bytes())


def pqh_mldsa87_ed448_digest_bytes() -> int:
    """PQH_MLDSA87_ED448_DIGEST_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa87_ed448_digest_bytes())


def pqh_mldsa87_ed448_prehash_bytes() -> int:
    """PQH_MLDSA87_ED448_PREHASH_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa87_ed448_prehash_bytes())


def pqh_mldsa87_ed448_keygen(pk: Optional[WritableBuffer], sk: Optional[WritableBuffer]) -> int:
    """Generates a key pair of id-MLDSA87-Ed448-SHAKE256.

    Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-87; Ed448, RFC 8032 section 5.2.5.

    Parameters:
      pk  [out]  public key, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES (2649)
      sk  [out]  secret key, PQH_MLDSA87_ED448_SECRET_KEY_BYTES (89): fresh random bytes

    Returns:
      PQH_OK            pk and sk are written
      PQH_ERR_NULL      a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP   pk and sk overlap; both unchanged
      PQH_ERR_RANDOM    the random source failed; outputs all zero
      PQH_ERR_INTERNAL  an error inside the library; outputs all zero

    Wiped: the expanded keys and the stack that was used; after a failure also pk and sk.
    """
    pk_ = _out("pk", pk, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES)
    sk_ = _out("sk", sk, PQH_MLDSA87_ED448_SECRET_KEY_BYTES)
    return int(lib.pqh_mldsa87_ed448_keygen(pk_, sk_))


def pqh_mldsa87_ed448_public_key(pk: Optional[WritableBuffer], sk: Optional[Buffer]) -> int:
    """Computes the public key of a secret key.

    Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-87; Ed448, RFC 8032 section 5.2.5.

    Parameters:
      pk  [out]  public key, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES (2649)
      sk  [in]   secret key, PQH_MLDSA87_ED448_SECRET_KEY_BYTES (89)

    Returns:
      PQH_OK            pk is written
      PQH_ERR_NULL      a pointer is NULL; outputs unchanged
      PQH_ERR_OVERLAP   pk and sk overlap; pk unchanged
      PQH_ERR_INTERNAL  an error inside the library; outputs all zero

    Wiped: the expanded keys and the stack that was used; after a failure also pk.
    """
    pk_ = _out("pk", pk, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES)
    sk_ = _in("sk", sk, PQH_MLDSA87_ED448_SECRET_KEY_BYTES)
    return int(lib.pqh_mldsa87_ed448_public_key(pk_, sk_))


def pqh_mldsa87_ed448_sign(sig: Optional[WritableBuffer], msg: Optional[Buffer], ctx: Optional[Buffer], sk: Optional[Buffer]) -> int:
    """Signs a message. The ML-DSA half is hedged with 32 fresh random bytes, so two signatures of one message differ.

    Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-87; Ed448, RFC 8032 section 5.2.6.

    Parameters:
      sig      [out]  signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
      msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      sk       [in]   secret key, PQH_MLDSA87_ED448_SECRET_KEY_BYTES (89)

    Returns:
      PQH_OK                  sig is written
      PQH_ERR_NULL            a required pointer is NULL; sig unchanged
      PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
      PQH_ERR_RANDOM          the random source failed; sig all zero
      PQH_ERR_INTERNAL        an error inside the library; sig all zero

    Wiped: the expanded key, the signing randomness and the stack that was used; after a failure also sig.
    """
    sig_ = _out("sig", sig, PQH_MLDSA87_ED448_SIGNATURE_BYTES)
    msg_ = _in("msg", msg)
    ctx_ = _in("ctx", ctx)
    sk_ = _in("sk", sk, PQH_MLDSA87_ED448_SECRET_KEY_BYTES)
    return int(lib.pqh_mldsa87_ed448_sign(sig_, msg_, _len(msg_), ctx_, _len(ctx_), sk_))


def pqh_mldsa87_ed448_sign_derand(sig: Optional[WritableBuffer], msg: Optional[Buffer], ctx: Optional[Buffer], rnd: Optional[Buffer], sk: Optional[Buffer]) -> int:
    """Signs a message with the signing randomness that the caller gives. All zero is FIPS 204's deterministic variant.

    Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-87; Ed448, RFC 8032 section 5.2.6.

    Parameters:
      sig      [out]  signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
      msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      rnd      [in]   signing randomness, PQH_MLDSA87_ED448_SIGN_RND_BYTES (32)
      sk       [in]   secret key, PQH_MLDSA87_ED448_SECRET_KEY_BYTES (89)

    Returns:
      PQH_OK                  sig is written
      PQH_ERR_NULL            a required pointer is NULL; sig unchanged
      PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
      PQH_ERR_INTERNAL        an error inside the library; sig all zero

    Wiped: the expanded key and the stack that was used; after a failure also sig. Not rnd: it is the caller's.
    """
    sig_ = _out("sig", sig, PQH_MLDSA87_ED448_SIGNATURE_BYTES)
    msg_ = _in("msg", msg)
    ctx_ = _in("ctx", ctx)
    rnd_ = _in("rnd", rnd, PQH_MLDSA87_ED448_SIGN_RND_BYTES)
    sk_ = _in("sk", sk, PQH_MLDSA87_ED448_SECRET_KEY_BYTES)
    return int(lib.pqh_mldsa87_ed448_sign_derand(sig_, msg_, _len(msg_), ctx_, _len(ctx_), rnd_, sk_))


def pqh_mldsa87_ed448_verify(sig: Optional[Buffer], msg: Optional[Buffer], ctx: Optional[Buffer], pk: Optional[Buffer]) -> int:
    """Verifies a signature: both halves must be valid.

    Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-87; Ed448, RFC 8032 section 5.2.7 without the cofactor.

    Parameters:
      sig      [in]   signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
      msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      pk       [in]   the signer's public key, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES (2649)

    Returns:
      PQH_OK                  the signature is valid
      PQH_ERR_NULL            a required pointer is NULL
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
      PQH_ERR_PUBLIC_KEY      the Ed448 half of pk is not a canonical point, or has small order
      PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
      PQH_ERR_INTERNAL        an error inside the library

    Wiped: nothing: it reads no secret key.
    """
    sig_ = _in("sig", sig, PQH_MLDSA87_ED448_SIGNATURE_BYTES)
    msg_ = _in("msg", msg)
    ctx_ = _in("ctx", ctx)
    pk_ = _in("pk", pk, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES)
    return int(lib.pqh_mldsa87_ed448_verify(sig_, msg_, _len(msg_), ctx_, _len(ctx_), pk_))


def pqh_mldsa87_ed448_prehash_init(state: Optional[Prehash]) -> int:
    """Begins the prehash of a message that comes in pieces.

    Standard: PH of id-MLDSA87-Ed448-SHAKE256: SHAKE256 with 64 bytes of output; draft-ietf-lamps-pq-composite-sigs-19.

    Parameters:
      state  [out]  the state to begin, whatever was in it; at any address

    Returns:
      PQH_OK        state is ready
      PQH_ERR_NULL  state is NULL

    Wiped: nothing.
    """
    return int(lib.pqh_mldsa87_ed448_prehash_init(_state(state)))


def pqh_mldsa87_ed448_prehash_update(state: Optional[Prehash], data: Optional[Buffer]) -> int:
    """Appends a piece to the message. Pieces may have any length.

    Standard: PH of id-MLDSA87-Ed448-SHAKE256: SHAKE256 with 64 bytes of output.

    Parameters:
      state  [in,out]  a state that was begun and is not finalised; at any address
      data   [in]   the piece, len bytes; may be NULL if len is 0

    Returns:
      PQH_OK           state has taken data in
      PQH_ERR_NULL     a required pointer is NULL; state unchanged
      PQH_ERR_OVERLAP  state overlaps data; state unchanged
      PQH_ERR_STATE    state was not begun, is finalised, or belongs to another suite; it is unchanged

    Wiped: the stack that was used.
    """
    data_ = _in("data", data)
    return int(lib.pqh_mldsa87_ed448_prehash_update(_state(state), data_, _len(data_)))


def pqh_mldsa87_ed448_prehash_final(state: Optional[Prehash], digest: Optional[WritableBuffer]) -> int:
    """Ends the prehash and writes the digest, for sign_prehashed and verify_prehashed.

    Standard: PH of id-MLDSA87-Ed448-SHAKE256: SHAKE256 with 64 bytes of output.

    Parameters:
      state   [in,out]  a state that was begun and is not finalised; at any address
      digest  [out]  SHAKE256 with 64 bytes of output of the message, PQH_MLDSA87_ED448_DIGEST_BYTES (64)

    Returns:
      PQH_OK           digest is written, and state is finalised
      PQH_ERR_NULL     a pointer is NULL; state and digest unchanged
      PQH_ERR_OVERLAP  state overlaps digest; both unchanged
      PQH_ERR_STATE    state was not begun, is finalised, or belongs to another suite; it is unchanged, digest all zero

    Wiped: state and the stack that was used.
    """
    digest_ = _out("digest", digest, PQH_MLDSA87_ED448_DIGEST_BYTES)
    return int(lib.pqh_mldsa87_ed448_prehash_final(_state(state), digest_))


def pqh_mldsa87_ed448_sign_prehashed(sig: Optional[WritableBuffer], digest: Optional[Buffer], ctx: Optional[Buffer], sk: Optional[Buffer]) -> int:
    """Signs a message by its digest: the signature is as good as one that sign makes of the message itself.

    Standard: Composite-ML-DSA.Sign with an external prehash, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-87; Ed448, RFC 8032 section 5.2.6.

    Parameters:
      sig      [out]  signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
      digest   [in]   SHAKE256 with 64 bytes of output of the message, PQH_MLDSA87_ED448_DIGEST_BYTES (64)
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      sk       [in]   secret key, PQH_MLDSA87_ED448_SECRET_KEY_BYTES (89)

    Returns:
      PQH_OK                  sig is written
      PQH_ERR_NULL            a required pointer is NULL; sig unchanged
      PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
      PQH_ERR_RANDOM          the random source failed; sig all zero
      PQH_ERR_INTERNAL        an error inside the library; sig all zero

    Wiped: the expanded key, the signing randomness and the stack that was used; after a failure also sig.
    """
    sig_ = _out("sig", sig, PQH_MLDSA87_ED448_SIGNATURE_BYTES)
    digest_ = _in("digest", digest, PQH_MLDSA87_ED448_DIGEST_BYTES)
    ctx_ = _in("ctx", ctx)
    sk_ = _in("sk", sk, PQH_MLDSA87_ED448_SECRET_KEY_BYTES)
    return int(lib.pqh_mldsa87_ed448_sign_prehashed(sig_, digest_, ctx_, _len(ctx_), sk_))


def pqh_mldsa87_ed448_verify_prehashed(sig: Optional[Buffer], digest: Optional[Buffer], ctx: Optional[Buffer], pk: Optional[Buffer]) -> int:
    """Verifies a signature of a message by its digest: both halves must be valid.

    Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-87; Ed448, RFC 8032 section 5.2.7 without the cofactor.

    Parameters:
      sig      [in]   signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
      digest   [in]   SHAKE256 with 64 bytes of output of the message, PQH_MLDSA87_ED448_DIGEST_BYTES (64)
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      pk       [in]   the signer's public key, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES (2649)

    Returns:
      PQH_OK                  the signature is valid
      PQH_ERR_NULL            a required pointer is NULL
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
      PQH_ERR_PUBLIC_KEY      the Ed448 half of pk is not a canonical point, or has small order
      PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
      PQH_ERR_INTERNAL        an error inside the library

    Wiped: nothing: it reads no secret key.
    """
    sig_ = _in("sig", sig, PQH_MLDSA87_ED448_SIGNATURE_BYTES)
    digest_ = _in("digest", digest, PQH_MLDSA87_ED448_DIGEST_BYTES)
    ctx_ = _in("ctx", ctx)
    pk_ = _in("pk", pk, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES)
    return int(lib.pqh_mldsa87_ed448_verify_prehashed(sig_, digest_, ctx_, _len(ctx_), pk_))


def pqh_mldsa87_ed448_sign_key_bytes() -> int:
    """PQH_MLDSA87_ED448_SIGN_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa87_ed448_sign_key_bytes())


def pqh_mldsa87_ed448_verify_key_bytes() -> int:
    """PQH_MLDSA87_ED448_VERIFY_KEY_BYTES, for languages that cannot read macros."""
    return int(lib.pqh_mldsa87_ed448_verify_key_bytes())


def pqh_mldsa87_ed448_sign_key_init(key: Optional[PreparedKey], sk: Optional[Buffer]) -> int:
    """Prepares a secret key, for pqh_mldsa87_ed448_sign_with and its like.

    Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-87; Ed448, RFC 8032 section 5.2.5.

    Parameters:
      key  [out]  the prepared key, whatever was in it
      sk   [in]   secret key, PQH_MLDSA87_ED448_SECRET_KEY_BYTES (89)

    Returns:
      PQH_OK            key is ready
      PQH_ERR_NULL      a pointer is NULL; key unchanged
      PQH_ERR_OVERLAP   key and sk overlap; key unchanged
      PQH_ERR_INTERNAL  an error inside the library; key all zero

    Wiped: the library's copies of the expanded key and the stack that was used; after a failure also key. The caller
      wipes key by pqh_mldsa87_ed448_sign_key_wipe.
    """
    sk_ = _in("sk", sk, PQH_MLDSA87_ED448_SECRET_KEY_BYTES)
    return int(lib.pqh_mldsa87_ed448_sign_key_init(_key(key, ffi.typeof("pqh_mldsa87_ed448_sign_key *")), sk_))


def pqh_mldsa87_ed448_sign_key_wipe(key: Optional[PreparedKey]) -> None:
    """Wipes a prepared secret key, which is then no key any more.

    Parameters:
      key  [in,out]  the prepared key, or any bytes; NULL does nothing

    Wiped: key.
    """
    lib.pqh_mldsa87_ed448_sign_key_wipe(_key(key, ffi.typeof("pqh_mldsa87_ed448_sign_key *")))


def pqh_mldsa87_ed448_sign_with(sig: Optional[WritableBuffer], msg: Optional[Buffer], ctx: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Signs a message with a prepared secret key, as pqh_mldsa87_ed448_sign does with an encoded one.

    Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-87; Ed448, RFC 8032 section 5.2.6.

    Parameters:
      sig      [out]  signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
      msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      key      [in]   the secret key, prepared

    Returns:
      PQH_OK                  sig is written
      PQH_ERR_NULL            a required pointer is NULL; sig unchanged
      PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
      PQH_ERR_RANDOM          the random source failed; sig all zero
      PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
      PQH_ERR_INTERNAL        an error inside the library; sig all zero

    Wiped: the signing randomness and the stack that was used; after a failure also sig. Not key.
    """
    sig_ = _out("sig", sig, PQH_MLDSA87_ED448_SIGNATURE_BYTES)
    msg_ = _in("msg", msg)
    ctx_ = _in("ctx", ctx)
    return int(lib.pqh_mldsa87_ed448_sign_with(sig_, msg_, _len(msg_), ctx_, _len(ctx_), _key(key, ffi.typeof("pqh_mldsa87_ed448_sign_key *"))))


def pqh_mldsa87_ed448_sign_derand_with(sig: Optional[WritableBuffer], msg: Optional[Buffer], ctx: Optional[Buffer], rnd: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Signs a message with a prepared secret key and the signing randomness that the caller gives, as
    pqh_mldsa87_ed448_sign_derand does with an encoded key. All zero is FIPS 204's deterministic variant.

    Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-87; Ed448, RFC 8032 section 5.2.6.

    Parameters:
      sig      [out]  signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
      msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      rnd      [in]   signing randomness, PQH_MLDSA87_ED448_SIGN_RND_BYTES (32)
      key      [in]   the secret key, prepared

    Returns:
      PQH_OK                  sig is written
      PQH_ERR_NULL            a required pointer is NULL; sig unchanged
      PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
      PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
      PQH_ERR_INTERNAL        an error inside the library; sig all zero

    Wiped: the stack that was used; after a failure also sig. Neither rnd nor key: they are the caller's.
    """
    sig_ = _out("sig", sig, PQH_MLDSA87_ED448_SIGNATURE_BYTES)
    msg_ = _in("msg", msg)
    ctx_ = _in("ctx", ctx)
    rnd_ = _in("rnd", rnd, PQH_MLDSA87_ED448_SIGN_RND_BYTES)
    return int(lib.pqh_mldsa87_ed448_sign_derand_with(sig_, msg_, _len(msg_), ctx_, _len(ctx_), rnd_, _key(key, ffi.typeof("pqh_mldsa87_ed448_sign_key *"))))


def pqh_mldsa87_ed448_sign_prehashed_with(sig: Optional[WritableBuffer], digest: Optional[Buffer], ctx: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Signs a message by its digest with a prepared secret key, as pqh_mldsa87_ed448_sign_prehashed does with an encoded
    one.

    Standard: Composite-ML-DSA.Sign with an external prehash, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-87; Ed448, RFC 8032 section 5.2.6.

    Parameters:
      sig      [out]  signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
      digest   [in]   SHAKE256 of the message, PQH_MLDSA87_ED448_DIGEST_BYTES (64)
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      key      [in]   the secret key, prepared

    Returns:
      PQH_OK                  sig is written
      PQH_ERR_NULL            a required pointer is NULL; sig unchanged
      PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
      PQH_ERR_RANDOM          the random source failed; sig all zero
      PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
      PQH_ERR_INTERNAL        an error inside the library; sig all zero

    Wiped: the signing randomness and the stack that was used; after a failure also sig. Not key.
    """
    sig_ = _out("sig", sig, PQH_MLDSA87_ED448_SIGNATURE_BYTES)
    digest_ = _in("digest", digest, PQH_MLDSA87_ED448_DIGEST_BYTES)
    ctx_ = _in("ctx", ctx)
    return int(lib.pqh_mldsa87_ed448_sign_prehashed_with(sig_, digest_, ctx_, _len(ctx_), _key(key, ffi.typeof("pqh_mldsa87_ed448_sign_key *"))))


def pqh_mldsa87_ed448_verify_key_init(key: Optional[PreparedKey], pk: Optional[Buffer]) -> int:
    """Prepares a public key, for pqh_mldsa87_ed448_verify_with and pqh_mldsa87_ed448_verify_prehashed_with.

    Standard: decoding of the public key, Ed448, RFC 8032 section 5.2.3.

    Parameters:
      key  [out]  the prepared key, whatever was in it
      pk   [in]   the signer's public key, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES (2649)

    Returns:
      PQH_OK              key is ready
      PQH_ERR_NULL        a pointer is NULL; key unchanged
      PQH_ERR_OVERLAP     key and pk overlap; key unchanged
      PQH_ERR_PUBLIC_KEY  the Ed448 half of pk is not a canonical point, or has small order; key all zero
      PQH_ERR_INTERNAL    an error inside the library; key all zero

    Wiped: nothing: it reads no secret key. After a failure key.
    """
    pk_ = _in("pk", pk, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES)
    return int(lib.pqh_mldsa87_ed448_verify_key_init(_key(key, ffi.typeof("pqh_mldsa87_ed448_verify_key *")), pk_))


def pqh_mldsa87_ed448_verify_key_wipe(key: Optional[PreparedKey]) -> None:
    """Wipes a prepared public key, which is then no key any more.

    Parameters:
      key  [in,out]  the prepared key, or any bytes; NULL does nothing

    Wiped: key.
    """
    lib.pqh_mldsa87_ed448_verify_key_wipe(_key(key, ffi.typeof("pqh_mldsa87_ed448_verify_key *")))


def pqh_mldsa87_ed448_verify_with(sig: Optional[Buffer], msg: Optional[Buffer], ctx: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Verifies a signature with a prepared public key, as pqh_mldsa87_ed448_verify does with an encoded one: both halves
    must be valid.

    Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-87; Ed448, RFC 8032 section 5.2.7 without the cofactor.

    Parameters:
      sig      [in]   signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
      msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      key      [in]   the signer's public key, prepared

    Returns:
      PQH_OK                  the signature is valid
      PQH_ERR_NULL            a required pointer is NULL
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
      PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind
      PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
      PQH_ERR_INTERNAL        an error inside the library

    Wiped: nothing: it reads no secret key.
    """
    sig_ = _in("sig", sig, PQH_MLDSA87_ED448_SIGNATURE_BYTES)
    msg_ = _in("msg", msg)
    ctx_ = _in("ctx", ctx)
    return int(lib.pqh_mldsa87_ed448_verify_with(sig_, msg_, _len(msg_), ctx_, _len(ctx_), _key(key, ffi.typeof("pqh_mldsa87_ed448_verify_key *"))))


def pqh_mldsa87_ed448_verify_prehashed_with(sig: Optional[Buffer], digest: Optional[Buffer], ctx: Optional[Buffer], key: Optional[PreparedKey]) -> int:
    """Verifies a signature of a message by its digest with a prepared public key, as pqh_mldsa87_ed448_verify_prehashed
    does with an encoded one: both halves must be valid.

    Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
      ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-87; Ed448, RFC 8032 section 5.2.7 without the cofactor.

    Parameters:
      sig      [in]   signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
      digest   [in]   SHAKE256 of the message, PQH_MLDSA87_ED448_DIGEST_BYTES (64)
      ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
      key      [in]   the signer's public key, prepared

    Returns:
      PQH_OK                  the signature is valid
      PQH_ERR_NULL            a required pointer is NULL
      PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
      PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind
      PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
      PQH_ERR_INTERNAL        an error inside the library

    Wiped: nothing: it reads no secret key.
    """
    sig_ = _in("sig", sig, PQH_MLDSA87_ED448_SIGNATURE_BYTES)
    digest_ = _in("digest", digest, PQH_MLDSA87_ED448_DIGEST_BYTES)
    ctx_ = _in("ctx", ctx)
    return int(lib.pqh_mldsa87_ed448_verify_prehashed_with(sig_, digest_, ctx_, _len(ctx_), _key(key, ffi.typeof("pqh_mldsa87_ed448_verify_key *"))))


def pqh_secure_wipe(data: Optional[WritableBuffer]) -> None:
    """Overwrites memory with zeros, in a way that the compiler may not leave out.

    Parameters:
      data  [out] the memory to wipe, len bytes; NULL does nothing

    Wiped: data.
    """
    data_ = _out("data", data)
    lib.pqh_secure_wipe(data_, _len(data_))


def pqh_ct_equal(a: Optional[Buffer], b: Optional[Buffer]) -> int:
    """Compares two byte strings in a time that depends on their length alone.

    Parameters:
      a    [in] len bytes; may be NULL if len is 0
      b    [in] len bytes; may be NULL if len is 0

    Returns 1 if they are equal, else 0. A NULL with a len that is not 0, or a len over PTRDIFF_MAX, equals nothing: 0.
    """
    a_ = _in("a", a)
    b_ = _in("b", b)
    if _len(a_) != _len(b_):
        raise LengthError(f"a and b: expected the same length, got {_len(a_)} and {_len(b_)} bytes")
    return int(lib.pqh_ct_equal(a_, b_, _len(b_)))


def pqh_random_bytes(out: Optional[WritableBuffer]) -> int:
    """Fills memory with random bytes from the operating system, or from pqh_platform_random_bytes where there is none.

    Parameters:
      out  [out] len random bytes

    Returns:
      PQH_OK          out is filled
      PQH_ERR_NULL    out is NULL, also if len is 0
      PQH_ERR_RANDOM  the random source failed; out is all zero

    Wiped: the stack that was used.
    """
    out_ = _out("out", out)
    return int(lib.pqh_random_bytes(out_, _len(out_)))


def pqh_version() -> str:
    """The version of the library that is linked, e.g. "0.1.0"; the header's is PQH_VERSION_MAJOR.MINOR.PATCH.

    Returns a static string.
    """
    return str(ffi.string(lib.pqh_version()).decode("ascii"))


def pqh_status_string(status: int) -> str:
    """A sentence for people about a status.

    Parameters:
      status  [in] any value, known or not

    Returns a static string, never NULL.
    """
    return str(ffi.string(lib.pqh_status_string(status)).decode("ascii"))


def pqh_backend() -> str:
    """Which code runs on this CPU: "x86-64-v4-ifma" (AVX-512 with IFMA), "x86-64-v4" (AVX-512), "x86-64-v3" (AVX2, BMI2), "x86-64",
    "aarch64-neon", "wasm-simd128" or "portable".

    On x86-64 it is chosen when the library is loaded; the environment variable PQHYBRID_BACKEND, for tests, makes it a lower
    one, by the name that this function gives it: PQHYBRID_BACKEND=x86-64-v3. Any other value is ignored, and so is what a program
    sets after it began.

    Returns a static string.
    """
    return str(ffi.string(lib.pqh_backend()).decode("ascii"))
