"""Inputs of file systems, registries and backups in CloudFormation's form, as `reshape` has those of the rest."""

from __future__ import annotations

from tests.scan.reshape import Inputs

_LUSTRE = (
    "deploymentType",
    "perUnitStorageThroughput",
    "dataCompressionType",
    "weeklyMaintenanceStartTime",
    "automaticBackupRetentionDays",
)


def _without(inputs: Inputs, *keys: str) -> Inputs:
    return {key: value for key, value in inputs.items() if key not in keys}


def lustre(inputs: Inputs) -> Inputs:
    """FSx has one type for all kinds of file systems. What becomes of one that goes is told to Terraform only, and
    CloudFormation's schema has no logs."""
    rest = _without(inputs, *_LUSTRE, "skipFinalBackup", "logConfiguration")
    own = {key: inputs[key] for key in _LUSTRE}
    return {**rest, "fileSystemType": "LUSTRE", "subnetIds": [inputs["subnetIds"]], "lustreConfiguration": own}


def access_point(inputs: Inputs) -> Inputs:
    """Numbers of users are strings in CloudFormation."""
    root = inputs["rootDirectory"]
    made = {key: str(value) for key, value in root["creationInfo"].items()}
    return {
        "fileSystemId": inputs["fileSystemId"],
        "posixUser": {key: str(value) for key, value in inputs["posixUser"].items()},
        "rootDirectory": {**root, "creationInfo": made},
        "accessPointTags": inputs["tags"],
    }


def repository(inputs: Inputs) -> Inputs:
    """One encryption, not a list of one."""
    return {
        **_without(inputs, "encryptionConfigurations", "forceDelete"),
        "encryptionConfiguration": inputs["encryptionConfigurations"][0],
    }


def repository_template(inputs: Inputs) -> Inputs:
    """As a repository; tags are a list, for they are those of resources to come."""
    return {
        **_without(inputs, "encryptionConfigurations", "appliedFors"),
        "appliedFor": inputs["appliedFors"],
        "encryptionConfiguration": inputs["encryptionConfigurations"][0],
        "resourceTags": [{"key": key, "value": value} for key, value in inputs["resourceTags"].items()],
    }


def backup_plan(inputs: Inputs) -> Inputs:
    """A plan inside a resource, with other names in its rules."""
    names = {
        "schedule": "scheduleExpression",
        "targetVaultName": "targetBackupVault",
        "startWindow": "startWindowMinutes",
        "completionWindow": "completionWindowMinutes",
    }
    rules = []
    for rule in inputs["rules"]:
        renamed = {names.get(key, key): value for key, value in rule.items()}
        rules.append({**renamed, "lifecycle": {"deleteAfterDays": rule["lifecycle"]["deleteAfter"]}})
    return {
        "backupPlan": {"backupPlanName": inputs["name"], "backupPlanRule": rules},
        "backupPlanTags": inputs["tags"],
    }


def backup_selection(inputs: Inputs) -> Inputs:
    """Conditions are one object of lists."""
    equals = [
        {"conditionKey": one["key"], "conditionValue": one["value"]}
        for condition in inputs["conditions"]
        for one in condition["stringEquals"]
    ]
    selection = {
        "selectionName": inputs["name"],
        "iamRoleArn": inputs["iamRoleArn"],
        "resources": inputs["resources"],
        "conditions": {"stringEquals": equals},
    }
    return {"backupPlanId": inputs["planId"], "backupSelection": selection}


def vault_lock(inputs: Inputs) -> Inputs:
    """A part of the vault."""
    return {
        "backupVaultName": inputs["backupVaultName"],
        "lockConfiguration": _without(inputs, "backupVaultName"),
    }
