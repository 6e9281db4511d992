"""More spellings of what the twenty-sixth set found on AWS: variables that begin other names, requests without keys,
claims that users choose, memories of all, and exclusions of everything (2026-12-02).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

import json

from ..blind import ME, TAGS, aws, document, policy, statement
from ..harness import Given
from . import Attack
from .twenty_sixth_aws import IDN, R

SWITCH = ("FJ-ESC-115",)
TABLE = f"arn:aws:dynamodb:{R}:{ME}:table/accounts"
OF_TENANT = {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/tenant}"]}
TALKS = {"memoryId": "customers-AbCdEf1234", "name": "talks", "description": "What customers said"}


def shared(name: str, *statements: dict[str, object]) -> Attack:
    """Returns a policy that is to keep each caller to his own, and does not."""
    return Attack(name, IDN, (policy(*statements),), "critical",
                  "what is of others is his too (IAM User Guide, 'Variables and tags')")  # fmt: skip


def claims(name: str, **configuration: object) -> Attack:
    """Returns a source of identities that takes a claim of which users write the value."""
    return Attack(name, ("FJ-IDN-121",), (aws("verifiedpermissions/IdentitySource", {
        "policyStoreId": "PSEXAMPLEabcdefg111111", "configuration": {"openIdConnectConfiguration": {
            "issuer": "https://login.dc1.example.ae/realms/bank", **configuration}}}),), "critical",
        "permits are for whom the user says he is (OpenID Connect Core 1.0, 5.7)")  # fmt: skip


def memory(name: str, **props: object) -> Attack:
    """Returns a strategy of memories for everybody."""
    return Attack(name, SWITCH, (aws("bedrock/AgentcoreMemoryStrategy", {**TALKS, **props}),), "critical",
                  "all users share what it remembers (Amazon Bedrock AgentCore, 'Memory organization')")  # fmt: skip


def snapshots(name: str, resources: str = "INSTANCE", **details: object) -> Attack:
    """Returns a policy of snapshots that leaves something out."""
    return Attack(name, SWITCH, (aws("dlm/LifecyclePolicy", {
        "description": "Ledger", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm", "state": "ENABLED", "tags": TAGS,
        "policyDetails": {"resourceTypes": [resources], "schedules": [{
            "name": "daily", "copyTags": True, "tagsToAdd": TAGS,
            "retainRule": {"interval": 35, "intervalUnit": "DAYS"},
            "createRule": {"interval": 24, "intervalUnit": "HOURS"}}], **details}}),), "critical",
        "disks with data are in no copy (Amazon Data Lifecycle Manager, Parameters and Exclusions)")  # fmt: skip


def device(name: str, sql: str = "SELECT * FROM 'devices/+/state'", **actions: object) -> Attack:
    """Returns a rule of devices whose destination they write."""
    return Attack(name, SWITCH, (rule(sql, **actions),), "critical",
                  "the template is filled from the payload (AWS IoT Core, 'Substitution templates')")  # fmt: skip


def rule(sql: str, **actions: object) -> Given:
    """Returns a rule of AWS IoT."""
    head = {"name": "devices", "enabled": True, "sql": sql, "sqlVersion": "2016-03-23", "tags": TAGS}
    return aws("iot/TopicRule", {**head, **actions})


TO_ROLE = {"roleArn": f"arn:aws:iam::{ME}:role/iot-rules"}

ATTACKS = (
    shared("a user reads the passwords of each user whose name begins like his", statement(
        "secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{R}:{ME}:secret:users/${{aws:username}}*")),
    shared("a team lists what is in the folders of others", statement(
        "s3:ListBucket", "arn:aws:s3:::bank-teams", {"StringLike": {"s3:prefix": ["${aws:PrincipalTag/team}*"]}})),
    Attack("a device hears what is meant for others whose names begin like its own", IDN, (aws("iot/Policy", {
        "name": "devices", "tags": TAGS, "policy": document(statement(
            ["iot:Subscribe", "iot:Receive"],
            f"arn:aws:iot:{R}:{ME}:topicfilter/${{iot:Connection.Thing.ThingName}}*"))}),), "critical",
        "meter1 hears meter10 too (AWS IoT Core, 'Thing policy variables')"),
    Attack("a bucket gives teams the folders of others", IDN, (aws("s3/BucketPolicy", {
        "bucket": "bank-teams", "policy": document({
            "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:role/teams"}, "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::bank-teams/${aws:PrincipalTag/team, 'none'}*"})}),), "critical",
        "the asterisk goes on after the name (IAM User Guide, 'Variables and tags', default values)"),
    shared("a tenant has the whole table exported", statement(
        ["dynamodb:Query", "dynamodb:ExportTableToPointInTime"], TABLE, {"ForAllValues:StringLike": OF_TENANT})),
    shared("a tenant may do everything with a table, by rows if there are any", statement(
        "dynamodb:*", TABLE, {"StringEqualsIfExists": OF_TENANT})),
    *(shared(f"a tenant of some rows may {what}", statement(
        ["dynamodb:Query", f"dynamodb:{action}"], TABLE, {"ForAllValues:StringEquals": OF_TENANT}))
      for what, action in (("place a reader in the stream of all", "GetShardIterator"),
                           ("read what is replicated", "ReadDataForReplication"),
                           ("write what is replicated", "WriteDataForReplication"),
                           ("have a copy of all in another region", "CreateTableReplica"),
                           ("send each change to a stream of his", "EnableKinesisStreamingDestination"),
                           ("have all in a vault of backups", "StartAwsBackupJob"),
                           ("restore all under a name of his", "RestoreTableFromBackup"))),
    claims("groups are what users call themselves", tokenSelection={"accessTokenOnly": {
        "audiences": ["https://api.dc1.example.ae"], "principalIdClaim": "sub"}},
        groupConfiguration={"groupClaim": "nickname", "groupEntityType": "Bank::Group"}),
    claims("whoever has a name is permitted as that one", tokenSelection={"accessTokenOnly": {
        "audiences": ["https://api.dc1.example.ae"], "principalIdClaim": "name"}}),
    memory("summaries of talks are found by everybody", type="SUMMARIZATION", namespaces=["/summaries/"]),
    memory("facts of customers are found by everybody", type="SEMANTIC",
           namespaceTemplates=["/strategy/{memoryStrategyId}/customers/"]),
    snapshots("snapshots leave out the disks that they are for", targetTags={"backup": "daily"},
              parameters={"excludeBootVolume": False, "excludeDataVolumeTags": {"backup": "daily"}}),
    snapshots("a default policy leaves out each type of disk", "VOLUME", policyType="EBS_SNAPSHOT_MANAGEMENT",
              policyLanguage="SIMPLIFIED", createInterval=1, retainInterval=14,
              exclusions={"excludeBootVolumes": False, "excludeVolumeTypes": ["gp2", "gp3", "io1", "io2", "st1"]}),
    device("a device says to which topic its message goes", republishes=[{**TO_ROLE, "topic": "${to}", "qos": 1}]),
    device("a device writes over whichever file it names", s3=[
        {**TO_ROLE, "bucketName": "bank-meters", "key": "${file}"}]),
    device("errors of devices set the state of others", errorAction={"republish": {
        **TO_ROLE, "topic": "$$aws/things/${get(devices, 0)}/shadow/name/config/update"}}),
    Attack("a choice about an approval has one way", SWITCH, (aws("sfn/StateMachine", {
        "name": "payments", "roleArn": f"arn:aws:iam::{ME}:role/payments", "tags": TAGS, "type": "STANDARD",
        "loggingConfiguration": {"level": "ALL", "includeExecutionData": True, "logDestination":
                                 f"arn:aws:logs:{R}:{ME}:log-group:/aws/vendedlogs/states/payments:*"},
        "definition": json.dumps({"StartAt": "Decided", "States": {
            "Decided": {"Type": "Choice", "Default": "Pay", "Choices": [
                {"Variable": "$.approved", "BooleanEquals": True, "Next": "Pay"}]},
            "Pay": {"Type": "Pass", "End": True}}})}),), "critical",
        "whatever the answer is, the payment is made (Amazon States Language, 'Choice State')"),
)  # fmt: skip
