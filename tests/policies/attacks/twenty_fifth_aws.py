"""Attacks on AWS by rights over what is named, by limits that do not limit, and by policies of the organisation
(2026-12-02, twenty-fifth set, written before any rule ran on it).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

import json

from ..blind import KEY, ME, TAGS, aws, document, policy, statement
from ..harness import Given
from . import Attack

R = "me-central-1"
IDN = ("FJ-IDN-",)
ESC = ("FJ-ESC-", "FJ-EXP-", "FJ-IDN-", "FJ-RSL-")
PASSED = {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}
EC2_TRUST = document({"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"})
FUNCTION = f"arn:aws:lambda:{R}:{ME}:function:app-settlement"


def organisation(kind: str, content: object, name: str = "it") -> Given:
    """Returns a policy of the organisation."""
    return aws("organizations/Policy", {"name": name, "type": kind, "tags": TAGS, "content": json.dumps(content)}, name)


def denial(**more: object) -> Given:
    """Returns a service control policy with one denial."""
    item = {"Sid": "Keep", "Effect": "Deny", "Resource": "*", **more}
    return organisation("SERVICE_CONTROL_POLICY", {"Version": "2012-10-17", "Statement": [item]})


def attached(text: str) -> tuple[Given, ...]:
    """Returns a role that has a managed policy."""
    made = aws("iam/Policy", {"name": "app", "policy": text, "tags": TAGS}, "app")
    return (made, aws("iam/Role", {"name": "app", "assumeRolePolicy": EC2_TRUST, "tags": TAGS}, "app"), aws(
        "iam/RolePolicyAttachment", {"role": "app", "policyArn": f"arn:aws:iam::{ME}:policy/app"}, "app",
        links={"policyArn": ("app",)}))  # fmt: skip


def guardrail(**more: object) -> Given:
    """Returns a policy of the organisation that says how prompts are held against a guardrail."""
    return organisation("BEDROCK_POLICY", {"bedrock": {"guardrail_inference": {R: {"config_1": {
        "identifier": {"@@assign": f"arn:aws:bedrock:{R}:{ME}:guardrail/hu1dlsv9wy1d:1"}, **more}}}}})  # fmt: skip


ATTACKS = (
    Attack("a pipeline gives the role of an administrator to a function of its own", IDN, (policy(
        statement(["lambda:CreateFunction", "lambda:InvokeFunction"], FUNCTION),
        statement("iam:PassRole", f"arn:aws:iam::{ME}:role/Administrator", PASSED)),),
        "critical", "the function has the role that is passed to it (IAM, 'Grant a user permissions to pass a role to "
        "an AWS service'), and its author writes what it does"),
    Attack("an app writes the next version of the policy that it has", IDN, attached(document(
        statement("s3:GetObject", "arn:aws:s3:::bank-app/*"),
        statement(["iam:CreatePolicyVersion", "iam:GetPolicy"], f"arn:aws:iam::{ME}:policy/app"))),
        "critical", "a version that is created as the default one takes effect for all who have the policy (IAM API, "
        "CreatePolicyVersion, SetAsDefault)"),
    Attack("a pipeline makes roles whose limit is the administration of all accounts", IDN, (policy(statement(
        ["iam:CreateRole", "iam:PutRolePolicy"], "*", {"StringEquals": {
            "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AWSSSOMasterAccountAdministrator"}})),),
        "critical", "a boundary lets pass what it has: such a role assigns permission sets of each account (AWS "
        "managed policy reference, AWSSSOMasterAccountAdministrator)"),
    Attack("the organisation denies what no service knows", ESC, (denial(Action=[
        "cloudtrail:StopTrail", "cloudtrail:RemoveTrail", "guardduty:DisableDetector", "config:StopRecorder"]),),
        "critical", "an action that does not exist is accepted and denies nothing (IAM JSON policy elements: Action; "
        "Service Authorization Reference, AWS CloudTrail)"),
    Attack("the organisation denied the end of records until last year", ESC, (denial(
        Action=["cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "guardduty:DeleteDetector"],
        Condition={"DateLessThan": {"aws:CurrentTime": "2025-01-01T00:00:00Z"}}),),
        "critical", "no request is made before that day any more (IAM, 'Condition operators', Date)"),
    Attack("the alarm on policies leaves out who administers the account", ("FJ-EXP-", "FJ-ESC-", "FJ-RSL-"), (
        aws("cloudwatch/LogMetricFilter", {
            "name": "policies", "logGroupName": "trail", "pattern": (
                "{ ($.eventName = PutRolePolicy || $.eventName = AttachRolePolicy || $.eventName = CreateUser) && "
                "$.eventSource = \"iam.amazonaws.com\" && $.userIdentity.sessionContext.sessionIssuer.userName != "
                "\"OrganizationAccountAccessRole\" }"),
            "metricTransformation": {"name": "policies", "namespace": "Trail", "value": "1"}}),),
        "critical", "whoever takes on that role has all rights (AWS Organizations, 'Accessing a member account'), and "
        "nobody is told what he does with them"),
    Attack("prompts of each account are held against nothing unless the caller marks them", ESC, (guardrail(
        selective_content_guarding={"system": {"@@assign": "selective"}, "messages": {"@@assign": "selective"}},
        model_enforcement={"included_models": {"@@assign": ["ALL"]}, "excluded_models": {"@@assign": []}}),),
        "critical", "selective guards what the caller has marked, and nothing else (AWS Organizations, 'Amazon Bedrock "
        "policy syntax and examples', read 2026-12-02)"),
    Attack("the key of the ledger is refused to everybody", ("FJ-ENC-", "FJ-RSL-", "FJ-ESC-"), (
        aws("kms/KeyPolicy", {"keyId": KEY, "policy": document(
            {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:root"}, "Action": "kms:*", "Resource": "*"},
            {"Effect": "Deny", "Principal": "*", "Action": ["kms:Decrypt", "kms:GenerateDataKey*"], "Resource": "*"})}),
        ), "critical", "no request is left out, services for the bank included: what the key encrypts is read and "
        "written by nobody (AWS KMS, 'Key policies'; IAM, 'Policy evaluation logic')"),
)  # fmt: skip
