"""File systems: EFS with mount targets, FSx for Lustre with data repository associations."""

from __future__ import annotations

from collections.abc import Mapping

from falaj.sandbox.clouds.aws import lustre
from falaj.sandbox.clouds.spec import InventoryItem, Operation, Parent, ResourceType, UsedBy
from falaj.sandbox.clouds.values import Props, get_all, get_path, get_str

EFS, MOUNT_TARGET, ACCESS_POINT = (
    "aws:efs/fileSystem:FileSystem",
    "aws:efs/mountTarget:MountTarget",
    "aws:efs/accessPoint:AccessPoint",
)
LUSTRE, ASSOCIATION = lustre.LUSTRE, "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation"
_EFS_ARN = "arn:aws:elasticfilesystem:{region}:{account}:"
_SYSTEM = Parent("fileSystemId", "{value}", "FileSystemNotFound: File system '{value}' does not exist.")


def _subnet(op: Operation) -> InventoryItem | None:
    return op.state.by_handle(get_str(op.inputs, "subnetId"))


def one_mount_target_per_zone(op: Operation) -> str | None:
    """Checks that a file system has one mount target per availability zone, all in one VPC (EFS API,
    CreateMountTarget).
    """
    subnet = _subnet(op)
    system = op.state.by_handle(get_str(op.inputs, "fileSystemId"))
    if subnet is None or system is None or op.existing is not None:
        return None
    for other in op.state.referrers(system, op.token):
        other_subnet = op.state.by_handle(get_str(other.inputs, "subnetId"))
        if other_subnet is None:
            continue
        if get_str(other_subnet.inputs, "vpcId") != get_str(subnet.inputs, "vpcId"):
            return "MountTargetConflict: requested subnet for new mount target is not in the same VPC as existing ones"
        if get_path(other_subnet.outputs, "availabilityZone") == get_path(subnet.outputs, "availabilityZone"):
            return "MountTargetConflict: mount target already exists in this AZ"
    return None


def mount_target_outputs(op: Operation) -> Props:
    """Returns the outputs of a mount target. Its availability zone is that of its subnet."""
    subnet = _subnet(op)
    zone = get_str(subnet.outputs, "availabilityZone") if subnet else ""
    name = f"{get_str(op.inputs, 'fileSystemId')}.efs.{op.variables['region']}.amazonaws.com"
    return {
        "dnsName": name,
        "mountTargetDnsName": f"{zone}.{name}",
        "availabilityZoneName": zone,
        "availabilityZoneId": get_str(subnet.outputs, "availabilityZoneId") if subnet else "",
        "fileSystemArn": (_EFS_ARN + "file-system/{fileSystemId}").format_map(op.variables),
        "networkInterfaceId": f"eni-{op.variables['hex17']}",
        "ipAddress": f"10.0.0.{op.variables['host']}",
        "ipAddressType": "IPV4_ONLY",
        "ownerId": op.variables["account"],
    }


def efs_key(op: Operation) -> str | None:
    """Checks that a KMS key is given only with encryption."""
    if get_str(op.inputs, "kmsKeyId") and op.inputs.get("encrypted") is False:
        return "BadRequest: KmsKeyId can only be specified when Encrypted is true."
    return None


def efs_lifecycle(op: Operation) -> str | None:
    """Checks that each lifecycle policy has one transition (EFS API, PutLifecycleConfiguration)."""
    for policy in get_all(op.inputs, "lifecyclePolicies[*]"):
        if isinstance(policy, Mapping) and len([value for value in policy.values() if value]) != 1:
            return "BadRequest: Each LifecyclePolicy object can have only a single transition."
    return None


def association_paths_disjoint(op: Operation) -> str | None:
    """Checks that a file system has at most eight associations, with disjoint paths in the file system and in the
    buckets (FSx API, CreateDataRepositoryAssociation).
    """
    system = op.state.by_handle(get_str(op.inputs, "fileSystemId"))
    others = op.state.referrers(system, op.token) if system and op.existing is None else []
    if len(others) >= 8:
        return "ServiceLimitExceeded: a file system can have at most 8 data repository associations"
    for other in others:
        for kind in ("fileSystemPath", "dataRepositoryPath"):
            if _overlap(get_str(op.inputs, kind), get_str(other.inputs, kind)):
                name = kind[0].upper() + kind[1:]
                return f"BadRequest: {name} {get_str(op.inputs, kind)} overlaps with that of an existing association"
    return None


def _overlap(path: str, other_path: str) -> bool:
    first, second = path.rstrip("/") + "/", other_path.rstrip("/") + "/"
    return first.startswith(second) or second.startswith(first)


def association_bucket(op: Operation) -> str | None:
    """Checks that the bucket of an association exists."""
    path = get_str(op.inputs, "dataRepositoryPath")
    bucket = path.removeprefix("s3://").split("/", 1)[0]
    if not path.startswith("s3://"):
        return f"BadRequest: DataRepositoryPath {path} must be in the format s3://bucket-name/prefix/"
    if op.state.by_handle(f"arn:aws:s3:::{bucket}") is None:
        return f"BadRequest: Unable to access the S3 bucket {bucket}. The specified bucket does not exist"
    return None


_EFS = (
    ResourceType(
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
        replace_on_changes=(
            "encrypted",
            "kmsKeyId",
            "performanceMode",
            "availabilityZoneName",
            "creationToken",
            "region",
        ),
        write_rules=(efs_key, efs_lifecycle),
        used_by=(UsedBy((MOUNT_TARGET,), "FileSystemInUse: file system {id} still has mount targets"),),
    ),
    ResourceType(
        MOUNT_TARGET,
        id="fsmt-{hex17}",
        outputs=mount_target_outputs,
        replace_on_changes=("fileSystemId", "subnetId", "ipAddress", "ipAddressType", "region"),
        parents=(_SYSTEM,),
        write_rules=(one_mount_target_per_zone,),
    ),
    ResourceType(
        ACCESS_POINT,
        id="fsap-{hex17}",
        outputs={
            "arn": _EFS_ARN + "access-point/{id}",
            "fileSystemArn": _EFS_ARN + "file-system/{fileSystemId}",
            "ownerId": "{account}",
        },
        replace_on_changes=("fileSystemId", "posixUser", "rootDirectory", "region"),
        parents=(_SYSTEM,),
    ),
    ResourceType(
        "aws:efs/fileSystemPolicy:FileSystemPolicy",
        id="{fileSystemId}",
        replace_on_changes=("fileSystemId", "region"),
        parents=(_SYSTEM,),
    ),
    ResourceType(
        "aws:efs/backupPolicy:BackupPolicy",
        id="{fileSystemId}",
        replace_on_changes=("fileSystemId", "region"),
        parents=(_SYSTEM,),
    ),
)

_FSX = (
    lustre.RESOURCE_TYPE,
    ResourceType(
        ASSOCIATION,
        id="dra-{hex17}",
        outputs={
            "arn": "arn:aws:fsx:{region}:{account}:association/{fileSystemId}/{id}",
            "associationId": "{id}",
            "importedFileChunkSize": 1024,
        },
        replace_on_changes=(
            "fileSystemId",
            "fileSystemPath",
            "dataRepositoryPath",
            "batchImportMetaDataOnCreate",
            "region",
        ),
        parents=(_SYSTEM,),
        write_rules=(association_paths_disjoint, association_bucket),
    ),
)
RESOURCE_TYPES = (*_EFS, *_FSX)
