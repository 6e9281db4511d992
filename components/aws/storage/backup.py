"""Daily backups of file systems, volumes and buckets, in the UAE and encrypted with a customer-managed key."""

from collections.abc import Mapping
from typing import Annotated, Self

import pulumi
import pulumi_aws as aws
from pydantic import Field, model_validator

from falaj.components.aws.identity.iam_policies import EVERYONE, Statement, document
from falaj.components.aws.identity.keys import customer_key
from falaj.components.aws.identity.roles import service_role
from falaj.components.aws.regional import RegionalComponent
from falaj.components.aws.storage.backup_tag import BACKUP_TAG, backup_mark
from falaj.components.core.storage.aws_backup_opt_in import BackupType, opt_in_problems
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.problems import below, refusal, refuse_if
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags, with_name_tag
from falaj.facts.calendar import TIMEZONE

NIGHTLY = "cron(0 2 * * ? *)"
"""Every day at 02:00, Dubai time."""

START_MINUTES, END_MINUTES = 60, 480
"""Start and completion windows in minutes: a backup must start within an hour, and is stopped in the morning."""

SERVICE = "backup.amazonaws.com"
BACKUP_POLICIES = ("service-role/AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForS3Backup")
RESTORE_POLICIES = ("service-role/AWSBackupServiceRolePolicyForRestores", "AWSBackupServiceRolePolicyForS3Restore")
"""AWS-managed policies (AWS Backup Developer Guide, managed policies)."""


PROTECTED_TYPES = ("arn:aws:ec2:*:*:volume/*", "arn:aws:elasticfilesystem:*:*:file-system/*", "arn:aws:s3:::*")
"""Resource types that sites store data in. A selection that names types applies whatever the account has opted in to;
one by tag only, or of `*`, does not (AWS Backup Developer Guide, assigning resources; read 2026-11-26)."""

ALARM_DAYS = 2
"""Days without a completed backup until the alarm fires. A nightly backup may end before or after midnight UTC, so one
day can be without any."""

CoolingOffDays = Annotated[int, Field(ge=3, le=36500)]
"""Number of days until a vault lock becomes immutable (AWS Backup API, PutBackupVaultLockConfiguration,
ChangeableForDays)."""


