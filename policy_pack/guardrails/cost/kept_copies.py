"""Copies that a schedule makes and keeps: their number is how often it runs, times how long each is kept.

Velero keeps a backup for 720 hours unless `ttl` says more (velero-io/velero d2241adba pkg/apis/velero/v1/
backup_types.go and vmware-tanzu/helm-charts 73466ca charts/velero/values.yaml, schedules; read 2026-11-29); a plan of
AWS Backup keeps what it makes until somebody deletes it unless `deleteAfter` names days, of which -1 are for good
(pulumi-aws 7.51.1, Plan, and AWS Backup API Reference, "Lifecycle", read 2026-12-01); a policy of Data Lifecycle
Manager keeps by number, a thousand at most, or by age (botocore 1.44.8, dlm, RetainRule). A task of DataSync with the
mode ALL copies all files at each run, without a comparison (the same, datasync, TransferMode), and each gigabyte that
is copied is charged (AWS DataSync pricing, in notes of others, found as strings, read 2026-12-02). The limits are
judged, not read anywhere.
"""

from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Plain, Resource, items_of, one_or_many
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import objects
from ..readers.texts import read_texts
from .cron import hours_of, runs_a_day

_PLAN, _POLICY, _TASK = aws("backup/Plan", "dlm/LifecyclePolicy", "datasync/Task")
MAKERS = (_PLAN, _POLICY, _TASK)
_VELERO, _HELM = "kubernetes:velero.io/", "kubernetes:helm.sh/"
_MOST = 10_000
"""Copies of one schedule: one each hour for more than a year."""
_FOREVER = 3_650
"""Days of what nobody deletes."""
_MOST_OF_ALL = 1
"""Runs a day of a task that copies all files each time."""
_DEFAULT_TTL = 720
_DAYS = {"DAYS": 1, "WEEKS": 7, "MONTHS": 30, "YEARS": 365}


def check_kept_copies(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each schedule of copies."""
    if resource.type == _PLAN:
        yield from _of_plan(resource)
    elif resource.type == _POLICY:
        yield from _of_policy(resource)
    elif resource.type == _TASK:
        yield from _of_task(resource)
    elif resource.type.startswith(_HELM) and "velero" in str(resource.get("chart")).lower():
        yield from _of_chart(resource)
    elif resource.type.startswith("kubernetes:"):
        for item in expand_list(resource):
            for schedule in objects(item, "Schedule") if item.type.startswith(_VELERO) else ():
                spec = schedule.child("spec")
                yield _of_velero(spec.get("schedule"), spec.child("template").get("ttl"), spec.path_to("schedule"))


def _judge(schedule: Plain, days: float, path: str) -> Outcome:
    count = runs_a_day(schedule) * days
    text = f"{path} {schedule} keeps {count:,.0f} copies, each for {days:,.0f} days, more than {_MOST:,}"
    return failed(text, path) if count > _MOST else passed()


def _of_velero(schedule: Plain, ttl: Plain, path: str) -> Outcome:
    hours = _DEFAULT_TTL if ttl in (MISSING, None) else hours_of(ttl)
    return _judge(schedule, hours / 24, path)


def _of_chart(resource: Resource) -> Iterator[Outcome]:
    leaves = {leaf.path: leaf for leaf in read_texts(resource).leaves}
    for path, leaf in leaves.items():
        above = path.rpartition(".")[0]
        if leaf.key == "schedule" and ".schedules." in path:
            ttl = leaves.get(f"{above}.template.ttl")
            yield _of_velero(leaf.value, MISSING if ttl is None else ttl.value, path)


def _of_plan(resource: Resource) -> Iterator[Outcome]:
    for index, rule in enumerate(one_or_many(resource.get("rules"))):
        schedule = rule.get("schedule") if isinstance(rule, dict) else None
        if isinstance(rule, dict) and isinstance(schedule, str):
            for kept in (rule, *items_of(rule.get("copyActions"))):
                yield _judge(schedule, _deleted_after(kept), f"rules[{index}].schedule")


def _deleted_after(rule: Plain) -> float:
    """Returns after how many days a copy is deleted; what is not known yet counts as a day, and -1 as never."""
    lifecycle = rule.get("lifecycle") if isinstance(rule, dict) else None
    stated = lifecycle.get("deleteAfter") if isinstance(lifecycle, dict) else lifecycle
    days = _FOREVER if stated is None or stated is MISSING else number_of(stated) or 1
    return days if days > 0 else _FOREVER


def _of_policy(resource: Resource) -> Iterator[Outcome]:
    details = resource.get("policyDetails")
    schedules = one_or_many(details.get("schedules")) if isinstance(details, dict) else []
    for index, schedule in enumerate(schedules):
        made = schedule.get("createRule") if isinstance(schedule, dict) else None
        kept = schedule.get("retainRule") if isinstance(schedule, dict) else None
        if isinstance(made, dict) and isinstance(kept, dict):
            expression = made.get("cronExpression") or f"rate({number_of(made.get('interval')) or 24:.0f} hours)"
            days = (number_of(kept.get("interval")) or 0) * _DAYS.get(str(kept.get("intervalUnit")).upper(), 0)
            yield _judge(expression, days, f"policyDetails.schedules[{index}].createRule")


def _of_task(resource: Resource) -> Iterator[Outcome]:
    options, schedule = resource.get("options"), resource.get("schedule")
    mode = options.get("transferMode") if isinstance(options, dict) else None
    runs = runs_a_day(schedule.get("scheduleExpression")) if isinstance(schedule, dict) else 0
    if str(mode).upper() == "ALL" and runs > _MOST_OF_ALL:
        path = "options.transferMode"
        yield failed(f"{path} copies all files {runs:,.0f} times a day, whether they have changed or not", path)
