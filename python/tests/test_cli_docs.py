"""The shell commands of docs/command-line.md run as they stand, and print what the page says."""

import os
import re
import subprocess
import sys
from pathlib import Path

from command import environment, needs_cryptography

import pqhybrid
from pqhybrid._cli_options import HELP

PAGE = Path(__file__).resolve().parents[1] / "docs/command-line.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```\n(?:\n```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)


@needs_cryptography("cli_docs")
def test_page(cases, tmp_path):
    programs, folder = tmp_path / "bin", tmp_path / "empty"
    programs.mkdir()
    folder.mkdir()
    (programs / "pqhybrid").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pqhybrid "$@"\n')
    (programs / "pqhybrid").chmod(0o755)
    env = environment(PATH=f"{programs}:{os.environ['PATH']}", LC_ALL="C.UTF-8")
    found = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(found) >= 7
    for commands, expected in found:
        # Without a terminal, so that nothing can wait for an answer.
        run = {"cwd": folder, "env": env, "stdin": subprocess.DEVNULL, "start_new_session": True}
        ran = subprocess.run(["sh", "-euc", commands], capture_output=True, **run)
        assert (ran.returncode, ran.stderr.decode()) == (0, ""), f"{commands}{ran.stdout.decode()}"
        # An ellipsis stands for what differs from one run to the next.
        pattern = ".+".join(map(re.escape, expected.split("…")))
        assert expected and re.fullmatch(pattern, ran.stdout.decode()), f"{commands}prints:\n{ran.stdout.decode()}"
        cases("commands", sum(line.startswith("pqhybrid ") for line in commands.splitlines()))


def test_page_and_help_agree(cases):
    text = PAGE.read_text(encoding="utf-8")
    for option in set(re.findall(r"--[a-z]+(?:-[a-z]+)*", text)):
        assert option in HELP, option
        cases("options")
    for suite in pqhybrid.SUITES:
        assert f"`{suite.name}`" in text and suite.name in HELP
        cases("suites")
