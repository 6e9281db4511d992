"""Backups that operators make a few times in a year or never, with no other one of the same operator in the namespace.

Where each operator has its schedules: MariaDB (`schedule.cron` of a Backup, in manifests of public repositories),
Percona ("Making scheduled backups" of the operators for XtraDB and MongoDB), Longhorn (RecurringJob with `task`) and
VolSync (ReplicationSource, both in manifests of public repositories; read 2026-12-02), and K8up (Schedule, whose words
may end in `-random`: k8up-io/k8up 80a2ae8c docs/modules/ROOT/pages/references/schedule-specification.adoc, read
2026-12-02). What is seldom is said in `backup_schedules`.
"""

from collections.abc import Iterator, Mapping

from ..engine.kubernetes_lists import expand_list
from ..engine.plan import Plan
from ..engine.reading import Resource, walk
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects
from .backup_schedules import is_seldom

_PLACES: Mapping[str, Mapping[str, str]] = {
    "k8s.mariadb.com": {"Backup": "spec.schedule?.cron", "PhysicalBackup": "spec.schedule?.cron"},
    "pxc.percona.com": {"PerconaXtraDBCluster": "spec.backup?.schedule[*].schedule"},
    "ps.percona.com": {"PerconaServerMySQL": "spec.backup?.schedule[*].schedule"},
    "psmdb.percona.com": {"PerconaServerMongoDB": "spec.backup?.tasks[*].schedule"},
    "longhorn.io": {"RecurringJob": "spec.cron"},
    "volsync.backube": {"ReplicationSource": "spec.trigger?.schedule"},
    "k8up.io": {"Schedule": "spec.backup?.schedule"},
}
"""API group -> kind -> path of its schedules."""
_GROUPS = tuple(f"kubernetes:{group}/" for group in _PLACES)
_COPIES = ("backup", "backup-force-create")
_RANDOM = "-random"
Found = tuple[str, list[tuple[str, str]]]


def check_operator_backups(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each object whose backups are all seldom, unless the same operator makes others often."""
    for key, schedules in _schedules(resource):
        others = plan.by_key(_often).get(key, ())
        if not others and all(is_seldom(text) for _, text in schedules):
            path = schedules[0][0]
            text = f"{path} makes a copy a few times in a year or never, and nothing else in the namespace each month"
            yield failed(f"{text} or more often: add a schedule, such as 0 2 * * *", path)


def _often(resource: Resource) -> Iterator[str]:
    """Yields the operator and the namespace of each object that makes copies often."""
    for key, schedules in _schedules(resource):
        if not all(is_seldom(text) for _, text in schedules):
            yield key


def _schedules(resource: Resource) -> Iterator[Found]:
    """Yields the operator, the namespace and the schedules of each object that makes copies."""
    for item in expand_list(resource) if resource.type.startswith(_GROUPS) else ():
        group = item.type.removeprefix("kubernetes:").partition("/")[0]
        for kind, path in _PLACES.get(group, {}).items():
            for one in objects(item, kind):
                found = [(place, text.removesuffix(_RANDOM)) for place, text in walk(one.data, path)
                         if isinstance(text, str)]  # fmt: skip
                if found and not one.is_patch and _makes_copies(one):
                    yield f"{group}\n{one.child('metadata').get('namespace')}", found


def _makes_copies(one: ObjectPart) -> bool:
    return one.data.get("kind") != "RecurringJob" or one.child("spec").get("task") in _COPIES
