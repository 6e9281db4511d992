"""Common idioms of platform teams that look like ways around the guardrails and are none: no rule on them speaks.

Modelled on published examples (read 2026-11-27): AWS Systems Manager and Step Functions guides, EKS Blueprints,
pulumi/examples, the values of the charts' own documentation, and the pages of the projects' API groups.
"""

import base64
import json
from typing import Any

import pytest
from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS

from tests.distribution import ROOT

from .harness import UNKNOWN, Given, Pack

PACK = Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))
LT = "aws:ec2/launchTemplate:LaunchTemplate"
SSM = "aws:ssm/association:Association"
EXTENSION = "azure-native:compute:VirtualMachineExtension"


def found(token: str, props: dict[str, Any]) -> set[str]:
    return {item.text for item in PACK.evaluate_resource(Given(token, props)) if item.rule.startswith("FJ-ESC")}


def user_data(text: str) -> dict[str, Any]:
    return {"userData": base64.b64encode(text.encode()).decode()}


def states(*resources: str) -> dict[str, Any]:
    tasks = {str(number): {"Type": "Task", "Resource": item} for number, item in enumerate(resources)}
    return {"definition": json.dumps({"StartAt": "0", "States": tasks})}


GOOD: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("nodeadm joins a node", LT, user_data("apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec: {}\n")),
    ("bootstrap.sh joins a node", LT, user_data("#!/bin/bash\n/etc/eks/bootstrap.sh c --kubelet-extra-args '--a=b'\n")),
    ("a package is installed", LT, user_data("#!/bin/bash\ndnf install -y amazon-cloudwatch-agent\n")),
    (
        "a binary is downloaded and checked",
        LT,
        user_data("curl -fLo k https://dl.k8s.io/k\necho 'abc  k' | sha256sum -c\nchmod +x k\n"),
    ),
    (
        "instance metadata is read",
        LT,
        user_data(
            "T=$(curl -sX PUT http://169.254.169.254/latest/api/token)\ncurl -s http://169.254.169.254/ | jq .\n"
        ),
    ),
    ("a machine tags itself", LT, user_data("aws ec2 create-tags --resources i-1 --tags Key=a,Value=b\n")),
    ("a machine reads a parameter", LT, user_data("aws ssm get-parameter --name /a --query Parameter.Value\n")),
    ("user data is not known", LT, {"userData": UNKNOWN}),
    ("multi-part user data", LT, user_data("MIME-Version: 1.0\nContent-Type: text/x-shellscript\n\nmount -a\n")),
    (
        "kubectl waits in a hook",
        "kubernetes:batch/v1:Job",
        {
            "spec": {
                "template": {
                    "spec": {"containers": [{"command": ["kubectl", "wait", "--for=condition=ready", "pod/a"]}]}
                }
            }
        },
    ),
    (
        "a CronJob restarts a deployment",
        "kubernetes:batch/v1:CronJob",
        {
            "spec": {
                "jobTemplate": {
                    "spec": {
                        "template": {
                            "spec": {"containers": [{"command": ["kubectl", "rollout", "restart", "deployment/a"]}]}
                        }
                    }
                }
            }
        },
    ),
    (
        "a training command",
        "kubernetes:trainer.kubeflow.org/v1alpha1:TrainJob",
        {"spec": {"trainer": {"command": ["torchrun", "--nproc-per-node=8", "train.py"], "args": ["--apply"]}}},
    ),
    (
        "a model server's arguments",
        "kubernetes:apps/v1:Deployment",
        {
            "spec": {
                "template": {"spec": {"containers": [{"args": ["--model", "/models/a", "--served-model-name", "a"]}]}}
            }
        },
    ),
    (
        "a build of an image",
        "aws:codebuild/project:Project",
        {
            "source": {
                "type": "CODEPIPELINE",
                "buildspec": "phases:\n  build:\n    commands:\n      - docker build -t a .\n",
            }
        },
    ),
    (
        "a build that tests a program",
        "aws:codebuild/project:Project",
        {
            "source": {
                "buildspec": "phases:\n  build:\n    commands:\n      - pulumi preview --diff\n      - terraform plan\n"
            }
        },
    ),
    ("the agent of Systems Manager is updated", SSM, {"name": "AWS-UpdateSSMAgent"}),
    ("machines are patched", SSM, {"name": "AWS-RunPatchBaseline", "parameters": {"Operation": "Scan"}}),
    ("software is inventoried", SSM, {"name": "AWS-GatherSoftwareInventory"}),
    ("the CloudWatch agent is configured", SSM, {"name": "AmazonCloudWatch-ManageAgent"}),
    ("a package of AWS is installed", SSM, {"name": "AWS-ConfigureAWSPackage"}),
    (
        "Session Manager's preferences",
        "aws:ssm/document:Document",
        {"documentType": "Session", "content": '{"schemaVersion": "1.0", "sessionType": "Standard_Stream"}'},
    ),
    (
        "machines are patched in a window",
        "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
        {"taskArn": "AWS-RunPatchBaseline", "taskType": "RUN_COMMAND"},
    ),
    (
        "a window starts a function",
        "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
        {"taskArn": "arn:aws:lambda:me-central-1:123456789012:function:a", "taskType": "LAMBDA"},
    ),
    (
        "AWS Config remediates with a document of AWS",
        "aws:cfg/remediationConfiguration:RemediationConfiguration",
        {"configRuleName": "a", "targetType": "SSM_DOCUMENT", "targetId": "AWS-DisableS3BucketPublicReadWrite"},
    ),
    (
        "a schedule stops machines",
        "aws:scheduler/schedule:Schedule",
        {"target": {"arn": "arn:aws:scheduler:::aws-sdk:ec2:stopInstances"}},
    ),
    (
        "a schedule starts a database",
        "aws:scheduler/schedule:Schedule",
        {"target": {"arn": "arn:aws:scheduler:::aws-sdk:rds:startDBInstance"}},
    ),
    (
        "a state machine writes data",
        "aws:sfn/stateMachine:StateMachine",
        states(
            "arn:aws:states:::dynamodb:putItem",
            "arn:aws:states:::aws-sdk:s3:putObject",
            "arn:aws:states:::sqs:sendMessage",
        ),
    ),
    (
        "a state machine trains and waits",
        "aws:sfn/stateMachine:StateMachine",
        states(
            "arn:aws:states:::batch:submitJob.sync", "arn:aws:states:::lambda:invoke", "arn:aws:states:::sns:publish"
        ),
    ),
    (
        "a state machine makes a snapshot",
        "aws:sfn/stateMachine:StateMachine",
        states("arn:aws:states:::aws-sdk:rds:createDBSnapshot", "arn:aws:states:::aws-sdk:ec2:createSnapshot"),
    ),
    (
        "Azure Policy requires a tag",
        "azure-native:authorization:PolicyDefinition",
        {"policyRule": {"if": {"field": "tags['owner']", "exists": "false"}, "then": {"effect": "deny"}}},
    ),
    (
        "Azure Policy adds a tag",
        "azure-native:authorization:PolicyDefinition",
        {
            "policyRule": {
                "if": {"field": "type", "equals": "a"},
                "then": {
                    "effect": "modify",
                    "details": {
                        "roleDefinitionIds": ["a"],
                        "operations": [{"operation": "add", "field": "tags['a']", "value": "b"}],
                    },
                },
            }
        },
    ),
    (
        "Azure Policy audits what is missing",
        "azure-native:authorization:PolicyDefinition",
        {
            "policyRule": {
                "then": {"effect": "auditIfNotExists", "details": {"type": "Microsoft.Insights/diagnosticSettings"}}
            }
        },
    ),
    (
        "the agent of Azure Monitor",
        EXTENSION,
        {"publisher": "Microsoft.Azure.Monitor", "type": "AzureMonitorLinuxAgent"},
    ),
    ("NVIDIA's driver", EXTENSION, {"publisher": "Microsoft.HpcCompute", "type": "NvidiaGpuDriverLinux"}),
    ("login with Entra ID", EXTENSION, {"publisher": "Microsoft.Azure.ActiveDirectory", "type": "AADSSHLoginForLinux"}),
    (
        "a Logic App stops machines",
        "azure-native:logic:Workflow",
        {
            "definition": {
                "actions": {
                    "a": {
                        "inputs": {"method": "POST", "uri": "https://management.azure.com/subscriptions/s/a/deallocate"}
                    }
                }
            }
        },
    ),
    (
        "a registry deletes old images",
        "azure-native:containerregistry:Task",
        {
            "step": {
                "type": "EncodedTask",
                "encodedTaskContent": base64.b64encode(b"steps:\n- cmd: acr purge --filter 'a:.*' --ago 7d\n").decode(),
            }
        },
    ),
    (
        "an event calls a function",
        "aws:cloudwatch/eventTarget:EventTarget",
        {"rule": "r", "arn": "arn:aws:lambda:me-central-1:123456789012:function:a"},
    ),
    (
        "an event updates agents",
        "aws:cloudwatch/eventTarget:EventTarget",
        {"rule": "r", "arn": "arn:aws:ssm:me-central-1::automation-definition/AWS-UpdateSSMAgent"},
    ),
    ("an event fills a queue", "aws:cloudwatch/eventTarget:EventTarget", {"rule": "r", "arn": UNKNOWN}),
    (
        "a pipeline builds and deploys to ECS",
        "aws:codepipeline/pipeline:Pipeline",
        {"stages": [{"actions": [{"provider": "CodeBuild"}]}, {"actions": [{"provider": "ECS"}]}]},
    ),
    ("an incident without automation", "aws:ssmincidents/responsePlan:ResponsePlan", {"name": "a"}),
    ("cloud-init installs packages", LT, user_data("#cloud-config\npackages: [nvme-cli]\nruncmd:\n  - [mount, -a]\n")),
    (
        "a checked script is run",
        LT,
        user_data("curl -fo a.sh https://a/a.sh\necho 'abc  a.sh' | sha256sum -c && sh a.sh\n"),
    ),
    (
        "a script of the image is run",
        LT,
        user_data("#!/bin/bash\nbash /opt/falaj/start.sh\ncurl -s http://localhost/x\n"),
    ),
    (
        "a driver is installed as a package",
        LT,
        user_data("wget https://a/nvidia.rpm\nrpm -K nvidia.rpm && dnf install -y ./nvidia.rpm\n"),
    ),
    (
        "comments name commands that deploy",
        LT,
        user_data("#!/bin/bash\n# the operator runs: terraform apply\n  # curl https://a | sh\nmount -a\n"),
    ),
    ("words of two lines", LT, user_data("#!/usr/bin/env python3\nimport pulumi\nimport os\n")),
)


@pytest.mark.parametrize(("token", "props"), [item[1:] for item in GOOD], ids=[item[0] for item in GOOD])
def test_a_common_idiom_passes(token: str, props: dict[str, Any]) -> None:
    assert found(token, props) == set()
