"""Commands start the engine before they load what only their report needs, and no command loads Pulumi's SDK."""

import subprocess
import sys
import threading

import pytest

from falaj.cli import ahead
from falaj.cli.ahead import COST_REPORT, import_in_background

BEFORE_THE_ENGINE = (
    "falaj.cli.app", "falaj.finops.usage", "falaj.sandbox.session", "falaj.sandbox.previews",
    "falaj.sandbox.deferred_checkpoints", "falaj.sandbox.last_deployment", "falaj.sandbox.base_pack",
)  # fmt: skip
SDK = ("pulumi", "grpc")


def loaded_by(modules: tuple[str, ...], of: tuple[str, ...]) -> list[str]:
    """Returns which modules `of` some are loaded in a process that imports others."""
    program = f"import sys, {', '.join(modules)}\nprint(*(name for name in {of!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_a_command_loads_neither_the_sdk_nor_the_report_before_the_engine_starts() -> None:
    assert loaded_by(BEFORE_THE_ENGINE, (*SDK, "falaj.finops.estimate", "falaj.finops.report.files")) == []


def test_the_report_loads_no_sdk() -> None:
    assert loaded_by(COST_REPORT, (*SDK, *COST_REPORT)) == list(COST_REPORT)


def in_background(modules: tuple[str, ...]) -> None:
    """Imports modules in the background, and waits until that has ended."""
    before = set(threading.enumerate())
    import_in_background(modules)
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=60)


def test_modules_are_imported_until_one_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    imported: list[str] = []

    def load(name: str) -> None:
        imported.append(name)
        if name == "missing":
            raise ImportError(name)

    monkeypatch.setattr(ahead.importlib, "import_module", load)
    in_background(("one", "missing", "two"))
    assert imported == ["one", "missing"]
