"""What the mends after the twentieth set on AWS leave alone, and what is not known before deployment: other attacks and
good programs are in `attacks.after_twentieth_xaws` and `idioms.after_twentieth_xaws`."""

import json
from typing import Any

import pytest

from tests.processor_time import within

from .attacks.after_twentieth_xaws import bucket_policy, key, machine, sessions
from .attacks.twentieth_xaws import OURS
from .attacks.twentieth_xaws_b import RECORDS, TRAIL
from .blind import ME, TAGS, aws, document, policy, statement
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
THEIRS = "arn:aws:iam::999999999999:root"


def _found(rule: str, *plan: Given) -> bool:
    return rule in blocking(PACK.evaluate_plan(*plan))


def _to(principal: str | list[str], *actions: str, condition: object = None) -> dict[str, object]:
    return statement(list(actions), "*", condition, Principal={"AWS": principal})


@pytest.mark.parametrize(
    ("more", "is_refused"),
    [
        ((_to(f"{OURS}/a", "kms:Decrypt"), _to(f"{OURS}/b", "kms:ScheduleKeyDeletion")), False),
        ((_to([f"{OURS}/a", f"{OURS}/b"], "kms:Decrypt"), _to(f"{OURS}/b", "kms:ScheduleKeyDeletion")), True),
        ((_to(f"{OURS}/a", "kms:DescribeKey", "kms:ScheduleKeyDeletion"),), False),
        ((_to(f"{OURS}/a", "kms:Decrypt", "kms:CancelKeyDeletion", "kms:EnableKey"),), False),
        ((_to(f"arn:aws:iam::{ME}:root", "kms:*"),), False),
        ((_to(ME, "kms:Decrypt", "kms:ScheduleKeyDeletion"),), False),
        ((_to(f"{OURS}/a", "kms:CreateGrant"), _to(f"{OURS}/a", "kms:Decrypt")), True),
        ((_to(f"{OURS}/a", "kms:CreateGrant", condition={"Bool": {"kms:GrantIsForAWSResource": "true"}}),
          _to(f"{OURS}/a", "kms:Decrypt")), False),
        ((_to(f"{OURS}/a", "kms:CreateGrant", condition={"StringEquals": {"kms:ViaService": "rds.amazonaws.com"}}),
          _to(f"{OURS}/a", "kms:Decrypt")), False),
        ((_to(f"{OURS}/a", "kms:CreateGrant", "kms:Decrypt", condition={"Bool": {"aws:SecureTransport": "true"}}),),
         True),
        (({**_to(f"{OURS}/a", "kms:ScheduleKeyDeletion"), "Effect": "Deny"}, _to(f"{OURS}/a", "kms:Decrypt")), False),
    ],
)  # fmt: skip
def test_who_uses_a_key_does_not_decide_over_it(more: tuple[dict[str, object], ...], is_refused: bool) -> None:
    assert _found("FJ-IDN-111", key(*more)) is is_refused


def test_principals_that_are_no_names_are_read() -> None:
    assert _found("FJ-IDN-111", key({
        "Effect": "Allow", "Principal": {"AWS": [["a"], {}, None]}, "Resource": "*",
        "Action": ["kms:Decrypt", "kms:DisableKey", {}, None]}))  # fmt: skip


def test_every_action_is_reported_once() -> None:
    reports = PACK.evaluate_resource(key(_to(f"{OURS}/a", "*")))
    assert [item.rule for item in reports].count("FJ-IDN-111") == 1


@pytest.mark.parametrize("action", ["backup:DeleteRecoveryPoint", "backup:Delete*", "backup:CopyIntoBackupVault"])
def test_a_vault_lets_nobody_end_copies(action: str) -> None:
    vault = aws("backup/VaultPolicy", {"backupVaultName": "bank", "policy": document(_to(f"{OURS}/a", action))})
    assert _found("FJ-IDN-111", vault) is (action != "backup:CopyIntoBackupVault")


