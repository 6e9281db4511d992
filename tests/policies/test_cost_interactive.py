"""Notebooks, Spark pools and query clusters that nothing stops (FJ-COST-128), and lone machines (FJ-COST-106)."""

import pytest

from .blind import HERE, RG, TAGS, aws, az
from .harness import UNKNOWN, Given, Pack

PACK = Pack()
IDLE = {"appLifecycleManagement": {"idleSettings": {"lifecycleManagement": "ENABLED", "idleTimeoutInMinutes": 60}}}
BUSY = {"appLifecycleManagement": {"idleSettings": {"lifecycleManagement": "DISABLED"}}}
PAUSED = {"autoPause": {"enabled": True, "delayInMinutes": 15}, "autoScale": {"enabled": True, "maxNodeCount": 10}}


def ml(**more: object) -> Given:
    inner = {"vmSize": "Standard_D4s_v5", **more}
    return az(
        "machinelearningservices:Compute", {"properties": {"computeType": "ComputeInstance", "properties": inner}}
    )


def domain(settings: object) -> Given:
    return aws("sagemaker/Domain", {"domainName": "d", "defaultUserSettings": settings, "tags": TAGS})


def database(delay: object, size: str = "GP_S_Gen5", stack: str = "dev") -> Given:
    return az("sql:Database", {**RG, "sku": {"name": size, "capacity": 2}, "autoPauseDelay": delay}, stack=stack)


def found(*plan: Given) -> set[str]:
    return {item.rule for item in PACK.evaluate_plan(*plan)} & {"FJ-COST-106", "FJ-COST-128"}


@pytest.mark.parametrize(
    "given",
    [
        az("synapse:BigDataPool", {**HERE, "nodeCount": 5}),
        az("synapse:BigDataPool", {**HERE, **PAUSED, "autoPause": {"enabled": False}}),
        az("synapse:BigDataPool", {**HERE, **PAUSED, "autoScale": {"enabled": False}}),
        az("kusto:Cluster", {**HERE, "enableAutoStop": False}, stack="dev"),
        ml(),
        ml(idleTimeBeforeShutdown=""),
        aws("emr/Cluster", {"releaseLabel": "emr-7.1.0"}),
        aws("emr/Cluster", {"keepJobFlowAliveWhenNoSteps": True}),
        aws("cloud9/EnvironmentEC2", {"instanceType": "t3.small"}),
        aws("sagemaker/NotebookInstance", {"instanceType": "ml.g5.xlarge"}),
        domain({"executionRole": "r"}),
        domain({"jupyterLabAppSettings": BUSY}),
        domain({"jupyterLabAppSettings": IDLE, "codeEditorAppSettings": {"customImages": [{}]}}),
        aws("sagemaker/UserProfile", {"userSettings": {"jupyterLabAppSettings": BUSY}}),
        database(-1),
        database("-1", "HS_S_Gen5"),
    ],
    ids=lambda given: f"{given.type} {given.props}"[:120],
)
def test_what_runs_on_without_work_is_reported(given: Given) -> None:
    assert found(given) == {"FJ-COST-128"}


@pytest.mark.parametrize(
    "given",
    [
        az("synapse:BigDataPool", {**HERE, **PAUSED}),
        az("kusto:Cluster", HERE, stack="dev"),
        az("kusto:Cluster", {**HERE, "enableAutoStop": False}),
        ml(idleTimeBeforeShutdown="PT30M"),
        ml(idleTimeBeforeShutdown=UNKNOWN),
        ml(schedules={"computeStartStop": [{"action": "Stop"}]}),
        aws("emrserverless/Application", {"type": "spark"}),
        aws("emrserverless/Application", {"autoStopConfiguration": {"idleTimeoutMinutes": 15}}),
        aws("emr/Cluster", {"autoTerminationPolicy": {"idleTimeout": 3600}}),
        aws("emr/Cluster", {"keepJobFlowAliveWhenNoSteps": False}),
        aws("cloud9/EnvironmentEC2", {"automaticStopTimeMinutes": 30}),
        aws("sagemaker/NotebookInstance", {"lifecycleConfigName": "stop-when-idle"}),
        domain({"jupyterLabAppSettings": IDLE}),
        domain({"jupyterLabAppSettings": {"lifecycleConfigArns": ["arn:aws:sagemaker:::x"]}}),
        domain({"codeEditorAppSettings": IDLE}),
        domain(UNKNOWN),
        aws("sagemaker/UserProfile", {"userSettings": {"executionRole": "r"}}),
        database(60),
        database(-1, stack="prod-uae"),
        database(-1, "GP_Gen5"),
    ],
    ids=lambda given: f"{given.type} {given.props}"[:120],
)
def test_what_stops_is_not_reported(given: Given) -> None:
    assert found(given) == set()


LONE = (
    aws("ec2/Instance", {"instanceType": "m7g.large", "tags": TAGS}, stack="dev"),
    aws("autoscaling/Group", {"minSize": 2, "maxSize": 4}, stack="dev"),
    az("compute:VirtualMachine", {**HERE, "hardwareProfile": {"vmSize": "Standard_D4s_v5"}}, stack="dev"),
    az("compute:VirtualMachineScaleSet", {**HERE, "sku": {"name": "Standard_D4s_v5", "capacity": 3}}, stack="dev"),
)


@pytest.mark.parametrize("machine", LONE, ids=lambda given: given.type)
def test_lone_machines_outside_production_follow_a_schedule(machine: Given) -> None:
    assert found(machine) == {"FJ-COST-106"}
    for schedule in (
        az("devtestlab:GlobalSchedule", HERE, "night", stack="dev"),
        az("monitor:AutoscaleSetting", HERE, "scale", stack="dev"),
        aws("autoscaling/Schedule", {}, "night", stack="dev"),
        aws("cloudwatch/EventRule", {}, "stop-at-night", stack="dev"),
        az("logic:Workflow", HERE, "sleep", stack="dev"),
    ):
        assert found(machine, schedule) == set()
    assert found(machine, az("logic:Workflow", HERE, "orders", stack="dev")) == {"FJ-COST-106"}
    assert found(Given(machine.type, machine.props)) == set()


def test_what_scales_to_nothing_or_is_tagged_for_a_scheduler_is_not_reported() -> None:
    for props in ({"minSize": 0}, {"minSize": UNKNOWN}):
        assert found(aws("autoscaling/Group", props, stack="dev")) == set()
    for sku in ({"capacity": 0}, {"name": "x"}):
        assert found(az("compute:VirtualMachineScaleSet", {**HERE, "sku": sku}, stack="dev")) == set()
    scheduled = {"instanceType": "m7g.large", "tags": {**TAGS, "Schedule": "office-hours"}}
    assert found(aws("ec2/Instance", scheduled, stack="dev")) == set()
