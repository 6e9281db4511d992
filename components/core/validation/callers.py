"""Finds the line of a program that built arguments, for the message that rejects them."""

import inspect
import os
from pathlib import Path
from types import FrameType

COMPONENTS = Path(__file__).resolve().parents[2]
DECLARATIVE = tuple(COMPONENTS / name for name in ("build", "settings", "plugin.py"))
"""Modules that get arguments from a stack file or from a program in another language, not from a Python program."""

LIBRARIES = ("falaj", "pulumi")
"""Packages that call components on behalf of a program."""

VALIDATORS = ("pydantic", "pydantic_core")


def calling_line() -> str | None:
    """Returns `file:line` of the program that called the components, the file relative to the working directory.

    None if they were called for a stack file, by the plug-in host or by a command.
    """
    frame = inspect.currentframe()
    while frame is not None and (_is_in(frame, COMPONENTS) or _package(frame) in VALIDATORS):
        if _is_in(frame, *DECLARATIVE):
            return None
        frame = frame.f_back
    if frame is None or _package(frame) in LIBRARIES:
        return None
    return f"{_shown(frame.f_code.co_filename)}:{frame.f_lineno}"


def _is_in(frame: FrameType, *places: Path) -> bool:
    file = Path(frame.f_code.co_filename).resolve()
    return any(file.is_relative_to(place) for place in places)


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _shown(file: str) -> str:
    """Returns the path relative to the working directory; unchanged if it is outside of it or not a file."""
    relative = os.path.relpath(file) if os.path.isabs(file) else file
    return file if relative.startswith(os.pardir) else relative
