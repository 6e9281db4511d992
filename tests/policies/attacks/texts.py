"""Places abroad in texts: JSON, YAML, environment variables and values of charts.

All were silent on 92e0a0ba, except addresses of AWS and ARNs that are a whole property.
"""

import base64
import gzip
import json

from tests.samples import COST_TAGS as TAGS

from ..harness import Given
from . import Attack

ABROAD = "eu-west-1"
OWN = "123456789012"
CLUSTER = {"kubeconfig": json.dumps({"clusters": [{"cluster": {"server": "https://1A.gr7.me-central-1.eks.amazonaws.com"}}]})}
META = {"name": "it", "namespace": "team"}
CHART = {"chart": "keda", "version": "2.19.0", "repositoryOpts": {"repo": "https://kedacore.github.io/charts"}}


def aws(kind: str, rule: str, attack: str, /, **props: object) -> Attack:
    """An AWS resource that only the rule `FJ-RES-{rule}` must refuse."""
    return Attack(attack, (f"FJ-RES-{rule}",), (Given(f"aws:{kind}", {**props, "tags": TAGS}),))


def kubernetes(kind: str, attack: str, /, **props: object) -> Attack:
    """A Kubernetes object, in a cluster in the UAE."""
    return Attack(attack, ("FJ-RES-302",), (Given(f"kubernetes:{kind}", {"metadata": META, **props}, provider=CLUSTER),))


def config(name: str, text: str) -> Attack:
    """A ConfigMap with one text."""
    return kubernetes("core/v1:ConfigMap", name, data={"settings": text})


def pod(attack: str, /, **container: object) -> Attack:
    """A pod of one container."""
    return kubernetes("core/v1:Pod", attack, spec={"containers": [{"name": "app", "image": "app:1", **container}]})


def chart(name: str, values: object) -> Attack:
    """A chart of a listed source with values."""
    given = Given("kubernetes:helm.sh/v3:Release", {**CHART, "values": values}, provider=CLUSTER)
    return Attack(name, ("FJ-RES-302",), (given,))


def encoded(text: str) -> str:
    """The text as base64."""
    return base64.b64encode(text.encode()).decode()


