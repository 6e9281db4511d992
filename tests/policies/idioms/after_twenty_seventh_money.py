"""Good programs next to the twenty-seventh set's attacks on money, copies and measurements (2026-12-02)."""

from ..attacks.after_twenty_seventh_money import COPY, autoscaler, by_use, lock, plan, service, steps
from ..attacks.twenty_seventh_money import canary, machines, pool, rollout, scale, scaling, setting
from ..blind import TAGS, aws
from ..harness import Given
from . import Idiom, unpriced
from .aws_platform import BUDGET
from .fourth_kubernetes import AZURE_BUDGET

AWS_DOCS, LEARN = "docs.aws.amazon.com", "learn.microsoft.com/azure"
MACHINES = unpriced("aws:autoscaling/group:Group::machines")
CPU = {"type": "Utilization", "averageUtilization": 60}
SCALE_IN = {"policyType": "StepScaling", "adjustmentType": "ChangeInCapacity", "stepAdjustments": [
    {"metricIntervalUpperBound": "0", "scalingAdjustment": -1}]}  # fmt: skip
CALLS = {"interval": "1m", "templateRef": {"name": "error-percentage", "namespace": "payments"}}


def busy() -> Given:
    """Returns a policy that adds machines."""
    return scaling("busy", policyType="StepScaling", adjustmentType="ChangeInCapacity", stepAdjustments=[
        {"metricIntervalLowerBound": "0", "scalingAdjustment": 2}])  # fmt: skip


def strategy(minutes: int) -> Given:
    """Returns how settings reach a service at once, and for how long alarms are heard after that."""
    return aws("appconfig/DeploymentStrategy", {
        "name": "at-once", "deploymentDurationInMinutes": 0, "growthFactor": 100, "growthType": "LINEAR",
        "finalBakeTimeInMinutes": minutes, "replicateTo": "NONE", "tags": TAGS})  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("machines without work wait for an hour and a half", (pool(consolidateAfter="1h30m"),),
          "karpenter.sh/docs/concepts/disruption", unpriced("kubernetes:karpenter.sh/v1:NodePool::services")),
    Idiom("an autoscaler waits for an hour before it removes machines", autoscaler(**{
        "scale-down-unneeded-time": "1h", "scale-down-delay-after-add": "20m", "scale-down-utilization-threshold":
        "0.5"}), "github.com/kubernetes/autoscaler, cluster-autoscaler/FAQ.md"),
    Idiom("a group of machines grows and shrinks by steps", (BUDGET, machines(), busy(), scaling("quiet", **SCALE_IN)),
          f"{AWS_DOCS}/autoscaling/ec2/userguide/as-scaling-simple-step.html", MACHINES),
    Idiom("a group of machines grows by steps beside its target", (BUDGET, machines(), busy(), scaling(
        "cpu", policyType="TargetTrackingScaling", targetTrackingConfiguration={
            "predefinedMetricSpecification": {"predefinedMetricType": "ASGAverageCPUUtilization"},
            "targetValue": 50.0})), f"{AWS_DOCS}/autoscaling/ec2/userguide/as-scaling-target-tracking.html", MACHINES),
    Idiom("a service grows and shrinks by steps", (service("busy", **steps(1, 2)), service("quiet", **steps(-1))),
          f"{AWS_DOCS}/autoscaling/application/userguide/application-auto-scaling-step-scaling-policies.html"),
    Idiom("a scale set grows by day and shrinks by load", (AZURE_BUDGET, setting(
        scale("GreaterThan", 70, "Increase"), scale("LessThan", 25, "Decrease"))),
        f"{LEARN}/azure-monitor/autoscale/autoscale-best-practices"),
    Idiom("pods are added at sixty per cent", (by_use("autoscaling/v2:HorizontalPodAutoscaler", "claims", metrics=[{
        "type": "Resource", "resource": {"name": "cpu", "target": CPU}}]),),
        "kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale"),
    Idiom("a release goes back at one error in a hundred, or when it is slow", (canary(
        {"name": "request-success-rate", "interval": "1m", "thresholdRange": {"min": 99}},
        {"name": "request-duration", "interval": "30s", "thresholdRange": {"max": 500}},
        {"name": "errors", "thresholdRange": {"max": 1}, **CALLS}),), "docs.flagger.app/usage/metrics",
        unpriced("kubernetes:flagger.app/v1:Canary::ledger")),
    Idiom("a rollout is measured from its second step on", (rollout(startingStep=2),),
          "argo-rollouts.readthedocs.io/en/stable/features/analysis"),
    Idiom("settings reach everybody at once, and alarms are heard for ten minutes", (strategy(10),),
          f"{AWS_DOCS}/appconfig/latest/userguide/appconfig-creating-deployment-strategy.html"),
    Idiom("copies are kept for longer than two vaults demand", (plan(35, copyActions=[{
        **COPY, "lifecycle": {"deleteAfter": 90}}]), lock(7, 365)),
        f"{AWS_DOCS}/aws-backup/latest/devguide/vault-lock.html"),
)  # fmt: skip
