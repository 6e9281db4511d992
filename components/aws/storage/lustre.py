"""Scratch storage for training on AWS: FSx for Lustre, linked to vaults."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import pulumi
import pulumi_aws as aws
from pydantic import AfterValidator

from falaj.components.aws.identity.keys import customer_key, encrypted_log_group
from falaj.components.aws.identity.log_retention import RetentionDays
from falaj.components.aws.regional import RegionalComponent
from falaj.components.aws.storage.file_security_group import (
    FileSystemNetwork,
    allow_egress,
    allow_ingress,
    file_security_group,
)
from falaj.components.core.site.aws_keys import KeyArn
from falaj.components.core.storage.lustre_sizes import ScratchGib
from falaj.components.core.validation.args import Accepts, Args, Input, default
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.problems import Problem, refusal
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags, with_name_tag

THROUGHPUTS = (125, 250, 500, 1000)
"""Throughput levels of deployment type PERSISTENT_2 in MB/s per TiB (FSx API reference,
CreateFileSystemLustreConfiguration)."""

PORTS = ((988, 988), (1018, 1023))
"""TCP ports of Lustre, in both directions (FSx for Lustre User Guide, file system access control with VPC)."""

LUSTRE = "2.15"
"""Lustre version of the servers, which the client on Amazon Linux 2023 supports (FSx for Lustre User Guide, client
versions)."""

MAINTENANCE = "6:22:00"
"""Start of the weekly maintenance in FSx notation: Saturday 22:00 UTC, which is Sunday 02:00 in Dubai."""

S3_EVENTS = ("NEW", "CHANGED", "DELETED")


def _check_throughput(mbps: int) -> int:
    if mbps not in THROUGHPUTS:
        raise refusal(", ".join(map(str, THROUGHPUTS)), "choose one of these")
    return mbps


ScratchThroughput = Annotated[int, AfterValidator(_check_throughput)]


class ScratchArgs(Args):
    """FSx for Lustre file system in one availability zone."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE, such as `me-central-1`."""
    network_id: Input[str]
    """ID of the VPC: output `network_id` of `Network`."""
    subnet_id: Input[str]
    """ID of the node subnet in which the file system is created. Machines in other zones can mount it too, at the cost
    of cross-zone traffic."""
    client_group_id: Input[str]
    """ID of the security group of the machines that mount the file system: output `security_group_id` of `Cluster`."""
    capacity_gib: Input[ScratchGib]
    """Size in GiB: 1200, or a multiple of 2400. The full size is billed, whether used or not."""
    throughput: Input[ScratchThroughput] = THROUGHPUTS[0]
    """Throughput in MB/s per TiB: 125 (default), 250, 500 or 1000."""
    vaults: Accepts[Mapping[Purpose, Input[str]], Mapping[Purpose, Input[str]] | Mapping[str, Input[str]]] = default({})
    """URIs (`s3://...`) of the vaults to link to the file system, by purpose. The vault for `datasets` appears as the
    directory `/datasets`. Default: none."""
    exported: Accepts[Sequence[Purpose], Sequence[Purpose | str]] = default(())
    """Purposes of the linked `vaults` that changes are written back to. Default: none."""
    log_retention_days: Input[RetentionDays] = 90
    """Retention of logged warnings and errors in days: 30 or more, as offered by CloudWatch Logs. Default: 90."""
    log_key: Input[KeyArn] | None = None
    """ARN of an existing KMS key for the log. Default: a key is created."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""

    def _problems(self) -> Iterable[Problem]:
        linked = ", ".join(purpose.value for purpose in self.vaults) or "none, because no vault is linked"
        return (
            Problem("exported", purpose.value, linked, "link the vault too")
            for purpose in self.exported
            if purpose not in self.vaults
        )


class Scratch(RegionalComponent):
    """Compressed Lustre file system with its own KMS key, which loads objects of linked vaults on first read.

    Its deployment type is PERSISTENT_2, not SCRATCH_2: FSx encrypts the latter with its own keys only (FSx for Lustre
    User Guide, encryption at rest, read 2026-11-24), and files are lost when a server fails. SCRATCH_2 would save 3 %
    (0.140 instead of 0.145 US dollars per GB and month, list prices of us-east-1; those of me-central-1 were not
    compared). There is no backup: keep data that must persist in a vault.

    Set `scratch` on the vaults, and make this component depend on them (`depends_on`): they must exist as long as the
    file system.
    """

    file_system_id: pulumi.Output[str]
    """ID of the file system."""
    dns_name: pulumi.Output[str]
    """DNS name of the file system in the network."""
    mount_name: pulumi.Output[str]
    """Mount name of the file system, as in `<dns_name>@tcp:/<mount_name>`."""
    key_id: pulumi.Output[str]
    """ARN of the file system's KMS key."""

    def __init__(self, name: str, args: ScratchArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ScratchArgs.of(name, args)
        super().__init__("falaj:aws:Scratch", name, args.region, opts)
        key = customer_key(f"{name}-key", f"Encrypts the scratch {name}", lambda account: (), args.tags, self)
        group, rules = self._security_group(name, args)
        file_system = self._file_system(name, args, key, group, rules)
        for purpose, address in args.vaults.items():
            self._link(name, args, file_system, purpose, address)
        self.file_system_id = file_system.id
        self.dns_name = file_system.dns_name
        self.mount_name = file_system.mount_name
        self.key_id = key.arn
        self.register_outputs(
            {
                "file_system_id": self.file_system_id,
                "dns_name": self.dns_name,
                "mount_name": self.mount_name,
                "key_id": self.key_id,
            }
        )

    def _security_group(self, name: str, args: ScratchArgs) -> tuple[aws.ec2.SecurityGroup, list[pulumi.Resource]]:
        """Creates the security group. It allows traffic between servers and client machines, and among servers: FSx
        refuses a group that does not allow both."""
        clients = args.client_group_id
        network = FileSystemNetwork(name, args.network_id, clients, args.tags, self)
        group = file_security_group(network, "Lustre")
        rules: list[pulumi.Resource] = []
        for ports in PORTS:
            first = ports[0]
            rules += [
                allow_ingress(network, f"from-machines-{first}", group.id, ports, clients),
                allow_ingress(network, f"from-servers-{first}", group.id, ports, group.id),
                allow_egress(network, f"to-machines-{first}", group.id, ports, clients),
                allow_egress(network, f"to-servers-{first}", group.id, ports, group.id),
                allow_ingress(network, f"at-machines-{first}", clients, ports, group.id),
            ]
        return group, rules

    def _file_system(
        self,
        name: str,
        args: ScratchArgs,
        key: aws.kms.Key,
        group: aws.ec2.SecurityGroup,
        rules: Sequence[pulumi.Resource],
    ) -> aws.fsx.LustreFileSystem:
        # FSx writes to log groups with this prefix only. Failed imports and exports are reported nowhere else.
        log_group = f"/aws/fsx/{pulumi.get_stack()}/{name}"
        logs = encrypted_log_group(
            f"{name}-logs", log_group, args.region, args.log_retention_days, args.tags, self, args.log_key
        )
        return aws.fsx.LustreFileSystem(
            f"{name}-lustre",
            deployment_type="PERSISTENT_2",
            storage_type="SSD",
            storage_capacity=args.capacity_gib,
            per_unit_storage_throughput=args.throughput,
            file_system_type_version=LUSTRE,
            data_compression_type="LZ4",
            kms_key_id=key.arn,
            subnet_ids=args.subnet_id,
            security_group_ids=[group.id],
            weekly_maintenance_start_time=MAINTENANCE,
            automatic_backup_retention_days=0,
            skip_final_backup=True,
            log_configuration=aws.fsx.LustreFileSystemLogConfigurationArgs(destination=logs.arn, level="WARN_ERROR"),
            tags=with_name_tag(args.tags, name),
            opts=pulumi.ResourceOptions(parent=self, depends_on=rules),
        )

    def _link(
        self,
        name: str,
        args: ScratchArgs,
        file_system: aws.fsx.LustreFileSystem,
        purpose: Purpose,
        address: pulumi.Input[str],
    ) -> None:
        export = purpose in args.exported
        aws.fsx.DataRepositoryAssociation(
            f"{name}-{purpose.value}",
            file_system_id=file_system.id,
            file_system_path=f"/{purpose.value}",
            data_repository_path=address,
            batch_import_meta_data_on_create=True,
            s3=aws.fsx.DataRepositoryAssociationS3Args(
                auto_import_policy=aws.fsx.DataRepositoryAssociationS3AutoImportPolicyArgs(events=list(S3_EVENTS)),
                auto_export_policy=aws.fsx.DataRepositoryAssociationS3AutoExportPolicyArgs(events=list(S3_EVENTS))
                if export
                else None,
            ),
            tags=with_name_tag(args.tags, f"{name}-{purpose.value}"),
            opts=pulumi.ResourceOptions(parent=self),
        )
