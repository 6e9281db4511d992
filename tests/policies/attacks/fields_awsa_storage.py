"""Attacks on AWS by properties of reviewed types of files, backups and APIs that nothing read (2026-11-29).

Found by reading every property of those types in pulumi-aws 7.51.1; what one does stands in the guide that is named, as
known.
"""

from ..blind import KEY, ME, TAGS, Props, aws
from . import Attack
from .cost_services import AWS, STACK
from .tenth_aws import _ours

SWITCH, RSL = ("FJ-ESC-115",), ("FJ-RSL-",)
T = {"tags": TAGS}
ROLE = f"arn:aws:iam::{ME}:role/x"
ANY_TOKEN = {"authorizerUri": _ours("lambda", "function:x"), "identityValidationExpression": ".*"}
SQL = """{"version": "2018-05-29", "statements": ["select * from payments where id = '$ctx.args.id'"]}"""
GRAPH = {"name": "x", "authenticationType": "AWS_IAM", "visibility": "PRIVATE", **T}
GRAPH_LOGS = {"cloudwatchLogsRoleArn": ROLE, "fieldLogLevel": "ERROR", "excludeVerboseContent": True}
LOCATIONS = {"sourceLocationArn": _ours("datasync", "location/loc-1"), "name": "x",
             "destinationLocationArn": _ours("datasync", "location/loc-2"), **T}  # fmt: skip


def modes(kind: str) -> Props:
    """Returns how clients of events prove who they are."""
    uses = ("connectionAuthModes", "defaultPublishAuthModes", "defaultSubscribeAuthModes")
    return {use: [{"authType": kind}] for use in uses}


