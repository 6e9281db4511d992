"""Places abroad in texts: JSON, YAML, environment variables and scripts of AWS.

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

ROLE = f"arn:aws:iam::{OWN}:role/it"
REQUIRED: dict[str, dict[str, object]] = {
    "sfn/stateMachine:StateMachine": {"roleArn": ROLE},
    "cloudwatch/logAccountPolicy:LogAccountPolicy": {"policyName": "all", "policyType": "SUBSCRIPTION_FILTER_POLICY"},
    "batch/jobDefinition:JobDefinition": {"type": "container"},
    "eks/addon:Addon": {"addonName": "adot", "clusterName": "ai"},
    "controltower/landingZone:LandingZone": {"version": "3.3"},
    "mskconnect/connector:Connector": {
        "capacity": {"provisionedCapacity": {"workerCount": 1}}, "kafkaconnectVersion": "2.7.1", "plugins": [],
        "kafkaCluster": {"apacheKafkaCluster": {
            "bootstrapServers": "b:9094", "vpc": {"securityGroups": [], "subnets": []}}},
        "kafkaClusterClientAuthentication": {}, "kafkaClusterEncryptionInTransit": {}, "serviceExecutionRoleArn": ROLE},
    "lambda/function:Function": {"role": ROLE},
    "glue/job:Job": {"command": {"scriptLocation": "s3://code/job.py"}, "roleArn": ROLE},
    "codebuild/project:Project": {
        "artifacts": {"type": "NO_ARTIFACTS"}, "serviceRole": ROLE,
        "environment": {"computeType": "BUILD_GENERAL1_SMALL", "image": "x", "type": "LINUX_CONTAINER"}},
    "imagebuilder/component:Component": {"platform": "Linux", "version": "1.0.0"},
    "iot/topicRule:TopicRule": {"enabled": True, "sql": "SELECT * FROM 'a'", "sqlVersion": "2016-03-23"},
    "ssm/parameter:Parameter": {"type": "String"},
    "appconfig/hostedConfigurationVersion:HostedConfigurationVersion": {
        "applicationId": "a", "configurationProfileId": "b", "contentType": "text/plain"},
    "elasticbeanstalk/environment:Environment": {"application": "a"},
}  # fmt: skip
"""What a type requires besides."""
UNTAGGED = ("cloudwatch/logAccountPolicy:LogAccountPolicy",
            "appconfig/hostedConfigurationVersion:HostedConfigurationVersion")  # fmt: skip


def aws(kind: str, rule: str, attack: str, /, **props: object) -> Attack:
    """An AWS resource that only the rule `FJ-RES-{rule}` must refuse."""
    tags = {} if kind in UNTAGGED else {"tags": TAGS}
    given = Given(f"aws:{kind}", {**REQUIRED.get(kind, {}), **props, **tags})
    return Attack(attack, (f"FJ-RES-{rule}",), (given,))


def encoded(data: bytes) -> str:
    """The data as base64."""
    return base64.b64encode(data).decode()


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
        userData=encoded(f"#!/bin/bash\naws s3 cp /data s3://x --recursive --region {ABROAD}\n".encode())),
    aws("ec2/launchTemplate:LaunchTemplate", "103", "user data in gzip copies files abroad",
        userData=encoded(gzip.compress(f"#!/bin/bash\nexport AWS_DEFAULT_REGION={ABROAD}\n".encode()))),
    aws("ssm/document:Document", "103", "a document runs a command abroad", documentType="Command", content=json.dumps(
        {"mainSteps": [{"inputs": {"runCommand": [f"aws dynamodb scan --table-name t --region={ABROAD}"]}}]})),
    aws("glue/job:Job", "103", "a Glue job has an argument abroad",
        defaultArguments={"--target_region": ABROAD}),
    aws("codebuild/project:Project", "103", "a build specification copies abroad", source={
        "type": "NO_SOURCE",
        "buildspec": f"phases:\n  build:\n    commands:\n    - aws s3 sync . s3://x --region {ABROAD}\n"}),
    aws("imagebuilder/component:Component", "103", "an image component configures a region abroad",
        data=f"phases:\n- steps:\n  - inputs:\n      commands: ['aws configure set region {ABROAD}']\n"),
    aws("iot/topicRule:TopicRule", "104", "a rule writes into a stream abroad",
        kineses=[{"roleArn": ROLE, "streamName": f"arn:aws:kinesis:{ABROAD}:{OWN}:stream/x"}]),
    aws("ssm/parameter:Parameter", "103", "a parameter holds settings with a zone abroad",
        name="/app", value='{"placement": {"zone": "us-east-1b"}}'),
    aws("appconfig/hostedConfigurationVersion:HostedConfigurationVersion", "103", "an application's settings in TOML",
        content=f'[store]\nbackend = "s3"\nregions = ["me-central-1", "{ABROAD}"]\n'),
    aws("elasticbeanstalk/environment:Environment", "103", "a setting of Beanstalk",
        settings=[{"namespace": "aws:elasticbeanstalk:application:environment", "name": "S3_REGION", "value": ABROAD}]),
)  # fmt: skip
