"""Backups of a cluster that are made a few times in a year or never, with no other one of the same in the plan.

Schedules are those of Velero and of CloudNativePG, whose first field has the seconds, and of jobs whose name says that
they make copies. Fields and words by robfig/cron bc59245 doc.go, "CRON Expression Format" and "Predefined schedules",
read 2026-12-01; that a month without a backup is too long was decided here. An archive of each year beside a nightly
backup is how good teams keep records for long.
"""

import re
from collections.abc import Iterator

from ..engine.kubernetes_lists import kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, Plain, Resource, texts_in
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects

_KINDS = ("Schedule", "ScheduledBackup", "CronJob")
_GROUPS = ("kubernetes:velero.io/", "kubernetes:postgresql.cnpg.io/", "kubernetes:batch/")
_COPIES = lazy_regex(r"(?<![a-z])(?:back-?ups?|snapshots?|(?:pg|my|db|data|etcd)?-?dumps?)(?![a-z])", re.IGNORECASE)
_ZONE = lazy_regex(r"(?:CRON_)?TZ=\S{1,60}\s{1,9}")
_SELDOM_WORDS = frozenset({"@yearly", "@annually"})
_EACH_MONTH = lazy_regex(r"[*?](?:/0?1)?|0?1-12(?:/0?1)?|JAN-DEC", re.IGNORECASE)
_EVERY = lazy_regex(r"@every\s{1,9}(\d{1,9})h", re.IGNORECASE)
_LONGEST_HOURS = 31 * 24
_FIELDS = 5


def is_seldom(schedule: Plain) -> bool:
    """Returns whether a schedule runs in some months alone, or in none."""
    if not isinstance(schedule, str):
        return False
    text = _ZONE.sub("", schedule.strip(), count=1).strip()
    if found := _EVERY.match(text):
        return int(found[1]) > _LONGEST_HOURS
    if text.startswith("@"):
        return text.lower() in _SELDOM_WORDS
    fields = text.split()
    months = fields[-2] if len(fields) in (_FIELDS, _FIELDS + 1) else "*"
    return _EACH_MONTH.fullmatch(months) is None


def check_backup_schedules(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each backup that is made seldom, unless the plan has another one of the same."""
    for backup in _backups(resource):
        path = "spec.schedule"
        if is_seldom(backup.child("spec").get("schedule")) and not _is_made_again(backup, resource, plan):
            yield failed(f"{path} makes a copy a few times in a year or never, and nothing of the plan makes one each "
                         "month or more often: add a schedule, such as 0 2 * * *", path)  # fmt: skip


def _backups(resource: Resource) -> Iterator[ObjectPart]:
    if not resource.type.startswith(_GROUPS) or kind_of(resource) not in (*_KINDS, *(f"{kind}List" for kind in _KINDS)):
        return
    for item in objects(resource, *_KINDS):
        name = str(item.child("metadata").get("name"))
        if not item.is_patch and (item.data.get("kind") != "CronJob" or _COPIES.search(name)):
            yield item


def _kept(resource: Resource) -> Iterator[str]:
    if any(True for _ in _backups(resource)):
        yield "backup"


def _is_made_again(backup: ObjectPart, resource: Resource, plan: Plan) -> bool:
    found = (other for other in plan.by_key(_kept).get("backup", ()) if _may_be_in_one_cluster(other, resource))
    others = (item for other in found for item in _backups(other))
    return any(_covers(other, backup) and not is_seldom(other.child("spec").get("schedule")) for other in others)


def _may_be_in_one_cluster(*resources: Resource) -> bool:
    """Returns whether objects may be in one cluster: the engine passes no provider for what is only looked up."""
    return len({resource.provider.urn for resource in resources if resource.provider}) < len(resources)


def _covers(other: ObjectPart, backup: ObjectPart) -> bool:
    """Returns whether a backup has what another one has: the same database, the same namespaces or more, or, of jobs,
    what is in the same namespace."""
    kind = backup.data.get("kind")
    if other.data.get("kind") != kind:
        return False
    if kind == "ScheduledBackup":
        clusters = [item.child("spec").child("cluster").get("name") for item in (other, backup)]
        return clusters[0] == clusters[1]
    if kind == "CronJob":
        return _place(other) == _place(backup)
    return _is_wider(other.child("spec").child("template"), backup.child("spec").child("template"))


def _place(item: ObjectPart) -> Plain:
    return item.child("metadata").get("namespace")


def _is_wider(other: ObjectPart, template: ObjectPart) -> bool:
    named, wanted = (set(texts_in(item.get("includedNamespaces"))) for item in (other, template))
    has_selector = other.get("labelSelector") is not MISSING or other.get("orLabelSelectors") is not MISSING
    same = [item.get("labelSelector") for item in (other, template)]
    is_every = not named or "*" in named
    return (is_every or (bool(wanted) and wanted <= named)) and (not has_selector or same[0] == same[1])
