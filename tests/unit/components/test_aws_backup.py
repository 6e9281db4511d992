"""AWS Backup: nightly backups of tagged resources, in a locked vault."""

from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from tests.samples import COST_TAGS
from tests.unit.components.aws_samples import BACKUP
from tests.unit.components.mocks import Recording, document
from tests.unit.components.samples import recorded


def backup(**changed: Any) -> Recording:
    return recorded(aws.Backup, {**BACKUP, **changed})


def one(seen: Recording, kind: str) -> dict[str, Any]:
    return seen.one(f"aws:backup/{kind[0].lower()}{kind[1:]}:{kind}").inputs


def test_a_backup_has_exactly_these_children() -> None:
    copies = {f"uae-role-{policy}" for policy in COPIES}
    restores = {f"uae-restore-role-{policy}" for policy in RESTORES}
    assert {name for _, name in backup().names()} == copies | restores | {
        "uae-key", "uae-key-alias", "uae-vault", "uae-lock", "uae-stays", "uae-role", "uae-restore-role", "uae-plan",
        "uae-marked",
    }  # fmt: skip


COPIES = ("AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForS3Backup")
RESTORES = ("AWSBackupServiceRolePolicyForRestores", "AWSBackupServiceRolePolicyForS3Restore")


def test_who_copies_cannot_restore() -> None:
    attached = [
        (link.inputs["role"], link.inputs["policyArn"].rsplit("/", 1)[-1])
        for link in backup().of("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    ]
    assert {policy for role, policy in attached if role.startswith("uae-role")} == set(COPIES)
    assert {policy for role, policy in attached if role.startswith("uae-restore-role")} == set(RESTORES)
    for role in backup().of("aws:iam/role:Role"):
        [trust] = document(role.inputs["assumeRolePolicy"])["Statement"]
        assert trust["Principal"] == {"Service": "backup.amazonaws.com"}
    assert one(backup(), "Selection")["iamRoleArn"].endswith("/uae-role")


def test_copies_lie_locked_under_our_key() -> None:
    assert one(backup(), "Vault")["kmsKeyArn"] == "arn:aws:kms:me-central-1:123456789012:key/uae-key"
    assert "forceDestroy" not in one(backup(), "Vault")
    lock = one(backup(), "VaultLockConfiguration")
    assert lock == {
        "backupVaultName": "uae-vault-1a2b3c4",
        "minRetentionDays": 35,
        "maxRetentionDays": 365,
        "region": "me-central-1",
    }
    for_good = one(backup(unchangeable_after_days=7), "VaultLockConfiguration")
    assert for_good == {**lock, "changeableForDays": 7}


def test_no_copy_leaves_the_vault() -> None:
    [denial] = document(one(backup(), "VaultPolicy")["policy"])["Statement"]
    assert (denial["Effect"], denial["Principal"]) == ("Deny", {"AWS": "*"})
    assert denial["Action"] == ["backup:CopyFromBackupVault"]
    [rule] = one(backup(), "Plan")["rules"]
    assert "copyActions" not in rule


def test_every_night_in_dubai() -> None:
    [rule] = one(backup(keep_days=40), "Plan")["rules"]
    assert (rule["schedule"], rule["scheduleExpressionTimezone"]) == ("cron(0 2 * * ? *)", "Asia/Dubai")
    assert rule["lifecycle"] == {"deleteAfter": 40}
    assert rule["recoveryPointTags"] == COST_TAGS
    assert rule["targetVaultName"] == "uae-vault-1a2b3c4"
    assert rule["completionWindow"] >= rule["startWindow"] + 60  # AWS Backup rejects less


def test_what_carries_the_mark_is_copied() -> None:
    selection = one(backup(), "Selection")
    equals = {"key": "aws:ResourceTag/falaj-backup", "value": "uae-test"}
    assert selection["conditions"] == [{"stringEquals": [equals]}]
    # Named types: `*` would depend on what the account has opted in to.
    assert [arn.split(":")[2] for arn in selection["resources"]] == ["ec2", "elasticfilesystem", "s3"]
    assert "selectionTags" not in selection  # one matching tag would be enough, whatever the conditions are
    recording = backup()
    assert recording.outputs[recording.one("falaj:aws:Backup").urn]["mark"] == "uae-test"


def test_missing_backups_raise_an_alarm() -> None:
    topic = "arn:aws:sns:me-central-1:123456789012:money"
    alarm = backup(alarm_topic=topic).one("aws:cloudwatch/metricAlarm:MetricAlarm", "uae-missing").inputs
    assert (alarm["namespace"], alarm["metricName"]) == ("AWS/Backup", "NumberOfBackupJobsCompleted")
    assert alarm["dimensions"] == {"BackupVaultName": "uae-vault-1a2b3c4"}
    assert (alarm["comparisonOperator"], alarm["threshold"]) == ("LessThanThreshold", 1)
    assert (alarm["treatMissingData"], alarm["alarmActions"]) == ("breaching", [topic])
    assert not backup().of("aws:cloudwatch/metricAlarm:MetricAlarm")


def test_protect_holds_the_vault_and_its_key() -> None:
    assert {resource.name for resource in backup(protect=True).resources if resource.protect} == {
        "uae-vault",
        "uae-key",
    }
    assert not any(item.protect for item in backup().resources)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"keep_days": 0}, r"keep_days: 0"),
        ({"keep_days": 400}, r"longest_days: 365 is not allowed; allowed: 400 \(keep_days\) or more"),
        ({"unchangeable_after_days": 2}, r"unchangeable_after_days: 2"),
    ],
)
def test_impossible_backups_are_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        backup(**changed)


def test_the_opt_in_of_the_account_is_managed_on_request_only() -> None:
    settings = "aws:backup/regionSettings:RegionSettings"
    assert not backup().of(settings)
    opt_in = {"EBS": True, "EFS": True, "S3": True, "RDS": False}
    assert one(backup(opt_in=opt_in), "RegionSettings")["resourceTypeOptInPreference"] == opt_in


def test_the_account_does_not_opt_out_of_what_sites_store() -> None:
    with pytest.raises(BadArguments) as refused:
        backup(opt_in={"EBS": False, "EFS": True})
    assert [problem.path for problem in refused.value.problems] == ["opt_in.EBS", "opt_in.S3"]
