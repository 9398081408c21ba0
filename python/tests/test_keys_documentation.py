"""The page on the key manager: its code runs, in the order in which it stands there."""

import os
import re
from pathlib import Path

from test_keys import no_sync  # noqa: F401

PAGE = Path(__file__).resolve().parents[1] / "docs" / "keys.md"


def test_the_page(tmp_path, monkeypatch, cases):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(os.environ, "SERVICE_PASSPHRASE", "from the environment")
    names = {}
    text = PAGE.read_text(encoding="utf-8")
    for found in re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        line = text.count("\n", 0, found.start()) + 1
        exec(compile("\n" * line + found[1], str(PAGE), "exec"), names)
        cases("blocks")
