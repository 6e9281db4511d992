"""A webhook of the emulated CodeBuild needs a credential for the code host, and a role that may use it."""

import json

from falaj.sandbox.clouds.aws.codebuild import CREDENTIAL, PROJECT, WEBHOOK
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.aws_site import ASSUME, ROLE
from tests.unit.clouds.driver import CreatedResource, Driver, refused

CONNECTION = "arn:aws:codeconnections:eu-west-1:123456789012:connection/1"
ACTIONS = ["codeconnections:GetConnection", "codeconnections:GetConnectionToken"]


def project(aws: Driver) -> CreatedResource:
    role = aws.create(ROLE, "runner", name="runner", assumeRolePolicy=ASSUME)
    environment: Json = {"type": "LINUX_CONTAINER", "computeType": "BUILD_GENERAL1_SMALL", "image": "i"}
    return aws.create(
        PROJECT,
        "runner",
        name="runner",
        serviceRole=role["arn"],
        artifacts={"type": "NO_ARTIFACTS"},
        environment=environment,
        source={"type": "GITHUB", "location": "https://github.com/bank/platform"},
    )


def credential(aws: Driver) -> CreatedResource:
    return aws.create(CREDENTIAL, "c", authType="CODECONNECTIONS", serverType="GITHUB", token=CONNECTION)


def webhook(aws: Driver) -> CreatedResource:
    return aws.create(WEBHOOK, "w", projectName="runner", buildType="BUILD")


def test_without_a_credential_there_is_no_webhook(aws: Driver) -> None:
    project(aws)
    assert "Could not find access token for server type github" in refused(lambda: webhook(aws))


def test_the_role_of_the_project_needs_the_connection(aws: Driver) -> None:
    project(aws)
    credential(aws)
    assert f"Access denied to connection {CONNECTION}" in refused(lambda: webhook(aws))
    statement = {"Effect": "Allow", "Action": ACTIONS, "Resource": CONNECTION}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    aws.create("aws:iam/rolePolicy:RolePolicy", "p", role="runner", policy=policy)
    assert webhook(aws).id == "runner"
