"""Prices do not depend on resource names, only on type, parent, properties and dependencies."""

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import falaj.finops
from falaj.finops.estimate import Estimate
from tests.unit.finops.plans import TAGS, UNKNOWN_VALUE, priced

DEV = TAGS | {"environment": "dev"}
STACK = "pulumi:pulumi:Stack"
NAMED_COMPONENTS = ("falaj:aws:Site", "falaj:azure:Site", "falaj:aws:Vault", "falaj:azure:Vault")
"""Components whose names the usage file refers to."""

Rows = dict[str, dict[str, Any]]


def row(kind: str, name: str, parent: str = "", inputs: Mapping[str, Any] | None = None, **links: str) -> Rows:
    """Returns a resource of a preview by its name; `links` maps properties to the names of their source resources."""
    return {name: {"type": kind, "parent": parent, "inputs": dict(inputs or {}), "links": links}}


AWS: Rows = {
    **row("falaj:aws:Site", "uae"),
    **row("falaj:aws:Network", "uae-network", "uae"),
    **row("aws:ec2/vpc:Vpc", "uae-network-vpc", "uae-network", {"region": "me-central-1", "tags": DEV}),
    **row("aws:cloudwatch/logGroup:LogGroup", "uae-network-flows", "uae-network", {"tags": DEV}),
    **row("aws:cloudwatch/logGroup:LogGroup", "uae-network-queries", "uae-network", {"tags": DEV}),
    **row(
        "aws:ec2/flowLog:FlowLog",
        "uae-network-flow-log",
        "uae-network",
        {"logDestinationType": "cloud-watch-logs", "logDestination": UNKNOWN_VALUE},
        logDestination="uae-network-flows",
    ),
    **row("falaj:aws:NodePool", "uae-pool-gpu", "uae"),
    **row(
        "aws:eks/nodeGroup:NodeGroup",
        "uae-pool-gpu-group",
        "uae-pool-gpu",
        {
            "instanceTypes": ["g6.xlarge"],
            "scalingConfig": {"minSize": 1, "maxSize": 3},
            "labels": {"falaj/pool": "gpu", "falaj/profile": "training"},
            "tags": DEV,
        },
    ),
    **row("falaj:aws:Sleep", "uae-sleep", "uae"),
    **row(
        "aws:autoscaling/schedule:Schedule",
        "uae-sleep-gpu-open",
        "uae-sleep",
        {"recurrence": "0 7 * * 1-5", "timeZone": "Asia/Dubai", "maxSize": 3, "autoscalingGroupName": UNKNOWN_VALUE},
        autoscalingGroupName="uae-pool-gpu-group",
    ),
    **row(
        "aws:autoscaling/schedule:Schedule",
        "uae-sleep-gpu-close",
        "uae-sleep",
        {"recurrence": "0 19 * * *", "timeZone": "Asia/Dubai", "maxSize": 0, "autoscalingGroupName": UNKNOWN_VALUE},
        autoscalingGroupName="uae-pool-gpu-group",
    ),
    **row("falaj:aws:Vault", "uae-datasets", "uae"),
    **row("aws:s3/bucket:Bucket", "uae-datasets-bucket", "uae-datasets", {"tags": DEV}),
    **row("falaj:aws:Registry", "uae-registry", "uae"),
    **row("aws:ecr/repository:Repository", "uae-registry-models", "uae-registry", {"tags": DEV}),
}


def _weekly(hour: int) -> dict[str, Any]:
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    schedule = {"weekDays": days, "hours": [hour], "minutes": [0]}
    recurrence = {"frequency": "Week", "interval": 1, "timeZone": "Arabian Standard Time", "schedule": schedule}
    return {"working-days": {"type": "Recurrence", "recurrence": recurrence}}


def _workflow(action: str, hour: int) -> dict[str, Any]:
    return {
        "tags": DEV,
        "definition": {
            "triggers": _weekly(hour),
            "actions": {action: {"type": "Http", "inputs": {"uri": UNKNOWN_VALUE}}},
        },
    }


