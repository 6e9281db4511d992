"""The bills of what the stacks of the project plan, as text and as JSON, on a fixed day."""

import json
from pathlib import Path
from typing import Any

import yaml
from typer.testing import CliRunner

from falaj.cli.app import app
from tests.unit.components.mocks import Recording
from tests.unit.recorded.fixed_day import on_a_fixed_day
from tests.unit.recorded.plans import GROUPS as PLANS
from tests.unit.recorded.plans import STACKS
from tests.unit.recorded.rows import same_everywhere

FILE = "bills.csv"
GROUPS = {file.name: file for file in STACKS}
"""Name of the file of a stack -> the file."""


def contents(group: str, folder: Path) -> dict[tuple[str, ...], Any]:
    """Returns exit status, error and output of the command, without and with `--json`."""
    file, plan = GROUPS[group], folder / "plan.json"
    config = yaml.safe_load(file.read_text(encoding="utf-8"))["config"]
    plan.write_text(json.dumps(_preview(PLANS[group](), config)), encoding="utf-8")
    stack = file.name.split(".")[1]
    command = ["bill", "--stack", stack, "--project", str(file.parent), "--plan", str(plan)]
    return {(group, " ".join(more) or "text"): _shown([*command, *more]) for more in ((), ("--json",))}


def _shown(command: list[str]) -> list[Any]:
    with on_a_fixed_day():
        result = CliRunner().invoke(app, command)
    return [result.exit_code, same_everywhere(result.stdout), same_everywhere(result.stderr)]


def _preview(plan: Recording, config: Any) -> dict[str, Any]:
    """Returns a plan in the form of `pulumi preview --json`, by URN, since the order of registration may differ."""
    states = [
        {
            "urn": item.urn, "type": item.typ, "custom": item.custom, "parent": item.parent,
            "inputs": _whole(item.inputs), "outputs": _whole(plan.outputs.get(item.urn, item.inputs)),
            "provider": item.provider,
        }
        for item in sorted(plan.resources, key=lambda item: item.urn)
    ]  # fmt: skip
    steps = [{"op": "create", "urn": state["urn"], "newState": state} for state in states]
    return {"config": {key: json.dumps(value) for key, value in config.items()}, "steps": steps}


def _whole(value: Any) -> Any:
    """Returns a value with whole numbers as the engine writes them, without a point: recorded ones are floats."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    return [_whole(item) for item in value] if isinstance(value, list) else value
