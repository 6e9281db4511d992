"""More spellings of the attacks of the twenty-first set on AWS that passed (2026-12-01)."""

from ..blind import KEY, ME, TAGS, THEM, aws, document, statement
from ..harness import UNKNOWN
from . import Attack
from .twenty_first_aws import ENC, IDN, LEVELS, OURS, RES, R
from .twenty_first_aws_b import ESC, MACHINE, RSL

ROLE = {"assumeRolePolicy": document({"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"},
                                      "Action": "sts:AssumeRole"}), "tags": TAGS}  # fmt: skip


def _policy(action: object, resource: object, condition: object = None) -> str:
    return document(statement(action, resource, condition))


def _bucket(condition: object) -> str:
    return document({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject",
                     "Resource": "arn:aws:s3:::bank-orders/*", "Condition": condition})  # fmt: skip


def _schedule(days: int, hours: int = 24) -> dict[str, object]:
    return {"name": f"each-{hours}", "copyTags": True, "createRule": {"interval": hours, "intervalUnit": "HOURS"},
            "retainRule": {"interval": days, "intervalUnit": "DAYS"}}  # fmt: skip


def _snapshots(*schedules: object, kind: str = "EBS_SNAPSHOT_MANAGEMENT") -> dict[str, object]:
    return {"description": "Ledger", "executionRoleArn": f"{OURS}/dlm", "state": "ENABLED", "tags": TAGS,
            "policyDetails": {"policyType": kind, "targetTags": {"app": "ledger"}, "schedules": list(schedules),
                              "resourceTypes": ["INSTANCE" if kind == "IMAGE_MANAGEMENT" else "VOLUME"]}}  # fmt: skip


GRANTS = (
    Attack("a deployer attaches each policy of AWS but the administrator's", IDN, (aws("iam/Policy", {
        "tags": TAGS, "policy": _policy(["iam:AttachRolePolicy", "iam:DetachRolePolicy"], f"{OURS}/app-*", {
            "ArnNotEquals": {"iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess"}})}),),
        "critical", "IAMFullAccess is left (IAM, 'iam:PolicyARN')"),
    Attack("a deployer attaches what is called access to one role", IDN, (aws("iam/RolePolicy", {
        "role": "deployer", "policy": _policy("iam:AttachRolePolicy", f"{OURS}/target", {
            "StringLike": {"iam:PolicyArn": ["arn:aws:iam::aws:policy/*Access",
                                             f"arn:aws:iam::{ME}:policy/app/*"]}})}),),
        "critical", "AdministratorAccess ends so (IAM, 'iam:PolicyARN')"),
    Attack("a deployer attaches each policy but one of the bank's", IDN, (aws("iam/Policy", {
        "tags": TAGS, "policy": _policy("iam:AttachRolePolicy", f"{OURS}/app-*", {
            "ArnNotLike": {"iam:PolicyARN": f"arn:aws:iam::{ME}:policy/treasury*"}})}),),
        "critical", "all of AWS's are left (IAM, 'iam:PolicyARN')"),
    Attack("a deployer attaches whatever has a name", IDN, (aws("iam/Policy", {
        "tags": TAGS, "policy": _policy("iam:Attach*", f"{OURS}/app-*", {"Null": {"iam:PolicyARN": "false"}})}),),
        "critical", "each policy has one (IAM, 'iam:PolicyARN')"),
    Attack("a role of the plan passes the key on for one purpose", IDN, (
        aws("iam/Role", {"name": "batch", **ROLE}, "batch"),
        aws("kms/Grant", {"keyId": KEY, "granteePrincipal": UNKNOWN, "operations": ["CreateGrant", "Decrypt"],
                          "constraints": [{"encryptionContextEquals": {"purpose": "payments"}}]},
            "grant", links={"granteePrincipal": ("batch",)})),
        "critical", "for whom does not stand in the constraint (AWS KMS, 'Grant constraints')"),
    Attack("a user passes the key of payments on", IDN, (aws("kms/Grant", {
        "keyId": KEY, "granteePrincipal": f"arn:aws:iam::{ME}:user/batch", "operations": ["CreateGrant", "Encrypt"]}),),
        "critical", "whoever has the user's key gives it to every account (AWS KMS, 'CreateGrant')"),
    Attack("readers tag every role that begins like their own", IDN, (aws("iam/Role", {
        "name": "ledger-readers", **ROLE, "inlinePolicies": [{"name": "tags", "policy": _policy(
            ["iam:TagRole", "iam:UntagRole"], f"{OURS}/ledger-*")}]}),),
        "critical", "their own role is one of them (IAM, 'Controlling access with tags')"),
    Attack("users give themselves tags", IDN, (aws("iam/Policy", {
        "name": "self", "tags": TAGS, "policy": _policy(
            ["iam:TagUser", "iam:GetUser"], f"arn:aws:iam::{ME}:user/${{aws:username}}")}),),
        "critical", "roles that rely on tags of the caller let them in (IAM, 'Controlling access with tags')"),
    Attack("analysts change the tables of every level and area", (*IDN, "FJ-ESC-115"), (
        aws("lakeformation/LfTag", {"key": "secrecy", "values": LEVELS}, "levels"),
        aws("lakeformation/LfTag", {"key": "area", "values": ["crm", "ledger"]}, "areas"),
        aws("lakeformation/Permissions", {
            "principal": f"{OURS}/analysts", "permissions": ["ALL"],
            "lfTagPolicy": {"resourceType": "TABLE", "expressions": [
                {"key": "area", "values": ["ledger", "crm"]}, {"key": "secrecy", "values": LEVELS[::-1]}]}})),
        "critical", "both expressions are of all (AWS Lake Formation, 'Tag-based access control')"),
    Attack("analysts write into the databases of every level", (*IDN, "FJ-ESC-115"), (
        aws("lakeformation/LfTag", {"key": "secrecy", "values": LEVELS}, "levels"),
        aws("lakeformation/Permissions", {
            "principal": f"{OURS}/analysts", "permissions": ["DROP", "DESCRIBE"],
            "lfTagPolicy": {"resourceType": "DATABASE", "expressions": [{"key": "secrecy", "values": LEVELS}]}})),
        "critical", "each database has a level (AWS Lake Formation, 'Tag-based access control')"),
    Attack("access points of one name in every account reach the bucket", (*RES, "FJ-EXP-"), (aws("s3/BucketPolicy", {
        "bucket": "bank-orders", "policy": _bucket(
            {"StringLike": {"s3:DataAccessPointArn": f"arn:aws:s3:{R}:*:accesspoint/analytics"}})}),),
        "critical", "each account may call one so (Amazon S3, 'Access points')"),
    Attack("access points of every account and region reach the bucket", (*RES, "FJ-EXP-"), (aws("s3/BucketPolicy", {
        "bucket": "bank-orders", "policy": _bucket(
            {"ForAnyValue:ArnLike": {"s3:dataAccessPointArn": "arn:aws:s3:*:*:accesspoint/shared-*"}})}),),
        "critical", "each account may call one so (Amazon S3, 'Access points')"),
    Attack("queries write into a catalogue inside the account of a stranger", RES, (aws("athena/DataCatalog", {
        "name": "partner", "description": "Partner", "type": "GLUE", "tags": TAGS,
        "parameters": {"catalog-id": f"{THEM}:s3tablescatalog/partner"}}),),
        "major", "rows go to buckets of that account (Amazon Athena, 'Register S3 table bucket catalogs')"),
    Attack("a database of the catalogue leads to that of a stranger", RES, (aws("glue/CatalogDatabase", {
        "name": "partner", "targetDatabase": {"catalogId": THEM, "databaseName": "orders"}, "tags": TAGS}),),
        "major", "rows go to buckets of that account (AWS Glue, 'Resource links')"),
)  # fmt: skip