_JOB = "batch/jobDefinition:JobDefinition"
_FUNCTION = "lambda/function:Function"
ATTACKS: tuple[Attack, ...] = (
    aws("sfn/stateMachine:StateMachine", "104", "a state machine calls a function abroad",
        definition=json.dumps({"States": {"A": {"Resource": f"arn:aws:lambda:{ABROAD}:{OWN}:function:x"}}})),
    aws("cloudwatch/logAccountPolicy:LogAccountPolicy", "104", "logs of the account are sent abroad",
        policyDocument=json.dumps({"DestinationArn": f"arn:aws:logs:{ABROAD}:{OWN}:destination:x"})),
    aws(_JOB, "103", "a Batch job has the region of its environment abroad", containerProperties=json.dumps(
        {"environment": [{"name": "AWS_REGION", "value": ABROAD}]})),
    aws(_JOB, "103", "a Batch job logs abroad", containerProperties=json.dumps(
        {"logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-region": ABROAD}}})),
    aws(_JOB, "103", "a region in upper case in JSON in JSON", containerProperties=json.dumps(
        {"command": ["--config", json.dumps({"region": ABROAD.upper()})]})),
    aws("eks/addon:Addon", "103", "an add-on has a region abroad",
        configurationValues=json.dumps({"region": ABROAD})),
    aws("eks/addon:Addon", "103", "an add-on has a region abroad in YAML",
        configurationValues=f"controller:\n  env:\n  - name: AWS_REGION\n    value: {ABROAD}\n"),
    aws("controltower/landingZone:LandingZone", "103", "a landing zone governs regions abroad",
        manifestJson=json.dumps({"governedRegions": ["me-central-1", ABROAD]})),
    aws("ssmincidents/replicationSet:ReplicationSet", "103", "incidents are replicated abroad",
        regions=[{"name": "me-central-1"}, {"name": ABROAD}]),
    aws("mskconnect/connector:Connector", "103", "a connector writes to a bucket abroad",
        connectorConfiguration={"s3.region": ABROAD}),
    aws(_FUNCTION, "103", "a function reads its region from a variable",
        environment={"variables": {"TARGET": ABROAD}}),
    aws(_FUNCTION, "104", "a function calls a queue abroad",
        environment={"variables": {"QUEUE": f"https://sqs.{ABROAD}.amazonaws.com/{OWN}/q"}}),
    aws("ec2/launchTemplate:LaunchTemplate", "103", "user data copies files abroad",
        userData=encoded(f"#!/bin/bash\naws s3 cp /data s3://x --recursive --region {ABROAD}\n")),
    aws("ec2/launchTemplate:LaunchTemplate", "103", "user data in gzip copies files abroad",
        userData=base64.b64encode(gzip.compress(f"#!/bin/bash\nexport AWS_DEFAULT_REGION={ABROAD}\n".encode())).decode()),
    aws("ssm/document:Document", "103", "a document runs a command abroad", documentType="Command", content=json.dumps(
        {"mainSteps": [{"inputs": {"runCommand": [f"aws dynamodb scan --table-name t --region={ABROAD}"]}}]})),
    aws("glue/job:Job", "103", "a Glue job has an argument abroad",
        defaultArguments={"--target_region": ABROAD}),
    aws("codebuild/project:Project", "103", "a build specification copies abroad", source={"buildspec": (
        f"version: 0.2\nphases:\n  build:\n    commands:\n    - aws s3 sync . s3://x --region {ABROAD}\n")}),
    aws("imagebuilder/component:Component", "103", "an image component configures a region abroad",
        data=f"phases:\n- steps:\n  - inputs:\n      commands: ['aws configure set region {ABROAD}']\n"),
    aws("iot/topicRule:TopicRule", "104", "a rule writes into a stream abroad",
        kinesis={"roleArn": f"arn:aws:iam::{OWN}:role/x", "streamName": f"arn:aws:kinesis:{ABROAD}:{OWN}:stream/x"}),
    aws("ssm/parameter:Parameter", "103", "a parameter holds settings with a zone abroad",
        name="/app", value='{"placement": {"zone": "us-east-1b"}}'),
    aws("appconfig/hostedConfigurationVersion:HostedConfigurationVersion", "103", "an application's settings in TOML",
        content=f'[store]\nbackend = "s3"\nregions = ["me-central-1", "{ABROAD}"]\n'),
    aws("elasticbeanstalk/environment:Environment", "103", "a setting of Beanstalk",
        settings=[{"namespace": "aws:elasticbeanstalk:application:environment", "name": "S3_REGION", "value": ABROAD}]),
    kubernetes("velero.io/v1:BackupStorageLocation", "backups of Velero are stored abroad",
               spec={"provider": "aws", "objectStorage": {"bucket": "b"}, "config": {"region": ABROAD}}),
    kubernetes("external-secrets.io/v1:SecretStore", "secrets come from a store abroad",
               spec={"provider": {"aws": {"service": "SecretsManager", "region": ABROAD}}}),
    kubernetes("keda.sh/v1alpha1:ScaledObject", "KEDA reads a queue abroad",
               spec={"triggers": [{"type": "aws-sqs-queue", "metadata": {"awsRegion": ABROAD}}]}),
    kubernetes("core/v1:Secret", "a secret holds credentials for a region abroad",
               data={"credentials": encoded(f"[default]\nregion = {ABROAD}\n")}),
    kubernetes("core/v1:Secret", "a secret holds a bucket's settings in YAML",
               stringData={"objstore.yml": f"type: S3\nconfig:\n  endpoint: s3.{ABROAD}.amazonaws.com\n"}),
    kubernetes("core/v1:ServiceAccount", "a token is exchanged abroad",
               metadata={**META, "annotations": {"example.ae/sts": f"https://sts.{ABROAD}.amazonaws.com"}}),
    kubernetes("core/v1:PersistentVolume", "a volume lies in a zone abroad by its ID",
               spec={"csi": {"volumeAttributes": {"zoneId": "euw1-az1"}}}),
    kubernetes("core/v1:PersistentVolume", "a volume of Google Cloud lies abroad",
               spec={"csi": {"volumeAttributes": {"location": "europe-west4"}}}),
    pod("a pod has a region abroad", env=[{"name": "AWS_REGION", "value": ABROAD}]),
    pod("a pod's argument names a region abroad", args=["--storage", f"--s3-region={ABROAD}"]),
    pod("a pod's script names a region abroad", command=["sh", "-c", f"aws s3 sync /data s3://x --region '{ABROAD}'"]),
    pod("a pod has a location of Azure abroad", env=[{"name": "AZURE_LOCATION", "value": "West Europe"}]),
    pod("a pod has a location of an on-premises cloud abroad", env=[{"name": "OCI_REGION", "value": "eu-frankfurt-1"}]),
    config("settings in YAML name a region abroad", f"s3:\n  region: {ABROAD}\n"),
    config("settings in YAML name it with an escape", 's3:\n  region: "\\x65u-west-1"\n'),
    config("settings in YAML name it through an alias", f"x: &r {ABROAD}\ns3:\n  place: *r\n"),
    config("settings in YAML list it", f"targets:\n- me-central-1\n- {ABROAD}\n"),
    config("settings in properties name it", f"# store\ns3.region={ABROAD}\ns3.bucket=b\n"),
    config("settings in XML name it", f"<store><region>{ABROAD}</region></store>"),
    config("settings of Azure name it", "<location>westeurope</location>"),
    config("settings have an address of Azure abroad", "endpoint = https://westeurope.api.cognitive.microsoft.com/\n"),
    config("settings have an address of another vendor abroad", "endpoint=https://s3.eu-central-1.wasabisys.com\n"),
    config("JSON in YAML in a ConfigMap", f"job: |\n  {{\"cfg\": \"{{\\\"region\\\": \\\"{ABROAD}\\\"}}\"}}\n"),
    chart("values of a chart name a region abroad", {"config": {"region": ABROAD}}),
    chart("values of a chart hold YAML with an address abroad",
          {"config": "storage:\n  endpoint: https://s3.eu-central-1.wasabisys.com\n"}),
    chart("values of a chart hold variables", {"extraEnv": [{"name": "AWS_DEFAULT_REGION", "value": ABROAD}]}),
    chart("values of a chart hold a local zone abroad", {"zones": ["me-central-1a", "us-west-2-lax-1a"]}),
)  # fmt: skip
