"""Attacks beside the good programs of the twentieth set on AWS and Azure: what comes close to what now passes.

Written on 2026-11-30 with the rules at hand. Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0.
"""

from collections.abc import Mapping

from ..blind import HERE, OURS, TAGS, aws, az
from ..harness import UNKNOWN, Given
from . import Attack
from .tenth_azure import ID

DISK, HOST, SHARE = ("FJ-ENC-202",), ("FJ-ENC-208",), ("FJ-RES-111",)
READS = "who administers the platform reads the disk, and no key of the bank ends that (Azure, disk encryption sets)"
LEAVES = "an account outside the organisation uses what the bank has (AWS RAM, CreateResourceShare)"
SET = {"diskEncryptionSet": {"id": f"{OURS}.Compute/diskEncryptionSets/des-bank"}}
SEALED = {"createOption": "FromImage", "managedDisk": {"storageAccountType": "Premium_LRS", **SET}}
CONFIDENTIAL = {"securityEncryptionType": "DiskWithVMGuestState", **SET}
OLD = {"uri": "https://stbank.blob.core.windows.net/vhds/old.vhd"}


def machine(os_disk: Mapping[str, object], *data: Mapping[str, object], **links: tuple[str, ...]) -> Given:
    """Returns a machine with the disks."""
    return az("compute:VirtualMachine", {
        **HERE, "vmName": "vm-ledger", "hardwareProfile": {"vmSize": "Standard_D4ds_v5"}, "identity": {
            "type": "UserAssigned", "userAssignedIdentities": [ID]}, "securityProfile": {"encryptionAtHost": True},
        "storageProfile": {"osDisk": {**os_disk}, "dataDisks": [
            {"lun": lun, "caching": "None", **disk} for lun, disk in enumerate(data)]}}, "machine",
        links=links)  # fmt: skip


