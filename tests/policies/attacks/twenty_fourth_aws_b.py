"""Attacks on AWS by denials that deny nothing, exceptions of the organisation, and what services do by themselves
(2026-12-02, twenty-fourth set, written before any rule ran on it).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

import json

from ..blind import KEY, ME, TAGS, aws
from ..harness import Given
from . import Attack

R = "me-central-1"
ESC = ("FJ-ESC-", "FJ-EXP-", "FJ-IDN-", "FJ-RES-")
UNIT = f"arn:aws:organizations::{ME}:ou/o-a1b2c3d4e5/ou-ab12-cdefghij"
STANDARD = f"arn:aws:securityhub:{R}::standards/aws-foundational-security-best-practices/v/1.0.0"
KEPT = [
    "cloudtrail:StopLogging",
    "cloudtrail:DeleteTrail",
    "guardduty:DeleteDetector",
    "config:StopConfigurationRecorder",
]


def control(**parameters: object) -> tuple[Given, ...]:
    """Returns a control of Control Tower with parameters."""
    return (aws("controltower/ControlTowerControl", {
        "controlIdentifier": "arn:aws:controlcatalog:::control/bpf5otp6dnkwc2lhv8w1ah1yw", "targetIdentifier": UNIT,
        "parameters": [{"key": key, "value": json.dumps(value)} for key, value in parameters.items()]}),)  # fmt: skip


def denial(**statement: object) -> tuple[Given, ...]:
    """Returns a policy of the organisation with one denial of ending records."""
    text = {"Version": "2012-10-17", "Statement": [{
        "Sid": "KeepRecords", "Effect": "Deny", "Action": KEPT, "Resource": "*", **statement}]}  # fmt: skip
    props = {"name": "keep-records", "type": "SERVICE_CONTROL_POLICY", "tags": TAGS, "content": json.dumps(text)}
    return (aws("organizations/Policy", props),)


ATTACKS = (
    Attack("accounts of the organisation may work in Ireland", ESC, control(
        AllowedRegions=[R, "me-south-1", "eu-west-1"]), "critical",
        "the parameter lists the Regions that the control leaves open (AWS Control Catalog API, ControlParameter, read "
        "2026-12-02)"),
    Attack("the control of the organisation is for no role", ESC, control(
        AllowedRegions=[R], ExemptedPrincipalArns=["arn:aws:iam::*:role/*"]), "critical",
        "principals of the list are exempt, with wildcards (AWS Control Tower, 'Controls with parameters', read "
        "2026-12-02)"),
    Attack("a denial of the organisation is for those who are no role", ESC, denial(
        Condition={"StringNotEquals": {"aws:PrincipalType": "AssumedRole"}}), "critical",
        "people and programs have sessions of roles (IAM, aws:PrincipalType), so that nobody is denied anything"),
    Attack("a denial of the organisation is for whoever is not of its own account", ESC, denial(
        Condition={"StringNotEquals": {"aws:PrincipalAccount": "${aws:PrincipalAccount}"}}), "critical",
        "a variable is compared with itself (IAM, 'IAM policy elements: Variables and tags'), so that nobody is denied "
        "anything"),
    Attack("a denial of the organisation is for no resource", ESC, denial(Resource=[
        f"arn:aws:cloudtrail:{R}:000000000000:trail/none"]), "critical",
        "no trail, detector or recorder of an account has that name, so that nobody is denied anything (IAM JSON "
        "policy elements: Resource)"),
    Attack("orphans of one table are looked for in the whole lake and deleted", ("FJ-RSL-", "FJ-ESC-"), (
        aws("glue/CatalogTableOptimizer", {
            "catalogId": ME, "databaseName": "lake", "tableName": "payments", "type": "orphan_file_deletion",
            "configuration": {
                "enabled": True, "roleArn": f"arn:aws:iam::{ME}:role/lake-optimizer",
                "orphanFileDeletionConfiguration": {"icebergConfiguration": {
                    "location": "s3://bank-lake/", "orphanFileRetentionPeriodInDays": 1}}}}),),
        "critical", "files of all other tables are not in the metadata of this one (AWS Glue, 'Deleting orphan files', "
        "Location; hashicorp/terraform-provider-aws, glue_catalog_table_optimizer)"),
    Attack("faces of customers are given to the vendor to improve its service", ESC, (
        aws("rekognition/StreamProcessor", {
            "name": "branches", "roleArn": f"arn:aws:iam::{ME}:role/branches", "kmsKeyId": KEY, "tags": TAGS,
            "dataSharingPreference": {"optIn": True},
            "input": {"kinesisVideoStream": {"arn": f"arn:aws:kinesisvideo:{R}:{ME}:stream/branches/1234567890123"}},
            "output": {"kinesisDataStream": {"arn": f"arn:aws:kinesis:{R}:{ME}:stream/faces"}},
            "settings": {"faceSearch": {"collectionId": "customers", "faceMatchThreshold": 95}}}),),
        "critical", "Rekognition may use the video to improve its technologies (Amazon Rekognition API, "
        "StreamProcessorDataSharingPreference)"),
    Attack("checks of the organisation count an old key as good for years", ESC, (
        aws("securityhub/ConfigurationPolicy", {"name": "bank", "configurationPolicy": {
            "serviceEnabled": True,
            "enabledStandardArns": [STANDARD],
            "securityControlsConfiguration": {
                "disabledControlIdentifiers": [], "securityControlCustomParameters": [
                    {"securityControlId": "EC2.18", "parameters": [{
                        "name": "authorizedTcpPorts", "valueType": "CUSTOM", "intList": {"values": [22, 443, 3389]}}]},
                    {"securityControlId": "IAM.8", "parameters": [{
                        "name": "maxCredentialUsageAge", "valueType": "CUSTOM", "int": {"value": 3650}}]}]}}}),),
        "major", "the control passes what the parameter allows (AWS Security Hub, 'Controls with custom parameters')"),
)  # fmt: skip
