"""What the header's STACK_BYTES must be: enough for every operation in both profiles, and not much more."""

# Verification reads no secret, and beginning a hash has none yet: nothing is overwritten.
NOT_SCRUBBED = ("verify", "verify_prehashed", "prehash_init", "verify_with", "verify_prehashed_with", "verify_key_init",
                "encaps_key_init")
# What an operation with prepared keys takes is at most what one without takes; the header says so by the macros' names.
KEY_INITS = {"sign_key_init": "keygen", "lamps_decaps_key_init": "decaps"}
# What may be over what was measured.
SPARE, SPARE_BYTES = 1.10, 1024


def macro(suite, operation):
    """The name of an operation's macro; several operations share one."""
    if operation.startswith("prehash_"):
        operation = "prehash"
    operation = KEY_INITS.get(operation, operation)
    for whole in ("encaps", "decaps", "sign", "verify"):
        if operation.startswith(whole + "_"):
            operation = whole
    prefix = "PQH" if suite == "pqh" else f"PQH_{suite.upper()}"
    return f"{prefix}_{operation.upper()}_STACK_BYTES"


def check(record):
    """(sentences on what is wrong, how many checks)"""
    wrong, checks, most, deepest, scrubbed = [], 0, {}, {}, {}
    for (kind, suite, operation, profile), value in record.items():
        if kind != "stack":
            continue
        name, title = macro(suite, operation), f"{suite} {operation}, {profile}"
        granted = record.get(("macro", "", name, ""))
        if granted is None:
            wrong.append(f"the header has no {name}")
            continue
        checks += 1
        most[name] = max(most.get(name, 0), value)
        if value > granted:
            wrong.append(f"{title}: {value} bytes of stack, and {name} is {granted}")
        if operation in NOT_SCRUBBED:
            continue
        checks += 1
        reach, scrub = record["reach", suite, operation, profile], record["scrub", suite, operation, profile]
        deepest[name] = max(deepest.get(name, 0), reach)
        scrubbed[name] = max(scrubbed.get(name, 0), scrub)
        if reach > scrub:
            wrong.append(f"{title}: reaches {reach} bytes deep, and overwrites only {scrub}: {name} is too small")
    for name, value in most.items():
        checks += 1
        granted = record["macro", "", name, ""]
        if granted > value * SPARE + SPARE_BYTES:
            wrong.append(f"{name} is {granted}, and {value} bytes are all that is taken")
        elif name in deepest and scrubbed[name] > deepest[name] * SPARE + SPARE_BYTES:
            wrong.append(f"{name} is {granted}, and no operation reaches deeper than {deepest[name]} bytes")
    return wrong, checks


def needs(record, suite, operation):
    return record["macro", "", macro(suite, operation), ""]


