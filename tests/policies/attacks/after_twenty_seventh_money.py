"""Further spellings of the twenty-seventh set's attacks on money, copies and measurements (2026-12-02), as known unless
a date is stated.
"""

from dataclasses import replace

from ..blind import HERE, ME, TAGS, aws, az, crd, release
from ..harness import Given
from ..idioms.eleventh_charts import inside
from . import Attack
from .tenth_aws import R
from .twenty_seventh_money import canary, machines, pool, scale, scaling, setting

SWITCH, CHART = ("FJ-ESC-115",), ("FJ-ESC-124",)
SOURCES = "as in the twenty-seventh set's attacks on money"
GROUPS = [{"name": "general", "minSize": 2, "maxSize": 20}]
ERRORS = {"interval": "1m", "templateRef": {"name": "error-rate", "namespace": "payments"}}


def attack(name: str, *plan: Given, rules: tuple[str, ...] = SWITCH) -> Attack:
    """Returns an attack whose harm is that of the set."""
    return Attack(name, rules, plan, "major", SOURCES)


def autoscaler(**arguments: object) -> tuple[Given, ...]:
    """Returns the autoscaler of machines with arguments."""
    return release("cluster-autoscaler", "9.52.0", {
        "autoscalingGroups": GROUPS, "awsRegion": R, "extraArgs": dict(arguments)}, "kube-system")  # fmt: skip


def cluster(**profile: object) -> Given:
    """Returns a cluster of Azure with settings of its autoscaler."""
    return az(
        "containerservice:ManagedCluster",
        {**HERE, "resourceName": "aks-shared", "autoScalerProfile": dict(profile)},
        "cluster",
    )


def service(name: str, **policy: object) -> Given:
    """Returns a policy by which a service grows."""
    return aws("appautoscaling/Policy", {
        "name": name, "resourceId": "service/claims/api", "scalableDimension": "ecs:service:DesiredCount",
        "serviceNamespace": "ecs", **policy}, name)  # fmt: skip


def steps(*adjustments: int) -> dict[str, object]:
    """Returns the steps of a policy of a service."""
    return {"policyType": "StepScaling", "stepScalingPolicyConfiguration": {
        "adjustmentType": "ChangeInCapacity", "stepAdjustments": [
            {"metricIntervalLowerBound": str(10 * index), "scalingAdjustment": number}
            for index, number in enumerate(adjustments)]}}  # fmt: skip


def plan(days: int | None = 35, **rule: object) -> Given:
    """Returns a plan of nightly copies."""
    kept = {} if days is None else {"lifecycle": {"deleteAfter": days}}
    return aws("backup/Plan", {"name": "daily", "tags": TAGS, "rules": [{
        "ruleName": "daily", "targetVaultName": "central", "schedule": "cron(0 2 * * ? *)", **kept, **rule}]},
        "daily")  # fmt: skip


def lock(least: int, most: int, vault: str = "central") -> Given:
    """Returns how long a vault keeps copies."""
    return aws("backup/VaultLockConfiguration", {
        "backupVaultName": vault, "minRetentionDays": least, "maxRetentionDays": most, "changeableForDays": 3},
        "lock")  # fmt: skip


def by_use(kind: str, name: str, **spec: object) -> Given:
    """Returns an autoscaler of pods."""
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "claims"}
    return inside(kind, name, {"scaleTargetRef": target, "maxReplicas": 20, "minReplicas": 2, **spec})


COPY = {"destinationVaultArn": f"arn:aws:backup:{R}:{ME}:backup-vault:site", "lifecycle": {"deleteAfter": 7}}
CPU = {"type": "Utilization", "averageUtilization": 1}

