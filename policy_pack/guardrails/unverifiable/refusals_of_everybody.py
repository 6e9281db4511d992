"""Policies of a resource that refuse everybody what it is there for.

A denial without a condition holds for each principal, services and administrators too, and no permission outweighs it
(IAM User Guide, "How AWS enforcement code logic evaluates requests", read 2026-12-02): what a key encrypts is read by
nobody, and copies of backups fail (AWS Backup Developer Guide, "Vault access policies", read 2026-12-02). Good policies
deny everybody what destroys, such as kms:ScheduleKeyDeletion and backup:DeleteRecoveryPoint, and the rest with a
condition. A vault may refuse copies if no plan copies into it, and a bucket that is an archive refuses whoever writes.
"""

from collections.abc import Iterator, Mapping

from ..engine.plan import Plan
from ..engine.reading import Resource, one_or_many, texts_in, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed
from ..readers.policy_documents import ParsedStatement, matches, statements
from ..readers.resource_policies import DOCUMENTS

_NEEDED_ACTIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(aws("kms/Key", "kms/KeyPolicy", "kms/ReplicaKey", "kms/ExternalKey", "kms/ReplicaExternalKey"),
                    ("kms:Decrypt", "kms:GenerateDataKey")),
    **dict.fromkeys(aws("secretsmanager/Secret", "secretsmanager/SecretPolicy"), ("secretsmanager:GetSecretValue",)),
    **dict.fromkeys(aws("s3/Bucket", "s3/BucketV2", "s3/BucketPolicy"), ("s3:GetObject",)),
    **dict.fromkeys(aws("sqs/Queue", "sqs/QueuePolicy"), ("sqs:ReceiveMessage", "sqs:SendMessage")),
    **dict.fromkeys(aws("sns/Topic", "sns/TopicPolicy"), ("sns:Publish",)),
    **dict.fromkeys(aws("ecr/RepositoryPolicy"), ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")),
    **dict.fromkeys(aws("efs/FileSystemPolicy"), ("elasticfilesystem:ClientMount",)),
    **dict.fromkeys(aws("dynamodb/ResourcePolicy"), ("dynamodb:GetItem", "dynamodb:PutItem")),
    **dict.fromkeys(aws("kinesis/ResourcePolicy"), ("kinesis:GetRecords", "kinesis:PutRecord")),
}  # fmt: skip
"""Type -> actions without which the resource is of no use."""
_VAULT_POLICY, _PLAN, _VAULT = (aws(name)[0] for name in ("backup/VaultPolicy", "backup/Plan", "backup/Vault"))
_COPY, _DESTINATION = "backup:CopyIntoBackupVault", "rules[*].copyActions[*].destinationVaultArn"


def check_refusals(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each statement that refuses everybody the use of a resource."""
    key = DOCUMENTS.get(resource.type, "")
    uses = _NEEDED_ACTIONS.get(resource.type, ())
    for statement in _for_everybody(resource, key) if uses else ():
        refused = next((use for use in uses if _denies(statement, use)), "")
        if refused and _is_of_whole(statement):
            text = f"{statement.path} refuses {refused} to everybody without a condition: nothing can use it any more"
            yield failed(text, statement.path)


def check_refused_copies(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure if a vault refuses everybody the copies that a plan of backups makes into it."""
    if resource.type != _VAULT_POLICY:
        return
    for statement in _for_everybody(resource, "policy"):
        if _denies(statement, _COPY) and _is_copied_into(resource, plan):
            yield failed(f"{statement.path} refuses the copies that a plan makes into the vault", statement.path)


def _for_everybody(resource: Resource, key: str) -> Iterator[ParsedStatement]:
    for statement in statements(resource.get(key), key) or ():
        is_denied = not statement.allows and not statement.conditions and not statement.is_not_principal
        if is_denied and any(str(name).strip("*") == "" for _, name in statement.principals):
            yield statement


def _denies(statement: ParsedStatement, use: str) -> bool:
    if statement.not_actions:
        return not any(matches(item, use) for item in statement.not_actions)
    return any(matches(item, use) for item in statement.actions)


def _is_of_whole(statement: ParsedStatement) -> bool:
    """Returns whether a statement is of the whole resource, and not of a part of a bucket."""
    named = [str(item) for item in statement.resources]
    return bool(named) and any("/" not in item or (item.endswith((":*/*", "/*")) and item.count("/") == 1)
                               for item in named if not _is_bucket_alone(item))  # fmt: skip


def _is_bucket_alone(arn: str) -> bool:
    """Returns whether a resource is a bucket without its objects, on which nothing is read."""
    return arn.startswith("arn:aws:s3:::") and "/" not in arn and "*" not in arn


def _copied_into(item: Resource) -> Iterator[str]:
    """Yields the vaults into which a plan of backups copies, by name, and those on which its rules depend."""
    if item.type == _PLAN:
        for _, value in walk(item.props, _DESTINATION):
            yield from (str(arn).rpartition(":")[2] for arn in one_or_many(value))
        yield from item.dependencies.get("rules", ())


def _is_copied_into(policy: Resource, plan: Plan) -> bool:
    """Returns whether a plan of backups copies into the vault that a policy is of."""
    name = policy.get("backupVaultName")
    vaults = {item.urn for item in plan.dependencies_of(policy, "backupVaultName")}
    for item in plan.with_keys(_copied_into, [*vaults, *texts_in([name])]):
        arns = [arn for _, value in walk(item.props, _DESTINATION) for arn in one_or_many(value)]
        if isinstance(name, str) and any(str(arn).endswith(f":backup-vault:{name}") for arn in arns):
            return True
        if vaults & set(item.dependencies.get("rules", ())):
            return any(not isinstance(arn, str) for arn in arns)
    return False
