"""Attacks on AWS beside those of the twentieth set: the same families by other types, spellings and values
(2026-11-30).

Properties by pulumi-aws 7.51.1.
"""

import json

from ..blind import KEY, ME, TAGS, aws, document, policy, statement
from ..harness import UNKNOWN, Given
from . import Attack
from .tenth_aws import ESC, IDN, R
from .twentieth_xaws import OURS, OWN, ROTATED
from .twentieth_xaws_b import ENC, RECORDS, RSL, SHELL, TRAIL

USED = ["kms:Decrypt", "kms:GenerateDataKey"]
ORDERS = ["arn:aws:s3:::bank-orders", "arn:aws:s3:::bank-orders/*"]
MACHINES = f"arn:aws:ec2:{R}:{ME}:instance/*"
BOTH = "who takes the app over destroys or shares the data (AWS KMS, 'RBAC for AWS KMS')"
PLAIN = "HTTP is answered, and whoever listens reads (re:Post, 's3-bucket-ssl-requests-only', read 2026-11-30)"
UNWRITTEN = "the writer is refused, and nothing says so (IAM, 'Policy evaluation logic')"


def _to(role: str, *actions: str, on: object = "*") -> dict[str, object]:
    return statement(list(actions), on, Principal={"AWS": f"{OURS}/{role}"})


def _of(service: str, action: object, condition: object = None, effect: str = "Allow") -> dict[str, object]:
    found = {"Effect": effect, "Principal": {"Service": service}, "Action": action, "Resource": "*"}
    return {**found, "Condition": condition} if condition else found


