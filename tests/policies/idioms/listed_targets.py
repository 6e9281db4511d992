"""Good idioms of targets of events, close to those that replace what was reviewed (2026-11-30).

Shapes of terraform-aws-modules/terraform-aws-eventbridge examples (ECS, with input) and Amazon EventBridge User Guide,
"Input transformation", as known; properties by pulumi-aws 7.51.1.
"""

import json

from ..blind import ME, aws
from . import Idiom

ROLE = f"arn:aws:iam::{ME}:role/events"
IDIOMS: tuple[Idiom, ...] = (
    Idiom("a report is made each night by a command of its own, on a task that was reviewed", (
        aws("cloudwatch/EventTarget", {
            "rule": "nightly", "arn": f"arn:aws:ecs:me-central-1:{ME}:cluster/work", "roleArn": ROLE,
            "input": json.dumps({"containerOverrides": [{
                "name": "app", "command": ["report", "--day=yesterday"],
                "environment": [{"name": "LOG_LEVEL", "value": "info"}]}], "cpu": "512"}),
            "ecsTarget": {"taskDefinitionArn": f"arn:aws:ecs:me-central-1:{ME}:task-definition/report:3",
                          "launchType": "FARGATE", "taskCount": 1, "propagateTags": "TASK_DEFINITION",
                          "networkConfiguration": {
                              "subnets": ["subnet-0a1b2c3d"], "securityGroups": ["sg-0a1b2c3d"],
                              "assignPublicIp": False}}}),),
        "terraform-aws-modules/terraform-aws-eventbridge examples/with-ecs-scheduling, as known"),
    Idiom("an image is built anew as soon as its base is, with the number of the event", (
        aws("cloudwatch/EventTarget", {
            "rule": "base-image", "arn": f"arn:aws:codebuild:me-central-1:{ME}:project/app", "roleArn": ROLE,
            "inputTransformer": {"inputPaths": {"tag": "$.detail.image-tag"}, "inputTemplate":
                '{"environmentVariablesOverride": [{"name": "BASE", "value": <tag>}], "timeoutInMinutesOverride": 30}'},
            "deadLetterConfig": {"arn": f"arn:aws:sqs:me-central-1:{ME}:lost"}}),),
        "Amazon EventBridge User Guide, 'Input transformation', as known"),
)  # fmt: skip
