"""Every input that accepts an Output creates the same resources from an Output as from its value."""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Network
from typing import Any

import pulumi
import pytest

from falaj.components import aws, azure, kubernetes
from falaj.components.aws.identity.vault_access import vault_statements
from falaj.components.azure.identity.blob_roles import folder_condition
from falaj.components.core.validation.args import BadArguments, Spec
from falaj.components.core.validation.enums import Purpose
from tests.unit.components import aws_samples, azure_samples, kubernetes_samples
from tests.unit.components.declared_inputs import components, inputs_of
from tests.unit.components.mocks import Recording, build

SAMPLES = {
    f"{package.__name__.rpartition('.')[2]}:{kind.__name__}": (kind, sample)
    for package, samples in ((aws, aws_samples), (azure, azure_samples), (kubernetes, kubernetes_samples))
    for kind, sample in samples.COMPONENTS.items()
}

RESERVED = {
    **aws_samples.POOL["pool"],
    "capacity": "reserved",
    "machines": ["g5.12xlarge"],
    "zone": "me-central-1a",
    "aws": {"reservation": f"cr-{'0' * 17}"},
}
MIRROR = {"image_mirror": "registry.example.ae/mirror"}
CHARTS = {**MIRROR, "chart_repository": "oci://registry.example.ae/charts"}
AWS_NETWORK = aws_samples.SITE["network"]
AZURE_NETWORK = azure_samples.SITE["network"]
FIREWALL = {"egress": "firewall", "firewall_address": "10.0.0.4"}

OPTIONAL: list[tuple[str, dict[str, Any]]] = [
    ("aws:BudgetAlarm", {"cost_filter": {"project": "falaj"}}),
    ("aws:NodePool", {"pool": RESERVED}),
    ("aws:Registry", {"keep": 10, "cached_upstreams": ["quay.io"]}),
    ("aws:Site", {"network": {**AWS_NETWORK, **MIRROR}, "public_access_cidrs": ["203.0.113.0/24"]}),
    ("aws:Site", {"node_autoscaler": "cluster-autoscaler", "network": {**AWS_NETWORK, **MIRROR}}),
    ("azure:BudgetAlarm", {"cost_filter": {"tenant": "retail"}}),
    ("azure:FinOps", {"until": "2027-06-30"}),
    ("azure:Network", FIREWALL),
    ("azure:Site", {"bill_from": "2026-12-01", "network": {**AZURE_NETWORK, **FIREWALL}}),
    ("aws:LoadBalancerController", CHARTS),
    ("kubernetes:CertManager", CHARTS),
    ("kubernetes:Experiment", MIRROR),
    ("kubernetes:GatewayApi", CHARTS),
    ("kubernetes:Prometheus", CHARTS),
    ("kubernetes:Gateway", {"controller_namespace": "aks-istio-system"}),
    ("kubernetes:GpuOperator", CHARTS),
    ("kubernetes:InferenceService", MIRROR),
    ("kubernetes:Keda", CHARTS),
    ("kubernetes:ModelPromotion", {**MIRROR, "winner": "a"}),
    ("kubernetes:Observability", CHARTS),
    ("kubernetes:PoolSleep", {"image": "registry.example.ae/kubectl:1.34.0"}),
    ("kubernetes:Queueing", CHARTS),
    ("kubernetes:Site", {"oidc_issuer_url": "https://oidc.example.ae", "registry": "registry.example.ae"}),
    ("kubernetes:Tracking", {**MIRROR, "hosts": ["mlflow.example.ae"]}),
    ("kubernetes:Tracking", {"database": {"secret": "tracking-database", "cidr": "10.20.0.0/28", "port": 6432}}),
]
"""Optional inputs that the samples leave out."""

CASES = [*((token, {}) for token in SAMPLES), *OPTIONAL]

NAMES_CHILDREN = {"aws:Cluster": "administrators", "aws:Site": "administrators", "aws:FinOps": "notify"}
"""Component -> input whose known values name children; an Output cannot, so its position does."""


def with_outputs(spec: Spec, left: str = "") -> dict[str, Any]:
    """Returns the fields of validated arguments with an Output instead of each value that may be one."""
    fields = {declared.name: (declared, getattr(spec, declared.name)) for declared in inputs_of(type(spec))}
    return {
        name: later(value) if declared.is_input else inside(value, declared.has_input_items and name != left)
        for name, (declared, value) in fields.items()
        if value is not None
    }


