"""EFS file system that nodes in all zones can mount, for served models."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import pulumi
import pulumi_aws as aws
from pydantic import Field

from falaj.components.aws.identity.keys import customer_key
from falaj.components.aws.regional import RegionalComponent
from falaj.components.aws.storage.backup_tag import backed_up
from falaj.components.aws.storage.file_policy import file_policy
from falaj.components.aws.storage.file_security_group import FileSystemNetwork, allow_ingress, file_security_group
from falaj.components.core.network.zones import site_zones, zone_letter
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags, with_name_tag
from falaj.components.core.validation.text_forms import TextForm

NFS_PORTS = (2049, 2049)
MODELS = "models"
"""Directory for served models that several namespaces read."""

OWNER = 1000
"""User and group ID that own each directory and that apply to every access through its access point."""

INFREQUENT_ACCESS_AFTER = "AFTER_30_DAYS"
"""Lifecycle: a file that is not read for 30 days moves to Infrequent Access, and back on its next read."""


Directory = Annotated[
    str,
    TextForm(
        r"^[a-z0-9][a-z0-9-]{0,30}$",
        "at most 31 lower-case letters, digits and dashes, first a letter or digit",
        "models",
    ),
]


ClientRoleArns = Annotated[Sequence[Input[str]], Field(min_length=1)]


class SharedFilesArgs(Args):
    """Shared EFS file system."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE, such as `me-central-1`."""
    network_id: Input[str]
    """ID of the VPC: output `network_id` of `Network`."""
    node_subnet_ids: Input[Sequence[Input[str]]]
    """IDs of the node subnets, one per zone: output `node_subnet_ids` of `Network`."""
    zones: int = Field(ge=1, le=3)
    """Number of the node subnets, 1 to 3. Each gets a mount target."""
    zone_ids: Sequence[str] = ()
    """IDs of the subnets' zones, as in `Network`. Default: those that `Network` chooses."""
    client_group_id: Input[str]
    """ID of the security group of the machines that mount the file system: output `security_group_id` of `Cluster`."""
    client_role_arns: Input[ClientRoleArns]
    """ARNs of the IAM roles that may mount the file system, at least one: those of the nodes, because the EFS driver
    mounts with the node's role."""
    directories: Sequence[Directory] = Field(default=(MODELS,), min_length=1)
    """Directories to create, each with its own access point. Default: `models`."""
    backed_up_by: Input[str] | None = None
    """Output `mark` of the `Backup` that backs up the file system. Default: no backup."""
    protect: bool = False
    """Whether the file system and its key are protected from deletion."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""


class SharedFiles(RegionalComponent):
    """EFS file system with its own KMS key, which the given roles can mount over TLS from the cluster's machines.

    Throughput is elastic: it is billed by data read and written, and costs nothing while a site sleeps. EFS's automatic
    backups are off, because they use an AWS-managed key; `Backup` uses a customer-managed one.
    """

    file_system_id: pulumi.Output[str]
    """ID of the file system."""
    dns_name: pulumi.Output[str]
    """DNS name of the file system in the network."""
    volume_handles: pulumi.Output[Mapping[str, str]]
    """Directory -> volume handle for persistent volumes of the EFS CSI driver, `fs-...::fsap-...`."""
    key_id: pulumi.Output[str]
    """ARN of the file system's KMS key."""

    def __init__(self, name: str, args: SharedFilesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = SharedFilesArgs.of(name, args)
        super().__init__("falaj:aws:SharedFiles", name, args.region, opts)
        purpose = f"Encrypts the shared files {name}"
        key = customer_key(f"{name}-key", purpose, lambda account: (), args.tags, self, args.protect)
        file_system = self._file_system(name, args, key)
        self._policies(name, args, file_system)
        targets = self._mount_targets(name, args, file_system)
        points = {directory: self._access_point(name, args, file_system, directory) for directory in args.directories}
        self.file_system_id = file_system.id
        # The output resolves once the mount targets exist.
        self.dns_name = pulumi.Output.all(file_system.dns_name, *(target.id for target in targets)).apply(
            lambda resolved: resolved[0]
        )
        self.volume_handles = pulumi.Output.all(
            **{directory: pulumi.Output.concat(file_system.id, "::", point.id) for directory, point in points.items()}
        )
        self.key_id = key.arn
        self.register_outputs(
            {
                "file_system_id": self.file_system_id,
                "dns_name": self.dns_name,
                "volume_handles": self.volume_handles,
                "key_id": self.key_id,
            }
        )

    def _file_system(self, name: str, args: SharedFilesArgs, key: aws.kms.Key) -> aws.efs.FileSystem:
        lifecycle_policy = aws.efs.FileSystemLifecyclePolicyArgs
        return aws.efs.FileSystem(
            f"{name}-files",
            encrypted=True,
            kms_key_id=key.arn,
            performance_mode="generalPurpose",
            throughput_mode="elastic",
            lifecycle_policies=[
                lifecycle_policy(transition_to_ia=INFREQUENT_ACCESS_AFTER),
                lifecycle_policy(transition_to_primary_storage_class="AFTER_1_ACCESS"),
            ],
            tags=backed_up(with_name_tag(args.tags, name), args.backed_up_by),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )

    def _policies(self, name: str, args: SharedFilesArgs, file_system: aws.efs.FileSystem) -> None:
        child = pulumi.ResourceOptions(parent=self)
        aws.efs.FileSystemPolicy(
            f"{name}-policy",
            file_system_id=file_system.id,
            policy=pulumi.Output.all(file_system.arn, args.client_role_arns).apply(lambda arns: file_policy(*arns)),
            opts=child,
        )
        aws.efs.BackupPolicy(
            f"{name}-no-other-backup",
            file_system_id=file_system.id,
            backup_policy=aws.efs.BackupPolicyBackupPolicyArgs(status="DISABLED"),
            opts=child,
        )

    def _mount_targets(
        self, name: str, args: SharedFilesArgs, file_system: aws.efs.FileSystem
    ) -> list[aws.efs.MountTarget]:
        network = FileSystemNetwork(name, args.network_id, args.client_group_id, args.tags, self)
        group = file_security_group(network, "NFS")
        allow_ingress(network, "from-machines", group.id, NFS_PORTS, args.client_group_id)
        subnets = pulumi.Output.from_input(args.node_subnet_ids)
        return [
            aws.efs.MountTarget(
                f"{name}-mount-{zone_letter(args.region, zone)}",
                file_system_id=file_system.id,
                subnet_id=subnets[index],
                security_groups=[group.id],
                opts=pulumi.ResourceOptions(parent=self),
            )
            for index, zone in enumerate(site_zones(args.region, args.zones, args.zone_ids))
        ]

    def _access_point(
        self, name: str, args: SharedFilesArgs, file_system: aws.efs.FileSystem, directory: str
    ) -> aws.efs.AccessPoint:
        return aws.efs.AccessPoint(
            f"{name}-{directory}",
            file_system_id=file_system.id,
            posix_user=aws.efs.AccessPointPosixUserArgs(uid=OWNER, gid=OWNER),
            root_directory=aws.efs.AccessPointRootDirectoryArgs(
                path=f"/{directory}",
                creation_info=aws.efs.AccessPointRootDirectoryCreationInfoArgs(
                    owner_uid=OWNER, owner_gid=OWNER, permissions="0750"
                ),
            ),
            tags=with_name_tag(args.tags, f"{name}-{directory}"),
            opts=pulumi.ResourceOptions(parent=self),
        )
