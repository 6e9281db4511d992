"""Resource names do not affect prices: type, parent, properties and dependencies decide."""

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import falaj.finops
from falaj.finops.estimate import Estimate
from tests.unit.finops.plans import TAGS, UNKNOWN_WORD, priced

DEV = TAGS | {"environment": "dev"}
STACK = "pulumi:pulumi:Stack"
KEPT = ("falaj:aws:Site", "falaj:azure:Site", "falaj:aws:Vault", "falaj:azure:Vault")
"""Types whose names matter, because the usage file refers to sites and vaults by name."""

Rows = dict[str, dict[str, Any]]


def row(kind: str, name: str, parent: str = "", inputs: Mapping[str, Any] | None = None, **links: str) -> Rows:
    """Returns one resource of a preview by its name; `links` are property -> name of the resource that provides it."""
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
        {"logDestinationType": "cloud-watch-logs", "logDestination": UNKNOWN_WORD},
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
        {"recurrence": "0 7 * * 1-5", "timeZone": "Asia/Dubai", "maxSize": 3, "autoscalingGroupName": UNKNOWN_WORD},
        autoscalingGroupName="uae-pool-gpu-group",
    ),
    **row(
        "aws:autoscaling/schedule:Schedule",
        "uae-sleep-gpu-close",
        "uae-sleep",
        {"recurrence": "0 19 * * *", "timeZone": "Asia/Dubai", "maxSize": 0, "autoscalingGroupName": UNKNOWN_WORD},
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
            "actions": {action: {"type": "Http", "inputs": {"uri": UNKNOWN_WORD}}},
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
    for name, item in rows.items():
        state = {
            "urn": urn(name),
            "type": item["type"],
            "inputs": item["inputs"],
            "parent": urn(item["parent"]) if item["parent"] else f"urn:pulumi:dev::platform::{STACK}::platform-dev",
            "propertyDependencies": {key: [urn(other)] for key, other in item["links"].items()},
        }
        steps.append({"op": "create", "urn": state["urn"], "newState": state})
    return json.dumps({"config": {}, "steps": steps})


def summary(result: Estimate) -> tuple[list[tuple[Any, ...]], Mapping[str, str]]:
    """Returns an estimate without the names of its resources."""
    lines = [
        (line.type, line.what, line.region, line.owner, line.usd, line.idle_usd, line.charge.note)
        for line in result.lines
    ]
    return lines, result.assumed


@pytest.mark.parametrize("which", PLANS)
def test_a_plan_of_other_names_has_the_same_bill(which: str) -> None:
    rows = PLANS[which]
    renamed = [name for name, item in rows.items() if item["type"] not in KEPT]
    assert summary(priced(preview(rows, renamed))) == summary(priced(preview(rows)))


@pytest.mark.parametrize(
    ("which", "name"),
    [(which, name) for which, rows in PLANS.items() for name, item in rows.items() if item["type"] not in KEPT],
)
def test_no_single_name_affects_the_estimate(which: str, name: str) -> None:
    rows = PLANS[which]
    assert summary(priced(preview(rows, [name]))) == summary(priced(preview(rows)))


def test_the_plans_hold_what_is_read_of_them() -> None:
    aws, azure = priced(preview(AWS)), priced(preview(AZURE))
    assert {"uae.flow_logs_gb", "uae.logs_gb", "uae.vaults.datasets.stored_gb"} <= set(aws.assumed)
    for result in (aws, azure):
        assert any("by its schedule" in line.charge.note for line in result.lines)


def test_flow_logs_are_those_that_a_flow_log_writes_to() -> None:
    usage = "site_defaults: {flow_logs_gb: 7, logs_gb: 3}"
    lines = [line for line in priced(preview(AWS), usage).lines if line.charge.sku == "ingested"]
    taken = {line.name: line.charge.quantity.expected for line in lines}
    assert taken == {"uae-network-flows": Decimal(7), "uae-network-queries": Decimal(3)}


def test_flow_logs_in_a_bucket_cost_their_delivery_and_their_storage() -> None:
    network = {key: AWS[key] for key in ("uae", "uae-network", "uae-network-vpc")}
    bucket = row("aws:s3/bucket:Bucket", "uae-network-files", "uae-network", {"tags": DEV, "region": "me-central-1"})
    lifecycle = row(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "uae-network-lifecycle",
        "uae-network",
        {"rules": [{"expiration": {"days": 90}}]},
    )
    log = row(
        "aws:ec2/flowLog:FlowLog",
        "uae-network-flow-log",
        "uae-network",
        {"logDestinationType": "s3", "logDestination": UNKNOWN_WORD},
        logDestination="uae-network-files",
    )
    lines = priced(preview(network | bucket | lifecycle | log), "site_defaults: {flow_logs_gb: 7}").lines
    taken = {line.charge.sku: line.charge.quantity.expected for line in lines if line.name == "uae-network-files"}
    assert taken == {"delivered-to-s3": Decimal(7), "standard": Decimal(21)}


def test_a_replica_of_a_registry_copies_no_vaults() -> None:
    assert not any("to-other-cloud" in line.what for line in priced(preview(AZURE)).lines)


def test_the_bucket_of_a_vault_may_be_called_anything_and_another_one_is_called_what_it_is() -> None:
    alone = AWS | row("aws:s3/bucket:Bucket", "scratch-bucket", "uae", {"tags": DEV})
    assert "uae.vaults.scratch-bucket.stored_gb" in priced(preview(alone)).assumed


def test_no_source_reads_a_piece_of_a_resource_name() -> None:
    cut = r"(item|above|other|resource)\.name\.(startswith|endswith|remove\w+|r?partition|split)"
    piece = re.compile(rf"\b{cut}|(\w|\") in (item|above|other|resource)\.name")
    folder = Path(falaj.finops.__file__).parent
    result = [
        f"{file.name}: {line.strip()}"
        for file in folder.rglob("*.py")
        for line in file.read_text().splitlines()
        if piece.search(line)
    ]
    assert not result