@pytest.mark.parametrize(
    ("condition", "is_refused"),
    [
        ({"ArnLike": {"aws:SourceArn": f"arn:aws:logs:me-central-1:{ME}:*"}}, False),
        ({"ArnLike": {"aws:SourceArn": ["arn:aws:logs:me-central-1:*:*"]}}, True),
        ({"StringNotEquals": {"aws:SourceAccount": "999999999999"}}, True),
        ({"StringEqualsIfExists": {"aws:SourceAccount": ME}}, True),
        ({"StringLike": {"kms:EncryptionContext:app": "orders"}}, False),
        (None, False),
    ],
)
def test_a_condition_on_the_source_names_accounts(condition: object, is_refused: bool) -> None:
    service = statement("kms:Decrypt", "*", condition, Principal={"Service": "logs.me-central-1.amazonaws.com"})
    assert _found("FJ-EXP-130", key(service)) is is_refused


@pytest.mark.parametrize(
    ("role", "is_refused"),
    [
        ({"RoleArn": f"{OURS}/reader"}, False),
        ({"RoleArn.$": "$.role"}, True),
        ({"RoleArn.$": "$$.Execution.Input.role"}, True),
        ({"RoleArn": "{% $role %}"}, True),
        ({"RoleArn": "{% 'arn:aws:iam::123456789012:role/costs-$' %}"}, False),
        ({"RoleArn.$": f"States.Format('{OURS}/{{}}', $.name)"}, True),
        ({"RoleArn": UNKNOWN}, False),
    ],
)
def test_a_workflow_names_the_role_of_a_task(role: dict[str, object], is_refused: bool) -> None:
    resource = "arn:aws:states:::aws-sdk:dynamodb:getItem"
    assert _found("FJ-ESC-115", machine({"Resource": resource, "Credentials": role})) is is_refused


def test_a_parameter_that_is_called_like_a_role_is_none() -> None:
    given = machine({"Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem",
                     "Parameters": {"TableName": "roles", "Key": {"RoleArn": {"S.$": "$.role"}}}})  # fmt: skip
    assert not _found("FJ-ESC-115", given)


@pytest.mark.parametrize(
    ("inputs", "is_refused"),
    [
        ({}, True),
        ({"s3BucketName": None, "cloudWatchLogGroupName": None}, True),
        ({"s3BucketName": "bank-sessions"}, False),
        ({"cloudWatchLogGroupName": "/ssm/sessions"}, False),
        ({"cloudWatchLogGroupName": "{{ group }}"}, False),
    ],
)
def test_shells_leave_records(inputs: dict[str, Any], is_refused: bool) -> None:
    assert _found("FJ-RSL-117", sessions(**inputs)) is is_refused
    assert _found("FJ-RSL-117", sessions("YAML", **inputs)) is is_refused


@pytest.mark.parametrize("content", [UNKNOWN, json.dumps({"schemaVersion": "1.0", "sessionType": "Port"}), "{"])
def test_documents_without_shells_need_no_records(content: object) -> None:
    given = aws("ssm/Document", {"name": "x", "documentType": "Session", "content": content, "tags": TAGS})
    assert not _found("FJ-RSL-117", given)


