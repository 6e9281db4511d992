"""Reads GitLab's components and Azure's templates as their hosts do, with the inputs of a caller's file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from tests.pipelines.steps import PIPELINES, Step, document

COMPONENTS = PIPELINES.parent / "templates"
_BLOCK = re.compile(r"\$\[\[ *inputs\.([\w-]+) *\]\]")
_PARAMETER = re.compile(r"\$\{\{ *parameters\.([\w-]+) *\}\}")


def component(name: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Returns the content of a GitLab component: inputs have defaults or are required, and an unknown one is refused
    (https://docs.gitlab.com/ci/inputs, 2026-11-28). A text that is one block has the input's type."""
    header, content = yaml.safe_load_all((COMPONENTS / f"{name}.yml").read_text())
    declared = header["spec"]["inputs"]
    assert inputs.keys() <= declared.keys(), f"unknown inputs of {name}"
    missing = [key for key, spec in declared.items() if key not in inputs and "default" not in spec]
    assert not missing, f"{name} requires {missing}"
    return _interpolated(content, {key: inputs.get(key, spec.get("default")) for key, spec in declared.items()})


def included() -> dict[str, Any]:
    """Returns the pipeline of the caller's file on GitLab, with the component that it includes."""
    caller = document(PIPELINES / "gitlab/callers/.gitlab-ci.yml")
    (include,) = caller.pop("include")
    name = include["component"].partition("@")[0].rpartition("/")[2]
    return {**caller, **component(name, include["inputs"])}


def template_steps(file: Path, given: dict[str, str], macros: dict[str, str]) -> list[Step]:
    """Returns the commands of an Azure steps template with parameters; `macros` has the values of `$(NAME)`."""
    content = document(file)
    declared = {parameter["name"]: parameter.get("default") for parameter in content["parameters"]}
    assert given.keys() <= declared.keys()
    values = {**declared, **given}
    commands = []
    for step in content["steps"]:
        if "bash" in step:
            env = {
                name: re.sub(
                    r"\$\(([\w.]+)\)",
                    lambda match: macros[match[1]],
                    _PARAMETER.sub(lambda match: values[match[1]], str(value)),
                )
                for name, value in step.get("env", {}).items()
            }
            commands.append(Step(step["bash"], env, step.get("condition") == "always()"))
    return commands


def _interpolated(value: Any, inputs: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {_interpolated(key, inputs): _interpolated(item, inputs) for key, item in value.items()}
    if isinstance(value, list):
        return [_interpolated(item, inputs) for item in value]
    if not isinstance(value, str):
        return value
    if whole := _BLOCK.fullmatch(value):
        return inputs[whole[1]]
    return _BLOCK.sub(lambda match: str(inputs[match[1]]), value)
