"""How often schedules run, and the bounds of copies, builds, calls and loops that follow from it."""

import re
from collections.abc import Callable

import pytest
from guardrails.cost.cron import hours_of, runs_a_day, runs_an_hour
from guardrails.engine.table_words import with_words

from tests.processor_time import within

from .attacks.twenty_first_money import BY_SUM, MONTHS, budget, flow
from .attacks.twenty_first_money_b import step
from .attacks.twenty_first_money_c import parts, ray, schedule
from .attacks.twenty_first_money_d import CLAIMS, SUMS, anomalies, template
from .blind import TAGS, aws, az, crd, k8s, meta
from .harness import UNKNOWN, Given, Pack, blocking
from .idioms.aws_platform import EKS
from .idioms.families import BUILD

SCALE, LONG = "FJ-COST-126", 20_000


@pytest.mark.parametrize(
    ("expression", "runs"),
    [
        ("cron(0 * * * ? *)", 24), ("cron(0 22 * * ? *)", 1), ("*/5 * * * *", 288), ("0,30 8-17 * * *", 20),
        ("@hourly", 24), ("@every 10m", 144), ("@every 1h30m", 16), ("rate(5 minutes)", 288), ("rate(2 hours)", 12),
        ("rate(1 day)", 1), ("CRON(0 12 ? * MON-FRI *)", 5 / 7), ("0 1 1 * *", 1 / 30), ("0 1 * * 0", 1 / 7),
        ("at(2026-12-01T00:00:00)", 0), ("", 0),
    ],
)  # fmt: skip
def test_runs_a_day(expression: str, runs: float) -> None:
    assert runs_a_day(expression) == pytest.approx(runs)


@pytest.mark.parametrize(
    ("expression", "runs"),
    [("rate(1 minute)", 60), ("rate(1 hour)", 1), ("cron(0/10 * * * ? *)", 6), ("cron(0/10 3 * * ? *)", 1)],
)
def test_runs_an_hour(expression: str, runs: float) -> None:
    assert runs_an_hour(expression) == runs


def test_hours_of_a_duration() -> None:
    assert hours_of("720h30m0s") == 720.5
    assert hours_of("never") == 0


def _build(minutes: int, size: str = "LARGE", kind: str = "LINUX_CONTAINER") -> tuple[Given, ...]:
    """Returns a build of an hour, and a schedule whose target is known by its link only."""
    machine = {**BUILD["environment"], "computeType": f"B_{size}", "type": kind}
    return (
        aws("codebuild/Project", {**BUILD, "environment": machine}, "app"),
        aws("cloudwatch/EventRule", {"scheduleExpression": f"rate({minutes} minutes)", "tags": TAGS}, "rule"),
        aws("cloudwatch/EventTarget", {}, "target", links={"rule": ("rule",), "arn": ("app",)}))  # type: ignore[arg-type]  # fmt: skip


def _velero(hours: int) -> tuple[Given, ...]:
    return (k8s("velero.io/v1:Schedule", {"metadata": meta("often", "velero"), "spec": {
        "schedule": "0 * * * *", "template": {"ttl": f"{hours}h"}}}),)  # fmt: skip


def _copies(days: int) -> tuple[Given, ...]:
    """Returns a plan that copies each hour, whose copies are deleted after some days; after -1 days nothing is."""
    rule = {"ruleName": "hourly", "targetVaultName": "ledger", "schedule": "cron(0 * * * ? *)",
            "lifecycle": {"deleteAfter": days}}  # fmt: skip
    return (aws("backup/Plan", {"name": "ledger", "rules": [rule], "tags": TAGS}),)


def _loop(count: int, **more: object) -> tuple[Given, ...]:
    return (crd("argoproj.io/v1alpha1:Workflow", parts(
        {"steps": [[{"name": "part", "template": "part", "withSequence": {"count": count}}]]}, **more)),)  # fmt: skip


def _limited(limit: int) -> tuple[Given, ...]:
    """Returns a loop that its template limits."""
    return (crd("argoproj.io/v1alpha1:Workflow", parts({"parallelism": limit, "steps": [[
        {"name": "part", "template": "part", "withSequence": {"count": 20_000}}]]})),)  # fmt: skip