def _deny(action: object, resource: str = f"arn:aws:s3:::{RECORDS}/*", **more: object) -> dict[str, object]:
    return {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": resource, **more}


CLOUDTRAIL: dict[str, Any] = {"Principal": {"Service": "cloudtrail.amazonaws.com"}}
NOT_OURS: dict[str, Any] = {"Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}


@pytest.mark.parametrize(
    ("refusal", "is_refused"),
    [
        (_deny("s3:GetObject", **CLOUDTRAIL), False),
        (_deny("s3:PutObject", **CLOUDTRAIL), True),
        (_deny("s3:PutObject", Condition={"StringNotEquals": {"aws:SourceAccount": ME}}, **CLOUDTRAIL), False),
        (_deny("s3:PutObject", Condition={"Bool": {"aws:SecureTransport": "true"}}, **CLOUDTRAIL), True),
        (_deny("s3:PutObject", Condition={"DateGreaterThan": {"aws:CurrentTime": "2020-01-01"}}), True),
        (_deny("s3:PutObject", Condition={"Bool": {"aws:SecureTransport": "false"}}, **CLOUDTRAIL), False),
        (_deny("s3:PutObject", Principal={"Service": "ec2.amazonaws.com"}), False),
        ({"Effect": "Deny", **CLOUDTRAIL, "NotAction": "s3:GetBucketAcl", "Resource": "*"}, True),
        ({"Effect": "Deny", **CLOUDTRAIL, "NotAction": ["s3:Put*", "s3:Get*", "kms:*", "sns:*", "sqs:*", "logs:*",
                                                        "kinesis:*", "firehose:*"], "Resource": "*"}, False),
        (_deny("s3:*"), True),
        (_deny("s3:*", "*"), True),
        (_deny("s3:*", f"arn:aws:s3:::{RECORDS}"), False),
        (_deny("s3:*", f"arn:aws:s3:::{RECORDS}*"), True),
        (_deny("s3:DeleteObject"), False),
        (_deny("s3:PutObject", f"arn:aws:s3:::{RECORDS}/private/*"), False),
        (_deny("s3:PutObject", f"arn:aws:s3:::{RECORDS}/AWSLogs/*"), True),
        (_deny("s3:*", **NOT_OURS), True),
        (_deny("s3:*", Condition={**NOT_OURS["Condition"], "Bool": {"aws:PrincipalIsAWSService": "false"}}), False),
        (_deny("s3:*", Condition={"Bool": {"aws:SecureTransport": "false"}}), False),
        (_deny("s3:PutObject", Condition={"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}}), False),
        (_deny("s3:*", Principal={"AWS": f"{OURS}/app"}), False),
        (_deny("s3:*", Principal={"AWS": THEIRS}), False),
        (_deny("s3:*", Principal={"AWS": THEIRS}, Condition={"Bool": {"aws:PrincipalIsAWSService": "true"}}), False),
    ],
)  # fmt: skip
def test_the_bucket_of_a_trail_takes_what_it_writes(refusal: dict[str, object], is_refused: bool) -> None:
    assert _found("FJ-RSL-117", aws("cloudtrail/Trail", TRAIL, "trail"), bucket_policy(RECORDS, refusal)) is is_refused


def test_a_bucket_without_a_trail_may_refuse_everybody() -> None:
    assert not _found("FJ-RSL-117", bucket_policy("bank-frozen", _deny("s3:PutObject", "arn:aws:s3:::bank-frozen/*")))


@pytest.mark.parametrize(
    ("action", "key_of", "tagging", "is_refused"),
    [
        ("ssm:StartSession", "ssm:resourceTag/team", "ec2:CreateTags", True),
        ("ssm:StartSession", "ssm:resourceTag/team", "ssm:AddTagsToResource", True),
        ("ssm:StartSession", "aws:ResourceTag/team", "rds:AddTagsToResource", False),
        ("ecs:ExecuteCommand", "aws:ResourceTag/team", "ec2:CreateTags", False),
    ],
)
def test_tags_of_machines_are_those_of_ec2(action: str, key_of: str, tagging: str, is_refused: bool) -> None:
    on = f"arn:aws:ec2:me-central-1:{ME}:instance/*"
    given = policy(statement(action, on, {"StringEquals": {key_of: "data"}}), statement(tagging, on))
    assert _found("FJ-IDN-123", given) is is_refused


@pytest.mark.parametrize("text", ["a*" * 10_000, "'" * 20_000, "$" * 20_000, "." * 20_000, "x.amazonaws.com" * 1_300])
def test_long_texts_are_read_at_once(text: str) -> None:
    refusal = {"Effect": "Deny", "Principal": {"Service": text}, "Action": "kms:*", "Resource": "*"}
    task = {"Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem", "Credentials": {"RoleArn": text}}
    trail = aws("cloudtrail/Trail", TRAIL, "trail")
    with within(5):
        PACK.evaluate_plan(trail, bucket_policy(RECORDS, _deny(text, text)), key(refusal), machine(task))
