"""What type checkers know of the generated declarations."""

from typing import Any

ffi: Any
