"""Claims that are left out of backups by a label or an annotation, although their name says nothing of what is made
again.

Velero leaves out what has `velero.io/exclude-from-backup: "true"` (velero-io/velero d2241adba,
pkg/apis/velero/v1/labels_annotations.go), K8up claims with `k8up.io/backup: "false"` (k8up-io/k8up 80a2ae8c, how-tos/
backup.adoc; before, `k8up.syn.tools/backup`), Stork and Portworx Backup what has
`stork.libopenstorage.org/skip-resource: "true"` (libopenstorage/stork, pkg/resourcecollector); read 2026-11-30. A
database has backups of its own: a claim that names another backup in a label or an annotation passes.
"""

import re
from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart

_LEFT_OUT = {
    "velero.io/exclude-from-backup": "true",
    "k8up.io/backup": "false",
    "k8up.syn.tools/backup": "false",
    "appuio.ch/backup": "false",
    "stork.libopenstorage.org/skip-resource": "true",
    "stork.libopenstorage.org/skipresource": "true",
}
"""Label or annotation of a claim -> its value by which no copy is made."""
_MADE_AGAIN = lazy_regex(
    r"(?<![a-z])(?:builds?|builder|buffers?|cached?|caches|checkpoints?|containerd|datasets?|docker|downloads?|dumps?|"
    r"emptydir|garage|index(?:es)?|kafka|logs?|memcached|metrics|minio|mirrors?|models?|pgdata|prometheus|proxy"
    r"|queues?|"
    r"rabbitmq|redis|registry|replicas?|runners?|scratch|snapshots?|spill|spool|staging|temp|temporary|tmp|traces?"
    r"|valkey|"
    r"vm|wal|weights|work(?:dir|space)?|backups?|restores?)(?![a-z])",
    re.IGNORECASE,
)
"""Words in names of what is made again, is copied by its own program, or is a copy; decided here."""
_OTHER_BACKUP = lazy_regex(r"backup|snapshot|recurring-job|barman|pgbackrest|restic|kopia|velero", re.IGNORECASE)
_OFF = frozenset({"false", "no", "off", "disabled", "none", "skip", ""})
_CLAIMS = ("PersistentVolumeClaim", "PersistentVolume")


def check_left_out_of_backups(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each claim that no backup has."""
    for item in expand_list(resource):
        manifest = ObjectPart("", item.props)
        if kind_of(item) in _CLAIMS:
            yield from _check(manifest, str(manifest.child("metadata").get("name")))
        elif kind_of(item) == "StatefulSet":
            owner = str(manifest.child("metadata").get("name"))
            for claim in manifest.child("spec").children("volumeClaimTemplates"):
                yield from _check(claim, f"{claim.child('metadata').get('name')}-{owner}")


def _check(claim: ObjectPart, name: str) -> Iterator[Outcome]:
    if _MADE_AGAIN.search(name) or claim.child("spec").get("volumeMode") == "Block":
        return
    marks = [(part.path_to(key), key, str(value).strip().lower()) for part in (
        claim.child("metadata").child("labels"), claim.child("metadata").child("annotations"))
        for key, value in part.data.items()]  # fmt: skip
    if any(_OTHER_BACKUP.search(key) and key not in _LEFT_OUT and value not in _OFF for _, key, value in marks):
        return
    for path, key, value in marks:
        if _LEFT_OUT.get(key) == value:
            text = f"{path} leaves {name} out of each backup: name the one that has it in an annotation"
            yield failed(text, path)