ATTACKS = (
    attack("no machine without work is given back while its pool waits for good", pool(consolidateAfter="Never")),
    attack("machines without work wait for a month", pool(consolidateAfter="719h59m")),
    attack("an autoscaler removes no machine that does anything", *autoscaler(
        **{"scale-down-utilization-threshold": "0"}), rules=CHART),
    attack("an autoscaler removes no machine for ten days after it added one", *autoscaler(
        **{"scale-down-delay-after-add": "240h"}), rules=CHART),
    attack("the autoscaler of a cluster of Azure waits for a year after it added a machine", cluster(
        scaleDownDelayAfterAdd="8760h")),
    attack("the autoscaler of a cluster of Azure keeps machines that are ill", cluster(scaleDownUnreadyTime="8760h")),
    attack("a group of machines only ever grows by a simple policy", machines(), scaling(
        "busy", policyType="SimpleScaling", adjustmentType="ChangeInCapacity", scalingAdjustment=4)),
    attack("a group of machines grows by two policies and shrinks by none", machines(), scaling(
        "busy", policyType="StepScaling", adjustmentType="PercentChangeInCapacity", stepAdjustments=[
            {"metricIntervalLowerBound": "0", "scalingAdjustment": 50}]), scaling(
        "very-busy", adjustmentType="ChangeInCapacity", scalingAdjustment=4)),
    replace(attack("a service only ever grows", service("busy", **steps(2, 4))), is_alone=True),
    attack("two profiles of a scale set add machines", setting(
        scale("GreaterThan", 70, "Increase"), scale("GreaterThan", 90, "Increase"))),
    attack("a release is good with one request in a hundred", canary(
        {"name": "request-success-rate", "interval": "1m", "thresholdRange": {"min": 1}})),
    attack("a release is good that answers after a day", canary(
        {"name": "request-duration", "interval": "30s", "thresholdRange": {"max": 86_400_000}})),
    attack("a release is good with whichever share of errors", canary({
        "name": "mistakes", "thresholdRange": {"min": 0, "max": 100}, **ERRORS})),
    attack("a rollout is measured after a year", crd("argoproj.io/v1alpha1:AnalysisTemplate", {"metrics": [{
        "name": "errors", "initialDelay": "8760h", "interval": "1m", "count": 5, "failureLimit": 1,
        "successCondition": "result[0] < 0.01", "provider": {"prometheus": {
            "address": "https://prometheus.monitoring.svc:9090", "query": "sum(rate(errors[5m]))"}}}]})),
    attack("a second vault refuses each copy because it would be kept too shortly", plan(copyActions=[COPY]),
           lock(30, 3650, "site")),
    attack("a vault refuses each copy because it would be kept for good", plan(None), lock(30, 365)),
    attack("a vault refuses each copy because it would be kept too long", plan(400), lock(30, 365)),
    attack("a service grows to its largest as soon as anything runs", service(
        "cpu", policyType="TargetTrackingScaling", targetTrackingScalingPolicyConfiguration={
            "targetValue": 2, "predefinedMetricSpecification": {
                "predefinedMetricType": "ECSServiceAverageCPUUtilization"}})),
    attack("a hundred machines wait for the tasks of one", aws("ecs/CapacityProvider", {
        "name": "claims", "tags": TAGS, "autoScalingGroupProvider": {
            "autoScalingGroupArn": f"arn:aws:autoscaling:{R}:{ME}:autoScalingGroup:1:autoScalingGroupName/claims",
            "managedScaling": {"status": "ENABLED", "targetCapacity": 1}}})),
    attack("a scale set grows to its largest as soon as anything runs", setting(
        scale("GreaterThanOrEqual", 1, "Increase"), scale("LessThan", 1, "Decrease"))),
    attack("pods are added until each has one per cent to do", by_use(
        "autoscaling/v2:HorizontalPodAutoscaler", "claims", metrics=[{
            "type": "Resource", "resource": {"name": "cpu", "target": CPU}}])),
    attack("pods are added until a container of each has one per cent to do", by_use(
        "autoscaling/v2:HorizontalPodAutoscaler", "claims", metrics=[{
            "type": "ContainerResource", "containerResource": {"name": "cpu", "container": "app", "target": CPU}}])),
    attack("KEDA adds pods until each has one per cent to do", inside("keda.sh/v1alpha1:ScaledObject", "claims", {
        "scaleTargetRef": {"name": "claims"}, "minReplicaCount": 2, "maxReplicaCount": 20, "triggers": [{
            "type": "cpu", "metricType": "Utilization", "metadata": {"value": "1"}}]})),
)  # fmt: skip
