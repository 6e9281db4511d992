"""Attacks by what a target of events is told to run in the place of what was reviewed (2026-11-30, not blind).

botocore 1.44.8: codebuild StartBuildInput, ecs TaskOverride, events Target and pipes PipeTargetEcsTaskParameters;
properties by pulumi-aws 7.51.1.
"""

import json

from ..blind import KEY, ME, TAGS, aws
from ..harness import Given
from . import Attack

ESC = ("FJ-ESC-102",)
BUILD, TASKS = f"arn:aws:codebuild:me-central-1:{ME}:project/app", f"arn:aws:ecs:me-central-1:{ME}:cluster/work"
ROLE, ADMIN = f"arn:aws:iam::{ME}:role/events", f"arn:aws:iam::{ME}:role/administrator"
TASK = f"arn:aws:ecs:me-central-1:{ME}:task-definition/report:3"


def _target(arn: str, **more: object) -> tuple[Given, ...]:
    return (aws("cloudwatch/EventTarget", {"rule": "nightly", "arn": arn, "roleArn": ROLE, **more}),)


def _task(sent: object) -> tuple[Given, ...]:
    network = {"subnets": ["subnet-0a1b2c3d"]}
    started = {"taskDefinitionArn": TASK, "launchType": "FARGATE", "networkConfiguration": network}
    return _target(TASKS, input=json.dumps(sent), ecsTarget=started)


ATTACKS = (
    Attack("an event builds by a file that nobody reviewed", ESC, _target(BUILD, input=json.dumps(
        {"buildspecOverride": "version: 0.2\nphases: {build: {commands: ['cat /root/.aws/credentials']}}"})),
        "critical", "commands of whoever writes the target run with the role of the build"),
    Attack("an event builds in an image of nobody knows whom, with another role", ESC, _target(BUILD, inputTransformer={
        "inputPaths": {"id": "$.id"},
        "inputTemplate": f'{{"imageOverride": "tools", "serviceRoleOverride": "{ADMIN}", "token": <id>}}'}),
        "critical", "the build has the rights of an administrator"),
    Attack("an event builds the bank's app from other sources", ESC, _target(BUILD, input=json.dumps(
        {"secondarySourcesOverride": [{"type": "S3", "location": "bucket/app.zip"}]})),
        "critical", "what is deployed is not what was reviewed"),
    Attack("an event starts a task with the role of an administrator", ESC, _task({"taskRoleArn": ADMIN}),
        "critical", "the rights of the definition of the task were reviewed, and these are others"),
    Attack("a pipe starts tasks with the role of an administrator", ESC, (aws("pipes/Pipe", {
        "name": "work", "source": f"arn:aws:sqs:me-central-1:{ME}:work", "target": TASKS, "roleArn": ROLE,
        "kmsKeyIdentifier": KEY, "tags": TAGS, "targetParameters": {"ecsTaskParameters": {
            "taskDefinitionArn": TASK, "launchType": "FARGATE", "overrides": {"taskRoleArn": ADMIN}}}}),),
        "critical", "the rights of the definition of the task were reviewed, and these are others"),
)  # fmt: skip
