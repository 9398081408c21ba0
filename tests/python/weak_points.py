"""Points that a curve library must refuse, computed from the curves' equations. Byte strings are little-endian."""

P25519 = 2**255 - 19
P448 = 2**448 - 2**224 - 1
L25519 = 2**252 + 27742317777372353535851937790883648493
L448 = 2**446 - 13818066809895115352007386748515426880336692474882178609894547503885
D25519 = -121665 * pow(121666, -1, P25519) % P25519
D448 = -39081 % P448


def is_square(n, p):
    return pow(n, (p - 1) // 2, p) in (0, 1)


def square_root_25519(n):
    root = pow(n, (P25519 + 3) // 8, P25519)
    if root * root % P25519 != n % P25519:
        root = root * pow(2, (P25519 - 1) // 4, P25519) % P25519
    assert root * root % P25519 == n % P25519
    return root


def is_ed25519_point(y):
    return is_square((y * y - 1) * pow(D25519 * y * y + 1, -1, P25519), P25519)


def is_ed448_point(y):
    return is_square((y * y - 1) * pow(D448 * y * y - 1, -1, P448), P448)


def order_8_ed25519():
    """The y of the points of order 8. Doubled they have y = 0, so x^2 = -y^2, and the curve says d y^4 + 2 y^2 = 1."""
    root = square_root_25519(1 + D25519)
    for sign in (root, -root):
        square = (sign - 1) * pow(D25519, -1, P25519) % P25519
        if is_square(square, P25519):
            y = square_root_25519(square)
            return [y, P25519 - y]
    raise AssertionError("there are points of order 8")


def montgomery(y):
    """The u of X25519 for the y of Ed25519."""
    return (1 + y) * pow(1 - y, -1, P25519) % P25519


def x25519_small_order():
    points = [0, 1, P25519 - 1, P25519, P25519 + 1, *map(montgomery, order_8_ed25519())]
    # RFC 7748 ignores the top bit.
    return [(u | top).to_bytes(32, "little") for u in points for top in (0, 1 << 255)]


def x448_small_order():
    return [u.to_bytes(56, "little") for u in (0, 1, P448 - 1, P448, P448 + 1)]


def signed(ys, size):
    """Each y with the sign of x being 0, and 1."""
    return [(y | sign << (8 * size - 1)).to_bytes(size, "little") for y in ys for sign in (0, 1)]


def ed25519_small_order():
    """Orders 1, 2, 4 and 8; among them, x = 0 with the sign 1, which is not canonical."""
    return signed([1, P25519 - 1, 0, *order_8_ed25519()], 32)


def ed448_small_order():
    return signed([1, P448 - 1, 0], 57)


def ed25519_not_canonical():
    """y that are not reduced: the small ones are points, once reduced."""
    return signed([P25519 + y for y in range(19)], 32)


def ed448_not_canonical():
    points = [y for y in range(2, 40) if is_ed448_point(y)]
    unreduced = [P448 + y for y in (0, 1, *points)] + [2**448 - 1]
    beyond_56_bytes = [y | bit << 448 for y in points[:4] for bit in (1, 2, 64)]
    return signed(unreduced + beyond_56_bytes, 57)


def ed25519_no_points():
    return signed([y for y in range(2, 60) if not is_ed25519_point(y)], 32)


def ed448_no_points():
    return signed([y for y in range(2, 60) if not is_ed448_point(y)], 57)
