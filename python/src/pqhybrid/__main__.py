"""The command `python -m pqhybrid`, see cli.py."""

from __future__ import annotations

import sys

from pqhybrid.cli import main

sys.exit(main())