def inside(value: Any, has_inputs: bool) -> Any:
    """Returns a nested specification, or a list or mapping, with Outputs in it."""
    if isinstance(value, Spec):
        return with_outputs(value)
    if isinstance(value, Mapping):
        return {key: inside(item, has_inputs) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [inside(item, has_inputs) for item in value]
    return later(value) if has_inputs else value


def later(value: Any) -> pulumi.Output[Any]:
    return pulumi.Output.from_input(str(value) if isinstance(value, IPv4Address | IPv4Network) else value)


def resources(recording: Recording) -> list[Any]:
    return sorted(((seen.typ, seen.name, seen.inputs) for seen in recording.resources), key=lambda seen: seen[:2])


def deployed(recording: Recording) -> Any:
    """Returns what is deployed: resources, and the outputs of components."""
    outputs = {urn: values for urn, values in recording.outputs.items() if "pulumi:pulumi:Stack" not in urn}
    return resources(recording), outputs


@pytest.mark.parametrize(("token", "changed"), CASES)
def test_outputs_create_the_same_resources_as_their_values(token: str, changed: dict[str, Any]) -> None:
    kind, sample = SAMPLES[token]
    package, _, name = token.partition(":")
    args = components(package)[name].of("uae", {**sample, **changed})
    from_outputs = build(lambda: kind("uae", with_outputs(args, NAMES_CHILDREN.get(token, ""))))
    assert deployed(from_outputs) == deployed(build(lambda: kind("uae", args)))


@pytest.mark.parametrize(
    ("token", "field", "values", "typ", "names"),
    [
        (
            "aws:Cluster",
            "administrators",
            ["arn:aws:iam::123456789012:role/first", "arn:aws:iam::123456789012:role/second"],
            "aws:eks/accessEntry:AccessEntry",
            {"uae-admin-first", "uae-admin-1"},
        ),
        (
            "aws:FinOps",
            "notify",
            ["first@example.ae", "second@example.ae"],
            "aws:sns/topicSubscription:TopicSubscription",
            {"uae-mail-first@example.ae", "uae-mail-1"},
        ),
    ],
)
def test_a_child_of_an_output_is_named_by_its_position(
    token: str, field: str, values: list[str], typ: str, names: set[str]
) -> None:
    kind, sample = SAMPLES[token]
    recording = build(lambda: kind("uae", {**sample, field: [values[0], later(values[1])]}))
    children = [seen for seen in recording.of(typ) if seen.name != "uae-deployer"]
    assert {seen.name for seen in children} == names
    assert {seen.inputs.get("principalArn", seen.inputs.get("endpoint")) for seen in children} == set(values)


def test_a_known_value_among_outputs_is_still_checked() -> None:
    def made() -> None:
        administrators = [later("arn:aws:iam::123456789012:role/first"), "somebody"]
        with pytest.raises(BadArguments, match=r"^uae: administrators\.1: \"somebody\" is not allowed"):
            aws.SiteArgs.of("uae", {**aws_samples.SITE, "administrators": administrators})

    build(made)


@pytest.mark.parametrize("folder", ["*", "", "a/", "a' OR '1"])
def test_a_folder_of_another_resource_cannot_widen_the_access(folder: str) -> None:
    """Validation does not see the value, so the policy of each cloud checks it."""
    with pytest.raises(pulumi.RunError, match="is not allowed; allowed: a path such as tenants/treasury"):
        folder_condition(folder)
    with pytest.raises(pulumi.RunError, match="is not allowed; allowed: a path such as tenants/treasury"):
        vault_statements(Purpose.MODELS, "bucket", "key", "me-central-1", folder, False)


@pytest.mark.parametrize("known", [True, False], ids=["known", "output"])
def test_a_retention_of_two_years_is_limited_to_what_azure_supports(known: bool) -> None:
    kind, _ = SAMPLES["azure:Site"]

    def made() -> None:
        kind("uae", {**azure_samples.SITE, "log_retention_days": 731 if known else later(731)})

    recording = build(made)
    assert recording.one("azure-native:operationalinsights:Workspace").inputs["retentionInDays"] == 730
    assert recording.one("azure-native:network:FlowLog").inputs["retentionPolicy"]["days"] == 365