def _linked(minutes: int) -> tuple[Given, ...]:
    """Returns a workflow with machines, and a rule whose target is known by its link only."""
    return (
        flow(SUMS),
        aws("cloudwatch/EventRule", {"scheduleExpression": f"rate({minutes} minutes)"}, "rule"),
        aws("cloudwatch/EventTarget", {"arn": UNKNOWN}, "target", links={"rule": ("rule",), "arn": ("it",)}),
    )


def _small(count: int) -> tuple[Given, ...]:
    """Returns a loop over pods that ask for nothing."""
    return (crd("argoproj.io/v1alpha1:Workflow", {"entrypoint": "all", "templates": [{"name": "all", "steps": [[
        {"name": "part", "inline": {"container": {"image": "a"}}, "withSequence": {"count": count}}]]}]}),)  # fmt: skip


def _called(call: str, **parameters: object) -> tuple[Given, ...]:
    task = {"Type": "Task", "End": True, "Resource": f"arn:aws:states:::aws-sdk:{call}", "Parameters": parameters}
    return (flow({"StartAt": "a", "States": {"a": task}}),)


def _mapped(concurrency: int, machines: int) -> tuple[Given, ...]:
    task = {"Type": "Task", "End": True, "Resource": "arn:aws:states:::sagemaker:createProcessingJob.sync",
            "Parameters": {"ProcessingResources": {"ClusterConfig": {"InstanceCount": machines}}}}  # fmt: skip
    return (flow({"StartAt": "each", "States": {"each": {
        "Type": "Map", "MaxConcurrency": concurrency, "End": True,
        "ItemProcessor": {"StartAt": "a", "States": {"a": task}}}}}),)  # fmt: skip


def _deployed(count: int) -> tuple[Given, ...]:
    return (az("machinelearningservices:BatchDeployment", {"properties": {"resources": {"instanceCount": count}}}),)


def _spark(**most: object) -> tuple[Given, ...]:
    return (aws("emrserverless/Application", {"type": "spark", "maximumCapacity": most} if most else {}),)


def _fargate(cpus: int) -> tuple[Given, ...]:
    return (aws("batch/ComputeEnvironment", {"computeResources": {"type": "FARGATE", "maxVcpus": cpus}}),)


def _workers(count: int, kind: str) -> tuple[Given, ...]:
    return (flow({"StartAt": "a", "States": {"a": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun",
        "End": True, "Parameters": {"JobName": "a", "WorkerType": kind, "NumberOfWorkers": count}}}}),)  # fmt: skip


@pytest.mark.parametrize(
    ("plan", "bad", "good"),
    [
        (lambda minutes: _build(minutes), 3, 4),
        (lambda minutes: _build(minutes, "SMALL"), 0, 1),
        (lambda minutes: _build(minutes, "2XLARGE"), 33, 34),
        (lambda minutes: _build(minutes, kind="LINUX_GPU_CONTAINER"), 14, 15),
        (lambda minutes: _build(minutes, "SMALL", "LINUX_GPU_CONTAINER"), 1, 2),
        (_velero, 10_001, 10_000),
        (_copies, -1, 30),
        (_loop, 257, 256),
        (lambda limit: _loop(20_000, parallelism=limit), 257, 256),
        (_limited, 257, 256),
        (_linked, 59, 60),
        (_small, 1_001, 1_000),
        (lambda count: _workers(count, "G.1X"), 51, 50),
        (lambda count: _workers(count, "g.4x"), 26, 25),
        (lambda count: _workers(count, "R.8X"), 13, 12),
        (lambda count: _called("autoscaling:updateAutoScalingGroup", MaxSize=count), 51, 50),
        (lambda count: _called("eks:updateNodegroupConfig", ScalingConfig={"MaxSize": str(count)}), 51, 50),
        (lambda count: _mapped(count, 8), 9, 8),
        (lambda count: _mapped(count, 1), 65, 64),
        (lambda count: _deployed(count), 51, 50),
        (lambda size: _called("lambda:invoke", Payload={"log": {"maxSize": size}}), 0, 500),
        (lambda minutes: (flow(SUMS), schedule(CLAIMS, f"rate({minutes} minutes)")), 59, 60),
        (lambda cpus: _spark(cpu=f"{cpus} vCPU"), 4_097, 4_096),
        (lambda cpus: _fargate(cpus), 4_097, 4_096),
    ],
)  # fmt: skip
def test_bounds(plan: Callable[[int], tuple[Given, ...]], bad: int, good: int) -> None:
    if bad:
        assert SCALE in blocking(Pack().evaluate_plan(*plan(bad)))
    assert SCALE not in blocking(Pack().evaluate_plan(*plan(good)))


