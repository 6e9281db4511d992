"""The components as the plug-in describes and accepts them: every one of every package, as other languages use it."""

import inspect
import json
import tomllib
from enum import Enum
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi.provider.experimental.util import camel_case

from falaj import __version__
from falaj.components import kubernetes
from falaj.components.core.validation.args import BadArguments
from falaj.components.plugin import PACKAGES, Host
from tests.unit.components import aws_samples, azure_samples, kubernetes_samples
from tests.unit.components.mocks import build

SAMPLES = {
    "aws": aws_samples.COMPONENTS,
    "azure": azure_samples.COMPONENTS,
    "kubernetes": kubernetes_samples.COMPONENTS,
}
HOST = Host()
EVERY = pytest.mark.parametrize(
    ("package", "kind"),
    [(package, kind) for package, kinds in SAMPLES.items() for kind in kinds],
    ids=lambda part: part if isinstance(part, str) else part.__name__,
)


def written(value: Any) -> Any:
    """Returns arguments as a program of another language gives them: camelCase, enum values as strings, numbers as
    floats.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {camel_case(key): written(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [written(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def read(package: str, kind: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Returns the arguments that a component receives."""
    of = HOST.package(package)
    return of.map_inputs(inputs, of._component_defs[kind])


@EVERY
def test_arguments_arrive_as_python_writes_them(package: str, kind: type[pulumi.ComponentResource]) -> None:
    sample, declared = SAMPLES[package][kind], inspect.get_annotations(kind.__init__)["args"]
    args = declared.of("sample", sample)
    assert declared.of("sample", read(package, kind.__name__, written(sample))) == args


def test_values_that_are_known_later_arrive_too() -> None:
    result: dict[str, Any] = {}

    def made() -> None:
        later = pulumi.Output.from_input(["10.0.0.0/8"])
        result.update(read("kubernetes", "TenantSpace", {"limits": {"memoryGib": 2.0}, "storeCidrs": later}))

    build(made)
    assert repr(result["limits"]) == "{'memory_gib': 2.0}"
    assert isinstance(result["store_cidrs"], pulumi.Output)


def test_an_input_of_another_resource_passes_and_a_known_one_is_checked() -> None:
    sample, result = kubernetes_samples.COMPONENTS[kubernetes.Tracking], []

    def made() -> None:
        args = kubernetes.TrackingArgs.of("x", {**sample, "namespace": pulumi.Output.from_input("tenant-retail")})
        result.append(args.namespace)

    build(made)
    assert isinstance(result[0], pulumi.Output)
    with pytest.raises(BadArguments, match=r"^x: namespace: \"Not a label\" is not allowed"):
        kubernetes.TrackingArgs.of("x", {**sample, "namespace": "Not a label"})


def test_an_input_inside_a_nested_specification_passes_too() -> None:
    sample, result = kubernetes_samples.COMPONENTS[kubernetes.InferenceService], []

    def made() -> None:
        gateway = {"name": pulumi.Output.from_input("models"), "namespace": "falaj-gateway"}
        result.append(kubernetes.InferenceServiceArgs.of("x", {**sample, "gateway": gateway}).gateway)

    build(made)
    assert isinstance(result[0].name, pulumi.Output)
    with pytest.raises(BadArguments, match=r"^x: gateway\.name: \"MODELS\" is not allowed"):
        kubernetes.InferenceServiceArgs.of("x", {**sample, "gateway": {"name": "MODELS", "namespace": "falaj-gateway"}})


@pytest.mark.parametrize(
    ("package", "kind", "former", "python_name"),
    [
        ("aws", "ReplicaAccess", "issuerUrl", "issuer_url"),
        ("aws", "Cluster", "version", "version"),
        ("aws", "NodePool", "diskGib", "disk_gib"),
        ("kubernetes", "Keda", "askedFrom", "asked_from"),
    ],
)
def test_the_former_name_of_an_input_arrives_as_python_writes_it(
    package: str, kind: str, former: str, python_name: str
) -> None:
    assert read(package, kind, {former: "given"}) == {python_name: "given"}


def test_the_former_name_in_a_nested_specification_arrives_too() -> None:
    given = {"efficiency": {"lossesPerHour": 0.5}}
    assert read("kubernetes", "TrainingRun", given) == {"efficiency": {"losses_per_hour": 0.5}}


def test_one_schema_describes_all_and_every_reference_leads_somewhere() -> None:
    schema = json.loads(HOST.schema)
    assert set(schema["resources"]) == {
        f"falaj:{package}:{kind.__name__}" for package, kinds in SAMPLES.items() for kind in kinds
    }
    # Each cloud has its own, although the Python classes have the same name.
    for kind in ("Vault", "Network", "Site"):
        assert {f"falaj:{cloud}:{kind}" for cloud in ("aws", "azure")} <= set(schema["resources"])
    assert "falaj:index:" not in HOST.schema
    referred = {value.removeprefix("#/types/") for value in _references(schema)}
    assert {token for token in referred if token.startswith("falaj:")} <= set(schema["types"])
    assert any(token.startswith("falaj:azure:") for token in referred)


def _references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [found for item in part.values() for found in _references(item)]
    return [entry for item in part for entry in _references(item)] if isinstance(part, list) else []


def test_every_argument_of_every_component_has_a_description() -> None:
    resources = json.loads(HOST.schema)["resources"]
    for token, of in resources.items():
        assert of["description"], token
        for side in ("inputProperties", "properties"):
            assert [key for key, property_ in of[side].items() if not property_.get("description")] == [], token


def test_what_is_missing_or_unknown_is_left_to_the_component() -> None:
    response = read("azure", "Vault", {"purpose": "pictures", "colour": "red", "workspaceId": None})
    assert response == {"purpose": "pictures", "colour": "red"}


@pytest.mark.parametrize("token", ["falaj:azure:Palace", "falaj:core:Vault", "falaj:index:Vault"])
def test_unknown_components_are_rejected(token: str) -> None:
    with pytest.raises(pulumi.RunError, match=f"there is no component {token}"):
        HOST.construct("x", token, {})


def test_the_version_is_the_projects() -> None:
    text = (Path(__file__).parents[3] / "pyproject.toml").read_text()
    declared = tomllib.loads(text)
    assert declared["project"]["dynamic"] == ["version"]
    assert declared["tool"]["hatch"]["version"]["path"] == "falaj/__init__.py"
    assert json.loads(HOST.schema)["version"] == __version__
    assert set(SAMPLES) == set(PACKAGES)
