"""Protections that another resource of the plan makes void: queues of failures that end before what comes to them,
locks of vaults that refuse the backups of a plan, alarms that wait while records of attacks come, and attachments that
take a policy from everybody else.

- For queues that are no FIFO the age of a message counts from the first queue (Amazon SQS, "Setting-up dead-letter
  queue retention", read 2026-12-02); four days and thirty seconds are the defaults (botocore 1.44.8, sqs, CreateQueue).
- A job whose retention is outside the bounds of the vault fails (AWS Backup, PutBackupVaultLockConfiguration, read
  2026-12-02).
- All periods must breach where datapointsToAlarm is missing (Amazon CloudWatch, "Evaluating an alarm", as known).
- Attachments are exclusive in the account (pulumi-aws 7.51.1, PolicyAttachment, WARNING, read 2026-12-02).
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, each_item, from_json, walk
from ..engine.rows import PlanPredicate, aws
from ..engine.verdicts import Outcome, failed

_QUEUES, _POLICIES, _FILTERS = aws("sqs/Queue"), aws("iam/Policy"), aws("cloudwatch/LogMetricFilter")
_VAULTS, _LOCKS = aws("backup/Vault"), aws("backup/VaultLockConfiguration")
_AIR_GAPPED = aws("backup/LogicallyAirGappedVault")
_FOUR_DAYS, _HIDDEN, _HOUR = 345_600.0, 30.0, 3600
_OF_RECORDS = lazy_regex(r"\$\.(?:userIdentity|eventName|eventSource|errorCode|sourceIPAddress)\b", re.IGNORECASE)
"""A filter of records of CloudTrail, of which each one counts."""
_FOREVER = float("inf")


def _lost(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    key = "redrivePolicy"
    policy = from_json(resource.get(key))
    given: Mapping[str, Plain] = policy if isinstance(policy, dict) else {}
    target = str(given.get("deadLetterTargetArn")).rpartition(":")[2]
    names = (target, *resource.dependencies.get(key, ()))
    tries, hidden = number_of(given.get("maxReceiveCount")), number_of(resource.get("visibilityTimeoutSeconds"))
    trials = (tries or 0.0) * (_HIDDEN if hidden is None else hidden)
    for other in {item.urn: item for name in names for item in plan.by_key(_queue_names).get(name, ())}.values():
        if other.urn != resource.urn and not _is_fifo(other) and _life(other) < max(trials, _life(resource)):
            yield failed(f"{key} leads to a queue that deletes messages before this one does, and their age counts "
                         "from here: set its messageRetentionSeconds to fourteen days", key)  # fmt: skip


def _queue_names(resource: Resource) -> Iterator[str]:
    if resource.type in _QUEUES:
        yield resource.urn
        if isinstance(name := resource.get("name"), str):
            yield name


def _is_fifo(resource: Resource) -> bool:
    return str(resource.get("fifoQueue")).lower() == "true"


def _life(resource: Resource) -> float:
    life = number_of(resource.get("messageRetentionSeconds"))
    return _FOUR_DAYS if life is None else life


def _refused(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Evaluates how long each rule of a plan keeps its backups, and their copies, against the bounds of the vaults."""
    for path, rule in each_item(walk(resource.props, "rules?")):
        if not isinstance(rule, dict):
            continue
        yield from _outside(rule, rule.get("targetVaultName"), path, resource, plan)
        for place, copy in each_item(walk(rule, "copyActions?")):
            if isinstance(copy, dict):
                yield from _outside(copy, copy.get("destinationVaultArn"), f"{path}.{place}", resource, plan)


def _outside(rule: Mapping[str, Plain], vault: Plain, path: str, resource: Resource, plan: Plan) -> Iterator[Outcome]:
    lives = [number_of(value) for _, value in walk(dict(rule), "lifecycle?.deleteAfter?")]
    days = next((life for life in lives if life is not None), _FOREVER)
    depends = [item.urn for item in plan.dependencies_of(resource, "rules") if item.type in (*_VAULTS, *_AIR_GAPPED)]
    names = {vault.rpartition(":")[2]} if isinstance(vault, str) else set(depends if len(depends) == 1 else ())
    names |= {key for name in names for item in plan.by_key(_vault_names).get(name, ()) for key in _vault_names(item)}
    for lock in {item.urn: item for name in names for item in plan.by_key(_locked).get(name, ())}.values():
        least, most = number_of(lock.get("minRetentionDays")), number_of(lock.get("maxRetentionDays"))
        if days < (least or 0) or (most is not None and days > most):
            yield failed(f"{path} keeps backups for a time that the lock of its vault refuses, so that each of them "
                         "fails: set lifecycle.deleteAfter between its bounds", path)  # fmt: skip


def _vault_names(resource: Resource) -> Iterator[str]:
    if resource.type in (*_VAULTS, *_AIR_GAPPED):
        yield resource.urn
        if isinstance(name := resource.get("name"), str):
            yield name


def _locked(resource: Resource) -> Iterator[str]:
    if resource.type in _AIR_GAPPED:
        yield from _vault_names(resource)
    elif resource.type in _LOCKS:
        yield from resource.dependencies.get("backupVaultName", ())
        if isinstance(name := resource.get("backupVaultName"), str):
            yield name


def _waiting(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Evaluates an alarm on what a filter counts of records: one of them is enough."""
    metric = f"{resource.get('namespace')}/{resource.get('metricName')}"
    period, every = number_of(resource.get("period")), number_of(resource.get("evaluationPeriods"))
    needed = number_of(resource.get("datapointsToAlarm")) or every or 1
    is_rising = str(resource.get("comparisonOperator")).lower().startswith("greater")
    if is_rising and period and needed > 1 and needed * period > _HOUR and plan.by_key(_counted).get(metric):
        key = "datapointsToAlarm" if number_of(resource.get("datapointsToAlarm")) else "evaluationPeriods"
        yield failed(f"{key} asks for records of attacks in {needed:.0f} periods before the alarm rings: set it to 1",
                     key)  # fmt: skip


def _counted(resource: Resource) -> Iterator[str]:
    if resource.type in _FILTERS and _OF_RECORDS.search(str(resource.get("pattern"))[:4000]):
        for _, metric in each_item(walk(resource.props, "metricTransformation?")):
            if isinstance(metric, dict):
                yield f"{metric.get('namespace')}/{metric.get('name')}"


def _exclusive(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    key = "policyArn"
    if not any(item.type in _POLICIES for item in plan.dependencies_of(resource, key)):
        yield failed(f"{key} is of a policy that the stack does not make, and whoever else of the account has it loses "
                     "it: use RolePolicyAttachment", key)  # fmt: skip


_CHECKS: Mapping[str, PlanPredicate] = {
    **dict.fromkeys(_QUEUES, _lost),
    **dict.fromkeys(aws("backup/Plan"), _refused),
    **dict.fromkeys(aws("cloudwatch/MetricAlarm"), _waiting),
    **dict.fromkeys(aws("iam/PolicyAttachment"), _exclusive),
}  # fmt: skip
"""Type -> what evaluates it beside the others of the plan."""


def check_voided_by_others(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each protection of the resource that another one makes void."""
    check = _CHECKS.get(resource.type)
    if check is not None:
        yield from check(resource, plan)
