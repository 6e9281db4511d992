"""What the policy pack, which commands run in a process of its own, does with the files that it reads."""

from collections.abc import Callable, Mapping
from pathlib import Path

from guardrails import __main__ as pack_command
from guardrails.engine.enforcement import load_enforcement
from guardrails.engine.exemptions import load_exemptions
from guardrails.engine.settings_files import SetupError
from guardrails.registry import IDS


def _enforcement(command: list[str]) -> None:
    load_enforcement(Path(command[1]), IDS)


def _exemptions(command: list[str]) -> None:
    load_exemptions(Path(command[1]), IDS)


def _report(command: list[str]) -> None:
    for form in ("sarif", "junit"):
        pack_command.main(["report", command[2], "--format", form, "--output", command[4]])


PACK: Mapping[str, Callable[[list[str]], None]] = {
    "enforcement.yaml": _enforcement, "exemptions.yaml": _exemptions, "guardrails": _report,
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
