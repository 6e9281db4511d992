"""Buckets that values of charts name below the word of a store: `s3.bucket`, `bucketNames.chunks`, and the stores of
volumes.

Loki 65e30f84 (production/helm/loki, loki.storage), grafana/helm-charts charts/tempo-distributed (storage.trace.s3) and
the chart of Velero (configuration.backupStorageLocation), read 2026-11-29. Beside an address of another store, such as
MinIO in the cluster, the name is one of that store, whose address FJ-RES-002 evaluates.
"""

import re
from collections.abc import Sequence

from ..engine.lazy_regex import lazy_regex
from ..readers.texts import Leaf
from .short_names import DRIVER, completed, drivers_at

_PATH = lazy_regex(
    r"(?:^|\.)(?P<store>(?:backupStorageLocation(?:\[\d+\])?|(?:\w{0,40}[_a-z])?s3"
    r"(?:_?(?:config|storage|settings|options|store|backups?|client))?(?:\.\w{1,40})?|\w+3uploader)\.bucket(?:_?names?)?"
    r"|bucketNames\.\w{1,40}|(?:\w{0,40}_)?s3_?bucket(?:_?name)?)$",
    re.IGNORECASE,
)
_OF_VOLUME = lazy_regex(
    r"parameters\.storageAccount(?:Name)?|(?:.*\.)?csi\.volumeAttributes\.(?:bucketName|storageAccount(?:Name)?)",
    re.IGNORECASE,
)
"""Bucket or account of storage in which a driver keeps a volume (awslabs/mountpoint-s3-csi-driver 57c6bedb;
kubernetes-sigs/azurefile-csi-driver 7b5ae18e and blob-csi-driver 0744a60b, docs/driver-parameters.md, read
2026-11-29)."""
_ADDRESS = lazy_regex(r"(?:\w+[_.-])?endpoint(?:_?url)?|s3_?url", re.IGNORECASE)
_OWN_KEY = lazy_regex(r"kms_?key_?id", re.IGNORECASE)
"""A key of one's own, without which the owner of a bucket reads nothing; FJ-IDN-116 evaluates whose it is."""
_OF_AWS = "amazonaws.com"
_DRIVER = (*DRIVER, "provider")
"""Settings that say which store is used: `type` of Loki (grafana/loki 123c2bd5 docs/sources/setup/install/helm/
deployment-guides/azure.md), `provider` of Velero (vmware-tanzu/velero-plugin-for-microsoft-azure 1b682ce1 README.md);
read 2026-12-01. With azure, what is called a bucket is a container, which has the owner of its account."""


def may_be_bucket(leaf: Leaf) -> bool:
    """Returns whether a setting may name a bucket of S3, or the store of a volume, by its path."""
    path = leaf.path[-200:]
    return _PATH.search(path) is not None or _OF_VOLUME.fullmatch(path) is not None


def is_bucket_setting(leaf: Leaf, leaves: Sequence[Leaf]) -> bool:
    """Returns whether a setting names a bucket of S3 by its path, and nothing near it names another store or a key of
    one's own."""
    match = _PATH.search(leaf.path[-200:])
    if match is None or _is_container(leaf, leaves):
        return False
    above = leaf.path[: len(leaf.path) - len(match["store"])]
    return not any(
        _OWN_KEY.fullmatch(other.key[:60]) or (_ADDRESS.fullmatch(other.key[:60]) and _OF_AWS not in str(other.value))
        for other in leaves
        if other.value and other.path.startswith(above)
    )


def _is_container(leaf: Leaf, leaves: Sequence[Leaf]) -> bool:
    """Returns whether a setting names a container of an account of Azure that is named, and evaluated, beside it."""
    place = leaf.path.rpartition(".")[0]
    for near in (place, place.rpartition(".")[0]):
        if drivers_at(near, leaves, _DRIVER) == {"azure"}:
            return any(completed(item) for item in leaves if item.path.startswith(f"{near}."))
    return False


def is_store_of_volume(leaf: Leaf, token: str) -> bool:
    """Returns whether a setting names the bucket, or the account of storage, of a volume or of a class of volumes."""
    return token.startswith("kubernetes:") and _OF_VOLUME.fullmatch(leaf.path[-200:]) is not None
