"""Attacks on money, copies and changes that are measured by themselves (2026-12-02, twenty-seventh set, written before
any rule ran on it): numbers and durations that make a limit, a copy or a measurement void.

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0. What a service does with them by its documentation, as
known unless a date stands beside it.
"""

from ..blind import HERE, ME, OURS, TAGS, aws, az, crd, k8s, pod, release
from ..harness import UNKNOWN, Given
from ..idioms.eleventh_charts import inside
from . import Attack
from .tenth_aws import R

KEPT = ("FJ-COST-", "FJ-ESC-115")
RSL = ("FJ-RSL-", "FJ-ESC-115")
MEASURED = ("FJ-ESC-115", "FJ-RSL-")
GROUP = ("machines",)


def pool(**disruption: object) -> Given:
    """Returns a pool of machines of Karpenter."""
    return k8s("karpenter.sh/v1:NodePool", {"metadata": {"name": "services", "labels": TAGS}, "spec": {
        "limits": {"cpu": "128", "memory": "512Gi"}, "disruption": {
            "consolidationPolicy": "WhenEmptyOrUnderutilized", "consolidateAfter": "5m", "budgets": [
                {"nodes": "10%"}], **disruption},
        "template": {"metadata": {"labels": TAGS}, "spec": {
            "expireAfter": "480h", "terminationGracePeriod": "1h", "nodeClassRef": {
                "group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "services"},
            "requirements": [
                {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]},
                {"key": "node.kubernetes.io/instance-type", "operator": "In",
                 "values": ["m7g.large", "m7g.xlarge"]}]}}}}, "services")  # fmt: skip


def machines() -> Given:
    """Returns a group of up to twenty machines."""
    return aws("autoscaling/Group", {
        "name": "claims", "minSize": 2, "maxSize": 20, "vpcZoneIdentifiers": ["subnet-0123456789abcdef0"],
        "healthCheckType": "EC2", "launchTemplate": {"id": "lt-0123456789abcdef0", "version": "1"},
        "tags": [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]},
        "machines")  # fmt: skip


def scaling(name: str, **policy: object) -> Given:
    """Returns a policy that says when the group grows."""
    return aws("autoscaling/Policy", {"name": name, "autoscalingGroupName": UNKNOWN, **policy}, name,
               links={"autoscalingGroupName": GROUP})  # fmt: skip


def scale(operator: str, threshold: int, direction: str, metric: str = "Percentage CPU") -> dict[str, object]:
    """Returns a rule of an autoscale setting."""
    target = f"{OURS}.Compute/virtualMachineScaleSets/vmss-claims"
    return {
        "metricTrigger": {"metricName": metric, "metricResourceUri": target, "operator": operator, "statistic":
                          "Average", "threshold": threshold, "timeAggregation": "Average", "timeGrain": "PT1M",
                          "timeWindow": "PT10M"},
        "scaleAction": {"direction": direction, "type": "ChangeCount", "value": "1", "cooldown": "PT10M"}}  # fmt: skip


def setting(*rules: dict[str, object]) -> Given:
    """Returns an autoscale setting of a scale set."""
    return az("monitor:AutoscaleSetting", {
        **HERE, "autoscaleSettingName": "claims", "enabled": True, "targetResourceUri":
        f"{OURS}.Compute/virtualMachineScaleSets/vmss-claims", "profiles": [{
            "name": "load", "capacity": {"minimum": "2", "maximum": "20", "default": "2"}, "rules": list(rules)}]},
        "claims")  # fmt: skip


def canary(*metrics: dict[str, object], **analysis: object) -> Given:
    """Returns a release of Flagger that is measured."""
    return inside("flagger.app/v1beta1:Canary", "ledger", {
        "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "ledger"}, "progressDeadlineSeconds": 600,
        "service": {"port": 443, "targetPort": 8443}, "analysis": {
            "interval": "1m", "threshold": 3, "maxWeight": 50, "stepWeight": 10, "metrics": list(metrics),
            **analysis}}, "payments")  # fmt: skip


def rollout(**analysis: object) -> Given:
    """Returns a release of Argo Rollouts that is measured beside its steps."""
    template = {"metadata": {"labels": {**TAGS, "app": "x"}}, "spec": pod({})}
    return crd("argoproj.io/v1alpha1:Rollout", {
        "replicas": 2, "selector": {"matchLabels": {"app": "x"}}, "template": template, "strategy": {"canary": {
            "steps": [{"setWeight": 20}, {"pause": {"duration": "10m"}}, {"setWeight": 60},
                      {"pause": {"duration": "10m"}}],
            "analysis": {"templates": [{"templateName": "errors"}], **analysis}}}})  # fmt: skip


