"""Scheduled resources cost less: how schedules are read, and three bills computed by hand."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from falaj.components import aws, azure
from falaj.components.kubernetes.sleep.pool_sleep import PoolSleep
from falaj.finops.bill import bill
from falaj.finops.cheaper import SavingKind, cheaper
from falaj.finops.lines import Line
from falaj.finops.money import rounded
from falaj.finops.plan import UNKNOWN, Plan, Planned
from falaj.finops.schedules import AKS, running_shares
from tests.exhaustive.test_spoiled import spoiled
from tests.unit.components import aws_samples, azure_samples, kubernetes_samples
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded
from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, agent_pool, karpenter_pool, plan, priced, urn

DEV = TAGS | {"environment": "dev"}
OFFICE = Decimal(60) / 168
WITH_SYSTEM = Decimal(65) / 168
FLOW, SCHEDULE, JOB = "azure-native:logic:Workflow", "aws:autoscaling/schedule:Schedule", "kubernetes:batch/v1:CronJob"


def made(recording: Recording, *more: Planned) -> Plan:
    """Returns the resources that a component creates, as in a plan."""
    own = [
        Planned(resource.urn, resource.typ, resource.name, resource.inputs, resource.parent)
        for resource in recording.resources
    ]
    return Plan("dev", (*own, *more))


def shares(result: Plan) -> Mapping[tuple[str, str], Decimal]:
    return running_shares(result, lambda _: "uae")


NODE_GROUP = "aws:eks/nodeGroup:NodeGroup"


def group(pool: str, act: str, **changed: Any) -> Row:
    """Returns a scheduled action as `falaj.aws.Sleep` creates it; its group has no name before the update."""
    links = {"dependencies": {"autoscalingGroupName": [urn(NODE_GROUP, f"uae-pool-{pool}-group")]}}
    when = {"open": ("0 7 * * 1-5", 3), "close": ("0 19 * * *", 0)}[act]
    props = {"recurrence": when[0], "timeZone": "Asia/Dubai", "maxSize": when[1], "autoscalingGroupName": UNKNOWN}
    return SCHEDULE, f"uae-sleep-{pool}-{act}", props | changed, links


def job(pool: str, act: str, **changed: Any) -> Row:
    """Returns a job as `falaj.kubernetes.PoolSleep` creates it."""
    schedule, nodes = {"open": ("0 7 * * mon-fri", 2), "close": ("0 19 * * *", 0)}[act]
    limit = ["patch", f"nodepools.karpenter.sh/{pool}", f'--patch={{"spec": {{"limits": {{"nodes": "{nodes}"}}}}}}']
    pod = {"containers": [{"name": "limit", "args": limit}]}
    spec = {"schedule": schedule, "timeZone": "Asia/Dubai", "jobTemplate": {"spec": {"template": {"spec": pod}}}}
    return JOB, f"uae-karpenter-sleep-{pool}-{act}", {"metadata": {"labels": DEV}, "spec": spec | changed}


def flow(act: str, hour: int, **changed: Any) -> Row:
    """Returns a workflow as `falaj.azure.Sleep` creates it; the cluster has no id before the update."""
    schedule = {"weekDays": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], "hours": [hour], "minutes": [0]}
    weekly = {"frequency": "Week", "interval": 1, "timeZone": "Arabian Standard Time", "schedule": schedule}
    definition = {
        "triggers": {"working-days": {"type": "Recurrence", "recurrence": weekly | changed}},
        "actions": {act: {"type": "Http", "inputs": {"method": "POST", "uri": UNKNOWN}}},
    }
    props = {"definition": definition, "tags": DEV}
    return FLOW, f"uae-sleep-{'wake' if act == 'start' else 'sleep'}", props, {"parent": urn(*SLEEPER[:2])}


SLEEPER = ("falaj:azure:Sleep", "uae-sleep", {})
GROUPS = (group("gpu", "open"), group("gpu", "close"))
JOBS = (job("gpu", "open"), job("gpu", "close"))
FLOWS = (flow("start", 7), flow("stop", 19))
CLUSTER = (
    AKS, "uae-cluster", {
        "sku": {"tier": "Standard"}, "location": "uaenorth", "tags": DEV,
        "networkProfile": {"outboundType": "userAssignedNATGateway"},
    },
)  # fmt: skip
NODES = (
    NODE_GROUP, "uae-pool-gpu-group", {
        "instanceTypes": ["g6.xlarge"], "scalingConfig": {"minSize": 1, "maxSize": 3}, "tags": DEV,
        "labels": {"falaj/pool": "gpu", "falaj/profile": "training"},
    },
)  # fmt: skip
KARPENTER = karpenter_pool("gpu", ["g6.xlarge"], limits={"nodes": "2"})
AGENTS = agent_pool(
    "gpu", "Standard_D16as_v5", 1, 3, tags=DEV, osDiskType="Managed", osDiskSizeGB=128,
    nodeLabels={"falaj/pool": "gpu", "falaj/profile": "training"},
)  # fmt: skip
SITES = {"groups": (AWS_NETWORK, NODES), "karpenter": (AWS_NETWORK, KARPENTER), "aks": (CLUSTER, AGENTS, SLEEPER)}
SLEEP = {"groups": GROUPS, "karpenter": JOBS, "aks": FLOWS}
QUIET = "site_defaults: {internet_out_gb: 0, cross_zone_gb: 0, volumes_gb: 0}"


@pytest.mark.parametrize(
    ("which", "minimum", "expected", "maximum"),
    [
        # Awake 60 of 168 hours: 260.7143 of 730. A g6.xlarge is 0.98824 an hour, its 20 GiB are 1.936 a month.
        # 1, 1.5 (a quarter of the 2 it may add) and 3 machines: 1.5 x (260.7143 x 0.98824 + 260.7143/730 x 1.936).
        ("groups", "258.34", "387.51", "775.02"),
        # None, 0.5 (a quarter of 2) and 2 machines of the same.
        ("karpenter", "0.00", "129.17", "516.68"),
        # The cluster 26.07143; 1, 1.5 and 3 machines at 0.848 an hour, of which disks of 24.294546 a month stay:
        # 26.07143 + 1.5 x (260.7143 x 0.848 + 24.294546).
        ("aks", "271.45", "394.14", "762.21"),
    ],
)
def test_bills_by_hand(which: str, minimum: str, expected: str, maximum: str) -> None:
    result = priced(plan(*SITES[which], *SLEEP[which]), QUIET)
    net = bill(result).net_usd
    assert tuple(map(rounded, (net.min, net.expected, net.max))) == tuple(map(Decimal, (minimum, expected, maximum)))
    machines = [line for line in result.lines if line.charge.service in ("machine", "aks")]
    assert all("awake 260.7 of 730 h, by its schedule" in line.charge.note for line in machines)
    always = bill(priced(plan(*SITES[which]), QUIET)).net_usd
    assert always.min >= net.min
    assert always.expected > net.expected
    assert always.max > net.max


def machine(*rows: Row, usage: str = QUIET) -> Line:
    (line,) = [line for line in priced(plan(*rows), usage).lines if line.charge.service == "machine"]
    return line


@pytest.mark.parametrize("which", SITES)
def test_the_usage_file_overrides_the_schedule(which: str) -> None:
    usage = "sites: {uae: {pools: {gpu: {nodes: 2, hours: 100}}}}"
    line = machine(*SITES[which], *SLEEP[which], usage=usage)
    assert line.charge.quantity.expected == 200
    assert "awake 100 of 730 h, by the usage file" in line.charge.note
    most = 2 if which == "karpenter" else 3
    assert line.charge.quantity.max == pytest.approx(Decimal("260.7143") * most)  # what the schedule allows
    longer = machine(*SITES[which], *SLEEP[which], usage="profiles: {training: {load: 1, hours: 744}}")
    assert longer.charge.quantity.expected == longer.charge.quantity.max == 730 * most


def test_a_commitment_is_not_for_what_sleeps_nor_is_it_told_to_sleep() -> None:
    ways = [
        {option.way for option in cheaper(priced(plan(*rows))).options}
        for rows in (SITES["aks"], (*SITES["aks"], *FLOWS))
    ]
    assert SavingKind.SLEEP in ways[0]
    assert not {SavingKind.SLEEP, SavingKind.COMMITMENT} & ways[1]
    assert SavingKind.ARCHITECTURE in ways[1]


def test_the_schedules_of_our_components_are_read() -> None:
    groups = aws_samples.SLEEP["groups"]
    behind = {
        group["scaling_group_name"]: Planned(urn(NODE_GROUP, pool), NODE_GROUP, pool, {"labels": {"falaj/pool": pool}})
        for pool, group in groups.items()
    }
    actions = made(recorded(aws.Sleep, aws_samples.SLEEP), *behind.values())
    linked = [
        replace(item, dependencies={"autoscalingGroupName": [behind[item.props["autoscalingGroupName"]].urn]})
        if item.type == SCHEDULE
        else item
        for item in actions.resources
    ]
    assert shares(Plan("dev", tuple(linked))) == {
        ("uae", pool): WITH_SYSTEM if group.get("system") else OFFICE for pool, group in groups.items()
    }
    pools = shares(made(recorded(PoolSleep, kubernetes_samples.POOL_SLEEP)))
    assert pools == {("uae", pool): OFFICE for pool in kubernetes_samples.POOL_SLEEP["nodes"]}
    flows = recorded(azure.Sleep, {**azure_samples.SLEEP, "opens": "08:30", "closes": "17:45"})
    cluster = Planned("urn:aks", AKS, "uae-cluster", {})
    assert shares(made(flows, cluster)) == {("uae", ""): Decimal(5 * 555) / (168 * 60)}
    assert not shares(made(flows)), "no cluster, or one of several: nobody says which"
    assert not shares(made(flows, cluster, Planned("urn:other", AKS, "uae-other", {})))


def test_only_the_pool_that_is_named_sleeps() -> None:
    other = (NODES[0], "uae-pool-big-gpu-group", {**NODES[2], "labels": {"falaj/pool": "big-gpu"}})
    lines = priced(plan(AWS_NETWORK, NODES, other, *GROUPS), QUIET).lines
    assert {line.name: line.charge.sleeps for line in lines if line.charge.service == "machine"} == {
        "uae-pool-gpu-group": True,
        "uae-pool-big-gpu-group": False,
    }
    elsewhere = (NODE_GROUP, "ksa-pool-gpu-group", {**NODES[2], "tags": {**DEV, "site": "ksa"}})
    assert not machine(AWS_NETWORK, elsewhere, *GROUPS).charge.sleeps


def changed(row: Row, change: Callable[[dict[str, Any]], object]) -> Row:
    props = deepcopy({key: value for key, value in row[2].items() if value is not UNKNOWN})
    change(props)
    return row[0], row[1], props, *row[3:]


@pytest.mark.parametrize(
    ("which", "row"),
    [
        ("groups", group("gpu", "close", maxSize=1)),  # the autoscaler may scale it up
        ("groups", group("gpu", "close", maxSize=UNKNOWN)),
        ("groups", group("gpu", "close", recurrence=UNKNOWN)),
        ("groups", group("gpu", "close", timeZone=UNKNOWN)),
        ("groups", group("gpu", "close", timeZone="Europe/Paris")),
        ("groups", group("gpu", "close", endTime="2026-12-31T00:00:00Z")),
        ("karpenter", job("gpu", "close", suspend=True)),
        ("karpenter", job("gpu", "close", schedule="@daily")),
        ("karpenter", job("gpu", "close", timeZone="Europe/Paris")),
        ("karpenter", changed(JOBS[1], lambda props: props["spec"].pop("jobTemplate"))),
        ("aks", flow("stop", 19, interval=2)),
        ("aks", flow("stop", 19, frequency="Day")),
        ("aks", flow("stop", 19, schedule={"weekDays": ["Friday"], "hours": [UNKNOWN], "minutes": [0]})),
        ("aks", (FLOW, "uae-sleep-sleep", {"definition": UNKNOWN, "tags": DEV}, *FLOWS[1][3:])),
        ("aks", (*FLOWS[1][:2], {**FLOWS[1][2], "state": "Disabled"}, *FLOWS[1][3:])),
        ("aks", (FLOW, "uae-sleep-sleep", FLOWS[1][2])),  # stops another resource
        ("groups", group("gpu", "close")[:3]),  # the group is unknown
        ("groups", group("other", "close")),
    ],
)
def test_a_schedule_of_which_something_is_not_known_leaves_its_pool_awake(which: str, row: Row) -> None:
    opening = SLEEP[which][0]
    assert not machine(*SITES[which], opening, row).charge.sleeps


@pytest.mark.parametrize("which", SITES)
@pytest.mark.parametrize("index", [0, 1])
def test_a_corrupted_schedule_stops_no_estimate_and_creates_no_savings(which: str, index: int) -> None:
    kind, name, props, *links = SLEEP[which][index]
    always = machine(*SITES[which]).usd
    for bad in (value for value in spoiled(props) if isinstance(value, dict)):
        line = machine(*SITES[which], SLEEP[which][1 - index], (kind, name, bad, *links))
        assert 0 <= line.usd.min <= line.usd.expected <= line.usd.max
        assert line.usd.expected <= always.expected


def test_a_stack_export_names_the_cluster() -> None:
    """Any workflow that starts and stops a cluster counts then."""
    rows = []
    for _, name, props, _ in FLOWS:
        props = deepcopy({"definition": {**props["definition"], "actions": {}}, "tags": DEV})
        act = "start" if name.endswith("wake") else "stop"
        uri = f"https://management.azure.com/subscriptions/0/managedClusters/uae/{act}?api-version=2025-09-01"
        props["definition"]["actions"] = {act: {"inputs": {"uri": uri}}}
        rows.append((FLOW, f"office-{act}", props))
    assert machine(*SITES["aks"], *rows).charge.sleeps