def _no_tls(action: object, resource: object, **more: object) -> dict[str, object]:
    return {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": resource,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}, **more}}  # fmt: skip


def key(*more: dict[str, object]) -> Given:
    """Returns a key of the account with further statements in its policy."""
    return aws("kms/Key", {**ROTATED, "policy": document(OWN, *more)})


def bucket_policy(name: str, *more: dict[str, object]) -> Given:
    """Returns the policy of a bucket that refuses plain text, with further statements."""
    tls = {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
           "Condition": {"Bool": {"aws:SecureTransport": "false"}},
           "Resource": [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]}  # fmt: skip
    return aws("s3/BucketPolicy", {"bucket": name, "policy": document(tls, *more)}, "policy")


def machine(state: dict[str, object]) -> Given:
    """Returns a workflow of one state."""
    definition = json.dumps({"StartAt": "Read", "States": {"Read": {"Type": "Task", "End": True, **state}}})
    logs = {"level": "ALL", "includeExecutionData": False, "logDestination": UNKNOWN}
    return aws("sfn/StateMachine", {
        "name": "read", "type": "STANDARD", "definition": definition, "roleArn": f"{OURS}/workflows", "tags": TAGS,
        "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY},
        "loggingConfiguration": logs})  # fmt: skip


def sessions(document_format: str = "JSON", **inputs: object) -> Given:
    """Returns the preferences of sessions, with other inputs."""
    found = json.loads(SHELL)
    content = json.dumps({**found, "inputs": {**found["inputs"], "runAsEnabled": False, **inputs}})  # JSON is YAML too
    return aws("ssm/Document", {"name": "SSM-SessionManagerRunShell", "documentType": "Session", "tags": TAGS,
                                "documentFormat": document_format, "content": content})  # fmt: skip


def _unwritten(what: str, *more: dict[str, object]) -> Attack:
    return Attack(f"the bucket of a trail {what}", RSL, (
        aws("cloudtrail/Trail", TRAIL, "trail"), bucket_policy(RECORDS, *more)), "critical", UNWRITTEN)  # fmt: skip


def _refused_put(condition: dict[str, object] | None = None, **more: object) -> dict[str, object]:
    found = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{RECORDS}/*"}
    return {**found, **({"Condition": condition} if condition else {}), **more}


ATTACKS = (
    Attack("a key of another form is used and destroyed by one role", IDN, (aws("kms/KeyPolicy", {
        "keyId": UNKNOWN, "policy": document(OWN, _to("app", *USED), _to("app", "kms:Disable*"))}),), "critical", BOTH),
    Attack("who uses a key also writes who may use it", IDN, (
        key(_to("app", "kms:Decrypt", "kms:PutKeyPolicy")),), "critical", BOTH),
    Attack("who uses a key hands its use on to whom it likes", IDN, (
        key(_to("app", *USED, "kms:CreateGrant")),), "major", BOTH),
    Attack("an app has every right on its key", IDN, (key(_to("app", "kms:*")),), "critical", BOTH),
    Attack("who reads orders lets them expire", IDN, (bucket_policy(
        "bank-orders", _to("app", "s3:GetObject", "s3:PutLifecycleConfiguration", on=ORDERS)),), "major", BOTH),
    Attack("who reads orders writes who else may", IDN, (bucket_policy(
        "bank-orders", _to("app", "s3:GetObject", on=ORDERS[1]), _to("app", "s3:PutBucketPolicy", on=ORDERS[0])),),
        "major", BOTH),
    Attack("who reads a secret deletes it or gives it away", IDN, (aws("secretsmanager/SecretPolicy", {
        "secretArn": UNKNOWN, "policy": document(_to(
            "app", "secretsmanager:GetSecretValue", "secretsmanager:DeleteSecret",
            "secretsmanager:PutResourcePolicy"))}),), "major", BOTH),
    Attack("an app deletes its table", IDN, (aws("dynamodb/ResourcePolicy", {
        "resourceArn": UNKNOWN, "policy": document(_to("app", "dynamodb:GetItem", "dynamodb:DeleteTable"))}),),
        "major", BOTH),
    Attack("the policy of a vault lets an app delete copies", IDN + RSL, (aws("backup/VaultPolicy", {
        "backupVaultName": "bank", "policy": document(_to("app", "backup:DeleteRecoveryPoint"))}),), "critical", BOTH),
    Attack("images are pulled by a service for an account that may be any", IDN, (aws("ecr/RepositoryPolicy", {
        "repository": "payments", "policy": document(_of(
            "lambda.amazonaws.com", "ecr:BatchGetImage", {"StringLike": {"aws:SourceAccount": "*"}}))}),),
        "major", "the condition holds for all (IAM, 'The confused deputy problem')"),
    Attack("a secret is read by a service for flows of every account", IDN, (aws("secretsmanager/SecretPolicy", {
        "secretArn": UNKNOWN, "policy": document(_of("appflow.amazonaws.com", "secretsmanager:GetSecretValue", {
            "ArnLike": {"AWS:SourceArn": "arn:aws:appflow:*:*:flow/*"}}))}),),
        "critical", "a stranger's flow reads it (IAM, 'The confused deputy problem')"),
    Attack("a key decrypts for a service in the name of every account", IDN, (key(_of(
        "logs.me-central-1.amazonaws.com", USED, {"ArnLike": {"aws:SourceArn": f"arn:aws:logs:{R}:*:*"}})),),
        "major", "a stranger's log group reads with it (IAM, 'The confused deputy problem')"),
    Attack("a program signs in to the machines that it tags itself", IDN, (policy(
        statement("ec2-instance-connect:SendSSHPublicKey", MACHINES, {"StringEquals": {"aws:ResourceTag/team": "x"}}),
        statement("ec2:CreateTags", MACHINES, {"StringEquals": {"aws:RequestTag/team": "x"}})),),
        "major", "the tag is the only limit, and the program writes it (IAM, 'Controlling access with tags')"),
    Attack("a program sends commands to all machines that it tags itself", IDN, (policy(
        statement("ssm:SendCommand", MACHINES, {"StringLike": {"aws:ResourceTag/team": "data"}}),
        statement("ec2:Create*", MACHINES)),),
        "major", "the tag is the only limit, and the program writes it (IAM, 'Controlling access with tags')"),
    Attack("whoever starts a workflow writes its role into an expression", ESC, (machine({
        "QueryLanguage": "JSONata", "Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem",
        "Credentials": {"RoleArn": "{% $states.input.role %}"},
        "Arguments": {"TableName": "orders", "Key": {"id": {"S": "1"}}}}),),
        "major", "every role that trusts the workflow's is the starter's (AWS Step Functions, 'Credentials')"),
    Attack("whoever starts a workflow writes the account of its role", ESC, (machine({
        "Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem",
        "Credentials": {"RoleArn.$": "States.Format('arn:aws:iam::{}:role/reader', $.account)"},
        "Parameters": {"TableName": "orders", "Key": {"id": {"S": "1"}}}}),),
        "major", "every role that trusts the workflow's is the starter's (AWS Step Functions, 'Credentials')"),
    Attack("sessions on machines leave no record", RSL, (sessions(),), "major", "nobody knows who did what there"),
    Attack("sessions by a document in YAML leave no record", RSL, (sessions("YAML"),), "major",
           "nobody knows who did what there (AWS Systems Manager, 'Session document schema')"),
    _unwritten("takes objects from one network alone", _refused_put({
        "StringNotEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}})),
    _unwritten("takes no object at all", _refused_put()),
    _unwritten("takes objects of the account's identities alone", _refused_put({
        "StringNotEqualsIfExists": {"aws:PrincipalAccount": ME}})),
    _unwritten("takes objects of no service", _refused_put({"Bool": {"aws:PrincipalIsAWSService": "true"}})),
    _unwritten("refuses the trail by a condition", _refused_put({
        "StringEquals": {"aws:PrincipalServiceName": "cloudtrail.amazonaws.com"}}, Action="s3:*")),
    Attack("the recorder may not write into its bucket", RSL, (bucket_policy(
        RECORDS, _refused_put(Principal={"Service": ["config.amazonaws.com", "delivery.logs.amazonaws.com"]},
                              Action="s3:Put*")),), "critical", UNWRITTEN),
    Attack("the key of a trail refuses the trail", RSL, (key(_of(
        "cloudtrail.amazonaws.com", "kms:GenerateDataKey*", effect="Deny")),), "critical", UNWRITTEN),
    Attack("plain text is refused for the list of objects alone", ENC, (aws("s3/BucketPolicy", {
        "bucket": "bank-orders", "policy": document(_no_tls("s3:*", ORDERS[:1]))}),), "critical", PLAIN),
    Attack("plain text is refused to whoever writes, and not to whoever reads", ENC, (aws("s3/BucketPolicy", {
        "bucket": "bank-orders", "policy": document(_no_tls("s3:Put*", ORDERS))}),), "critical", PLAIN),
    Attack("plain text is refused to other accounts alone", ENC, (aws("sqs/QueuePolicy", {
        "queueUrl": UNKNOWN, "policy": document(_no_tls("sqs:*", "*", StringNotEquals={
            "aws:PrincipalAccount": ME}))}),), "major", PLAIN),
    Attack("the topic of alarms refuses alarms", RSL, (aws("sns/TopicPolicy", {
        "arn": f"arn:aws:sns:{R}:{ME}:alarms", "policy": document(
            _of("cloudwatch.amazonaws.com", "sns:Publish", effect="Deny"),
            {"Effect": "Deny", "Principal": "*", "Action": "sns:*", "Resource": "*",
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}),), "major", UNWRITTEN),
)  # fmt: skip