def test_an_application_without_servers_has_a_bound() -> None:
    assert SCALE in blocking(Pack().evaluate_plan(*_spark()))
    assert SCALE in blocking(Pack().evaluate_plan(*_spark(memory="64 GB")))


@pytest.mark.parametrize(("share", "refused"), [("1001", True), ("1000", False)])
def test_the_share_from_which_odd_costs_are_told(share: str, refused: bool) -> None:
    assert ("FJ-ESC-115" in blocking(Pack().evaluate_resource(anomalies(share)))) is refused
    both = {"ands": [{"dimension": anomalies(share).props["thresholdExpression"]["dimension"]}]}  # type: ignore[index]
    given = aws("costexplorer/AnomalySubscription", {**anomalies(share).props, "thresholdExpression": both})
    assert ("FJ-ESC-115" in blocking(Pack().evaluate_resource(given))) is refused


@pytest.mark.parametrize(
    ("script", "refused"),
    [
        ("auditctl -e 0", True),
        ("auditctl -D", True),
        ("auditctl -e 1", False),
        ("systemctl mask --now rsyslog.service", True),
        ("systemctl disable cups", False),
        ("systemctl stop auditd", True),
        ("systemctl stop auditd; systemctl start auditd", False),
        ("service auditd stop", True),
        ("auditpol /clear /y", True),
        ("Set-MpPreference -DisableRealtimeMonitoring $true", True),
        ("Set-MpPreference -DisableRealtimeMonitoring $false", False),
        ("netsh advfirewall set allprofiles state off", True),
        ("Set-NetFirewallProfile -Profile Domain,Public -Enabled False", True),
        ("Set-NetFirewallProfile -All -Enabled True", False),
        ("sed -i 's/^SELINUX=.*/SELINUX=disabled/' /etc/selinux/config", True),
        ("sed -i 's/^SELINUX=.*/SELINUX=enforcing/' /etc/selinux/config", False),
        ("grubby --update-kernel ALL --args selinux=0", True),
        ("grubby --update-kernel ALL --args selinux=1", False),
        ('mysql -e "UNINSTALL PLUGIN audit_log"', True),
        ("wevtutil cl Security", True),
        ("wevtutil cl Security /bu:D:/records/security.evtx", False),
        ("wevtutil sl Security /e:false", True),
        ("wevtutil sl Security /ms:1073741824", False),
        ("EXEC sys.sp_cdc_disable_db", True),
        ("EXEC sys.sp_cdc_disable_table 'dbo', 'a', 'a1'; EXEC sys.sp_cdc_enable_table 'dbo', 'a', 'team'", False),
        ("psql -c 'DROP EXTENSION pgaudit'", True),
        ("psql -c 'DROP EXTENSION pgaudit; CREATE EXTENSION pgaudit'", False),
        ("psql -c 'ALTER SYSTEM RESET pgaudit.log'", True),
        ("psql -c 'ALTER SYSTEM SET pgaudit.log TO DEFAULT'", True),
        ("psql -c 'ALTER SYSTEM RESET pgaudit.log; ALTER SYSTEM SET pgaudit.log = ddl'", False),
        ("db.createUser({user: 'app', roles: ['root']})", True),
        ("db.createUser({user: 'siteAdmin', roles: ['root']})", False),
        ("db.createUser({user: 'app', roles: [{role: 'dbOwner', db: 'admin'}]})", True),
        ("db.createUser({user: 'app', roles: [{role: 'dbOwner', db: 'ledger'}]})", False),
        ("db.grantRolesToUser('app', ['userAdminAnyDatabase'])", True),
        ("db.grantRolesToUser('app', ['readWrite'])", False),
        ("db.createUser({user: 'app', roles: [{role: 'readWrite', db: 'app'}]})", False),
    ],
)
def test_scripts_that_end_protections(script: str, refused: bool) -> None:
    found = {report.rule for report in Pack().evaluate_resource(template(f"#!/bin/sh\n{script}\n"))}
    assert found.isdisjoint({"FJ-IDN-313", "FJ-ESC-109"}) is not refused


