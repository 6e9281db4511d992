"""File systems: EFS with its mount targets, and FSx for Lustre with the buckets it is linked to."""

from __future__ import annotations

from collections.abc import Mapping

from falaj.sandbox.clouds.aws import lustre
from falaj.sandbox.clouds.rows import Call, InUse, Parent, Resource, Row
from falaj.sandbox.clouds.values import Props, at, each, text

EFS, TARGET, POINT = (
    "aws:efs/fileSystem:FileSystem",
    "aws:efs/mountTarget:MountTarget",
    "aws:efs/accessPoint:AccessPoint",
)
LUSTRE, LINK = lustre.LUSTRE, "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation"
_EFS_ARN = "arn:aws:elasticfilesystem:{region}:{account}:"
_SYSTEM = Parent("fileSystemId", "{value}", "FileSystemNotFound: File system '{value}' does not exist.")
_IA_DAYS = tuple(f"AFTER_{days}_DAYS" for days in (1, 7, 14, 30, 60, 90, 180, 270, 365))


def _subnet(call: Call) -> Resource | None:
    return call.world.by_handle(text(call.inputs, "subnetId"))


def one_target_a_zone(call: Call) -> str | None:
    """A file system has one mount target in a zone, and all of them in one VPC (EFS API, CreateMountTarget)."""
    subnet = _subnet(call)
    system = call.world.by_handle(text(call.inputs, "fileSystemId"))
    if subnet is None or system is None or call.existing is not None:
        return None
    for other in call.world.referring(system, call.token):
        theirs = call.world.by_handle(text(other.inputs, "subnetId"))
        if theirs is None:
            continue
        if text(theirs.inputs, "vpcId") != text(subnet.inputs, "vpcId"):
            return "MountTargetConflict: requested subnet for new mount target is not in the same VPC as existing ones"
        if at(theirs.outputs, "availabilityZone") == at(subnet.outputs, "availabilityZone"):
            return "MountTargetConflict: mount target already exists in this AZ"
    return None


def target_outputs(call: Call) -> Props:
    """A mount target's answers: where its subnet is."""
    subnet = _subnet(call)
    zone = text(subnet.outputs, "availabilityZone") if subnet else ""
    name = f"{text(call.inputs, 'fileSystemId')}.efs.{call.facts['region']}.amazonaws.com"
    return {
        "dnsName": name,
        "mountTargetDnsName": f"{zone}.{name}",
        "availabilityZoneName": zone,
        "availabilityZoneId": text(subnet.outputs, "availabilityZoneId") if subnet else "",
        "fileSystemArn": (_EFS_ARN + "file-system/{fileSystemId}").format_map(call.facts),
        "networkInterfaceId": f"eni-{call.facts['hex17']}",
        "ipAddress": f"10.0.0.{call.facts['host']}",
        "ipAddressType": "IPV4_ONLY",
        "ownerId": call.facts["account"],
    }


def efs_key(call: Call) -> str | None:
    """A key is for an encrypted file system only."""
    if text(call.inputs, "kmsKeyId") and call.inputs.get("encrypted") is False:
        return "BadRequest: KmsKeyId can only be specified when Encrypted is true."
    return None


def efs_lifecycle(call: Call) -> str | None:
    """One transition in each lifecycle policy (EFS API, PutLifecycleConfiguration)."""
    for policy in each(call.inputs, "lifecyclePolicies[*]"):
        if isinstance(policy, Mapping) and len([value for value in policy.values() if value]) != 1:
            return "BadRequest: Each LifecyclePolicy object can have only a single transition."
    return None


