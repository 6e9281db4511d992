"""Good idioms near the mends after the twenty-second set: variables, pipelines, schedules, categories (2026-12-01)."""

from dataclasses import replace

from ..attacks.after_twenty_second_xmon import scaled
from ..attacks.twenty_second_money_b import PIPELINE as PIPELINE_OF_OTHERS
from ..attacks.twenty_second_money_b import SOURCE, UNLESS_TOLD, build, phases, stage
from ..blind import TAGS, aws, k8s, meta, pod, workload
from ..harness import Given
from . import Idiom
from .after_eighteenth_mclu import BUDGET as EVICTIONS

AWS_DOCS, KUBERNETES = "docs.aws.amazon.com", "kubernetes.io/docs"
HOST = [{"name": "SERVICE", "value": "models"}, {"name": "ZONE", "value": "dc1.example.ae"}]
ECS = "service/apps/scoring"
READS_BUILD = {"condition": {"result": "SKIP", "rules": [{
    "name": "changed", "ruleTypeId": {"category": "Rule", "owner": "AWS", "provider": "VariableCheck", "version": "1"},
    "configuration": {"Variable": "#{Plan.CHANGED}", "Value": "yes", "Operator": "EQ"}}]}}  # fmt: skip
PLAN = stage("Plan", "plan")
PLAN["actions"][0]["namespace"] = "Plan"  # type: ignore[index]
DEPLOY = {"name": "Deploy", "beforeEntry": UNLESS_TOLD, "actions": [{
    "name": "Deploy", "category": "Deploy", "owner": "AWS", "provider": "ECS", "version": "1",
    "inputArtifacts": ["source"], "configuration": {"ClusterName": "apps", "ServiceName": "scoring"}}]}  # fmt: skip
SCAN = """\
version: 0.2
phases:
  pre_build:
    on-failure: ABORT
    commands:
      - pulumi preview --stack prod-uae --policy-pack guardrails || { echo refused; exit 1; }
  build:
    on-failure: CONTINUE
    commands:
      - trivy image --severity HIGH registry.dc1.example.ae/apps/scoring || true
  post_build:
    commands:
      - cosign verify --key /keys/bank.pub registry.dc1.example.ae/apps/scoring || exit 1
      - rm -rf /tmp/cache || true
"""


def _running(name: str, container: dict[str, object]) -> Idiom:
    return Idiom(name, (workload("apps/v1:Deployment", container), EVICTIONS), f"{KUBERNETES}, 'Define Dependent "
                 "Environment Variables'", {"residency": {"known": {
                     "dc1.example.ae": "our own domain, in our data centre in Abu Dhabi"}}})  # fmt: skip


def _pipeline(*stages: object) -> Given:
    return aws("codepipeline/Pipeline", {**PIPELINE_OF_OTHERS, "stages": [SOURCE, *stages]})


def _scheduled(schedule: str, container: dict[str, object], **spec: object) -> Given:
    return k8s("batch/v1:CronJob", {"metadata": meta("poll"), "spec": {
        "schedule": schedule, **spec, "jobTemplate": {"spec": {"template": {
            "metadata": {"labels": TAGS}, "spec": {**pod(container), "restartPolicy": "Never"}}}}}})  # fmt: skip


def _category(*rules: dict[str, object]) -> Given:
    return aws("costexplorer/CostCategory", {
        "name": "unit", "ruleVersion": "CostCategoryExpression.v1", "defaultValue": "other", "tags": TAGS,
        "rules": list(rules)})  # fmt: skip


def _by(value: str, key: str, *values: str) -> dict[str, object]:
    return {"value": value, "rule": {"dimension": {"key": key, "values": list(values), "matchOptions": ["EQUALS"]}}}


def _unit(value: str) -> dict[str, object]:
    return {"value": value, "rule": {"tags": {"key": "business-unit", "values": [value], "matchOptions": ["EQUALS"]}}}


