"""Snapshots of a database that belong to the database: whoever deletes it deletes them.

A snapshot may belong to its Backup (`snapshotOwnerReference`), and a Backup to its schedule or to the cluster
(`backupOwnerReference`), so that the collector of garbage deletes all of them with the first (cloudnative-pg/
cloudnative-pg a95a534d docs/src/backup.md and appendixes/backup_volumesnapshot.md, read 2026-12-02). A copy in a store
of objects, or in a cluster that is the source of this one, is not theirs.
"""

from collections.abc import Iterator

from ..engine.plan import Plan
from ..engine.reading import MISSING, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects
from ..readers.same_cluster import may_be_in_one_cluster, place_of

_GROUP = "kubernetes:postgresql.cnpg.io/"
_OWNERS = {"cluster": "its cluster", "self": "this schedule"}


def check_owned_backups(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each schedule whose snapshots go with the cluster or with the schedule."""
    if not resource.type.startswith(_GROUP):
        return
    for schedule in objects(resource, "ScheduledBackup"):
        spec = schedule.child("spec")
        owner = _OWNERS.get(str(spec.get("backupOwnerReference")))
        if owner is None or spec.get("method") != "volumeSnapshot":
            continue
        key = f"{place_of(schedule)}/{spec.child('cluster').get('name')}"
        found = (item for item in plan.by_key(_chained).get(key, ()) if may_be_in_one_cluster(resource, item))
        if any(True for _ in found):
            path = spec.path_to("backupOwnerReference")
            text = f"{path}: with {owner} each backup is deleted, and with it its snapshots, of which there is no copy"
            yield failed(text, path)


def _chained(resource: Resource) -> Iterator[str]:
    """Yields the clusters whose snapshots belong to their backups, and that have no other copy."""
    for cluster in objects(resource, "Cluster") if resource.type.startswith(_GROUP) else ():
        spec = cluster.child("spec")
        copies = spec.child("backup")
        is_of_backup = copies.child("volumeSnapshot").get("snapshotOwnerReference") == "backup"
        if is_of_backup and not _is_kept_elsewhere(spec):
            yield f"{place_of(cluster)}/{cluster.child('metadata').get('name')}"


def _is_kept_elsewhere(spec: ObjectPart) -> bool:
    has_store = spec.child("backup").get("barmanObjectStore") is not MISSING
    return has_store or spec.get("plugins") not in (MISSING, []) or spec.get("replica") is not MISSING
