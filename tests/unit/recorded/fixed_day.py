"""A day on which everything is recorded, because outputs name dates and ages."""

import importlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, tzinfo
from functools import cache
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from falaj.facts.clock import VARIABLE
from tests.unit.settings.stacks import ROOT

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
PACKAGES = ("falaj/cli", "falaj/facts", "falaj/finops", "falaj/simulation", "components", "policy_pack/guardrails")


class _OneDay(type(datetime)):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, datetime)


class Noon(datetime, metaclass=_OneDay):
    """A `datetime` for which it is always noon of one day."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        """Returns noon of that day."""
        return NOW.astimezone(tz)


@cache
def _clocks() -> tuple[ModuleType, ...]:
    """Returns the modules that read the clock, loaded: commands load theirs when they run."""
    files = [file for folder in PACKAGES for file in sorted((ROOT / folder).rglob("*.py"))]
    names = [_module(file) for file in files if "datetime.now(" in file.read_text(encoding="utf-8")]
    return tuple(importlib.import_module(name) for name in names)


def _module(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[1:] if parts[0] == "policy_pack" else ("falaj", *parts) if parts[0] != "falaj" else parts)


@contextmanager
def on_a_fixed_day() -> Iterator[None]:
    """Stops the clock of Falaj's modules."""
    with ExitStack() as stopped:
        stopped.enter_context(patch.dict(os.environ, {VARIABLE: NOW.date().isoformat()}))
        for module in _clocks():
            stopped.enter_context(patch.object(module, "datetime", Noon))
        yield