def test_a_cluster_of_ray_with_a_highest_number() -> None:
    given = ray("RayCluster")
    group = {**given.props["spec"]["workerGroupSpecs"][0], "maxReplicas": 4}  # type: ignore[index]
    spec = {**given.props["spec"], "workerGroupSpecs": [group]}  # type: ignore[dict-item]
    assert SCALE in blocking(Pack().evaluate_plan(given))
    assert SCALE not in blocking(Pack().evaluate_plan(crd("ray.io/v1:RayCluster", spec)))


@pytest.mark.parametrize(
    ("values", "refused"),
    [(["Marketing"], True), (["Retail"], False), (["Production"], False), (["Marketing", "Platform"], False)],
)
def test_a_budget_by_a_cost_category(values: list[str], refused: bool) -> None:
    plan = (Given("pulumi:pulumi:Stack", {}, "s"), EKS, budget(filterExpression={
        "costCategories": {"key": "Unit", "values": values}}))  # fmt: skip
    assert ("FJ-COST-001" in blocking(Pack().evaluate_plan(*plan))) is refused


def test_the_name_of_a_cost_category_is_none_of_its_values() -> None:
    plan = (Given("pulumi:pulumi:Stack", {}, "s"), EKS, budget(costFilters=[{
        "name": "CostCategory", "values": ["Platform$Marketing"]}]))  # fmt: skip
    assert "FJ-COST-001" in blocking(Pack().evaluate_plan(*plan))


@pytest.mark.parametrize(("threshold", "refused"), [(25_000, True), (19_000, False), (21_000, False)])
def test_a_sum_is_compared_with_the_highest_planned_amount(threshold: int, refused: bool) -> None:
    planned = [{"startTime": month, "amount": amount, "unit": "USD"} for month, amount in zip(
        MONTHS, ["20000", "22000"] * 6, strict=True)]  # fmt: skip
    given = budget("limitAmount", notifications=[{**BY_SUM, "threshold": threshold}], plannedLimits=planned)
    assert ("FJ-COST-005" in blocking(Pack().evaluate_resource(given))) is refused


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("ALTER TABLE a SET (SYSTEM_VERSIONING = OFF)", True),
        ("alter table a set (system_versioning = on)", False),
        ("TRUNCATE TABLE [audit].[SignIns]", True),
        ("TRUNCATE TABLE staging.Payments", False),
        ("DROP TABLE IF EXISTS staging.PaymentsHistory", False),
        ("DROP TABLE dbo.PaymentsHistory", True),
        ("DELETE FROM audit.SignIns", True),
        ("DELETE FROM audit.SignIns; SELECT 1", True),
        ("DELETE FROM audit.SignIns WHERE At < '2019-01-01'", False),
        ("NOAUDIT ALL", True),
        ("DROP EXTENSION IF EXISTS pgaudit", True),
        ("ALTER TABLE pay NO FLASHBACK ARCHIVE", True),
        ("EXEC sys.sp_cdc_disable_db", True),
    ],
)
def test_statements_that_end_records(statement: str, refused: bool) -> None:
    assert ("FJ-ESC-115" in blocking(Pack().evaluate_resource(step(statement)))) is refused


REPEATED = ("truncate ", "drop table ", "drop table if exists ", "[", "audit", "* ", "1,", "@every 1h")
SPACED = ("delete", "from", "audit", " " * LONG, "x")
HOSTILE = (*(word * (LONG // len(word)) for word in REPEATED), " ".join(SPACED), f"cron({'* ' * LONG}")


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_long_texts_are_read_in_time(text: str) -> None:
    pattern = re.compile(with_words("{SQL_GRANTS}"), re.IGNORECASE)
    with within(0.5):
        pattern.search(text)
        runs_a_day(text)
        runs_an_hour(text)
        hours_of(text)


def test_the_largest_build_of_a_name_counts() -> None:
    sizes = ("B_SMALL", "B_2XLARGE")
    builds = [aws("codebuild/Project", {**BUILD, "environment": {**BUILD["environment"], "computeType": size}}, size)
              for size in sizes]  # fmt: skip
    plan = (*builds, schedule(f"arn:aws:codebuild:me-central-1:123456789012:project/{BUILD['name']}", "rate(1 minute)"))
    assert SCALE in blocking(Pack().evaluate_plan(*plan))
