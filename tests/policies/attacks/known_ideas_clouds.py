"""Ideas that were known to pass in AWS and Azure: accounts that are left out, contents of requests in logs, and what a
database runs for each session (2026-11-29)."""

from ..blind import KEY, ME, TAGS, aws
from . import Attack

AUDIT = ("FJ-RSL-", "FJ-EXP-", "FJ-ESC-", "FJ-IDN-")

ATTACKS = (
    Attack("a rule of the organisation leaves an account out", AUDIT, (
        aws("cfg/OrganizationManagedRule", {
            "name": "encrypted-volumes", "ruleIdentifier": "ENCRYPTED_VOLUMES", "excludedAccounts": [ME]}),),
        "major", "nobody sees what the account does against the rule (AWS Config, PutOrganizationConfigRule, "
        "ExcludedAccounts)"),
    Attack("a rule of one's own of the organisation leaves an account out", AUDIT, (
        aws("cfg/OrganizationCustomRule", {
            "name": "x", "lambdaFunctionArn": f"arn:aws:lambda:me-central-1:{ME}:function:x",
            "triggerTypes": ["ConfigurationItemChangeNotification"], "excludedAccounts": [ME]}),),
        "major", "as above (AWS Config, PutOrganizationConfigRule, ExcludedAccounts)"),
    Attack("a conformance pack of the organisation leaves an account out", AUDIT, (
        aws("cfg/OrganizationConformancePack", {
            "name": "x", "templateS3Uri": "s3://awsconfigconforms-bank/x.yaml", "excludedAccounts": [ME]}),),
        "major", "as above (AWS Config, PutOrganizationConformancePack, ExcludedAccounts)"),
    Attack("an API of GraphQL logs what is asked and answered", AUDIT, (
        aws("appsync/GraphQLApi", {
            "name": "x", "authenticationType": "AWS_IAM", "visibility": "PRIVATE", "introspectionConfig": "DISABLED",
            "logConfig": {"cloudwatchLogsRoleArn": f"arn:aws:iam::{ME}:role/logs", "fieldLogLevel": "ALL",
                          "excludeVerboseContent": False}, "tags": TAGS}),),
        "major", "names, numbers and tokens of customers stand in the log (AppSync, 'Monitoring', "
        "excludeVerboseContent)"),
    Attack("an API of GraphQL logs all contents by default", AUDIT, (
        aws("appsync/GraphQLApi", {
            "name": "x", "authenticationType": "AWS_IAM", "visibility": "PRIVATE", "introspectionConfig": "DISABLED",
            "logConfig": {"cloudwatchLogsRoleArn": f"arn:aws:iam::{ME}:role/logs", "fieldLogLevel": "ALL"},
            "tags": TAGS}),),
        "major", "as above: contents are not left out unless it is said (AppSync, 'Monitoring')"),
    Attack("a database gives every user the rights of an owner when he connects", AUDIT, (
        aws("rds/ParameterGroup", {"family": "mysql8.0", "tags": TAGS, "parameters": [
            {"name": "require_secure_transport", "value": "ON"},
            {"name": "init_connect", "value": "SET ROLE ALL"}]}),),
        "major", "whoever writes the setting runs statements in the session of each user (MySQL, 'Server System "
        "Variables', init_connect)"),
    Attack("a copying service runs statements at the database", AUDIT, (
        aws("dms/Endpoint", {
            "endpointId": "x", "endpointType": "target", "engineName": "mysql", "serverName": "10.0.1.7", "port": 3306,
            "username": "dms", "databaseName": "a", "sslMode": "verify-full", "kmsKeyArn": KEY,
            "certificateArn": f"arn:aws:dms:me-central-1:{ME}:cert:A", "secretsManagerAccessRoleArn":
                f"arn:aws:iam::{ME}:role/dms",
            "extraConnectionAttributes": "initstmt=SET FOREIGN_KEY_CHECKS=0,GLOBAL log_bin=0;", "tags": TAGS}),),
        "major", "statements that nobody reviewed run with the rights of the copy (DMS, 'Using a MySQL-compatible "
        "database as a target', initstmt)"),
)  # fmt: skip
