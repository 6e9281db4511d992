"""Two workloads are refused exactly if they create a Pulumi resource or a Kubernetes object of the same name."""

from collections.abc import Mapping
from functools import cache
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pulumi_aws
import pytest

from falaj.components.build.aws_site import AwsWorkloadIdentity
from falaj.components.build.workload_identity import DeclaredWorkloadIdentity
from falaj.components.build.workloads import Workloads
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.settings.checks.names import name_problems
from falaj.components.settings.tenants import TenantSettings
from falaj.components.settings.workloads import ClusterSettings
from falaj.facts.clouds import Cloud
from tests.samples import COST_TAGS
from tests.unit.components.mocks import Recording, RegisteredResource, build
from tests.unit.components.test_settings_reach_components import RUN, SERVING, TRIAL
from tests.unit.settings.stacks import problems, raw

Workload = tuple[str, str, str]
"""Tenant, kind and name."""

CLAIMED = {**SERVING, "model": {"claim": "model", "gib": 1}}
KINDS: Mapping[str, dict[str, Any]] = {
    "runs": RUN,
    "services": {"site": "dc1", "serving": SERVING},
    "services without a vault": {"site": "dc1", "serving": CLAIMED},
    "experiments": TRIAL,
    "experiments without a vault": {**TRIAL, "a": CLAIMED, "b": CLAIMED},
}
NAMES = ("intents", "intents-a", "tracking", "one-tracking")
WORKLOADS: list[Workload] = [
    *((tenant, kind, name) for tenant in ("one", "two") for kind in KINDS for name in NAMES),
    *((tenant, "tracking", "") for tenant in ("one", "two")),
]
REPORTED_OTHERWISE = ({"runs"}, {"services", "experiments"})
"""Kinds of which two of one name are refused by other checks, wherever they run."""


def declared(workload: Workload) -> TenantSettings:
    _, kind, name = workload
    work = {"tracking": {"site": "dc1"}} if kind == "tracking" else {kind.split()[0]: {name: KINDS.get(kind)}}
    return TenantSettings.model_validate({"tier": "enterprise", **work})


def both(first: Workload, second: Workload) -> dict[str, TenantSettings] | None:
    """The tenants with both workloads; None if a stack file cannot have both."""
    if first[0] != second[0]:
        return {first[0]: declared(first), second[0]: declared(second)}
    one, other = declared(first), declared(second)
    fields = {name: getattr(one, name) or getattr(other, name) for name in ("services", "experiments", "runs")}
    for name in fields:
        if getattr(one, name).keys() & getattr(other, name).keys():
            return None
        fields[name] = {**getattr(one, name), **getattr(other, name)}
    return {first[0]: one.model_copy(update={**fields, "tracking": one.tracking or other.tracking})}


class Addons:
    resources = ()
    gateway = GatewaySpec(name="models", namespace="gateways")

    def queues_for(self, _tenant: str) -> bool:
        return False


@cache
def created(workload: Workload, on_cloud: bool) -> frozenset[object]:
    """URNs and Kubernetes objects that a workload creates."""
    vaults = {purpose: (purpose, "key") for purpose in ("datasets", "checkpoints", "models", "artifacts")}

    def program() -> None:
        provider = pulumi_aws.Provider("dc1-aws", region="me-central-1")
        identity = AwsWorkloadIdentity("me-central-1", "dc1", vaults, provider)
        cluster: Any = SimpleNamespace(
            name="dc1",
            cloud=Cloud.AWS,
            region="me-central-1",
            pools={},
            shared=ClusterSettings(),
            vaults={purpose: f"s3://{purpose}" for purpose in vaults},
            identity=identity if on_cloud else DeclaredWorkloadIdentity(),
            store=None,
            datasets=None,
            shared_class=None,
            endpoint_cidrs=None,
            image_mirror=None,
            prometheus_namespace=None,
            waits_for=lambda *_: True,
            tags=COST_TAGS,
            tags_of=lambda _tenant: COST_TAGS,
            after=lambda *_: None,
        )
        addons: Any = Addons()
        Workloads(cluster, addons, workload[0], declared(workload))

    recording = build(program)
    resources = [one for one in recording.resources if not one.typ.startswith("pulumi:providers:")]
    objects = {
        (one.typ, str(metadata.get("namespace")), str(metadata.get("name")))
        for one in resources
        if isinstance(metadata := one.inputs.get("metadata"), dict)
    }
    return frozenset({*((qualified_type(recording, one), one.name) for one in resources), *objects})


def qualified_type(recording: Recording, resource: RegisteredResource) -> str:
    """Types of a resource and of all resources above it, which are a part of its URN."""
    parent = recording.parent_of(resource)
    return f"{qualified_type(recording, parent)}${resource.typ}" if parent else resource.typ


@pytest.mark.parametrize("on_cloud", [True, False])
def test_names_collide_exactly_if_the_check_says_so(on_cloud: bool) -> None:
    wrong: list[str] = []
    refused = 0
    for first, second in combinations(WORKLOADS, 2):
        kinds = {first[1].split()[0], second[1].split()[0]}
        tenants = both(first, second)
        if tenants is None or (kinds in REPORTED_OTHERWISE and first[2] == second[2]):
            continue
        found = list(name_problems(tenants, lambda name: f"tenants.{name}", ["dc1"] if on_cloud else []))
        collides = bool(created(first, on_cloud) & created(second, on_cloud))
        refused += collides
        if collides is not bool(found):
            wrong.append(f"{first} and {second}: {'they collide' if collides else found[0]}")
    assert not wrong, "\n".join(wrong)
    assert refused > 20


def test_both_paths_are_named() -> None:
    settings = raw()
    tenants = settings["tenants"]
    tenants["insurance"]["services"] = {"sentiment": {**tenants["small-business"]["services"]["sentiment"]}}
    tenants["insurance"]["services"]["sentiment"]["host"] = "other.models.example.ae"
    (problem,) = problems(settings)
    assert problem.path == "platform.tenants.small-business.services.sentiment"
    assert "platform.tenants.insurance.services.sentiment: both create the service awsuae-sentiment" in problem.allowed
