"""Backups of a cluster that are made a few times in a year or never, or ended before they can be made, with no other
one of the same in the plan.

Schedules are those of Velero and of CloudNativePG, whose first field has the seconds, and of jobs whose name says that
they make copies. Fields and words by robfig/cron bc59245 doc.go, "CRON Expression Format" and "Predefined schedules",
read 2026-12-01; that a month without a backup is too long was decided here. An archive of each year beside a nightly
backup is how good teams keep records for long. A Job that is active for longer than `activeDeadlineSeconds` is ended
with its pods (kubernetes/api 10b39a39 batch/v1/types.go, read 2026-12-02); that no copy is made in less than a minute
was decided here.
"""

import re
from collections.abc import Iterator

from ..engine.durations import seconds_of_span
from ..engine.kubernetes_lists import kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import MISSING, Plain, Resource, texts_in
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, name_key, objects
from ..readers.same_cluster import may_be_in_one_cluster, place_of

_NAMESPACES = "*"
"""Stands for every namespace."""
_KINDS = ("Schedule", "ScheduledBackup", "CronJob")
_GROUPS = ("kubernetes:velero.io/", "kubernetes:postgresql.cnpg.io/", "kubernetes:batch/")
_COPIES = lazy_regex(r"(?<![a-z])(?:back-?ups?|snapshots?|(?:pg|my|db|data|etcd)?-?dumps?)(?![a-z])", re.IGNORECASE)
_ZONE = lazy_regex(r"(?:CRON_)?TZ=\S{1,60}\s{1,9}")
_SELDOM_WORDS = frozenset({"@yearly", "@annually"})
_EACH_MONTH = lazy_regex(r"[*?](?:/0?1)?|0?1-12(?:/0?1)?|JAN-DEC", re.IGNORECASE)
_EVERY = lazy_regex(r"@every\s{1,9}(\S{1,60})", re.IGNORECASE)
_LONGEST = 31 * 24 * 3600
"""Seconds of a month."""
_SHORTEST_RUN = 60
"""Seconds that a job has at least to make a copy."""
_FIELDS = 5


def is_seldom(schedule: Plain) -> bool:
    """Returns whether a schedule runs in some months alone, or in none."""
    if not isinstance(schedule, str):
        return False
    text = _ZONE.sub("", schedule.strip(), count=1).strip()
    if found := _EVERY.match(text):
        return seconds_of_span(found[1]) > _LONGEST
    if text.startswith("@"):
        return text.lower() in _SELDOM_WORDS
    fields = text.split()
    months = fields[-2] if len(fields) in (_FIELDS, _FIELDS + 1) else "*"
    return _EACH_MONTH.fullmatch(months) is None


def check_backup_schedules(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each backup that is made seldom or not at all, unless the plan has another one of the
    same."""
    for backup in _backups(resource):
        path, text = _flaw_of(backup)
        if path and not _is_made_again(backup, resource, plan):
            yield failed(f"{path} {text}", path)


def _flaw_of(backup: ObjectPart) -> tuple[str, str]:
    """Returns the path at which a backup says that it is made seldom or not at all, and how; empty if it does not."""
    spec = backup.child("spec")
    if is_seldom(spec.get("schedule")):
        return spec.path_to("schedule"), (
            "makes a copy a few times in a year or never, and nothing of the plan makes one each month or more often: "
            "add a schedule, such as 0 2 * * *"
        )
    if backup.data.get("kind") != "CronJob":
        return "", ""
    if str(spec.get("suspend")).lower() == "true":
        return spec.path_to("suspend"), "is true, and nothing else of the plan makes a copy: none is made"
    run = spec.child("jobTemplate").child("spec")
    for part in (run, run.child("template").child("spec")):
        seconds = number_of(part.get("activeDeadlineSeconds"))
        if seconds is not None and seconds < _SHORTEST_RUN:
            path = part.path_to("activeDeadlineSeconds")
            return path, f"ends each copy after {seconds:.0f} seconds, before it is made: state hours, such as 3600"
    return "", ""


def _backups(resource: Resource) -> Iterator[ObjectPart]:
    if not resource.type.startswith(_GROUPS) or kind_of(resource) not in (*_KINDS, *(f"{kind}List" for kind in _KINDS)):
        return
    for item in objects(resource, *_KINDS):
        name = str(item.child("metadata").get("name"))
        if not item.is_patch and (item.data.get("kind") != "CronJob" or _COPIES.search(name)):
            yield item


def _made_again(resource: Resource) -> Iterator[str]:
    """Yields a key of each thing of which backups are made each month or more often."""
    for backup in _backups(resource):
        if not _flaw_of(backup)[0]:
            yield from _copied(backup)


def _copied(backup: ObjectPart) -> list[str]:
    """Returns a key of what a backup has: of the database, or of each namespace, of which `*` is every one."""
    spec, kind = backup.child("spec"), backup.data.get("kind")
    if kind == "ScheduledBackup":
        names = [spec.child("cluster").get("name")]
    elif kind == "CronJob":
        names = [place_of(backup)]
    else:
        named = texts_in(spec.child("template").get("includedNamespaces"))
        names = list(named) if named and _NAMESPACES not in named else [_NAMESPACES]
    return [f"{kind} {name_key(name)}" for name in names]


def _is_made_again(backup: ObjectPart, resource: Resource, plan: Plan) -> bool:
    # Whatever has all of a backup has the first of it.
    found = plan.with_keys(_made_again, (*_copied(backup)[:1], f"{backup.data.get('kind')} {_NAMESPACES}"))
    others = (item for other in found if may_be_in_one_cluster(other, resource) for item in _backups(other))
    return any(_covers(other, backup) and not _flaw_of(other)[0] for other in others)


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
        return place_of(other) == place_of(backup)
    return _is_wider(other.child("spec").child("template"), backup.child("spec").child("template"))


def _is_wider(other: ObjectPart, template: ObjectPart) -> bool:
    named, wanted = (set(texts_in(item.get("includedNamespaces"))) for item in (other, template))
    has_selector = other.get("labelSelector") is not MISSING or other.get("orLabelSelectors") is not MISSING
    same = [item.get("labelSelector") for item in (other, template)]
    is_every = not named or _NAMESPACES in named
    return (is_every or (bool(wanted) and wanted <= named)) and (not has_selector or same[0] == same[1])
