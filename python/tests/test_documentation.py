"""The code blocks of the README and of docs/ run as they stand, page by page, in an empty folder."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1]
PAGES = [FOLDER.parent / "README.md", FOLDER / "README.md", *sorted((FOLDER / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page):
    """The Python of a page, with line numbers as in the page."""
    text = page.read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        yield text[: match.start(1)].count("\n"), match[1]


def name(page):
    return str(page.relative_to(FOLDER.parent))


WITH_CODE = [page for page in PAGES if any(True for _ in blocks(page))]


def test_there_is_code(cases):
    expected = {"README.md", "python/README.md", "python/docs/keys.md", "python/docs/migrating-wamp-cryptosign.md"}
    assert expected <= {name(page) for page in WITH_CODE}
    cases("pages", len(WITH_CODE))


@pytest.mark.parametrize("page", WITH_CODE, ids=name)
def test_page(page, cases, tmp_path):
    found = list(blocks(page))
    program = tmp_path / "program.py"
    lines = []
    for at, block in found:
        lines += [""] * (at - len(lines)) + block.splitlines()
    program.write_text("\n".join(lines) + "\n", encoding="utf-8")
    working_folder = tmp_path / "empty"
    working_folder.mkdir()
    ran = subprocess.run([sys.executable, "-W", "error", str(program)], cwd=working_folder, capture_output=True, text=True)
    assert ran.returncode == 0, f"{name(page)}, with its line numbers:\n{ran.stderr}"
    cases(name(page), len(found))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links(page, cases):
    """Relative links lead somewhere."""
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    for link in links:
        assert (page.parent / link).exists(), f"{name(page)} links to {link}"
    cases("links", len(links) + 1)