ATTACKS = (
    *(Attack(f"a bucket with rules of its own deletes everything after a day ({kind})", RSL, (aws(kind, {
        "bucket": "payments", key: [{"enabled": True, **expires}], **T}),),
        "major", "records and data are gone (Amazon S3, 'Expiring objects')")
      for kind, key, expires in (
          ("s3/Bucket", "lifecycleRules", {"expiration": {"days": 1}}),
          ("s3/BucketV2", "lifecycleRules", {"expirations": [{"days": 1}]}))),
    *(Attack(f"a lock of a bucket lasts for a day ({kind})", SWITCH, (aws(kind, {
        "bucket": "payments", "objectLockConfiguration": {"objectLockEnabled": "Enabled", **rule}, **T}),),
        "major", "records can be deleted tomorrow (Amazon S3, 'Using Object Lock')")
      for kind, rule in (
          ("s3/Bucket", {"rule": {"defaultRetention": {"mode": "COMPLIANCE", "days": 1}}}),
          ("s3/BucketV2", {"rules": [{"defaultRetentions": [{"mode": "COMPLIANCE", "days": 1}]}]}))),
    Attack("every identity of the account has a grant on a bucket", SWITCH, (aws("s3control/AccessGrant", {
        "accessGrantsLocationId": "default", "permission": "READWRITE", **T, "grantee": {
            "granteeIdentifier": f"arn:aws:iam::{ME}:root", "granteeType": "IAM"},
        "accessGrantsLocationConfiguration": {"s3SubPrefix": "*"}}),),
        "critical", "each role that may ask gets every file (Amazon S3, 'Working with grants')"),
    *(Attack(f"a vault apart keeps backups for a week ({key})", SWITCH, (aws("backup/LogicallyAirGappedVault", {
        "name": "x", "minRetentionDays": 7, "maxRetentionDays": 90, "encryptionKeyArn": KEY, **T, key: value}),),
        "major", harm)
      for key, value, harm in (
          ("maxRetentionDays", 7, "each copy that is kept for a month fails (AWS Backup, MaxRetentionDays)"),
          ("minRetentionDays", 1, "whoever owns the account deletes it (AWS Backup, MinRetentionDays)"))),
    Attack("a lock of tapes lasts for a day", SWITCH, (aws("storagegateway/TapePool", {
        "poolName": "x", "storageClass": "GLACIER", "retentionLockType": "COMPLIANCE", "retentionLockTimeInDays": 1,
        **T}),),
        "major", "tapes can be deleted tomorrow (AWS Storage Gateway, 'Tape retention lock')"),
    Attack("nobody sees which files were not copied", SWITCH, (aws("datasync/Task", {
        **LOCATIONS, "options": {"logLevel": "OFF"}}),),
        "minor", "a copy that lacks files looks whole (AWS Security Hub, control DataSync.1)"),
    *(Attack(f"a partner sees the buckets of every other one ({kind}, {key})", SWITCH, (aws(kind, {
        "serverId": "s-1", "role": ROLE, **name, key: value}),),
        "major", "the folder of a partner is none (AWS Transfer Family, 'Using logical directories')")
      for kind, name in (("transfer/User", {"userName": "u", **T}),
                         ("transfer/Access", {"externalId": "S-1-5-21-1-2-3-1104"}))
      for key, value in (("homeDirectory", "/"),
                         ("homeDirectoryMappings", [{"entry": "/", "target": "/"}]))),
    Attack("calls of an API that fail are not recorded", SWITCH, (aws("apigateway/MethodSettings", {
        "restApi": "a", "stageName": "p", "methodPath": "*/*", "settings": {"loggingLevel": "OFF"}}),),
        "minor", "attempts stay unseen (AWS Security Hub, control APIGateway.1)"),
    Attack("queries of a graph that fail are not recorded", SWITCH, (aws("appsync/GraphQLApi", {
        **GRAPH, "logConfig": {**GRAPH_LOGS, "fieldLogLevel": "NONE"}}),),
        "minor", "attempts stay unseen (AWS Security Hub, control AppSync.2)"),
    Attack("events that fail are not recorded", SWITCH, (aws("appsync/Api", {"name": "x", "eventConfig": {
        **modes("AWS_IAM"), "authProviders": [{"authType": "AWS_IAM"}], "logConfig": {
            "cloudwatchLogsRoleArn": ROLE, "logLevel": "NONE"}}, **T}),),
        "minor", "attempts stay unseen (AWS AppSync, EventLogConfig)"),
    *(Attack(f"every text is tried as a token ({name})", SWITCH, (aws(kind, props),),
             "minor", "the authorizer runs for whatever is sent (AWS AppSync, identityValidationExpression)")
      for name, kind, props in (
          ("graph", "appsync/GraphQLApi", {**GRAPH, "logConfig": GRAPH_LOGS, "authenticationType": "AWS_LAMBDA",
                                           "lambdaAuthorizerConfig": ANY_TOKEN}),
          ("second way into a graph", "appsync/GraphQLApi", {
              **GRAPH, "logConfig": GRAPH_LOGS, "additionalAuthenticationProviders": [
                  {"authenticationType": "AWS_LAMBDA", "lambdaAuthorizerConfig": ANY_TOKEN}]}),
          ("events", "appsync/Api", {"name": "x", "eventConfig": {**modes("AWS_LAMBDA"), "authProviders": [
              {"authType": "AWS_LAMBDA", "lambdaAuthorizerConfig": ANY_TOKEN}]}, **T}))),
    *(Attack(f"a caller writes a part of a statement of SQL ({kind})", SWITCH, (aws(kind, props),),
             "critical", "he reads every row (AWS AppSync, 'Resolver mapping template reference for RDS', variableMap)")
      for kind, props in (
          ("appsync/Resolver", {"apiId": "a", "type": "Query", "field": "payment", "dataSource": "d",
                                "requestTemplate": SQL}),
          ("appsync/Function", {"apiId": "a", "name": "payment", "dataSource": "d", "requestMappingTemplate":
                                SQL.replace("$ctx.args.id", "${context.arguments.id}")}))),
    Attack("a cache of the largest kind has no price", ("FJ-COST-004",), (STACK, AWS, aws("appsync/ApiCache", {
        "apiId": "a", "apiCachingBehavior": "FULL_REQUEST_CACHING", "ttl": 60, "type": "R4_8XLARGE",
        "atRestEncryptionEnabled": True, "transitEncryptionEnabled": True})),
        "major", "it is charged by the hour, used or not (AWS AppSync, 'Pricing', caching)"),
)  # fmt: skip
