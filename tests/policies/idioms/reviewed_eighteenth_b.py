"""Good idioms close to the rules of the eighteenth set, as published settings have them (2026-11-30, by a reviewer).

The age of passwords by the conformance pack for NZISM (awslabs/aws-config-rules), the settings of errors by the task
settings that ten public repositories have (found as a string), where EventErrorPolicy is IGNORE; read 2026-11-30.
"""

import json

from ..attacks.eighteenth_aws_b import TASK
from ..blind import KEY, ME, RG, TAGS, aws, az
from . import Idiom, unpriced
from .after_eighteenth_maws import DOCS, R
from .after_eighteenth_maz import _flag
from .fourth import LEARN
from .fourth_kubernetes import BUDGET

FLOW = json.dumps({"QueryLanguage": "JSONata", "StartAt": "Keep", "States": {"Keep": {
    "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:putObject", "End": True, "Arguments": {
        "Bucket": f"{{% 'bank-claims-{ME}-2026' %}}", "Key": "{% $states.input.id %}",
        "Body": "{% $states.input.claim %}"}}}})  # fmt: skip

IDIOMS = (
    Idiom("passwords are long and live for three years", (
        aws("cfg/Rule", {"name": "passwords", "tags": TAGS, "inputParameters": json.dumps({
            "MaxPasswordAge": "1095", "MinimumPasswordLength": "16"}), "source": {
                "owner": "AWS", "sourceIdentifier": "IAM_PASSWORD_POLICY"}}), BUDGET),
        "awslabs/aws-config-rules, Operational-Best-Practices-for-NZISM-Foundation.yaml",
        unpriced("aws:cfg/rule:Rule::it")),
    Idiom("a copy has the settings of errors of the service's own example", (aws("dms/ReplicationTask", {
        **TASK, "replicationTaskSettings": json.dumps({
            "Logging": {"EnableLogging": True}, "ValidationSettings": {"EnableValidation": True}, "ErrorBehavior": {
                "DataErrorPolicy": "LOG_ERROR", "DataTruncationErrorPolicy": "LOG_ERROR", "EventErrorPolicy": "IGNORE",
                "ApplyErrorDeletePolicy": "IGNORE_RECORD", "ApplyErrorInsertPolicy": "LOG_ERROR"}})}),),
        f"{DOCS}/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.html"),
    Idiom("a bucket has an account and a year in its name", (aws("sfn/StateMachine", {
        "name": "claims", "type": "STANDARD", "roleArn": f"arn:aws:iam::{ME}:role/claims", "definition": FLOW,
        "tags": TAGS, "encryptionConfiguration": {
            "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300},
        "loggingConfiguration": {"level": "ALL", "includeExecutionData": False, "logDestination":
                                 f"arn:aws:logs:{R}:{ME}:log-group:/aws/vendedlogs/states/claims:*"},
        "tracingConfiguration": {"enabled": True}}), BUDGET), f"{DOCS}/step-functions/latest/dg/transforming-data.html",
        unpriced("aws:sfn/stateMachine:StateMachine::it")),
    Idiom("what programs offer besides is off until it is ready", (
        _flag("BiometricAuthentication", False), _flag("RaiseCreditLimit", False), _flag("VideoIdentityCheck", False)),
        f"{LEARN}/azure-app-configuration"),
    Idiom("the latest of each product, and of each state of a stream, is kept", (
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evh-plant", "eventHubName": "product-catalog", "partitionCount": 4,
            "retentionDescription": {"cleanupPolicy": "Compact", "tombstoneRetentionTimeInHours": 24}}, "catalog"),
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evh-plant", "eventHubName": "meters-store-changelog", "partitionCount": 4,
            "retentionDescription": {"cleanupPolicy": "Compact", "tombstoneRetentionTimeInHours": 24}}, "changes")),
        f"{LEARN}/event-hubs/log-compaction"),
)  # fmt: skip
