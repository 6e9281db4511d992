"""Good programs that the twenty-fourth set's rules for AWS and money refused when they were reviewed (2026-12-02)."""

import json
from typing import Any

from ..attacks.after_twenty_fourth_money_b import PROVIDER
from ..attacks.twenty_first_money_c import schedule
from ..attacks.twenty_fourth_aws_b import control, denial
from ..attacks.twenty_fourth_money import CALL
from ..attacks.twenty_fourth_money_b import EVALUATE
from ..attacks.twenty_second_money_b import PIPELINE, SOURCE, stage
from ..blind import ME, TAGS, aws, policy, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .families import AWS_DOCS

R = "me-central-1"
PIPELINES = f"{AWS_DOCS}/codepipeline/latest/userguide"
IAM, IOT = f"{AWS_DOCS}/IAM/latest/UserGuide", f"{AWS_DOCS}/iot/latest/developerguide"
OF_RULE = unpriced("aws:iot/topicRule:TopicRule::it")


def tried(*stages: object, name: str = "platform") -> tuple[Given, ...]:
    """Returns a pipeline that pushes to branches of features start."""
    return (aws("codepipeline/Pipeline", {**PIPELINE, "name": name, "stages": [SOURCE, *stages], "triggers": [{
        "providerType": PROVIDER, "gitConfiguration": {
            "sourceActionName": "Source", "pushes": [{"branches": {"includes": ["feature/*"]}}]}}]}),)  # fmt: skip


def side_by_side(*names: str) -> tuple[Given, ...]:
    """Returns a pipeline whose actions of one stage have no order."""
    actions: list[Any] = [stage(name, name)["actions"] for name in names]
    of_all = [item for of_stage in actions for item in of_stage]
    return (aws("codepipeline/Pipeline", {**PIPELINE, "stages": [SOURCE, {"name": "All", "actions": of_all}]}),)


def republished(sql: str, topic: str, **more: object) -> tuple[Given, ...]:
    """Returns a rule of devices that writes to a topic."""
    return (aws("iot/TopicRule", {
        "name": "meters", "enabled": True, "sqlVersion": "2016-03-23", "sql": sql, "tags": TAGS,
        "republishes": [{"topic": topic, "roleArn": UNKNOWN}], **more}),)  # fmt: skip


IDIOMS = (
    *(Idiom(f"a team reads the secrets that {tool} made", (policy(statement(
        "secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{R}:{ME}:secret:*",
        {"StringEquals": {"aws:ResourceTag/provisioned-by": tool}})),), f"{IAM}/access_tags.html")
      for tool in ("github.com/bank/payments", "terraform:payments", "ci-payments")),
    Idiom("nobody of the organisation works with the keys of a user", denial(
        Action="*", Condition={"StringNotEquals": {"aws:PrincipalType": "AssumedRole"}}),
        f"{IAM}/reference_policies_condition-keys.html"),
    Idiom("no bucket of the organisation answers whoever does not sign, or is of none", (aws("organizations/Policy", {
        "name": "signed", "type": "RESOURCE_CONTROL_POLICY", "tags": TAGS, "content": json.dumps({
            "Version": "2012-10-17", "Statement": [{
                "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                "Condition": {"Null": {key: "true"}}} for key in ("aws:PrincipalArn", "aws:PrincipalOrgID")]})}),),
        f"{AWS_DOCS}/organizations/latest/userguide/orgs_manage_policies_rcps.html"),
    Idiom("bills and support are asked for in the one Region that they have", control(
        AllowedRegions=[R], ExemptedActions=["support:*", "health:*", "ce:*"]),
        f"{AWS_DOCS}/controltower/latest/controlreference/control-parameter-concepts.html"),
    Idiom("an assessment names who answers for it", (aws("auditmanager/Assessment", {
        "name": "pci", "frameworkId": "11111111-2222-3333-4444-555555555555", "tags": TAGS,
        "roles": [{"roleArn": f"arn:aws:iam::{ME}:role/Administrator", "roleType": "PROCESS_OWNER"}],
        "assessmentReportsDestination": {"destination": "s3://treasury-models", "destinationType": "S3"},
        "scope": {"awsAccounts": [{"id": ME}]}}),), f"{AWS_DOCS}/audit-manager/latest/APIReference/API_Role.html",
        unpriced("aws:auditmanager/assessment:Assessment::it")),
    Idiom("a feature is tried by an action of one word", tried(EVALUATE, stage("DeployDev", "platform")), PIPELINES),
    Idiom("a feature is tried in a stage of its own", tried(
        EVALUATE, {"name": "Dev", "actions": stage("deploy", "platform")["actions"]}), PIPELINES),
    Idiom("a feature is tried by a pipeline of its own", tried(
        EVALUATE, stage("deploy", "platform"), name="platform-dev"), PIPELINES),
    Idiom("a feature is tried outside of production", tried(EVALUATE, stage("deploy-non-prod", "platform")), PIPELINES),
    Idiom("policies and programs are deployed side by side", side_by_side("deploy-policies", "deploy-app"), PIPELINES),
    Idiom("an image is built while policies are tested", side_by_side("policy-check", "build-prod"), PIPELINES),
    Idiom("tools are set up beside a review of the plan", side_by_side("set-up", "review-plan"), PIPELINES),
    Idiom("a rule of all topics changes the shadow of a device", republished(
        "SELECT * FROM '#'", "$$aws/things/${topic(2)}/shadow/update"), f"{IOT}/republish-rule-action.html", OF_RULE),
    Idiom("a rule of devices leaves out what it writes itself", republished(
        "SELECT * FROM 'meters/+' WHERE topic(2) <> 'checked'", "meters/checked"), f"{IOT}/iot-sql-functions.html",
        OF_RULE),
    Idiom("each morning a database is one of two processors", (schedule(
        f"{CALL}:rds:modifyDBInstance", "cron(0 4 ? * MON-FRI *)", input=json.dumps({
            "DbInstanceIdentifier": "claims", "DbInstanceClass": "db.x2g.large", "ApplyImmediately": True})),),
        f"{AWS_DOCS}/scheduler/latest/UserGuide/managing-targets-universal.html"),
)  # fmt: skip
