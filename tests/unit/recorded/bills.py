"""The bills of what the stacks of the project plan, as text and as JSON, on a fixed day."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from falaj.cli.app import app
from tests.unit.components.mocks import Recording
from tests.unit.recorded.fixed_day import on_a_fixed_day
from tests.unit.recorded.plans import GROUPS as PLANS
from tests.unit.recorded.plans import STACKS

FILE = "bills.csv"
GROUPS = {file.name: file for file in STACKS}
"""Name of the file of a stack -> the file."""


def contents(group: str, folder: Path) -> dict[tuple[str, ...], Any]:
    """Returns exit status, error and output of the command, without and with `--json`."""
    file, plan = GROUPS[group], folder / "plan.json"
    plan.write_text(json.dumps(_export(PLANS[group]())), encoding="utf-8")
    stack = file.name.split(".")[1]
    command = ["bill", "--stack", stack, "--project", str(file.parent), "--plan", str(plan), "--allow-missing"]
    return {(group, " ".join(more) or "text"): _shown([*command, *more]) for more in ((), ("--json",))}


def _shown(command: list[str]) -> list[Any]:
    with on_a_fixed_day():
        result = CliRunner().invoke(app, command)
    return [result.exit_code, result.stdout, result.stderr]


def _export(plan: Recording) -> dict[str, Any]:
    """Returns a plan in the form of `pulumi stack export`."""
    resources = [
        {
            "urn": item.urn, "type": item.typ, "custom": item.custom, "parent": item.parent, "inputs": item.inputs,
            "outputs": plan.outputs.get(item.urn, item.inputs), "provider": item.provider,
        }
        for item in plan.resources
    ]  # fmt: skip
    return {"version": 3, "deployment": {"resources": resources}}
