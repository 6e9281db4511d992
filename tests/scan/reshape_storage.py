"""Conversions of the inputs of file systems, registries and backups to CloudFormation's; see `reshape` for others."""

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
    """CloudFormation has one type for all FSx file systems. Its schema has neither logs nor the final-backup option."""
    rest = _without(inputs, *_LUSTRE, "skipFinalBackup", "logConfiguration")
    lustre_configuration = {key: inputs[key] for key in _LUSTRE}
    return {
        **rest,
        "fileSystemType": "LUSTRE",
        "subnetIds": [inputs["subnetIds"]],
        "lustreConfiguration": lustre_configuration,
    }


def access_point(inputs: Inputs) -> Inputs:
    """User and group ids are strings in CloudFormation."""
    root = inputs["rootDirectory"]
    creation_info = {key: str(value) for key, value in root["creationInfo"].items()}
    return {
        "fileSystemId": inputs["fileSystemId"],
        "posixUser": {key: str(value) for key, value in inputs["posixUser"].items()},
        "rootDirectory": {**root, "creationInfo": creation_info},
        "accessPointTags": inputs["tags"],
    }


def repository(inputs: Inputs) -> Inputs:
    """The encryption is an object instead of a list of one."""
    return {
        **_without(inputs, "encryptionConfigurations", "forceDelete"),
        "encryptionConfiguration": inputs["encryptionConfigurations"][0],
    }


def repository_template(inputs: Inputs) -> Inputs:
    """As for a repository; the tags of future repositories are a list."""
    return {
        **_without(inputs, "encryptionConfigurations", "appliedFors"),
        "appliedFor": inputs["appliedFors"],
        "encryptionConfiguration": inputs["encryptionConfigurations"][0],
        "resourceTags": [{"key": key, "value": value} for key, value in inputs["resourceTags"].items()],
    }


def backup_plan(inputs: Inputs) -> Inputs:
    """The plan is a nested object, whose rules have other field names."""
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
    """The conditions are one object of lists."""
    equals = [
        {"conditionKey": equality["key"], "conditionValue": equality["value"]}
        for condition in inputs["conditions"]
        for equality in condition["stringEquals"]
    ]
    selection = {
        "selectionName": inputs["name"],
        "iamRoleArn": inputs["iamRoleArn"],
        "resources": inputs["resources"],
        "conditions": {"stringEquals": equals},
    }
    return {"backupPlanId": inputs["planId"], "backupSelection": selection}


def vault_lock(inputs: Inputs) -> Inputs:
    """The lock is a property of the vault in CloudFormation."""
    return {
        "backupVaultName": inputs["backupVaultName"],
        "lockConfiguration": _without(inputs, "backupVaultName"),
    }
