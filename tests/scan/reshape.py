"""Conversions of Terraform's (so Pulumi's) inputs to CloudFormation's, for types whose structure differs."""

from __future__ import annotations

from typing import Any

Inputs = dict[str, Any]


def _without(inputs: Inputs, *keys: str) -> Inputs:
    return {key: value for key, value in inputs.items() if key not in keys}


def budget(inputs: Inputs) -> Inputs:
    """The budget is one object in CloudFormation, separate from its notifications."""
    alarms = []
    for alarm in inputs.get("notifications", []):
        subscribers = [
            {"subscriptionType": "EMAIL", "address": address} for address in alarm.get("subscriberEmailAddresses", [])
        ]
        subscribers += [
            {"subscriptionType": "SNS", "address": address} for address in alarm.get("subscriberSnsTopicArns", [])
        ]
        alarms.append(
            {
                "notification": _without(alarm, "subscriberEmailAddresses", "subscriberSnsTopicArns"),
                "subscribers": subscribers,
            }
        )
    return {
        "budget": {
            "budgetName": inputs["name"],
            "budgetType": inputs["budgetType"],
            "timeUnit": inputs["timeUnit"],
            "budgetLimit": {"amount": float(inputs["limitAmount"]), "unit": inputs["limitUnit"]},
            "timePeriod": {"start": inputs["timePeriodStart"]},
            "filterExpression": _expression(inputs["filterExpression"]),
            "metrics": [inputs["metrics"]],
        },
        "notificationsWithSubscribers": alarms,
        "resourceTags": inputs["tags"],
    }


def _expression(filter_: Inputs) -> Inputs:
    """Converts a cost filter: Terraform's `ands` and `ors` are CloudFormation's `And` and `Or`."""
    names = {"ands": "and", "ors": "or"}
    return {
        names.get(key, key): [_expression(item) for item in value] if key in names else value
        for key, value in filter_.items()
    }


def flow_log(inputs: Inputs) -> Inputs:
    """CloudFormation has a resource id and type instead of a VPC id."""
    rest = _without(inputs, "vpcId", "iamRoleArn")
    role = {"deliverLogsPermissionArn": inputs["iamRoleArn"]} if "iamRoleArn" in inputs else {}
    return {**rest, **role, "resourceId": inputs["vpcId"], "resourceType": "VPC"}


def launch_template(inputs: Inputs) -> Inputs:
    """CloudFormation has the instance settings in a separate object, and the template's tags as a tag specification."""
    data = _without(inputs, "name", "tags", "updateDefaultVersion", "description")
    return {
        "launchTemplateName": inputs["name"],
        "launchTemplateData": data,
        "tagSpecifications": [{"resourceType": "launch-template", "tags": inputs["tags"]}],
    }


def access_policy(inputs: Inputs) -> Inputs:
    """The policy of an access entry is a property of the entry in CloudFormation."""
    policy = {"policyArn": inputs["policyArn"], "accessScope": inputs["accessScope"]}
    return {
        "clusterName": inputs["clusterName"],
        "principalArn": inputs["principalArn"],
        "accessPolicies": [policy],
    }


def addon(inputs: Inputs) -> Inputs:
    """CloudFormation has one setting for conflicts, Terraform has two."""
    rest = _without(inputs, "resolveConflictsOnCreate", "resolveConflictsOnUpdate", "preserve")
    return {**rest, "resolveConflicts": inputs["resolveConflictsOnCreate"]}


def eks_cluster(inputs: Inputs) -> Inputs:
    """In CloudFormation, log types are objects, the VPC configuration has another name, and encryption is a list."""
    network = dict(inputs["vpcConfig"])
    rest = _without(inputs, "vpcConfig", "enabledClusterLogTypes", "encryptionConfig")
    return {
        **rest,
        "resourcesVpcConfig": network,
        "logging": {"clusterLogging": {"enabledTypes": [{"type": kind} for kind in inputs["enabledClusterLogTypes"]]}},
        "encryptionConfig": [inputs["encryptionConfig"]],
    }


def attachment(inputs: Inputs) -> Inputs:
    """An attached policy is a property of its role in CloudFormation; the required trust policy denies everyone."""
    deny_all = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": ["sts:AssumeRole"]}
    return {
        "roleName": inputs["role"],
        "assumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [deny_all]},
        "managedPolicyArns": [inputs["policyArn"]],
    }


def event_target(inputs: Inputs) -> Inputs:
    """A target is a property of its rule in CloudFormation; the required event pattern here matches nothing."""
    target = {"arn": inputs["arn"], "id": inputs["targetId"]}
    return {"name": inputs["rule"], "eventPattern": '{"source": ["nobody"]}', "targets": [target]}


def instance_profile(inputs: Inputs) -> Inputs:
    """CloudFormation has a list with one role."""
    return {"instanceProfileName": inputs["name"], "roles": [inputs["role"]]}


def queue(inputs: Inputs) -> Inputs:
    """The name and the retention period have other names in CloudFormation."""
    rest = _without(inputs, "name", "messageRetentionSeconds")
    return {**rest, "queueName": inputs["name"], "messageRetentionPeriod": inputs["messageRetentionSeconds"]}


def bucket_lifecycle(inputs: Inputs) -> Inputs:
    """Days and prefixes are one level higher in CloudFormation."""
    return {"rules": [_lifecycle_rule(rule) for rule in inputs["rules"]]}


def _lifecycle_rule(rule: Inputs) -> Inputs:
    rest: Inputs = _without(rule, "filter", "expiration", "transitions", "noncurrentVersionTransitions")
    result: Inputs = {
        **rest,
        "prefix": rule["filter"].get("prefix", ""),
        "transitions": [
            {"storageClass": transition["storageClass"], "transitionInDays": transition["days"]}
            for transition in rule.get("transitions", [])
        ],
        "noncurrentVersionTransitions": [
            {"storageClass": transition["storageClass"], "transitionInDays": transition["noncurrentDays"]}
            for transition in rule.get("noncurrentVersionTransitions", [])
        ],
    }
    if "expiration" in rule:
        names: dict[str, str] = {"days": "expirationInDays", "date": "expirationDate"}
        expiration: Inputs = rule["expiration"]
        result |= {names.get(key, key): value for key, value in expiration.items()}
    return {key: value for key, value in result.items() if value != []}


def bucket_encryption(inputs: Inputs) -> Inputs:
    """The default encryption has another name in CloudFormation."""
    return {
        "serverSideEncryptionConfiguration": [
            {
                **_without(rule, "applyServerSideEncryptionByDefault", "blockedEncryptionTypes"),
                "serverSideEncryptionByDefault": rule["applyServerSideEncryptionByDefault"],
            }
            for rule in inputs["rules"]
        ]
    }