AZURE: Rows = {
    **row("falaj:azure:Site", "uae"),
    **row("falaj:azure:Cluster", "uae-cluster", "uae"),
    **row(
        "azure-native:containerservice:ManagedCluster",
        "uae-cluster-aks",
        "uae-cluster",
        {"sku": {"tier": "Standard"}, "location": "uaenorth", "tags": DEV},
    ),
    **row(
        "azure-native:containerservice:AgentPool",
        "uae-pool-gpu",
        "uae",
        {"vmSize": "Standard_D16as_v5", "count": 1, "nodeLabels": {"falaj/pool": "gpu"}, "tags": DEV},
    ),
    **row("falaj:azure:Sleep", "uae-sleep", "uae"),
    **row("azure-native:logic:Workflow", "uae-sleep-wake", "uae-sleep", _workflow("start", 7)),
    **row("azure-native:logic:Workflow", "uae-sleep-sleep", "uae-sleep", _workflow("stop", 19)),
    **row("falaj:azure:Registry", "uae-registry", "uae"),
    **row("azure-native:containerregistry:Registry", "uae-registry-acr", "uae-registry", {"sku": {"name": "Premium"}}),
    **row("azure-native:containerregistry:Replication", "uae-registry-replica", "uae-registry"),
}
PLANS = {"aws": AWS, "azure": AZURE}


def preview(rows: Rows, renamed: Iterable[str] = ()) -> str:
    """Returns the output of `pulumi preview --json --show-sames`, with some resources renamed."""
    names = {name: f"x{index}" if name in set(renamed) else name for index, name in enumerate(rows)}

    def urn(name: str) -> str:
        return f"urn:pulumi:dev::platform::{rows[name]['type']}::{names[name]}"

    steps = []
    for name, resource in rows.items():
        state = {
            "urn": urn(name),
            "type": resource["type"],
            "inputs": resource["inputs"],
            "parent": urn(resource["parent"])
            if resource["parent"]
            else f"urn:pulumi:dev::platform::{STACK}::platform-dev",
            "propertyDependencies": {key: [urn(other)] for key, other in resource["links"].items()},
        }
        steps.append({"op": "create", "urn": state["urn"], "newState": state})
    return json.dumps({"config": {}, "steps": steps})


def unnamed_lines(result: Estimate) -> tuple[list[tuple[Any, ...]], Mapping[str, str]]:
    """Returns the lines and assumptions of an estimate without resource names."""
    lines = [
        (line.type, line.what, line.region, line.owner, line.usd, line.idle_usd, line.charge.note)
        for line in result.lines
    ]
    return lines, result.assumed


@pytest.mark.parametrize("which", PLANS)
def test_a_plan_with_other_names_has_the_same_bill(which: str) -> None:
    rows = PLANS[which]
    renamed = [name for name, resource in rows.items() if resource["type"] not in NAMED_COMPONENTS]
    assert unnamed_lines(priced(preview(rows, renamed))) == unnamed_lines(priced(preview(rows)))


@pytest.mark.parametrize(
    ("which", "name"),
    [
        (which, name)
        for which, rows in PLANS.items()
        for name, resource in rows.items()
        if resource["type"] not in NAMED_COMPONENTS
    ],
)
def test_no_single_name_changes_the_estimate(which: str, name: str) -> None:
    rows = PLANS[which]
    assert unnamed_lines(priced(preview(rows, [name]))) == unnamed_lines(priced(preview(rows)))


def test_the_plans_contain_the_evaluated_relations() -> None:
    aws, azure = priced(preview(AWS)), priced(preview(AZURE))
    assert {"uae.flow_logs_gb", "uae.logs_gb", "uae.vaults.datasets.stored_gb"} <= set(aws.assumed)
    for result in (aws, azure):
        assert any("by its schedule" in line.charge.note for line in result.lines)


def test_flow_logs_are_recognised_by_the_flow_log_resource() -> None:
    usage = "site_defaults: {flow_logs_gb: 7, logs_gb: 3}"
    lines = [line for line in priced(preview(AWS), usage).lines if line.charge.sku == "ingested"]
    quantities = {line.name: line.charge.quantity.expected for line in lines}
    assert quantities == {"uae-network-flows": Decimal(7), "uae-network-queries": Decimal(3)}


def test_a_registry_replication_is_not_counted_as_a_vault_copy() -> None:
    assert not any("to-other-cloud" in line.what for line in priced(preview(AZURE)).lines)


def test_a_bucket_outside_a_vault_is_listed_by_its_own_name() -> None:
    rows = AWS | row("aws:s3/bucket:Bucket", "scratch-bucket", "uae", {"tags": DEV})
    assert "uae.vaults.scratch-bucket.stored_gb" in priced(preview(rows)).assumed


def test_no_source_file_parses_a_resource_name() -> None:
    methods = r"(item|above|other|resource)\.name\.(startswith|endswith|remove\w+|r?partition|split)"
    pattern = re.compile(rf"\b{methods}|(\w|\") in (item|above|other|resource)\.name")
    folder = Path(falaj.finops.__file__).parent
    result = [
        f"{file.name}: {line.strip()}"
        for file in folder.rglob("*.py")
        for line in file.read_text().splitlines()
        if pattern.search(line)
    ]
    assert not result
