"""Volumes of the same files, of which claims of several namespaces have one each: whoever may make a volume reads and
writes the files of another team.

kubernetes/api 10b39a39 core/v1 (claimRef, volumeName); the names of the files by
kubernetes-sigs/aws-efs-csi-driver a4fc6760 (volumeHandle: `file system:path:access point`; without a path or a point it
is all files), kubernetes-csi/csi-driver-nfs d3b27c00 and csi-driver-smb 95c69680 (server, share, source),
kubernetes-sigs/azurefile-csi-driver 7b5ae18e and blob-csi-driver 0744a60b (account, share or container), read
2026-11-29, with awslabs/mountpoint-s3-csi-driver 57c6bedb docs/CONFIGURATION.md (bucketName).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..engine.plan import Plan
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects
from ..readers.shared_namespaces import is_shared

_ATTRIBUTES = (
    "server", "share", "source", "bucketName", "storageAccount", "storageaccount", "shareName", "containerName",
    "container", "fileSystemName", "baseDir",
)  # fmt: skip
"""Attributes of a volume that say which files it is; drivers that have none of them go by the handle."""
_READS = frozenset({"ReadOnlyMany"})


@dataclass(frozen=True, slots=True)
class _Files:
    """Files of a volume."""

    store: tuple[str, ...]
    """Driver, and the file system, server, account or bucket."""
    directory: str
    """Path or access point in it; empty if it is all."""

    def overlaps(self, other: "_Files") -> bool:
        """Returns whether files of one are files of the other."""
        if self.store != other.store:
            return False
        first, second = sorted((self.directory, other.directory), key=len)
        return first in ("", second) or second.startswith(f"{first}/")


def _files(volume: ObjectPart) -> _Files | None:
    """Returns the files of a volume; None if it has none that another one could have."""
    spec = volume.child("spec")
    nfs, csi = spec.child("nfs"), spec.child("csi")
    if isinstance(nfs.get("path"), str):
        return _Files(("nfs", str(nfs.get("server"))), str(nfs.get("path")).strip("/"))
    attributes = csi.child("volumeAttributes").data
    named = [str(attributes[key]).strip("/") for key in _ATTRIBUTES if isinstance(attributes.get(key), str)]
    handle, driver = csi.get("volumeHandle"), str(csi.get("driver"))
    if named:
        return _Files((driver, *named), str(attributes.get("subDir", "")).strip("/"))
    if not isinstance(handle, str):
        return None
    first, _, rest = handle.partition(":") if driver == "efs.csi.aws.com" else (handle, "", "")
    return _Files((driver, first), rest.strip(":/"))


def _is_read_only(volume: ObjectPart) -> bool:
    spec = volume.child("spec")
    modes = spec.get("accessModes")
    is_mounted = any(spec.child(kind).get("readOnly") is True for kind in ("csi", "nfs"))
    return is_mounted or (isinstance(modes, list) and bool(modes) and _READS.issuperset(map(str, modes)))


def _stores(resource: Resource) -> Iterator[str]:
    """Yields what the volumes of a resource are in, as keys of an index."""
    if resource.type.startswith("kubernetes:core/"):
        found = map(_files, objects(resource, "PersistentVolume"))
        yield from ("\n".join(files.store) for files in found if files is not None)


def check_shared_volumes(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that files that somebody writes are those of claims of one namespace."""
    for volume in objects(resource, "PersistentVolume"):
        claim, files = volume.child("spec").child("claimRef"), _files(volume)
        own = claim.get("namespace")
        if files is None or not isinstance(own, str) or is_shared(own):
            continue
        for other in plan.by_key(_stores).get("\n".join(files.store), ()):
            for item in objects(other, "PersistentVolume") if other.urn != resource.urn else ():
                theirs, same = item.child("spec").child("claimRef").get("namespace"), _files(item)
                is_of_others = isinstance(theirs, str) and theirs != own and not is_shared(theirs)
                is_written = not (_is_read_only(volume) and _is_read_only(item))
                if is_of_others and is_written and same is not None and files.overlaps(same):
                    text = f"{claim.path} gives {own} the files of a volume of {theirs}"
                    yield failed(text, claim.path)