class BackupArgs(Args):
    """Backup of a site."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE, such as `me-central-1`."""
    keep_days: Input[Annotated[int, Field(ge=1, le=3650)]] = 35
    """Retention of the nightly recovery points in days: 1 to 3650. Default: 35."""
    longest_days: Input[Annotated[int, Field(ge=1, le=36500)]] = 365
    """Maximum retention of a recovery point of an on-demand backup in days: at least `keep_days`, at most 36500.
    Default: 365."""
    unchangeable_after_days: Input[CoolingOffDays] | None = None
    """Days, at least 3, after which nobody, not even AWS, can remove the vault lock or delete a recovery point before
    its retention ends (compliance mode). Default: none, so that backup administrators can (governance mode)."""
    opt_in: Mapping[BackupType, bool] = Field(default={})
    """What the account has opted in to in the region, by resource type: all that `aws backup describe-region-settings`
    lists, or a refresh shows the others as drift. Only one stack of an account may set this. Default: not managed;
    selections of this component do not depend on it."""
    alarm_topic: Input[str] | None = None
    """ARN of the topic of an alarm that fires if no backup has completed for two days, and until the first one has.
    Default: no alarm."""
    protect: bool = False
    """Whether the backup vault and its key are protected from deletion."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""

    @model_validator(mode="after")
    def _keeps_what_sites_store(self) -> Self:
        refuse_if(below("opt_in", opt_in_problems(self.opt_in)))
        return self

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        keep, longest = self.keep_days, self.longest_days
        if isinstance(keep, int) and isinstance(longest, int) and longest < keep:
            raise refusal(f"{keep} (keep_days) or more", "raise it", "longest_days", longest)
        return self


class Backup(RegionalComponent):
    """Locked backup vault, and a nightly backup plan for all resources with its tag.

    Resources are selected by tag (`backed_up_by`), so volumes of future claims are backed up too. Recovery points stay
    in the region, the only AWS region in the UAE: the vault policy denies copies to other vaults. The role that makes
    backups cannot restore.
    """

    mark: pulumi.Output[str]
    """Value of the tag `falaj-backup` that selects a resource for this backup."""
    vault_name: pulumi.Output[str]
    """Name of the backup vault."""
    role_arn: pulumi.Output[str]
    """ARN of the IAM role that makes backups. A confined vault must trust it."""
    restore_role_arn: pulumi.Output[str]
    """ARN of the IAM role that restores recovery points."""
    key_id: pulumi.Output[str]
    """ARN of the KMS key that encrypts recovery points."""

    def __init__(self, name: str, args: BackupArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = BackupArgs.of(name, args)
        super().__init__("falaj:aws:Backup", name, args.region, opts)
        purpose = f"Encrypts the backups {name}"
        key = customer_key(f"{name}-key", purpose, lambda account: (), args.tags, self, args.protect)
        vault = self._vault(name, args, key)
        role, backup_policies = service_role(f"{name}-role", SERVICE, BACKUP_POLICIES, args.tags, self)
        restore_role, restore_policies = service_role(
            f"{name}-restore-role", SERVICE, RESTORE_POLICIES, args.tags, self
        )
        mark = backup_mark(name)
        plan = self._plan(name, args, vault)
        self._selection(name, plan, role, backup_policies, mark)
        if args.opt_in:
            # The deletion changes nothing in the account (terraform-provider-aws, internal/service/backup, 2026-11-26).
            aws.backup.RegionSettings(
                f"{name}-opt-in",
                resource_type_opt_in_preference=args.opt_in,
                opts=pulumi.ResourceOptions(parent=self),
            )
        if args.alarm_topic is not None:
            self._alarm(name, args, vault, args.alarm_topic)
        self.mark = pulumi.Output.from_input(mark)
        self.vault_name = vault.name
        self.role_arn = role.arn
        # The output resolves once the role has its policies.
        self.restore_role_arn = pulumi.Output.all(restore_role.arn, *(policy.id for policy in restore_policies)).apply(
            lambda resolved: resolved[0]
        )
        self.key_id = key.arn
        self.register_outputs(
            {
                "mark": self.mark,
                "vault_name": self.vault_name,
                "role_arn": self.role_arn,
                "restore_role_arn": self.restore_role_arn,
                "key_id": self.key_id,
            }
        )

    def _vault(self, name: str, args: BackupArgs, key: aws.kms.Key) -> aws.backup.Vault:
        child = pulumi.ResourceOptions(parent=self)
        vault = aws.backup.Vault(
            f"{name}-vault",
            kms_key_arn=key.arn,
            tags=with_name_tag(args.tags, name),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        aws.backup.VaultLockConfiguration(
            f"{name}-lock",
            backup_vault_name=vault.name,
            min_retention_days=args.keep_days,
            max_retention_days=args.longest_days,
            changeable_for_days=args.unchangeable_after_days,
            opts=child,
        )
        aws.backup.VaultPolicy(
            f"{name}-stays",
            backup_vault_name=vault.name,
            policy=document(
                Statement("NoCopyLeaves", ("backup:CopyFromBackupVault",), principals={"AWS": EVERYONE}, effect="Deny")
            ),
            opts=child,
        )
        return vault

    def _plan(self, name: str, args: BackupArgs, vault: aws.backup.Vault) -> aws.backup.Plan:
        rule = aws.backup.PlanRuleArgs(
            rule_name="nightly",
            target_vault_name=vault.name,
            schedule=NIGHTLY,
            schedule_expression_timezone=TIMEZONE,
            start_window=START_MINUTES,
            completion_window=END_MINUTES,
            lifecycle=aws.backup.PlanRuleLifecycleArgs(delete_after=args.keep_days),
            recovery_point_tags=args.tags,
        )
        return aws.backup.Plan(
            f"{name}-plan",
            rules=[rule],
            tags=with_name_tag(args.tags, name),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _alarm(self, name: str, args: BackupArgs, vault: aws.backup.Vault, topic: pulumi.Input[str]) -> None:
        """Creates an alarm on missing backups: a job that is never started reports no failure."""
        aws.cloudwatch.MetricAlarm(
            f"{name}-missing",
            # AWS Backup Developer Guide, metrics with CloudWatch.
            namespace="AWS/Backup",
            metric_name="NumberOfBackupJobsCompleted",
            dimensions={"BackupVaultName": vault.name},
            statistic="Sum",
            period=86400,
            evaluation_periods=ALARM_DAYS,
            comparison_operator="LessThanThreshold",
            threshold=1,
            treat_missing_data="breaching",
            alarm_description=f"{name} has completed no backup for {ALARM_DAYS} days",
            alarm_actions=[topic],
            ok_actions=[topic],
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _selection(
        self,
        name: str,
        plan: aws.backup.Plan,
        role: aws.iam.Role,
        policies: list[aws.iam.RolePolicyAttachment],
        mark: str,
    ) -> None:
        has_backup_tag = aws.backup.SelectionConditionStringEqualArgs(key=f"aws:ResourceTag/{BACKUP_TAG}", value=mark)
        aws.backup.Selection(
            f"{name}-marked",
            plan_id=plan.id,
            iam_role_arn=role.arn,
            # Resources of these types that meet the condition.
            resources=PROTECTED_TYPES,
            conditions=[aws.backup.SelectionConditionArgs(string_equals=[has_backup_tag])],
            opts=pulumi.ResourceOptions(parent=self, depends_on=policies),
        )
