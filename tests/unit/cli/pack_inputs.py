"""What the policy pack, which commands run in a process of its own, does with the files that it reads."""

from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from guardrails import __main__ as pack_command
from guardrails.engine.enforcement import load_enforcement
from guardrails.engine.exemptions import load_exemptions
from guardrails.engine.reviewed_programs import FILE, load_reviewed_programs
from guardrails.engine.settings_files import SetupError
from guardrails.registry import IDS


def _enforcement(command: list[str]) -> None:
    load_enforcement(Path(command[1]), IDS)


def _exemptions(command: list[str]) -> None:
    load_exemptions(Path(command[1]), IDS)


def _reviewed_programs(command: list[str]) -> None:
    load_reviewed_programs(Path(command[1]))


def _report(command: list[str]) -> None:
    for form in ("sarif", "junit"):
        pack_command.main(["report", command[2], "--format", form, "--output", command[4]])


def _guardrails(command: list[str]) -> None:
    if command[1] == "review":
        with redirect_stdout(StringIO()):
            pack_command.main(["review", command[2]])
    else:
        _report(command)


REVIEWED = {
    "digest": "a" * 64, "where": "urn:pulumi:dev::*::job#script", "reason": "read with the team", "reviewed_by": "c",
    "date": "2026-11-01",
}  # fmt: skip
PACK: Mapping[str, Callable[[list[str]], None]] = {
    "enforcement.yaml": _enforcement, "exemptions.yaml": _exemptions, FILE: _reviewed_programs,
    "guardrails": _guardrails,
}  # fmt: skip
"""First word of a command of the pack's own process -> what that process does, with the same errors."""


def run_pack(command: list[str]) -> tuple[int, str, BaseException | None, str]:
    """Returns exit status, error, crash and output of the pack."""
    try:
        PACK[command[0]](command)
    except (SetupError, OSError) as error:
        return 2, str(error), None, ""
    except Exception as error:
        return 1, "", error, ""
    return 0, "", None, ""
