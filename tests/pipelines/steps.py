"""The commands of a pipeline's job, read from the file that its host reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PIPELINES = Path(__file__).parents[2] / "pipelines"
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
    """A YAML file. GitHub's `on` is the word, not the boolean."""
    found = yaml.safe_load(file.read_text())
    return {("on" if key is True else key): value for key, value in found.items()}


def github(steps: list[dict[str, Any]], known: Mapping[str, str]) -> list[Step]:
    """The `run` steps of a job or an action; `known` says what expressions come to in `env`, others are left out."""
    found = []
    for step in steps:
        if "run" in step:
            env = {name: _filled(str(value), EXPRESSION, known) for name, value in step.get("env", {}).items()}
            kept = {name: value for name, value in env.items() if value is not None}
            always = step.get("if") == "always()"
            found.append(Step(step["run"], kept, always, step.get("shell", "bash")))
    return found


def gitlab(job: dict[str, Any]) -> list[Step]:
    """The script of a job: its lines run in one shell, with the job's variables in the environment."""
    return [Step("\n".join(job["script"]))]


def azure(steps: list[dict[str, Any]], known: Mapping[str, str]) -> list[Step]:
    """The `bash` steps of a job; `known` says what macros come to."""
    found = []
    for step in steps:
        if "bash" in step:
            env = {name: _filled(str(value), MACRO, known) or "" for name, value in step.get("env", {}).items()}
            found.append(Step(step["bash"], env, step.get("condition") == "always()"))
    return found


def _filled(text: str, pattern: re.Pattern[str], known: Mapping[str, str]) -> str | None:
    """The text with what is known put in; None where something is not."""
    if any(name not in known for name in pattern.findall(text)):
        return None
    return pattern.sub(lambda found: known[found[1]], text)