OTHERS = (
    Attack("the line to the second data centre states no mode of encryption", ENC, (aws("directconnect/Connection", {
        "name": "dc2", "bandwidth": "100Gbps", "location": "EqDX2", "requestMacsec": True, "tags": TAGS}),),
        "major", "its mode is should_encrypt (AWS Direct Connect, 'MAC security', encryption modes)"),
    Attack("the line to the third data centre encrypts if it can", ENC, (aws("directconnect/Connection", {
        "name": "dc3", "bandwidth": "10Gbps", "location": "EqDX3", "encryptionMode": "should_encrypt",
        "tags": TAGS}),),
        "major", "without a key in common it does not (AWS Direct Connect, 'MAC security', encryption modes)"),
    Attack("cloud-config masks the sensor of the machine", RSL + ESC, (aws("ec2/LaunchTemplate", {
        "imageId": "ami-0123456789abcdef0", "instanceType": "m7g.large", "tags": TAGS, "metadataOptions": {
            "httpTokens": "required", "httpPutResponseHopLimit": 1},
        "userData": "#cloud-config\nruncmd:\n  - [systemctl, mask, --now, falcon-sensor.service]\n"}),),
        "major", "attacks on machines are seen by nobody (CrowdStrike Falcon, sensor for Linux)"),
    Attack("machines end the audit and remove it", RSL + ESC, (aws("ec2/Instance", {
        **MACHINE, "userData": "#!/bin/bash\nservice auditd stop\ndnf -y remove audit amazon-guardduty-agent\n"}),),
        "major", "an intruder is neither seen nor traced (Linux Audit)"),
    Attack("a window of maintenance removes the agent that sends the records", ESC, (aws("ssm/MaintenanceWindowTask", {
        "windowId": "mw-0123456789abcdef0", "taskType": "RUN_COMMAND", "taskArn": "AWS-ConfigureAWSPackage",
        "maxConcurrency": "10", "maxErrors": "1", "priority": 1, "targets": [{"key": "InstanceIds", "values": ["i-1"]}],
        "taskInvocationParameters": {"runCommandParameters": {"parameters": [
            {"name": "action", "values": ["Uninstall"]}, {"name": "name", "values": ["AmazonCloudWatchAgent"]}]}}}),),
        "major", "what happens on machines stands nowhere (AWS Systems Manager, 'AWS-ConfigureAWSPackage')"),
    Attack("an association uninstalls each package of a list", ESC, (aws("ssm/Association", {
        "name": "AWS-ConfigureAWSPackage", "targets": [{"key": "tag:app", "values": ["ledger"]}], "tags": TAGS,
        "parameters": {"action": "uninstall", "name": "FalconSensor-Linux"}}),),
        "major", "attacks on machines are seen by nobody (AWS Systems Manager, 'AWS-ConfigureAWSPackage')"),
    Attack("snapshots of the ledger live for three days by two schedules", RSL, (aws("dlm/LifecyclePolicy", _snapshots(
        _schedule(1, 4), _schedule(3))),),
        "major", "damage that is found after four days is in every copy (Amazon Data Lifecycle Manager, 'RetainRule')"),
    Attack("images of machines live for two days", RSL, (aws("dlm/LifecyclePolicy", _snapshots(
        _schedule(2), kind="IMAGE_MANAGEMENT")),),
        "major", "damage that is found after three days is in every copy (Amazon Data Lifecycle Manager)"),
)  # fmt: skip

ATTACKS = (*GRANTS, *OTHERS)
