"""Directories of a node that a class of volumes, or the settings of its driver, hand out to every claim.

Parameters and settings of rancher/local-path-provisioner 9fa2a62e (README.md: `nodePath`, `pathPattern`, `nodePathMap`)
and of OpenEBS Local PV (openebs/dynamic-localpv-provisioner 2f165df9 cmd/provisioner-localpv/app/config.go:
`cas.openebs.io/config`, BasePath), read 2026-11-29.
"""

import posixpath
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.host_directories import has_keys_of_others
from ..readers.kubernetes_objects import ObjectPart, objects
from ..readers.texts import read_texts

_ABOVE = lazy_regex(r"(?:^|.*/)\.\.(?:/.*|$)")
_OPENEBS = "cas.openebs.io/config"
_BASE_PATH = lazy_regex(
    r"name[\"']?:\s{0,9}[\"']?BasePath[\"']?\s{1,9}[\"']?value[\"']?:\s{0,9}[\"']?(?P<path>/[^\s\"']{0,250})"
)
_OF_VOLUMES = "/var/lib/rancher/k3s/storage"
"""Directory in which K3s has the volumes of local-path (pages of its users, read 2026-11-29)."""
_MAP = lazy_regex(r"(?:.*\.)?(?:nodePathMap\[\d+\]\.paths\[\d+\]|sharedFileSystemPath)")


def check_node_volumes(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each directory with keys or files of the node itself from which volumes are made."""
    for storage_class in objects(resource, "StorageClass"):
        parameters = storage_class.child("parameters")
        for key in ("nodePath", "pathPattern"):
            value, path = str(parameters.data.get(key, "")), parameters.path_to(key)
            if _ABOVE.fullmatch(value) or (value.startswith("/") and _is_of_node(value)):
                yield failed(f"{path} {value} has the keys or the files of the node itself", path)
        yield from _check_openebs(storage_class.child("metadata").child("annotations"))
    if resource.type.startswith("kubernetes:core/v1:ConfigMap"):
        for leaf in read_texts(resource).leaves:
            if _MAP.fullmatch(leaf.path) and isinstance(leaf.value, str) and _is_of_node(leaf.value):
                yield failed(f"{leaf.path} has the keys or the files of the node itself", leaf.path)


def _check_openebs(annotations: ObjectPart) -> Iterator[Outcome]:
    found = _BASE_PATH.search(str(annotations.data.get(_OPENEBS, "")))
    if found is not None and _is_of_node(found["path"]):
        path = annotations.path_to(_OPENEBS)
        yield failed(f"{path} has the keys or the files of the node itself", path)


def _is_of_node(path: str) -> bool:
    is_of_volumes = posixpath.normpath(path) == _OF_VOLUMES and not _ABOVE.fullmatch(path)
    return path.startswith("/") and not is_of_volumes and has_keys_of_others(path, is_written=True)