IDIOMS: tuple[Idiom, ...] = (
    _running("a pod puts together the address of a service of its own", {
        "env": [*HOST, {"name": "MODEL_URL", "value": "https://$(SERVICE).$(ZONE)/v1"}]}),
    _running("a pod puts together the address of its database in the cluster", {
        "args": ["--db=postgresql://$(DB_HOST):5432/$(DB_NAME)?sslmode=verify-full"], "env": [
            {"name": "DB_HOST", "value": "orders-rw.team-a.svc"}, {"name": "DB_NAME", "value": "orders"}]}),
    _running("a pod listens at its own address and escapes what is for its program", {
        "args": ["--listen=$(POD_IP):8443", "--name=$$(HOSTNAME)", "--level=$LEVEL"], "env": [
            {"name": "POD_IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
            {"name": "LEVEL", "value": "info"}]}),
    Idiom("a build scans for holes and goes on, and stops where a signature is wrong", (aws("codebuild/Project", {
        **phases().props, "source": {"type": "CODEPIPELINE", "buildspec": SCAN}}),),
        f"{AWS_DOCS}/codebuild/latest/userguide/build-spec-ref.html"),
    Idiom("a build evaluates the guardrails by a variable", (build(environmentVariables=[
        {"name": "PULUMI_OPTION_POLICY_PACK", "value": "guardrails"},
        {"name": "PULUMI_OPTION_NON_INTERACTIVE", "value": "true"},
        {"name": "PULUMI_OPTION_SKIP_PREVIEW", "value": "false"}, {"name": "SKIP", "value": "ruff"}]),),
        "a post on PULUMI_OPTION_, read 2026-12-01"),
    Idiom("a stage that deploys is skipped unless the branch says so", (_pipeline(PLAN, DEPLOY, stage(
        "Measure", "measure")),), f"{AWS_DOCS}/codepipeline/latest/userguide/stage-conditions.html"),
    Idiom("a stage is skipped if the plan changes nothing", (_pipeline(PLAN, {
        **stage("Load tests", "load"), "beforeEntry": READS_BUILD}, stage("Deploy", "deploy")),),
        f"{AWS_DOCS}/codepipeline/latest/userguide/stage-conditions.html"),
    Idiom("a run fails unless the message of its commit has a ticket", (_pipeline({
        **stage("Guardrails", "guardrails"), "beforeEntry": {"condition": {
            **UNLESS_TOLD["condition"], "result": "FAIL"}}}, stage("Deploy", "deploy")),),
        f"{AWS_DOCS}/codepipeline/latest/userguide/stage-conditions.html"),
    Idiom("a service of containers grows to two hundred tasks", scaled(
        "Target", "ecs", minCapacity=4, maxCapacity=200, tags=TAGS), f"{AWS_DOCS}/autoscaling/application"),
    Idiom("fifty environments of a function wait in the working hours", scaled(
        "Target", "lambda", minCapacity=0, maxCapacity=50, tags=TAGS), f"{AWS_DOCS}/autoscaling/application"),
    Idiom("each minute a short job asks a service", (_scheduled(
        "* * * * *", {"command": ["sh", "-c", "curl -fsS https://orders.team-a.svc/poll; sleep 20"]}),),
        f"{KUBERNETES}/concepts/workloads/controllers/cron-jobs"),
    Idiom("a job waits for what comes and ends at a limit", (_scheduled(
        "0 * * * *", {"command": ["timeout", "3000", "tail", "-f", "/data/in"]}),),
        f"{KUBERNETES}/concepts/workloads/controllers/cron-jobs"),
    Idiom("one run at a time asks again until there is an answer", (_scheduled("*/5 * * * *", {
        "command": ["sh", "-c", "while true; do /app/ask && exit 0; sleep 5; done"]}, concurrencyPolicy="Forbid"),
        replace(_scheduled("0 1 * * *", {"command": ["sh", "-c", "while true; do /app/ask; sleep 5; done"]},
                           concurrencyPolicy="Replace"), name="replaced")),
        f"{KUBERNETES}/concepts/workloads/controllers/cron-jobs"),
    Idiom("a category tells regions apart", (_category(
        _by("emirates", "REGION", "me-central-1"), _by("elsewhere", "REGION", "eu-west-1", "us-east-1")),),
        f"{AWS_DOCS}/aws-cost-management/latest/APIReference/API_CostCategoryRule.html"),
    Idiom("a category tells units apart and gives the rest to the platform", (_category(
        _unit("cards"), _unit("treasury"), _by("platform", "REGION", "me-central-1")),),
        f"{AWS_DOCS}/aws-cost-management/latest/APIReference/API_CostCategoryRule.html"),
    Idiom("taxes and support have values of their own before those of units", (_category(
        _by("tax", "RECORD_TYPE", "Tax"), _by("support", "SERVICE_CODE", "AWSSupportEnterprise"), _unit("cards")),),
        f"{AWS_DOCS}/aws-cost-management/latest/APIReference/API_CostCategoryRule.html"),
)  # fmt: skip
