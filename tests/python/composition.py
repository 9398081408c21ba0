"""The four hybrids once more, from the standards, on OpenSSL's primitives: something to compare the library with.

It shares no code with the library. `cryptography` takes neither ML-KEM's m nor ML-DSA's rnd, so these it cannot choose.
"""

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed448, ed25519, mldsa, mlkem, x448, x25519


class HybridKem:
    """Composite ML-KEM: ss = SHA3-256(mlkemSS || tradSS || tradCT || tradPK || label)."""

    def __init__(self, label, pq_private, pq_public, dh_private, dh_public, ek_bytes, ct_bytes):
        self.label = label
        self.pq_private, self.pq_public = pq_private, pq_public
        self.dh_private, self.dh_public = dh_private, dh_public
        self.ek_bytes, self.ct_bytes = ek_bytes, ct_bytes

    def expand(self, sk):
        """The secret key as d || z || scalar."""
        return sk

    def private_halves(self, sk):
        expanded = self.expand(sk)
        return self.pq_private.from_seed_bytes(expanded[:64]), self.dh_private.from_private_bytes(expanded[64:])

    def combine(self, pq_ss, dh_ss, dh_ct, dh_pk):
        return hashlib.sha3_256(pq_ss + dh_ss + dh_ct + dh_pk + self.label).digest()

    def public_key(self, sk):
        pq, dh = self.private_halves(sk)
        return pq.public_key().public_bytes_raw() + dh.public_key().public_bytes_raw()

    def encaps(self, pk):
        pq_pk, dh_pk = pk[: self.ek_bytes], pk[self.ek_bytes :]
        ephemeral = self.dh_private.generate()
        dh_ct = ephemeral.public_key().public_bytes_raw()
        dh_ss = ephemeral.exchange(self.dh_public.from_public_bytes(dh_pk))
        pq_ss, pq_ct = self.pq_public.from_public_bytes(pq_pk).encapsulate()
        return pq_ct + dh_ct, self.combine(pq_ss, dh_ss, dh_ct, dh_pk)

    def decaps(self, ct, sk):
        pq_ct, dh_ct = ct[: self.ct_bytes], ct[self.ct_bytes :]
        pq, dh = self.private_halves(sk)
        dh_ss = dh.exchange(self.dh_public.from_public_bytes(dh_ct))
        return self.combine(pq.decapsulate(pq_ct), dh_ss, dh_ct, dh.public_key().public_bytes_raw())

    def encaps_coins(self, coins, pk):
        """What coins decide without ML-KEM's arithmetic: the classical half of the ciphertext, and the secret."""
        m, scalar = coins[:32], coins[32:]
        pq_pk, dh_pk = pk[: self.ek_bytes], pk[self.ek_bytes :]
        # FIPS 203 algorithm 17: (K, r) = G(m || H(ek)).
        pq_ss = hashlib.sha3_512(m + hashlib.sha3_256(pq_pk).digest()).digest()[:32]
        ephemeral = self.dh_private.from_private_bytes(scalar)
        dh_ct = ephemeral.public_key().public_bytes_raw()
        dh_ss = ephemeral.exchange(self.dh_public.from_public_bytes(dh_pk))
        return dh_ct, self.combine(pq_ss, dh_ss, dh_ct, dh_pk)


class XWing(HybridKem):
    """X-Wing is composite ML-KEM whose secret key is one seed."""

    def expand(self, sk):
        return hashlib.shake_256(sk).digest(96)


class HybridSignature:
    """Composite ML-DSA: both halves sign M' = prefix || label || len(ctx) || ctx || PH(M)."""

    PREFIX = b"CompositeAlgorithmSignatures2025"

    def __init__(self, label, prehash, pq_private, pq_public, ed_private, ed_public, pq_pk_bytes, pq_sig_bytes):
        self.label, self.prehash = label, prehash
        self.pq_private, self.pq_public = pq_private, pq_public
        self.ed_private, self.ed_public = ed_private, ed_public
        self.pq_pk_bytes, self.pq_sig_bytes = pq_pk_bytes, pq_sig_bytes

    def representative(self, msg, ctx):
        return self.PREFIX + self.label + bytes([len(ctx)]) + ctx + self.prehash(msg)

    def private_halves(self, sk):
        return self.pq_private.from_seed_bytes(sk[:32]), self.ed_private.from_private_bytes(sk[32:])

    def public_key(self, sk):
        pq, ed = self.private_halves(sk)
        return pq.public_key().public_bytes_raw() + ed.public_key().public_bytes_raw()

    def sign(self, msg, ctx, sk):
        pq, ed = self.private_halves(sk)
        representative = self.representative(msg, ctx)
        return pq.sign(representative, self.label) + ed.sign(representative)

    def verify_halves(self, sig, msg, ctx, pk):
        """Whether the ML-DSA half and the EdDSA half are valid, each for itself."""
        pq = self.pq_public.from_public_bytes(pk[: self.pq_pk_bytes])
        ed = self.ed_public.from_public_bytes(pk[self.pq_pk_bytes :])
        representative = self.representative(msg, ctx)
        return (
            valid(pq.verify, sig[: self.pq_sig_bytes], representative, self.label),
            valid(ed.verify, sig[self.pq_sig_bytes :], representative),
        )


def valid(verify, *arguments):
    try:
        verify(*arguments)
    except InvalidSignature:
        return False
    return True


COMPOSITIONS = {
    "mlkem768_x25519": XWing(
        bytes.fromhex("5c2e2f2f5e5c"),
        mlkem.MLKEM768PrivateKey, mlkem.MLKEM768PublicKey,
        x25519.X25519PrivateKey, x25519.X25519PublicKey,
        ek_bytes=1184, ct_bytes=1088,
    ),
    "mlkem1024_x448": HybridKem(
        b"MLKEM1024-X448",
        mlkem.MLKEM1024PrivateKey, mlkem.MLKEM1024PublicKey,
        x448.X448PrivateKey, x448.X448PublicKey,
        ek_bytes=1568, ct_bytes=1568,
    ),
    "mldsa65_ed25519": HybridSignature(
        b"COMPSIG-MLDSA65-Ed25519-SHA512", lambda msg: hashlib.sha512(msg).digest(),
        mldsa.MLDSA65PrivateKey, mldsa.MLDSA65PublicKey,
        ed25519.Ed25519PrivateKey, ed25519.Ed25519PublicKey,
        pq_pk_bytes=1952, pq_sig_bytes=3309,
    ),
    "mldsa87_ed448": HybridSignature(
        b"COMPSIG-MLDSA87-Ed448-SHAKE256", lambda msg: hashlib.shake_256(msg).digest(64),
        mldsa.MLDSA87PrivateKey, mldsa.MLDSA87PublicKey,
        ed448.Ed448PrivateKey, ed448.Ed448PublicKey,
        pq_pk_bytes=2592, pq_sig_bytes=4627,
    ),
}