def snapshots(every: int, **kept: object) -> Given:
    """Returns a policy of snapshots of disks."""
    return aws("dlm/LifecyclePolicy", {
        "description": "Ledger", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm", "state": "ENABLED", "tags": TAGS,
        "policyDetails": {"resourceTypes": ["VOLUME"], "targetTags": {"backup": "ledger"}, "schedules": [{
            "name": "ledger", "copyTags": True, "tagsToAdd": TAGS, "createRule": {
                "interval": every, "intervalUnit": "HOURS"}, "retainRule": dict(kept)}]}}, "snapshots")  # fmt: skip


ATTACKS = (
    Attack("machines without work wait for a year until they are given back", KEPT, (pool(consolidateAfter="8760h"),),
           "major", "a machine is looked at when no pod came or went for so long (kubernetes-sigs/karpenter, "
           "'Disruption', consolidateAfter)"),
    Attack("an autoscaler gives back machines that nobody needed for a year", (*KEPT, "FJ-ESC-124"), release(
        "cluster-autoscaler", "9.52.0", {
            "autoscalingGroups": [{"name": "general", "minSize": 2, "maxSize": 20}], "awsRegion": R,
            "extraArgs": {"expander": "least-waste", "scale-down-unneeded-time": "8760h"}}, "kube-system"),
        "major", "a machine is removed when it was not needed for so long (kubernetes/autoscaler, FAQ, "
        "scale-down-unneeded-time)"),
    Attack("a group of machines only ever grows", KEPT, (
        machines(), scaling("busy", policyType="StepScaling", adjustmentType="ChangeInCapacity", stepAdjustments=[
            {"metricIntervalLowerBound": "0", "scalingAdjustment": 2}])),
        "major", "no policy makes it smaller, so that twenty machines run from the first busy hour on (Amazon EC2 Auto "
        "Scaling, 'Step and simple scaling policies')"),
    Attack("machines of a scale set are added and never removed", KEPT, (
        setting(scale("GreaterThan", 70, "Increase")),),
        "major", "a profile without a rule to decrease keeps what it added (Azure, 'Best practices for Autoscale')"),
    Attack("a release is good with every request failing", MEASURED, (canary(
        {"name": "request-success-rate", "interval": "1m", "thresholdRange": {"min": 0}},
        {"name": "errors", "interval": "1m", "thresholdRange": {"max": 100}, "templateRef": {
            "name": "error-percentage", "namespace": "payments"}}),),
        "major", "each value is in the range, so that nothing goes back to the version before (fluxcd/flagger, "
        "'Metrics Analysis')"),
    Attack("a rollout is measured from its thousandth step on", MEASURED, (rollout(startingStep=1000),),
           "major", "it has four, so that no measurement begins and none stops it (argoproj/argo-rollouts, 'Analysis & "
           "Progressive Delivery', startingStep)"),
    Attack("settings reach everybody before an alarm can ring", MEASURED, (aws("appconfig/DeploymentStrategy", {
        "name": "at-once", "deploymentDurationInMinutes": 0, "growthFactor": 100, "growthType": "LINEAR",
        "finalBakeTimeInMinutes": 0, "replicateTo": "NONE", "tags": TAGS}),),
        "major", "alarms roll back while it is deployed and bakes, which is no time at all (AWS AppConfig, 'Working "
        "with deployment strategies')"),
    Attack("a vault refuses each copy because it would be kept too shortly", RSL, (
        aws("backup/VaultLockConfiguration", {
            "backupVaultName": "central", "minRetentionDays": 365, "maxRetentionDays": 3650, "changeableForDays": 3},
            "lock"),
        aws("backup/Plan", {"name": "daily", "tags": TAGS, "rules": [{
            "ruleName": "daily", "targetVaultName": "central", "schedule": "cron(0 2 * * ? *)",
            "lifecycle": {"deleteAfter": 35}}]}, "daily")),
        "critical", "a job whose copies are kept for less than the vault demands fails, each night (AWS Backup, "
        "PutBackupVaultLockConfiguration, MinRetentionDays)"),
    Attack("one snapshot of the ledger is kept, of the last hour", RSL, (snapshots(1, count=1),),
           "critical", "what was damaged two hours ago cannot be restored (Amazon Data Lifecycle Manager, RetainRule, "
           "Count)"),
    Attack("a group grows to its largest as soon as anything runs", KEPT, (
        machines(), scaling("cpu", policyType="TargetTrackingScaling", targetTrackingConfiguration={
            "predefinedMetricSpecification": {"predefinedMetricType": "ASGAverageCPUUtilization"},
            "targetValue": 1.0})),
        "major", "machines are added until each has one per cent to do (Amazon EC2 Auto Scaling, 'Target tracking "
        "scaling policies')"),
)  # fmt: skip
