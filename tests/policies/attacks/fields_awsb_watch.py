"""Attacks on evidence, identities and money of AWS by properties of reviewed types that no rule read (2026-11-29).

Properties by pulumi-aws 7.51.1; what a setting does by the vendor's document that is named, as known, and by the
service models of botocore 1.44.8.
"""

import json

from ..blind import KEY, ME, TAGS, THEM, aws
from . import Attack
from .tenth_aws import R, _ours

ROLE = f"arn:aws:iam::{ME}:role/worker"
SWITCH, RECORDS, FINDINGS = ("FJ-ESC-115",), ("FJ-RSL-117",), ("FJ-EXP-127",)
STANDARD = f"arn:aws:securityhub:{R}::standards/aws-foundational-security-best-practices/v/1.0.0"
AUTHORITY = {"certificateAuthorityConfiguration": {"keyAlgorithm": "RSA_4096", "signingAlgorithm": "SHA512WITHRSA",
             "subject": {"commonName": "bank"}}, "tags": TAGS}  # fmt: skip
LANDING = {"governedRegions": [R], "centralizedLogging": {"accountId": ME, "enabled": True, "configurations": {
    "loggingBucket": {"retentionDays": 365}, "accessLoggingBucket": {"retentionDays": 365}, "kmsKeyArn": KEY}},
    "accessManagement": {"enabled": True}}  # fmt: skip


def _of_organisation(name: str, kind: str, content: object, harm: str) -> Attack:
    """Returns a policy of the organisation."""
    return Attack(name, SWITCH, (aws("organizations/Policy", {
        "name": "baseline", "type": kind, "content": json.dumps(content),
        "tags": TAGS}),), "critical", harm)  # fmt: skip


def _machines(name: str, attribute: str, assigned: object) -> Attack:
    """Returns a declarative policy of machines."""
    content = {"ec2_attributes": {attribute: assigned}}
    harm = "every account of the organisation loses the protection (AWS Organizations, 'Declarative policies for EC2')"
    return _of_organisation(name, "DECLARATIVE_POLICY_EC2", content, harm)


def _hub(name: str, harm: str, **more: object) -> Attack:
    """Returns a policy of Security Hub for accounts."""
    return Attack(name, SWITCH, (aws("securityhub/ConfigurationPolicy", {
        "name": "baseline", "configurationPolicy": {
            "serviceEnabled": True, "enabledStandardArns": [STANDARD],
            "securityControlsConfiguration": {"disabledControlIdentifiers": []}, **more}}),),
        "major", harm)  # fmt: skip


def _call(name: str, action: str, given: object, harm: str) -> Attack:
    """Returns a schedule that calls the API of AWS."""
    return Attack(name, ("FJ-ESC-102",), (aws("scheduler/Schedule", {
        "flexibleTimeWindow": {"mode": "OFF"}, "scheduleExpression": "rate(1 days)", "kmsKeyArn": KEY, "target": {
            "arn": f"arn:aws:scheduler:::aws-sdk:{action}", "roleArn": ROLE, "input": json.dumps(given)}}),),
        "critical", harm)  # fmt: skip


