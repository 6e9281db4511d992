"""The example programs of single components run, use only what an installed package exports, and are listed."""

import ast
import json
import runpy
from collections.abc import Iterator
from pathlib import Path

import pulumi
import pytest
import yaml

from tests.unit.components.mocks import build

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "examples" / "components"
PROGRAMS = sorted(path.parent.name for path in FOLDER.glob("*/__main__.py"))
EVERY = pytest.mark.parametrize("name", PROGRAMS)
CREATED = {
    "azure-site": {"azure:Site", "azure:Vault", "azure:NodePool", "azure:BudgetAlarm"},
    "cluster-and-pool": {"aws:Network", "aws:Cluster", "aws:NodePool"},
    "existing-aks": {"azure:NodePool"},
    "existing-eks": {"aws:NodePool", "aws:BudgetAlarm"},
    "existing-key": {"aws:Vault"},
    "karpenter": {"aws:Network", "aws:Cluster", "aws:NodePool", "aws:Addons", "aws:Karpenter"},
    "served-model": {"kubernetes:Foundation", "kubernetes:Keda", "kubernetes:Gateway", "kubernetes:InferenceService"},
    "vault": {"aws:Vault"},
}
"""Example -> components that it must create; more may be inside them."""


NAMES = {
    "existing-aks": {"group": "ai", "cluster": "aks", "subnet": "/subscriptions/s/subnets/nodes"},
    "existing-eks": {"cluster": "platform", "subnets": '["subnet-1", "subnet-2"]'},
    "existing-key": {"key": "arn:aws:kms:me-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"},
}
"""Example -> names of what exists, which are its configuration."""


@pytest.fixture(autouse=True)
def no_configuration() -> Iterator[None]:
    yield
    pulumi.runtime.set_all_config({})


def configuration(name: str) -> dict[str, str]:
    """Returns the configuration that an example runs with: that of its project file, and names of what exists."""
    declared = yaml.safe_load((FOLDER / name / "Pulumi.yaml").read_text()).get("config", {})
    values = {key: json.dumps(entry["value"]) for key, entry in declared.items()}
    return values | {f"falaj:{key}": value for key, value in NAMES.get(name, {}).items()}


def test_every_example_is_tested_and_listed() -> None:
    index = (FOLDER / "README.md").read_text()
    assert set(PROGRAMS) == set(CREATED)
    assert [name for name in PROGRAMS if f"[{name}]({name}/__main__.py)" not in index] == []


@EVERY
def test_it_creates_its_components(name: str) -> None:
    def program() -> None:
        runpy.run_path(str(FOLDER / name / "__main__.py"), run_name="__main__")

    pulumi.runtime.set_all_config(configuration(name))
    recording = build(program)
    components = {seen.typ.removeprefix("falaj:") for seen in recording.resources if seen.typ.startswith("falaj:")}
    assert components >= CREATED[name]
    # A text made of an output has the SDK's explanation in place of its value.
    assert [seen.name for seen in recording.resources if "Output[T]" in f"{seen.name} {seen.inputs}"] == []


@EVERY
def test_it_imports_what_an_installed_package_exports(name: str) -> None:
    tree = ast.parse((FOLDER / name / "__main__.py").read_text())
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert modules | imported <= {"falaj.components", "pathlib", "pulumi"}


@EVERY
def test_it_is_a_project_without_settings(name: str) -> None:
    assert {file.name for file in (FOLDER / name).iterdir() if file.is_file()} == {"Pulumi.yaml", "__main__.py"}
    project = yaml.safe_load((FOLDER / name / "Pulumi.yaml").read_text())
    assert (project["name"], project["runtime"]) == (name, "python")


@EVERY
def test_it_is_small(name: str) -> None:
    assert (FOLDER / name / "__main__.py").read_text().count("\n") <= 80
