"""The programs on the pages of the rules register, with the SDKs, the resources of the examples."""

import ast
import inspect
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pulumi
import yaml
from guardrails.engine.enforcement import load_enforcement
from guardrails.engine.examples import ExampleResource, examples
from guardrails.programs import python_program, yaml_program
from guardrails.reference_pages import pages
from guardrails.registry import IDS
from typer.testing import CliRunner

from falaj.cli.app import app
from tests.distribution import ROOT
from tests.every_case import check_every
from tests.unit.components.mocks import fresh_loop

SDKS = {"aws": "pulumi_aws", "azure_native": "pulumi_azure_native", "kubernetes": "pulumi_kubernetes"}
PAGES = ROOT / "docs" / "rules"
Plan = tuple[ExampleResource, ...]
PLANS: dict[str, Plan] = {
    f"{rule} {name}": plan
    for rule, example in examples().items()
    for name, plan in (("bad", example.bad), ("good", example.good))
    if plan
}
UNKNOWN_SDK = {"FJ-ESC-101 bad"}
"""A program of a package that is not installed, because no guardrail evaluates it."""
PYTHON = {name: python_program(plan) for name, plan in PLANS.items() if name not in UNKNOWN_SDK}
LIST_OF_ONE = {"FJ-RES-108 bad", "FJ-RES-108 good"}
"""Examples with a list where the SDK takes its only item; the engine and the guardrails take both."""


def classes(program: str) -> Iterator[tuple[type[pulumi.Resource], set[str]]]:
    """Yields the resource classes of a program with the names of their arguments."""
    for node in ast.walk(ast.parse(program)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            package, *modules, name = ast.unparse(node.func).split(".")
            if package in SDKS:
                module = import_module(".".join([SDKS[package], *modules]))
                yield getattr(module, name), {item.arg for item in node.keywords if item.arg}


def check_arguments(name: str) -> None:
    assert PYTHON[name] or all(item.type == "pulumi:pulumi:Stack" for item in PLANS[name])
    for resource, arguments in classes(PYTHON[name]):
        known = set(inspect.signature(getattr(resource, "_internal_init", resource.__init__)).parameters)
        assert arguments <= known | {"metadata", "spec", "others"} | (arguments if "others" in known else set())


def test_a_type_of_no_known_sdk_has_no_program_in_python() -> None:
    bucket, machine = ExampleResource(type="aws:s3/bucket:Bucket"), ExampleResource(type="acme:index:Machine")
    assert "aws.s3.Bucket(" in python_program((bucket,))
    assert python_program((bucket, machine)) == ""


def test_the_sdk_knows_every_argument() -> None:
    check_every(PYTHON, check_arguments)


class Recorder(pulumi.runtime.Mocks):
    """Records the inputs of resources by name."""

    def __init__(self) -> None:
        self.inputs: dict[str, dict[str, Any]] = {}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        self.inputs[args.name] = dict(args.inputs)
        return f"{args.name}-id", dict(args.inputs)

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        return {}, None


def canonical(value: object) -> str:
    """Returns a value as text; the engine's numbers are floating-point numbers."""
    return json.dumps(value, sort_keys=True, default=str).replace(".0", "")


def test_a_program_registers_the_properties_of_its_example() -> None:
    """Examples without a property that the SDK requires cannot run; the test above checks their arguments."""
    compared = 0
    for name, program in PYTHON.items():
        if name in LIST_OF_ONE:
            continue
        recorder = Recorder()
        try:
            with fresh_loop():
                pulumi.runtime.set_mocks(recorder)
                pulumi.runtime.test(lambda program=program: exec(program, {}))()  # noqa: S102
        except TypeError as error:
            if "Missing required property" in str(error):
                continue
            raise
        for resource in PLANS[name]:
            if resource.type.startswith("pulumi:"):
                continue
            inputs = recorder.inputs[resource.name]
            given = {key: inputs.get(key) for key in resource.props}
            assert canonical(given) == canonical(resource.props), name
            compared += 1
    assert compared > 200


def check_yaml(name: str) -> None:
    program = yaml.safe_load(yaml_program(PLANS[name]))
    assert program["runtime"] == "yaml"
    for resource in PLANS[name]:
        if resource.type == "pulumi:pulumi:Stack":
            continue
        declared = program["resources"][resource.name]
        assert declared["type"] == resource.type
        assert set(resource.props) - {"__internal"} <= set(declared.get("properties", {}))


def test_a_yaml_program_declares_every_resource() -> None:
    check_every(PLANS, check_yaml)


def test_every_rule_has_a_page_and_former_pages_are_removed(tmp_path: Path) -> None:
    (tmp_path / "FJ-OLD-001.md").touch()
    arguments = ["guardrails", "document", "--pages", str(tmp_path), "--project", str(ROOT)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert {file.stem for file in tmp_path.iterdir()} == {"README", *IDS}
    text = (tmp_path / "FJ-EXP-101.md").read_text()
    assert text.count("```python") == text.count("```yaml") == 2


def test_the_pages_are_up_to_date() -> None:
    expected = pages(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))
    assert {file.name: file.read_text(encoding="utf-8") for file in PAGES.iterdir()} == expected