ATTACKS = (
    _machines("snapshots of every account may be made public", "snapshot_block_public_access",
              {"state": {"@@assign": "unblocked"}}),
    _machines("images of every account may be made public", "image_block_public_access",
              {"state": {"@@assign": "unblocked"}}),
    _machines("machines of every account give their roles without a token", "instance_metadata_defaults",
              {"http_tokens": {"@@assign": "optional"}}),
    _machines("consoles of machines are open in every account", "serial_console_access",
              {"status": {"@@assign": "enabled"}}),
    _of_organisation("buckets of every account may be made public", "S3_POLICY",
                     {"s3_attributes": {"public_access_block_configuration": {"@@assign": "none"}}},
                     "AWS Organizations, 'Amazon S3 policies'"),
    _of_organisation("backups of every account are deleted after a day", "BACKUP_POLICY", {"plans": {"all": {
        "regions": {"@@assign": [R]}, "rules": {"daily": {"lifecycle": {"delete_after_days": {"@@assign": "1"}},
                                                          "target_backup_vault_name": {"@@assign": "all"}}}}}},
        "AWS Organizations, 'Backup policy syntax'"),
    Attack("records of all accounts are deleted after a day", SWITCH, (aws("controltower/LandingZone", {
        "version": "3.3", "tags": TAGS, "manifestJson": json.dumps({**LANDING, "centralizedLogging": {
            "accountId": ME, "enabled": True, "configurations": {
                "loggingBucket": {"retentionDays": 1}, "accessLoggingBucket": {"retentionDays": 1}}}})}),),
        "critical", "AWS Control Tower, 'Landing zone schemas', retentionDays"),
    Attack("records of all accounts are not collected", SWITCH, (aws("controltower/LandingZone", {
        "version": "3.3", "tags": TAGS, "manifestJson": json.dumps({**LANDING, "centralizedLogging": {
            "accountId": ME, "enabled": False}})}),),
        "critical", "AWS Control Tower, 'Landing zone schemas', centralizedLogging"),
    Attack("a lake of records has only what reads", RECORDS, (aws("cloudtrail/EventDataStore", {
        "name": "all", "kmsKeyId": KEY, "retentionPeriod": 2555, "tags": TAGS, "advancedEventSelectors": [{
            "name": "m", "fieldSelectors": [{"field": "eventCategory", "equals": ["Management"]},
                                            {"field": "readOnly", "equals": ["true"]}]}]}),),
        "critical", "AWS CloudTrail, AdvancedFieldSelector, readOnly"),
    Attack("records of the security lake are deleted after a day", SWITCH, (aws("securitylake/DataLake", {
        "metaStoreManagerRoleArn": ROLE, "tags": TAGS, "configuration": {
            "region": R, "encryptionConfigurations": [{"kmsKeyId": KEY}],
            "lifecycleConfiguration": {"expiration": {"days": 1}}}}),),
        "critical", "Amazon Security Lake, 'Lifecycle management'"),
    Attack("changes of rights are not recorded", SWITCH, (aws("cfg/Recorder", {
        "roleArn": ROLE, "recordingGroup": {"allSupported": False, "resourceTypes": ["AWS::EC2::EIP"]}}),),
        "major", "AWS Config, RecordingGroup"),
    Attack("every finding of an attack is called a false one", FINDINGS, (aws("securityhub/AutomationRule", {
        "ruleName": "noise", "description": "noise", "ruleOrder": 1, "tags": TAGS, "criteria": {
            "severityLabels": [{"comparison": "EQUALS", "value": "CRITICAL"}]}, "actions": [{
                "type": "FINDING_FIELDS_UPDATE", "findingFieldsUpdate": {"verificationState": "FALSE_POSITIVE"}}]}),),
        "critical", "AWS Security Hub, AutomationRulesFindingFieldsUpdate, VerificationState"),
    _hub("public snapshots and buckets are no finding", "AWS Security Hub, 'Control reference': severity Critical",
         securityControlsConfiguration={"disabledControlIdentifiers": ["S3.2", "RDS.1", "EC2.1"]}),
    _hub("accounts are held against no standard", "AWS Security Hub, SecurityHubPolicy", enabledStandardArns=[]),
    Attack("an alarm waits a month after another ended", SWITCH, (aws("cloudwatch/CompositeAlarm", {
        "alarmName": "intrusion", "alarmRule": "ALARM(logins)", "tags": TAGS,
        "alarmActions": [_ours("sns", "security")],
        "actionsSuppressor": {"alarm": "maintenance", "extensionPeriod": 2592000, "waitPeriod": 0}}),),
        "major", "Amazon CloudWatch, PutCompositeAlarm, ActionsSuppressorExtensionPeriod"),
    Attack("runs of a workflow leave no trace", SWITCH, (aws("sfn/StateMachine", {
        "roleArn": ROLE, "definition": '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}', "tags": TAGS,
        "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY},
        "loggingConfiguration": {"level": "OFF"}}),), "major", "Security Hub, StepFunctions.1"),
    Attack("a pipe that loses messages says nothing", SWITCH, (aws("pipes/Pipe", {
        "source": _ours("sqs", "in"), "target": _ours("sqs", "out"), "roleArn": ROLE, "tags": TAGS,
        "kmsKeyIdentifier": KEY, "logConfiguration": {"level": "OFF"}}),),
        "minor", "Amazon EventBridge Pipes, PipeLogConfigurationParameters"),
    Attack("the window in which machines are patched has ended", SWITCH, (aws("ssm/MaintenanceWindow", {
        "name": "patches", "schedule": "rate(7 days)", "duration": 3, "cutoff": 1, "tags": TAGS,
        "endDate": "2020-01-01T00:00:00Z"}),), "major", "AWS Systems Manager, CreateMaintenanceWindow, EndDate"),
    Attack("patches after a day in the past are not installed", SWITCH, (aws("ssm/PatchBaseline", {
        "name": "patches", "operatingSystem": "AMAZON_LINUX_2023", "tags": TAGS, "approvalRules": [{
            "approveUntilDate": "2020-01-01", "patchFilters": [{"key": "PRODUCT", "values": ["*"]}]}]}),),
        "major", "AWS Systems Manager, PatchRule, ApproveUntilDate"),
    Attack("an authority that was deleted is gone after a week", SWITCH, (aws("acmpca/CertificateAuthority", {
        **AUTHORITY, "permanentDeletionTimeInDays": 7}),), "minor", "AWS Private CA, DeleteCertificateAuthority"),
    Attack("revoked certificates are accepted for years", SWITCH, (aws("acmpca/CertificateAuthority", {
        **AUTHORITY, "revocationConfiguration": {"crlConfiguration": {
            "enabled": True, "expirationInDays": 5000, "s3BucketName": "crl", "s3ObjectAcl": "BUCKET_OWNER_FULL_CONTROL"
            }}}),), "major", "AWS Private CA, CrlConfiguration, ExpirationInDays"),
    Attack("builds read repositories with a person's key", SWITCH, (aws("codebuild/SourceCredential", {
        "authType": "PERSONAL_ACCESS_TOKEN", "serverType": "GITHUB", "token": "{{resolved-at-deploy}}"}),),
        "minor", "AWS CodeBuild, ImportSourceCredentials: a connection needs no key"),
    Attack("packages are published in a stranger's domain", ("FJ-IDN-116",), (aws("codeartifact/Repository", {
        "domain": "packages", "domainOwner": THEM, "repository": "apps", "tags": TAGS}),),
        "critical", "builds load from there what its owner put in place (AWS CodeArtifact, domainOwner)"),
    Attack("whoever launches a product administers the account", SWITCH, (aws("servicecatalog/Constraint", {
        "portfolioId": "port-1", "productId": "prod-1", "type": "LAUNCH",
        "parameters": json.dumps({"LocalRoleName": "AWSControlTowerExecution"})}),),
        "critical", "AWS Service Catalog, 'Launch constraints'"),
    Attack("tokens for every application decide on rights", SWITCH, (aws("verifiedpermissions/IdentitySource", {
        "policyStoreId": "store", "configuration": {"cognitoUserPoolConfiguration": {
            "userPoolArn": _ours("cognito-idp", "userpool/me-central-1_AbCdEfGhI")}}}),),
        "major", "Amazon Verified Permissions, CognitoUserPoolConfiguration, clientIds"),
    Attack("a list of routes opens the directory to every address", SWITCH, (
        aws("directoryservice/IpRoutesExclusive", {
            "directoryId": "d-0123456789", "updateSecurityGroupForDirectoryControllers": False,
            "ipRoutes": [{"cidrIp": "0.0.0.0/0"}]}),), "major", "AWS Directory Service, AddIpRoutes"),
    _call("every night the database is opened to the internet", "rds:modifyDBInstance",
          {"DbInstanceIdentifier": "core", "PubliclyAccessible": True}, "Amazon RDS, ModifyDBInstance"),
    _call("every night the lake's rights are given away", "lakeformation:grantPermissions",
          {"Permissions": ["ALL"]}, "AWS Lake Formation, GrantPermissions"),
    _call("every night a document of machines is shared", "ssm:modifyDocumentPermission",
          {"Name": "core", "PermissionType": "Share", "AccountIdsToAdd": ["All"]}, "AWS Systems Manager, API"),
    Attack("names of what fails go to PagerDuty", SWITCH, (aws("ssmincidents/ResponsePlan", {
        "name": "core", "tags": TAGS, "incidentTemplate": {"title": "core", "impact": 3}, "integration": {
            "pagerduties": [{"name": "core", "secretId": "core", "serviceId": "S1"}]}}),),
        "major", "AWS Systems Manager Incident Manager, PagerDutyConfiguration"),
    Attack("mail is kept for three months", SWITCH, (aws("mailmanager/Archive", {
        "name": "all", "kmsKeyArn": KEY, "tags": TAGS, "retention": {"retentionPeriod": "THREE_MONTHS"}}),),
        "minor", "Amazon SES, ArchiveRetention: by default for 180 days"),
)  # fmt: skip
