"""Plans for the tests: resources as a policy pack sees them, and previews as the engine writes them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from falaj.facts.prices import catalogue
from falaj.finops.estimate import Estimate, estimate
from falaj.finops.money import Rates
from falaj.finops.plan import Plan, of_plain, read
from falaj.finops.usage import parse

UNKNOWN_WORD = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
TAGS = {
    "site": "uae",
    "project": "llm",
    "business-unit": "retail",
    "environment": "prod",
    "cost-centre": "cc-1001",
}


def urn(kind: str, name: str) -> str:
    return f"urn:pulumi:prod::platform::{kind}::{name}"


def step(kind: str, name: str, inputs: Mapping[str, Any], op: str = "create", **more: Any) -> dict[str, Any]:
    """Returns one step of a preview."""
    state = {"urn": urn(kind, name), "type": kind, "custom": True, "inputs": inputs} | more
    result: dict[str, Any] = {"op": op, "urn": state["urn"]}
    if op != "delete":
        result["newState"] = state
    if op != "create":
        result["oldState"] = state
    return result


def preview(*steps: dict[str, Any], **more: Any) -> str:
    """Returns the output of `pulumi preview --json --show-sames`."""
    return json.dumps({"config": {}, "steps": steps} | more)


Row = tuple[Any, ...]
"""Type, name and properties; optionally `parent` (a URN) and `dependencies` (property -> URNs)."""


def plan(*rows: Row) -> Plan:
    """Returns a plan of these resources."""
    result = of_plain([(urn(row[0], row[1]), row[0], row[1], row[2]) for row in rows])
    linked = (
        replace(item, **(row[3] if len(row) == 4 else {})) for item, row in zip(result.resources, rows, strict=True)
    )
    return Plan(result.stack, tuple(linked))


def vault(name: str, kind: str, props: Mapping[str, Any], cloud: str = "aws") -> tuple[Row, Row]:
    """Returns a vault and its bucket or storage account, whose name is arbitrary."""
    component = f"falaj:{cloud}:Vault"
    return (component, f"uae-{name}", {}), (kind, f"uae-{name}-store", props, {"parent": urn(component, f"uae-{name}")})


def priced(what: Plan | str, usage: str = "", rates: Rates | None = None) -> Estimate:
    """Estimates a plan at list prices."""
    read_plan = read(what) if isinstance(what, str) else what
    return estimate(read_plan, parse(usage), catalogue(), rates or Rates())


def agent_pool(name: str, machine: str, least: int, most: int, **more: Any) -> tuple[str, str, dict[str, Any]]:
    """Returns an AKS pool with ephemeral OS disks."""
    props = {
        "vmSize": machine,
        "enableAutoScaling": True,
        "count": least,
        "minCount": least,
        "maxCount": most,
        "osDiskType": "Ephemeral",
        "nodeLabels": {"falaj/pool": name, "falaj/profile": "inference-gpu"},
        "tags": TAGS,
        "location": "uaenorth",
    }
    return "azure-native:containerservice:AgentPool", f"uae-pool-{name}", props | more


def karpenter_pool(name: str, machines: list[str], **spec: Any) -> tuple[str, str, dict[str, Any]]:
    """Returns a Karpenter pool on AWS, with `capacity`, `limits` and `least` (the test adds placeholder pods)."""
    expected = [
        {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": machines},
        {"key": "karpenter.sh/capacity-type", "operator": "In", "values": spec.get("capacity", ["on-demand"])},
    ]
    template = {
        "metadata": {"labels": {"falaj/pool": name, "falaj/profile": spec.get("profile", "training")}},
        "spec": {"requirements": expected},
    }
    return (
        "kubernetes:karpenter.sh/v1:NodePool",
        f"uae-pool-{name}",
        {"metadata": {"labels": TAGS, "name": name}, "spec": {"limits": spec.get("limits", {}), "template": template}},
    )


AWS_NETWORK = ("aws:ec2/vpc:Vpc", "uae-network-vpc", {"region": "me-central-1", "tags": TAGS})
"""A free resource that determines the region of the site."""
