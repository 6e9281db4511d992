"""Encryption in transit of what clusters mount and of the brokers that they run: volumes of EFS, shares and Kafka of
Strimzi."""

import re
from collections.abc import Iterator

from ...engine.conditions import FALSE
from ...engine.families import transit_rule
from ...engine.lazy_regex import lazy_regex
from ...engine.reading import UNKNOWN, Resource, stated_items
from ...engine.rows import Guardrail, Severity
from ...engine.verdicts import Outcome, failed, passed, undetermined
from ...readers.kubernetes_objects import KUBERNETES_TYPES, equals_bool, objects, pods
from .reasons import PLAINTEXT

_EFS = "efs.csi.aws.com"
_AZURE_FILES = frozenset({"file.csi.azure.com", "kubernetes.io/azure-file"})
_SMB, _NFS = "smb.csi.k8s.io", "nfs.csi.k8s.io"
_SEALS = lazy_regex(r"sec=krb5p|xprtsec=m?tls", re.IGNORECASE)
"""Options of a mount of NFS by which nobody reads what is sent: Kerberos with privacy, and TLS, of which `mtls` shows
the client's certificate too (truenas/nfs-utils 07b80ec1 utils/mount/nfs.man, `sec` and `xprtsec`, read 2026-12-01).
Of a list of several, such as `krb5p:sys`, the server may take another."""
_BLOB = "blob.csi.azure.com"
"""Driver that knows no parameter for TLS (kubernetes-sigs/blob-csi-driver docs/driver-parameters.md: NFSv3, or a mount
of blobfuse, which calls the service by HTTPS; read 2026-11-30)."""


def _check_shares(resource: Resource) -> Iterator[Outcome]:
    """Checks that shares of NFS that Azure Files makes for a class use TLS, which is off by default.

    Names of parameters have any letters, and `fsType: nfs` is the protocol too (kubernetes-sigs/azurefile-csi-driver
    7b5ae18e docs/driver-parameters.md and pkg/azurefile/controllerserver.go; read 2026-11-29 and 30). Drivers of
    others have `fsType: nfs` as well, and no such choice.
    """
    for item in objects(resource, "StorageClass"):
        part = item.child("parameters")
        given = {key.lower(): value for key, value in part.data.items()}
        keys = ("protocol", "fstype") if str(item.get("provisioner")) in _AZURE_FILES else ("protocol",)
        names = {str(given.get(key)).strip().lower() for key in keys}
        tls, path = given.get("encryptintransit"), part.path_to("encryptInTransit")
        if "nfs" not in names:
            continue
        if item.get("provisioner") == _BLOB:
            path = part.path_to("protocol")
            yield failed(f"{path} must be fuse2: shares of NFS have no TLS there", path)
            continue
        if tls is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment", path)
        else:
            yield passed() if equals_bool(tls, True) else failed(f"{path} must be true: shares of NFS", path)


def _check_sealed(resource: Resource) -> Iterator[Outcome]:
    """Checks that shares of SMB are mounted with encryption, which the client must ask for.

    The driver hands the options of a volume and of a class to mount.cifs (kubernetes-csi/csi-driver-smb
    docs/driver-parameters.md), whose `seal` encrypts all that is sent (cifs-utils mount.cifs.rst); read 2026-11-30.
    """
    yield from _check_mounts(resource, _SMB, re.compile("seal"), "seal: shares of SMB")


def _check_mounts(resource: Resource, driver: str, wanted: re.Pattern[str], text: str) -> Iterator[Outcome]:
    """Checks that the options of each volume and class of a driver have the one that encrypts."""
    volumes = (volume.child("spec") for volume in objects(resource, "PersistentVolume"))
    mounts = [spec for spec in volumes if spec.child("csi").get("driver") == driver
              or (driver == _NFS and spec.child("nfs").data)]  # fmt: skip
    mounts += [item for item in objects(resource, "StorageClass") if item.get("provisioner") == driver]
    for item in mounts:
        options, path = stated_items(item.get("mountOptions")), item.path_to("mountOptions")
        if any(option is UNKNOWN for option in options):
            yield undetermined(f"{path} is not known before deployment", path)
            continue
        given = (option.strip().lower() for stated in options for option in str(stated).split(","))
        yield passed() if any(map(wanted.fullmatch, given)) else failed(f"{path} must have {text}", path)


def _check_plaintext(resource: Resource) -> Iterator[Outcome]:
    yield from _check_shares(resource)
    yield from _check_sealed(resource)
    yield from _check_mounts(resource, _NFS, _SEALS, "sec=krb5p or xprtsec=tls: files of NFS")
    for pod in pods(resource):
        for volume in (item for item in pod.spec.children("volumes") if item.child("nfs").data):
            path = volume.path_to("nfs")
            yield failed(f"{path} takes no options of a mount, such as xprtsec=tls: use a claim of a volume", path)
    for volume in objects(resource, "PersistentVolume"):
        driver = volume.child("spec").child("csi")
        attributes = driver.child("volumeAttributes")
        # The driver mounts by TLS unless the attribute says otherwise (aws-efs-csi-driver at 0043707e, docs).
        if driver.get("driver") == _EFS and FALSE.test(attributes.get("encryptInTransit")):
            path = attributes.path_to("encryptInTransit")
            yield failed(f"{path} mounts the file system in plain text", path)
        else:
            yield passed()
    for broker in objects(resource, "Kafka"):
        for listener in broker.child("spec").child("kafka").children("listeners"):
            tls, path = listener.get("tls"), listener.path_to("tls")
            if tls is UNKNOWN:
                yield undetermined(f"{path} is not known before deployment", path)
            else:
                yield passed() if equals_bool(tls, True) else failed(f"{path} must be true", path)


BROKER_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(424, Severity.HIGH, "Volumes of EFS, shares and brokers of Kafka in a cluster encrypt traffic",
                 PLAINTEXT,
                 "Remove encryptInTransit from volume_attributes; set it to true in the parameters of a class of NFS "
                 "shares; add seal to the mount options of SMB shares, and xprtsec=tls or sec=krb5p to those of "
                 "NFS; set tls of each Kafka listener to true",
                 predicate=_check_plaintext,
                 types=KUBERNETES_TYPES),
)  # fmt: skip
