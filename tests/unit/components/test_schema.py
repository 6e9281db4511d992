"""The generated schema of all components: which inputs are required, secret, and accept Outputs of other resources."""

import json
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from typing import Any

import pytest
from pulumi.provider.experimental.util import camel_case

from falaj.components.core.validation.args import Args, Spec
from falaj.components.core.validation.set_once import sources_of
from falaj.components.plugin import PACKAGES, Host
from tests.unit.components.declared_inputs import Declared, components, inputs_of, nested, types_in
from tests.unit.components.plain_inputs import BY_NAME, REASONS

DESCRIBED = Host().describe()
SCHEMA = json.loads(DESCRIBED)
Properties = dict[str, Any]

OTHER_CLOUD = {"aws": "azure", "azure": "aws"}
"""Package -> block of options in its shared specifications that only the other cloud has."""


def owners(package: str) -> Iterator[tuple[str, type[Spec], Properties, list[str]]]:
    """Yields what the schema describes of a package: token, class, properties and the names of the required ones."""
    arguments = components(package)
    for name, owner in arguments.items():
        resource = SCHEMA["resources"][f"falaj:{package}:{name}"]
        yield f"{package}:{name}", owner, resource["inputProperties"], resource.get("requiredInputs", [])
    for name, owner in nested(list(arguments.values())).items():
        definition = SCHEMA["types"][f"falaj:{package}:{name}"]
        yield f"{package}:{name}", owner, definition["properties"], definition.get("required", [])


OWNERS = [owner for package in PACKAGES for owner in owners(package)]
EVERY = pytest.mark.parametrize(
    ("owner", "properties", "required"), [pytest.param(*described, id=token) for token, *described in OWNERS]
)


def described(token: str) -> tuple[Properties, set[str]]:
    """Returns the properties of a component or type, and the required ones."""
    [(properties, required)] = [(found, needed) for name, _, found, needed in OWNERS if name == token]
    return properties, set(required)


def accepts_output(property_: Properties) -> bool:
    return not property_.get("plain", False)


def item_of(property_: Properties) -> Properties:
    return property_.get("items") or property_["additionalProperties"]


def test_the_file_that_the_engine_gets_is_current() -> None:
    """`python -m tests.project.plugin_schema` writes it."""
    assert Host().schema == DESCRIBED


def test_the_schema_describes_every_declared_input_and_no_other() -> None:
    for token, owner, properties, _ in OWNERS:
        assert set(properties) == {camel_case(name) for name in owner.model_fields}, token


@EVERY
def test_inputs_are_described_as_declared(owner: type[Spec], properties: Properties, required: list[str]) -> None:
    set_once = sources_of(owner) if issubclass(owner, Args) else {}
    for declared in inputs_of(owner):
        property_ = properties[camel_case(declared.name)]
        is_required = declared.field.is_required() and declared.name not in set_once
        assert (camel_case(declared.name) in required) == is_required, declared.name
        assert property_.get("secret", False) == declared.is_secret, declared.name
        assert accepts_output(property_) == declared.is_input, declared.name
        if declared.has_input_items and not declared.is_input:
            item = item_of(property_)
            assert accepts_output(item_of(item) if item["type"] == "array" else item), declared.name


@EVERY
def test_an_input_accepts_an_output_or_has_a_reason(
    owner: type[Spec], properties: Properties, required: list[str]
) -> None:
    plain = [declared for declared in inputs_of(owner) if not accepts_output(properties[camel_case(declared.name)])]
    without_reason = [str(declared) for declared in plain if reason_of(declared) is None]
    assert without_reason == [], "declare it as Input, or give a reason in plain_inputs.py"


def reason_of(declared: Declared) -> str | None:
    """Returns why an input accepts no Output: its type says it, or a table."""
    return declared.kind or BY_NAME.get(declared.name) or REASONS.get(str(declared))


def test_every_reason_belongs_to_a_plain_input() -> None:
    declared = [item for _, owner, _, _ in OWNERS for item in inputs_of(owner)]
    assert REASONS.keys() <= {str(item) for item in declared if not item.is_input and item.kind is None}


def test_the_secret_inputs_are_exactly_these() -> None:
    secrets = {f"{token}.{name}" for token, _, found, _ in OWNERS for name, item in found.items() if item.get("secret")}
    assert secrets == {"kubernetes:ClusterConnectionSpec.kubeconfig"}


REQUIRED = {
    "aws:Vault": {"purpose"},
    "aws:Cluster": {"kubernetesVersion", "controlPlaneSubnetIds"},
    "aws:Site": {"pools", "network", "kubernetesVersion", "budget"},
    "aws:BudgetAlarm": {"aedPerMonth", "scope", "start"},
    "aws:NodePoolSpec": {"profile", "max"},
    "azure:AuditLog": {"resourceGroupName"},
    "aws:NodePool": {"name", "clusterName", "nodeSubnetIds", "pool"},
    "azure:NodePool": {"name", "resourceGroupName", "clusterName", "nodeSubnetId", "pool"},
    "kubernetes:Tracking": {"namespace", "tenant", "vaultUri", "folder"},
    "kubernetes:Site": {"pools", "machines", "energy", "encryption", "connection"},
    "kubernetes:StoreSpec": {"endpoint", "secret"},
}
"""Required inputs of components and types of each kind; all others are optional."""


