"""Attacks on AWS by values that the table of switches let pass until its second reading (2026-11-29).

`harm` names the vendor's page or the service model of botocore 1.44.8 that says what the property does, read that day.
"""

from ..blind import KEY, ME, TAGS, aws
from . import Attack
from .fields_awsb_watch import AUTHORITY

SWITCH, R = ("FJ-ESC-115",), "me-central-1"
T = {"tags": TAGS}
ROLE = f"arn:aws:iam::{ME}:role/x"
ASK = f"arn:aws:apigateway:{R}:lambda:path/2015-03-31/functions/arn:aws:lambda:{R}:{ME}:function:auth/invocations"
RESTORE = {"name": "x", "restoreTestingPlanName": "p", "iamRoleArn": ROLE, "protectedResourceArns": ["*"]}
OBJECT = {"bucket": "orders", "key": "ledger.csv", "kmsKeyId": KEY}

ATTACKS = (
    *(Attack(f"an authorizer remembers its answer by what is no credential ({source})", SWITCH, (
        aws("apigateway/Authorizer", {
            "restApi": "a", "name": "tokens", "type": "REQUEST", "authorizerUri": ASK, "identitySource": source}),),
        "critical", "whoever has the same address or path is let in with no token (API Gateway, CreateAuthorizer, "
        "identitySource)")
      for source in ("context.identity.sourceIp", "context.path", "method.request.querystring.author")),
    Attack("an authorizer of an HTTP API remembers its answer by the address", SWITCH, (
        aws("apigatewayv2/Authorizer", {
            "apiId": "a", "name": "tokens", "authorizerType": "REQUEST", "authorizerPayloadFormatVersion": "2.0",
            "authorizerResultTtlInSeconds": 3600, "identitySources": ["$context.identity.sourceIp"],
            "authorizerUri": ASK}),),
        "critical", "whoever is behind the same gateway is let in with no token (API Gateway v2, CreateAuthorizer, "
        "IdentitySource)"),
    Attack("revocations are published for everybody, as the default is", SWITCH, (aws("acmpca/CertificateAuthority", {
        **AUTHORITY, "revocationConfiguration": {"crlConfiguration": {
            "enabled": True, "expirationInDays": 7, "s3BucketName": "crl"}}}),),
        "minor", "AWS Private CA, CrlConfiguration, S3ObjectAcl: PUBLIC_READ if it is not set"),
    Attack("copies of a service are never taken away again", SWITCH, (aws("appautoscaling/Target", {
        "serviceNamespace": "ecs", "resourceId": "service/x/y", "scalableDimension": "ecs:service:DesiredCount",
        "minCapacity": 1, "maxCapacity": 40, "suspendedState": {"dynamicScalingInSuspended": True}, **T}),),
        "minor", "Application Auto Scaling, SuspendedState, DynamicScalingInSuspended"),
    Attack("a secret that AWS rotated is rotated no more", SWITCH, (aws("secretsmanager/SecretRotation", {
        "secretId": "orders", "rotationEnabled": False}),),
        "major", "a stolen password stays valid (Security Hub, control SecretsManager.1)"),
    Attack("users who were signed out get credentials of the account", SWITCH, (aws("cognito/IdentityPool", {
        "identityPoolName": "portal", "allowUnauthenticatedIdentities": False, "cognitoIdentityProviders": [{
            "clientId": "c", "providerName": f"cognito-idp.{R}.amazonaws.com/{R}_abc",
            "serverSideTokenCheck": False}], **T}),),
        "major", "Amazon Cognito identity pools, CognitoIdentityProvider, ServerSideTokenCheck"),
    Attack("mail is taken in without a scan, as the default is", SWITCH, (aws("ses/ReceiptRule", {
        "ruleSetName": "x", "name": "x", "enabled": True, "tlsPolicy": "Require"}),),
        "minor", "Amazon SES, ReceiptRule, ScanEnabled: false if it is not set"),
    *(Attack(f"an object goes with the stack although it is held ({kind})", SWITCH, (aws(f"s3/{kind}", props),),
             "major", "the legal hold is removed (pulumi-aws 7.51.1, forceDestroy)")
      for kind, props in (
          ("BucketObject", {**OBJECT, "content": "x", "serverSideEncryption": "aws:kms", "forceDestroy": True, **T}),
          ("BucketObjectv2", {**OBJECT, "content": "x", "serverSideEncryption": "aws:kms", "forceDestroy": True, **T}),
          ("ObjectCopy", {**OBJECT, "source": "orders/old.csv", "serverSideEncryption": "aws:kms",
                          "forceDestroy": True, **T}))),
    Attack("the region of the bank is switched off", SWITCH, (aws("account/Region", {
        "regionName": R, "enabled": False}),),
        "critical", "nobody reaches what is in it any more (AWS Account Management, DisableRegion)"),
    *(Attack(f"a database that is restored as a test is on the internet ({key})", SWITCH, (
        aws("backup/RestoreTestingSelection", {
            **RESTORE, "protectedResourceType": "RDS", "restoreMetadataOverrides": {key: "true"}}),),
        "critical", "AWS Backup, 'Restore testing inferred metadata'; Amazon RDS, PubliclyAccessible")
      for key in ("publiclyAccessible", "PubliclyAccessible", "publiclyaccessible")),
    Attack("a machine that is restored as a test gives its role to requests", SWITCH, (
        aws("backup/RestoreTestingSelection", {
            **RESTORE, "protectedResourceType": "EC2", "restoreMetadataOverrides": {"requireImdsV2": "false"}}),),
        "major", "AWS Backup, 'Restore testing inferred metadata'"),
    *(Attack(f"personal data in answers of a model is not looked for ({part})", SWITCH, (aws("bedrock/Guardrail", {
        "name": "x", "blockedInputMessaging": "no", "blockedOutputsMessaging": "no", "kmsKeyArn": KEY,
        "contentPolicyConfig": {"filtersConfigs": [
            {"type": "PROMPT_ATTACK", "inputStrength": "HIGH", "outputStrength": "NONE"}]},
        "sensitiveInformationPolicyConfig": {part: [{**item, "action": "BLOCK", "outputEnabled": False}]}, **T}),),
        "major", "as if the action were NONE (pulumi-aws 7.51.1, outputEnabled)")
      for part, item in (("piiEntitiesConfigs", {"type": "EMAIL"}),
                         ("regexesConfigs", {"name": "iban", "pattern": "AE[0-9]{21}"}))),
    Attack("a group stays as large as its worst hour", SWITCH, (aws("autoscaling/Group", {
        "minSize": 1, "maxSize": 20, "vpcZoneIdentifiers": ["subnet-1"], "suspendedProcesses": ["AlarmNotification"],
        "launchTemplate": {"id": "lt-1", "version": "1"}}),),
        "minor", "no policy of scaling acts (EC2 Auto Scaling, 'Considerations for suspending processes')"),
    Attack("files of a trail have no digests, as the default is", SWITCH, (aws("cloudtrail/Trail", {
        "s3BucketName": "audit-logs", "kmsKeyId": KEY, "isMultiRegionTrail": True, **T}),),
        "major", "nobody notices that they were changed (Security Hub, control CloudTrail.4)"),
    Attack("machines of a fleet run on when it is deleted, as the default is", SWITCH, (aws("ec2/Fleet", {
        "type": "maintain", "launchTemplateConfigs": [{"launchTemplateSpecification": {
            "launchTemplateId": "lt-1", "version": "1"}}], "targetCapacitySpecification": {
                "defaultTargetCapacityType": "spot", "totalTargetCapacity": 2}, **T}),),
        "major", "nobody pays attention to what no stack has (pulumi-aws 7.51.1, terminateInstances)"),
    *(Attack(f"plans of backup save no {service}", SWITCH, (aws("backup/RegionSettings", {
        "resourceTypeOptInPreference": {"EBS": True, service: False}}),),
        "major", "AWS Backup, UpdateRegionSettings, ResourceTypeOptInPreference")
      for service in ("DSQL", "Redshift Serverless")),
)  # fmt: skip
