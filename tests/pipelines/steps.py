"""Reads the commands of a pipeline's jobs from its definition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PIPELINES = Path(__file__).parents[2] / "pipelines"
STEPS = PIPELINES.parent / "falaj" / "pipelines"
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
MACRO = re.compile(r"\$\(([A-Za-z.]+)\)")


@dataclass(frozen=True)
class Step:
    """One command of a job."""

    run: str
    env: dict[str, str] = field(default_factory=dict)
    always: bool = False
    shell: str = "bash"


def document(file: Path) -> Any:
    """Returns the content of a YAML file; GitHub's key `on` is a string, not a boolean."""
    content = yaml.safe_load(file.read_text())
    return {("on" if key is True else key): value for key, value in content.items()}


def github(steps: list[dict[str, Any]], expressions: Mapping[str, str]) -> list[Step]:
    """Returns the `run` steps of a job or an action.

    `expressions` has the values of expressions in `env`; variables with other expressions are omitted.
    """
    commands = []
    for step in steps:
        if "run" in step:
            env = {name: _expand(str(value), EXPRESSION, expressions) for name, value in step.get("env", {}).items()}
            resolved = {name: value for name, value in env.items() if value is not None}
            always = step.get("if") == "always()"
            commands.append(Step(step["run"], resolved, always, step.get("shell", "bash")))
    return commands


def gitlab(job: dict[str, Any]) -> list[Step]:
    """Returns the script of a job, whose lines run in one shell with the job's variables in the environment."""
    return [Step("\n".join(job["script"]))]


def azure(steps: list[dict[str, Any]], macros: Mapping[str, str]) -> list[Step]:
    """Returns the `bash` steps of a job; `macros` has the values of macros."""
    commands = []
    for step in steps:
        if "bash" in step:
            env = {name: _expand(str(value), MACRO, macros) or "" for name, value in step.get("env", {}).items()}
            commands.append(Step(step["bash"], env, step.get("condition") == "always()"))
    return commands


def _expand(text: str, pattern: re.Pattern[str], values: Mapping[str, str]) -> str | None:
    """Replaces the expressions in a text by their values; returns None if a value is missing."""
    if any(name not in values for name in pattern.findall(text)):
        return None
    return pattern.sub(lambda match: values[match[1]], text)