@pytest.mark.parametrize("token", REQUIRED)
def test_the_required_inputs_are_exactly_these(token: str) -> None:
    assert described(token)[1] == REQUIRED[token]


OF_OTHER_RESOURCES = {
    "aws:Cluster": "kubernetesVersion controlPlaneSubnetIds logRetentionDays",
    "aws:Karpenter": "kubernetesVersion chartRegistry imageRegistry pauseImage kubectlImage amiAlias",
    "aws:Site": "alarmTopic logRetentionDays",
    "azure:Site": "alarmTopic billFrom logRetentionDays",
    "aws:NetworkSpec": "firewallAddress imageMirror",
    "aws:BudgetSpec": "start",
    "aws:AwsPoolOptions": "reservation",
    "azure:Cluster": "kubernetesVersion administrators keyVaultId workspaceId",
    "azure:CostExport": "start workspaceId keyVaultUri",
    "azure:Network": "resourceGroupName firewallAddress",
    "azure:VaultGrant": "containerId folder",
    "kubernetes:BucketStoreSpec": "endpoint",
    "kubernetes:Foundation": "networkCidr storeCidrs kubernetesVersion",
    "kubernetes:GpuOperator": "chartRepository imageMirror",
    "kubernetes:InferenceService": "imageMirror namespace clientId",
    "kubernetes:Keda": "gatewayNamespace chartRepository imageMirror",
    "kubernetes:Queueing": "chartRepository imageMirror prometheusNamespace",
    "kubernetes:Site": "encryption registry natAddresses oidcIssuerUrl",
    "kubernetes:Tracking": "image imageMirror folder vaultUri",
}
"""Inputs that another resource may provide, of components and types of each kind."""

ITEMS_OF_OTHER_RESOURCES = {
    "aws:Cluster": "administrators publicAccessCidrs addonVersions",
    "aws:FinOps": "notify",
    "aws:Site": "administrators publicAccessCidrs readerAddresses readerEndpoints",
    "aws:BudgetSpec": "notify",
    "aws:BudgetAlarm": "costFilter",
    "azure:Site": "administrators publicAccessCidrs",
    "azure:FinOps": "notify",
    "kubernetes:BucketStoreSpec": "buckets",
    "kubernetes:Site": "storageClasses",
    "kubernetes:Tracking": "hosts",
}
"""Lists and mappings of which another resource may provide the values."""


@pytest.mark.parametrize("token", OF_OTHER_RESOURCES)
def test_these_inputs_accept_outputs(token: str) -> None:
    properties, _ = described(token)
    assert [name for name in OF_OTHER_RESOURCES[token].split() if not accepts_output(properties[name])] == []


@pytest.mark.parametrize("token", ITEMS_OF_OTHER_RESOURCES)
def test_items_of_these_inputs_accept_outputs(token: str) -> None:
    properties, _ = described(token)
    names = ITEMS_OF_OTHER_RESOURCES[token].split()
    assert [name for name in names if not accepts_output(item_of(properties[name]))] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_enums_and_specifications_are_exported_where_they_are_used(package: str) -> None:
    public = import_module(f"falaj.components.{package}")
    used = set(_used(list(components(package).values()), OTHER_CLOUD.get(package)))
    assert used
    assert {kind.__name__ for kind in used if getattr(public, kind.__name__, None) is not kind} == set()
    assert {kind.__name__ for kind in used} <= set(public.__all__)


def _used(waiting: list[type[Spec]], foreign: str | None) -> Iterator[type]:
    """Yields the enums and specifications in arguments, without those of the other cloud's options."""
    seen: set[type] = set(waiting)
    while waiting:
        for declared in inputs_of(waiting.pop()):
            parts = set() if declared.name == foreign else set(types_in(declared.annotation))
            for part in {part for part in parts if issubclass(part, Spec | Enum)} - seen:
                seen.add(part)
                yield part
                if issubclass(part, Spec):
                    waiting.append(part)


def test_the_values_of_an_enum_are_those_of_the_schema() -> None:
    enums = {token: definition["enum"] for token, definition in SCHEMA["types"].items() if "enum" in definition}
    used = {
        f"falaj:{package}:{kind.__name__}": kind
        for package in PACKAGES
        for kind in _used(list(components(package).values()), None)
        if issubclass(kind, Enum)
    }
    assert enums
    for token, members in enums.items():
        assert [member["value"] for member in members] == [member.value for member in used[token]], token