def one_link_a_path(call: Call) -> str | None:
    """Linked directories do not lie in each other, and neither do the buckets' prefixes (FSx API,
    CreateDataRepositoryAssociation)."""
    system = call.world.by_handle(text(call.inputs, "fileSystemId"))
    others = call.world.referring(system, call.token) if system and call.existing is None else []
    if len(others) >= 8:
        return "ServiceLimitExceeded: a file system can have at most 8 data repository associations"
    for other in others:
        for kind in ("fileSystemPath", "dataRepositoryPath"):
            if _overlap(text(call.inputs, kind), text(other.inputs, kind)):
                name = kind[0].upper() + kind[1:]
                return f"BadRequest: {name} {text(call.inputs, kind)} overlaps with that of an existing association"
    return None


def _overlap(one: str, other: str) -> bool:
    first, second = one.rstrip("/") + "/", other.rstrip("/") + "/"
    return first.startswith(second) or second.startswith(first)


def linked_bucket(call: Call) -> str | None:
    """The bucket of a link exists."""
    path = text(call.inputs, "dataRepositoryPath")
    bucket = path.removeprefix("s3://").split("/", 1)[0]
    if not path.startswith("s3://"):
        return f"BadRequest: DataRepositoryPath {path} must be in the format s3://bucket-name/prefix/"
    if call.world.by_handle(f"arn:aws:s3:::{bucket}") is None:
        return f"BadRequest: Unable to access the S3 bucket {bucket}. The specified bucket does not exist"
    return None


_EFS = (
    Row(
        EFS,
        id="fs-{hex17}",
        outputs={
            "arn": _EFS_ARN + "file-system/{id}",
            "dnsName": "{id}.efs.{region}.amazonaws.com",
            "ownerId": "{account}",
            "encrypted": False,
            "creationToken": "{uuid}",
            "performanceMode": "generalPurpose",
            "throughputMode": "bursting",
            "protection": {"replicationOverwrite": "ENABLED"},
        },
        replace=("encrypted", "kmsKeyId", "performanceMode", "availabilityZoneName", "creationToken", "region"),
        creating=(efs_key, efs_lifecycle),
        in_use=(InUse((TARGET,), "FileSystemInUse: file system {id} still has mount targets"),),
        enums={
            "performanceMode": ("generalPurpose", "maxIO"),
            "throughputMode": ("bursting", "elastic", "provisioned"),
            "lifecyclePolicies[*].transitionToIa": _IA_DAYS,
            "lifecyclePolicies[*].transitionToPrimaryStorageClass": ("AFTER_1_ACCESS",),
        },
    ),
    Row(
        TARGET,
        id="fsmt-{hex17}",
        outputs=target_outputs,
        replace=("fileSystemId", "subnetId", "ipAddress", "ipAddressType", "region"),
        parents=(_SYSTEM,),
        creating=(one_target_a_zone,),
    ),
    Row(
        POINT,
        id="fsap-{hex17}",
        outputs={
            "arn": _EFS_ARN + "access-point/{id}",
            "fileSystemArn": _EFS_ARN + "file-system/{fileSystemId}",
            "ownerId": "{account}",
        },
        replace=("fileSystemId", "posixUser", "rootDirectory", "region"),
        parents=(_SYSTEM,),
    ),
    Row("aws:efs/fileSystemPolicy:FileSystemPolicy", id="{fileSystemId}", replace=("fileSystemId", "region"),
        parents=(_SYSTEM,)),
    Row("aws:efs/backupPolicy:BackupPolicy", id="{fileSystemId}", replace=("fileSystemId", "region"),
        parents=(_SYSTEM,), enums={"backupPolicy.status": ("ENABLED", "DISABLED")}),
)  # fmt: skip

_FSX = (
    lustre.ROW,
    Row(
        LINK,
        id="dra-{hex17}",
        outputs={
            "arn": "arn:aws:fsx:{region}:{account}:association/{fileSystemId}/{id}",
            "associationId": "{id}",
            "importedFileChunkSize": 1024,
        },
        replace=("fileSystemId", "fileSystemPath", "dataRepositoryPath", "batchImportMetaDataOnCreate", "region"),
        parents=(_SYSTEM,),
        creating=(one_link_a_path, linked_bucket),
    ),
)
ROWS = (*_EFS, *_FSX)
