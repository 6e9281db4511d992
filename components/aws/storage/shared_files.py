"""A file system that many nodes of all zones mount, for models that are served."""

from collections.abc import Mapping, Sequence
from typing import Annotated, NotRequired, TypedDict

import pulumi
import pulumi_aws as aws
from pydantic import Field, StringConstraints

from falaj.components.aws.identity.keys import customer_key
from falaj.components.aws.storage.backup_tag import backed_up
from falaj.components.aws.storage.file_policy import file_policy
from falaj.components.aws.storage.file_security_group import Door, door, let_in
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.regions import AwsRegion, zones_of
from falaj.components.core.validation.tags import CostTags, named

NFS = (2049, 2049)
MODELS = "models"
"""The directory that shared claims see: see `StorageClasses`."""

OWNER = 1000
"""User and group that own each directory and that every mount through its access point acts as."""

COOL_AFTER = "AFTER_30_DAYS"
"""Without a read for so long, a file moves to Infrequent Access, and back with its first read."""


class SharedFilesArgs(TypedDict):
    """A shared file system."""

    region: str
    """A region of AWS in the UAE."""
    network_id: pulumi.Input[str]
    """Id of the VPC: the network's output."""
    node_subnet_ids: pulumi.Input[Sequence[str]]
    """Subnets of the nodes, one a zone: the network's output."""
    zones: int
    """How many subnets that are, 1 to 3: each gets a mount target."""
    client_group_id: pulumi.Input[str]
    """Id of the security group of the machines that mount it: the cluster's output."""
    client_role_arns: Sequence[pulumi.Input[str]]
    """ARNs of the IAM roles that mount it: that of the nodes, in whose name the EFS driver mounts."""
    directories: NotRequired[Sequence[str]]
    """Directories with an access point of their own; `models` if absent."""
    backed_up_by: NotRequired[pulumi.Input[str]]
    """The `mark` of the backup that copies it; none if absent."""
    protect: NotRequired[bool]
    """Whether the file system and its key refuse to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags, put on everything that takes tags."""


Directory = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")]


class _Checked(Checked):
    region: AwsRegion
    network_id: Passed[str]
    node_subnet_ids: Passed[Sequence[str]]
    zones: Annotated[int, Field(ge=1, le=3)]
    client_group_id: Passed[str]
    client_role_arns: Annotated[tuple[Passed[str], ...], Field(min_length=1)]
    directories: Annotated[tuple[Directory, ...], Field(min_length=1)] = (MODELS,)
    backed_up_by: Passed[str] | None = None
    protect: bool = False
    tags: CostTags


class SharedFiles(pulumi.ComponentResource):
    """An EFS file system under its own key that only named roles mount, over TLS, from the cluster's machines.

    Throughput is elastic: paid by what is read and written, nothing while a site sleeps. EFS's own automatic backups
    are off, because they go to a vault under a key of AWS; `Backup` makes them under ours.
    """

    file_system_id: pulumi.Output[str]
    """Id of the file system."""
    dns_name: pulumi.Output[str]
    """Its name in the network."""
    volume_handles: pulumi.Output[Mapping[str, str]]
    """Handle of each directory for a persistent volume of the EFS driver, `fs-...::fsap-...`."""
    key_id: pulumi.Output[str]
    """ARN of its KMS key."""

    def __init__(self, name: str, args: SharedFilesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:aws:SharedFiles", name, {}, opts)
        what = f"Encrypts the shared files {name}"
        key = customer_key(f"{name}-key", what, lambda account: (), settings.tags, self, settings.protect)
        system = self._file_system(name, settings, key)
        self._guarded(name, settings, system)
        targets = self._mount_targets(name, settings, system)
        points = {
            directory: self._access_point(name, settings, system, directory) for directory in settings.directories
        }
        self.file_system_id = system.id
        # Whoever has the name has something to mount.
        self.dns_name = pulumi.Output.all(system.dns_name, *(target.id for target in targets)).apply(
            lambda made: made[0]
        )
        self.volume_handles = pulumi.Output.all(
            **{directory: pulumi.Output.concat(system.id, "::", point.id) for directory, point in points.items()}
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

    def _file_system(self, name: str, settings: _Checked, key: aws.kms.Key) -> aws.efs.FileSystem:
        policy = aws.efs.FileSystemLifecyclePolicyArgs
        return aws.efs.FileSystem(
            f"{name}-files",
            encrypted=True,
            kms_key_id=key.arn,
            performance_mode="generalPurpose",
            throughput_mode="elastic",
            lifecycle_policies=[
                policy(transition_to_ia=COOL_AFTER),
                policy(transition_to_primary_storage_class="AFTER_1_ACCESS"),
            ],
            tags=backed_up(named(settings.tags, name), settings.backed_up_by),
            opts=pulumi.ResourceOptions(parent=self, protect=settings.protect),
        )

    def _guarded(self, name: str, settings: _Checked, system: aws.efs.FileSystem) -> None:
        child = pulumi.ResourceOptions(parent=self)
        aws.efs.FileSystemPolicy(
            f"{name}-policy",
            file_system_id=system.id,
            policy=pulumi.Output.all(system.arn, *settings.client_role_arns).apply(
                lambda arns: file_policy(arns[0], arns[1:])
            ),
            opts=child,
        )
        aws.efs.BackupPolicy(
            f"{name}-no-other-backup",
            file_system_id=system.id,
            backup_policy=aws.efs.BackupPolicyBackupPolicyArgs(status="DISABLED"),
            opts=child,
        )

    def _mount_targets(self, name: str, settings: _Checked, system: aws.efs.FileSystem) -> list[aws.efs.MountTarget]:
        at = Door(name, settings.network_id, settings.client_group_id, settings.tags, self)
        group = door(at, "NFS")
        let_in(at, "from-machines", group.id, NFS, settings.client_group_id)
        subnets = pulumi.Output.from_input(settings.node_subnet_ids)
        return [
            aws.efs.MountTarget(
                f"{name}-mount-{zone[-1]}",
                file_system_id=system.id,
                subnet_id=subnets[index],
                security_groups=[group.id],
                opts=pulumi.ResourceOptions(parent=self),
            )
            for index, zone in enumerate(zones_of(settings.region, settings.zones))
        ]

    def _access_point(
        self, name: str, settings: _Checked, system: aws.efs.FileSystem, directory: str
    ) -> aws.efs.AccessPoint:
        return aws.efs.AccessPoint(
            f"{name}-{directory}",
            file_system_id=system.id,
            posix_user=aws.efs.AccessPointPosixUserArgs(uid=OWNER, gid=OWNER),
            root_directory=aws.efs.AccessPointRootDirectoryArgs(
                path=f"/{directory}",
                creation_info=aws.efs.AccessPointRootDirectoryCreationInfoArgs(
                    owner_uid=OWNER, owner_gid=OWNER, permissions="0750"
                ),
            ),
            tags=named(settings.tags, f"{name}-{directory}"),
            opts=pulumi.ResourceOptions(parent=self),
        )