def confidential(size: str, **disk: object) -> Given:
    """Returns a confidential machine, whose memory and state nobody else reads."""
    return az("compute:VirtualMachine", {
        **HERE, "vmName": "vm-keys", "hardwareProfile": {"vmSize": size}, "identity": {
            "type": "UserAssigned", "userAssignedIdentities": [ID]}, "securityProfile": {
                "securityType": "ConfidentialVM", "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True}},
        "storageProfile": {"osDisk": {"createOption": "FromImage", "managedDisk": {
            "storageAccountType": "Premium_LRS", **disk}}}}, "machine")  # fmt: skip


def confidential_set(size: str, **disk: object) -> Given:
    """Returns a set of confidential machines."""
    machines = confidential(size, **disk).props
    profile = {key: machines[key] for key in ("securityProfile", "storageProfile")}
    return az("compute:VirtualMachineScaleSet", {
        **HERE, "vmScaleSetName": "vmss-keys", "orchestrationMode": "Flexible", "platformFaultDomainCount": 1, "sku": {
            "name": size, "tier": "Standard", "capacity": 2}, "identity": machines["identity"],
        "virtualMachineProfile": profile}, "machines")  # fmt: skip


def replica(source: str, *of: str, **more: object) -> Given:
    """Returns a database that names its source."""
    return aws("rds/Instance", {
        "identifier": "claims-read", "replicateSourceDb": source, "engine": "postgres", "instanceClass": "db.m6g.large",
        "publiclyAccessible": False, "vpcSecurityGroupIds": ["sg-1"], "skipFinalSnapshot": True, "copyTagsToSnapshot":
        True, "iamDatabaseAuthenticationEnabled": True, "deletionProtection": True, "tags": TAGS, **more}, "replica",
        protect=True, links={"replicateSourceDb": of} if of else {})  # fmt: skip


def member(principal: str, share: str = UNKNOWN, *of: str) -> Given:
    """Returns who joins a share."""
    return aws("ram/PrincipalAssociation", {"principal": principal, "resourceShareArn": share}, "member", links={
        "resourceShareArn": of} if of else {})  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    Attack("a machine makes an empty disk that the bank's key does not protect", DISK, (
        machine(SEALED, {"createOption": "Empty", "diskSizeGB": 512, "managedDisk": {
            "storageAccountType": "Premium_LRS"}}),), "major", READS),
    Attack("a machine says later how its disk is made", DISK, (
        machine(SEALED, {"createOption": UNKNOWN, "diskSizeGB": 512, "managedDisk": {"id": UNKNOWN}}),), "major",
        READS),
    Attack("a machine attaches a file of an account as its disk", DISK, (
        machine(SEALED, {"createOption": "Attach", "vhd": OLD}),), "major", READS),
    Attack("a machine starts from a file of an account that it attaches", DISK, (
        machine({"createOption": "Attach", "osType": "Linux", "vhd": OLD}),), "major", READS),
    Attack("a machine attaches a disk of the plan that the platform's key protects", DISK, (
        az("compute:Disk", {**HERE, "diskName": "d", "diskSizeGB": 512, "creationData": {"createOption": "Empty"},
                            "networkAccessPolicy": "DenyAll", "publicNetworkAccess": "Disabled"}, "disk"),
        machine(SEALED, {"createOption": "Attach", "managedDisk": {"id": UNKNOWN}}, storageProfile=("disk",))), "major",
        READS),
    Attack("an account that nobody listed joins a share that lets strangers in", SHARE, (
        aws("ram/ResourceShare", {"name": "hub", "allowExternalPrincipals": True, "tags": TAGS}, "share"),
        member("999999999999", UNKNOWN, "share")), "critical", LEAVES),
    Attack("an account that nobody listed joins a share of another stack", SHARE, (
        member("999999999999", "arn:aws:ram:me-central-1:123456789012:resource-share/11111111"),), "critical", LEAVES),
    Attack("an account that nobody listed joins a share that depends on one of the organisation", SHARE, (
        aws("ram/ResourceShare", {"name": "hub", "allowExternalPrincipals": False, "tags": TAGS}, "share"),
        aws("ram/ResourceShare", {"name": "out", "allowExternalPrincipals": True, "tags": TAGS}, "out"),
        member("999999999999", UNKNOWN, "share", "out")), "critical", LEAVES),
    Attack("a confidential machine has a local disk that nothing encrypts", HOST, (
        confidential("Standard_DC4ads_v5", securityProfile=CONFIDENTIAL),), "major", READS),
    Attack("a set of confidential machines has local disks that nothing encrypts", HOST, (
        confidential_set("Standard_EC8ads_v5", securityProfile=CONFIDENTIAL),), "major", READS),
    Attack("the disks of a set of confidential machines are under the platform's key", DISK, (
        confidential_set("Standard_DC4as_v5", securityProfile={"securityEncryptionType": "DiskWithVMGuestState"}),),
        "major", READS),
    Attack("a confidential machine keeps its state apart, and the host encrypts nothing", HOST, (
        confidential("Standard_DC4as_v5", securityProfile={"securityEncryptionType": "VMGuestStateOnly"}, **SET),),
        "major", READS),
    Attack("the disk of a confidential machine is under the platform's key", DISK, (
        confidential("Standard_DC4as_v5", securityProfile={"securityEncryptionType": "DiskWithVMGuestState"}),),
        "major", READS),
    Attack("the disk of a confidential machine names the bank's key where it has no effect", DISK, (
        confidential("Standard_DC4as_v5", securityProfile={"securityEncryptionType": "DiskWithVMGuestState"}, **SET),),
        "major", READS),
    Attack("a database without the bank's key says that it is a replica of nothing", ("FJ-ENC-104",), (
        replica(""),), "critical", READS),
    Attack("a replica has its source in another country", ("FJ-RES-104",), (
        replica("arn:aws:rds:eu-west-1:123456789012:db:claims"),), "critical",
        "data of the bank is abroad (Amazon RDS, CreateDBInstanceReadReplica, SourceDBInstanceIdentifier)"),
)  # fmt: skip
