"""Inputs whose form, not only names, differs between Terraform (so Pulumi) and CloudFormation: one function a type."""

from __future__ import annotations

from typing import Any

Inputs = dict[str, Any]


def _without(inputs: Inputs, *keys: str) -> Inputs:
    return {key: value for key, value in inputs.items() if key not in keys}


def budget(inputs: Inputs) -> Inputs:
    """One object in CloudFormation, with the alarms beside it."""
    alarms = []
    for alarm in inputs.get("notifications", []):
        told = [{"subscriptionType": "EMAIL", "address": one} for one in alarm.get("subscriberEmailAddresses", [])]
        told += [{"subscriptionType": "SNS", "address": one} for one in alarm.get("subscriberSnsTopicArns", [])]
        alarms.append(
            {
                "notification": _without(alarm, "subscriberEmailAddresses", "subscriberSnsTopicArns"),
                "subscribers": told,
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
    """A filter of costs: Terraform calls several `ands` what CloudFormation calls `And`."""
    names = {"ands": "and", "ors": "or"}
    return {
        names.get(key, key): [_expression(part) for part in value] if key in names else value
        for key, value in filter_.items()
    }


def flow_log(inputs: Inputs) -> Inputs:
    """The network is a resource of a type in CloudFormation."""
    rest = _without(inputs, "vpcId", "iamRoleArn")
    return {
        **rest,
        "resourceId": inputs["vpcId"],
        "resourceType": "VPC",
        "deliverLogsPermissionArn": inputs["iamRoleArn"],
    }


def launch_template(inputs: Inputs) -> Inputs:
    """What a machine gets is in an object of its own; the template's own tags are a specification."""
    data = _without(inputs, "name", "tags", "updateDefaultVersion", "description")
    return {
        "launchTemplateName": inputs["name"],
        "launchTemplateData": data,
        "tagSpecifications": [{"resourceType": "launch-template", "tags": inputs["tags"]}],
    }


def access_policy(inputs: Inputs) -> Inputs:
    """A policy of an access entry is a part of that entry."""
    policy = {"policyArn": inputs["policyArn"], "accessScope": inputs["accessScope"]}
    return {
        "clusterName": inputs["clusterName"],
        "principalArn": inputs["principalArn"],
        "accessPolicies": [policy],
    }


def addon(inputs: Inputs) -> Inputs:
    """One answer to conflicts, where Terraform asks for two."""
    rest = _without(inputs, "resolveConflictsOnCreate", "resolveConflictsOnUpdate", "preserve")
    return {**rest, "resolveConflicts": inputs["resolveConflictsOnCreate"]}


def eks_cluster(inputs: Inputs) -> Inputs:
    """Logs are objects, public blocks have another name, encryption is a list."""
    network = dict(inputs["vpcConfig"])
    rest = _without(inputs, "vpcConfig", "enabledClusterLogTypes", "encryptionConfig")
    return {
        **rest,
        "resourcesVpcConfig": network,
        "logging": {"clusterLogging": {"enabledTypes": [{"type": kind} for kind in inputs["enabledClusterLogTypes"]]}},
        "encryptionConfig": [inputs["encryptionConfig"]],
    }


def attachment(inputs: Inputs) -> Inputs:
    """An attached policy is a part of its role, which must say who may take it: here nobody."""
    nobody = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": ["sts:AssumeRole"]}
    return {
        "roleName": inputs["role"],
        "assumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [nobody]},
        "managedPolicyArns": [inputs["policyArn"]],
    }


def event_target(inputs: Inputs) -> Inputs:
    """A target is a part of its rule, which must say what it listens for: here nothing."""
    target = {"arn": inputs["arn"], "id": inputs["targetId"]}
    return {"name": inputs["rule"], "eventPattern": '{"source": ["nobody"]}', "targets": [target]}


def instance_profile(inputs: Inputs) -> Inputs:
    """A list of one role."""
    return {"instanceProfileName": inputs["name"], "roles": [inputs["role"]]}


def queue(inputs: Inputs) -> Inputs:
    """Messages are kept for a period."""
    rest = _without(inputs, "name", "messageRetentionSeconds")
    return {**rest, "queueName": inputs["name"], "messageRetentionPeriod": inputs["messageRetentionSeconds"]}


def bucket_lifecycle(inputs: Inputs) -> Inputs:
    """Days and prefixes lie one step higher in CloudFormation."""
    return {"rules": [_lifecycle_rule(rule) for rule in inputs["rules"]]}


def _lifecycle_rule(rule: Inputs) -> Inputs:
    rest: Inputs = _without(rule, "filter", "expiration", "transitions", "noncurrentVersionTransitions")
    found: Inputs = {
        **rest,
        "prefix": rule["filter"].get("prefix", ""),
        "transitions": [
            {"storageClass": step["storageClass"], "transitionInDays": step["days"]}
            for step in rule.get("transitions", [])
        ],
        "noncurrentVersionTransitions": [
            {"storageClass": step["storageClass"], "transitionInDays": step["noncurrentDays"]}
            for step in rule.get("noncurrentVersionTransitions", [])
        ],
    }
    if "expiration" in rule:
        names: dict[str, str] = {"days": "expirationInDays", "date": "expirationDate"}
        expiration: Inputs = rule["expiration"]
        found |= {names.get(key, key): value for key, value in expiration.items()}
    return {key: value for key, value in found.items() if value != []}


def bucket_encryption(inputs: Inputs) -> Inputs:
    """The default is called by its side."""
    return {
        "serverSideEncryptionConfiguration": [
            {
                **_without(rule, "applyServerSideEncryptionByDefault", "blockedEncryptionTypes"),
                "serverSideEncryptionByDefault": rule["applyServerSideEncryptionByDefault"],
            }
            for rule in inputs["rules"]
        ]
    }
