"""Good idioms beside those of the twentieth set on AWS and Azure that were refused (2026-11-30)."""

from ..attacks.after_twentieth_gooda import (
    CONFIDENTIAL,
    SEALED,
    SET,
    confidential,
    confidential_set,
    machine,
    member,
    replica,
)
from ..blind import HERE, KEY, TAGS, aws, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, LEARN, OURS
from .fourth_kubernetes import AZURE_BUDGET, BUDGET
from .ninth_aws import arn, kept

MACHINE = {**unpriced("azure-native:compute:VirtualMachine::machine", "azure-native:compute:Disk::disk")}
REPLICA = {**kept("replica", "claims"), **unpriced("aws:rds/instance:Instance::replica",
                                                   "aws:rds/instance:Instance::claims")}  # fmt: skip
OLD = f"{OURS}.Compute/disks/restored"
INSIDE = {"identity": {"trusted": {"111122223333": "our own account of payments"}}}
SHARE = aws("ram/ResourceShare", {"name": "hub", "allowExternalPrincipals": False, "tags": TAGS}, "share")

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a machine attaches a disk of the plan that is under the bank's key", (
        AZURE_BUDGET,
        az("compute:Disk", {
            **HERE, "diskName": "d", "diskSizeGB": 512, "creationData": {"createOption": "Empty"}, "encryption": {
                "type": "EncryptionAtRestWithCustomerKey", "diskEncryptionSetId": SET["diskEncryptionSet"]["id"]},
            "networkAccessPolicy": "DenyAll", "publicNetworkAccess": "Disabled"}, "disk", protect=True),
        machine(SEALED, {"createOption": "Attach", "managedDisk": {"id": UNKNOWN}}, storageProfile=("disk",))),
        f"{LEARN}/virtual-machines/linux/attach-disk-portal", MACHINE),
    Idiom("a machine is made anew with its disks, which were restored beside it", (
        AZURE_BUDGET, machine({"createOption": "Attach", "osType": "Linux", "managedDisk": {"id": f"{OLD}-os"}},
                              {"createOption": "attach", "managedDisk": {"id": f"{OLD}-data"}})),
        f"{LEARN}/backup/backup-azure-arm-restore-vms", MACHINE),
    Idiom("a hub of the network is shared with an account of the organisation, and nobody else may join", (
        SHARE,
        aws("ram/ResourceAssociation", {"resourceArn": arn("ec2", "transit-gateway/tgw-0123456789abcdef0"),
                                        "resourceShareArn": UNKNOWN}, "hub", links={"resourceShareArn": ("share",)}),
        member("111122223333", UNKNOWN, "share")), f"{AWS_DOCS}/ram/latest/APIReference/API_CreateResourceShare.html",
        INSIDE),
    Idiom("an account of the organisation joins a share that was made before", (
        aws("ram/ResourceShare", {"name": "hub", "tags": TAGS}, "share"),
        member("111122223333", arn("ram", "resource-share/11111111"), "share")),
        f"{AWS_DOCS}/ram/latest/userguide/working-with-sharing-create.html", INSIDE),
    Idiom("keys are handled by a confidential machine whose disk and state are under the bank's key", (
        AZURE_BUDGET, confidential("Standard_DC4as_v5", securityProfile=CONFIDENTIAL)),
        f"{LEARN}/confidential-computing/confidential-vm-overview", MACHINE),
    Idiom("keys are handled by a set of confidential machines whose disks and state are under the bank's key", (
        AZURE_BUDGET, confidential_set("Standard_DC4as_v5", securityProfile=CONFIDENTIAL)),
        f"{LEARN}/confidential-computing/confidential-vm-overview",
        unpriced("azure-native:compute:VirtualMachineScaleSet::machines")),
    Idiom("readers of claims have a replica with its source's key, which it names by an identifier", (
        BUDGET, replica("claims", performanceInsightsEnabled=True, performanceInsightsKmsKeyId=KEY)),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/USER_ReadRepl.html; Overview.Encryption.html", REPLICA),
    Idiom("readers of claims have a replica in subnets of its own, of a database that the plan makes", (
        BUDGET,
        aws("rds/Instance", {
            "identifier": "claims", "engine": "postgres", "engineVersion": "17.5", "instanceClass": "db.m6g.large",
            "allocatedStorage": 100, "storageType": "gp3", "storageEncrypted": True, "kmsKeyId": KEY, "username":
            "owner", "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY, "multiAz": True,
            "publiclyAccessible": False, "dbSubnetGroupName": "data", "vpcSecurityGroupIds": ["sg-1"],
            "parameterGroupName": "claims", "backupRetentionPeriod": 35, "copyTagsToSnapshot": True,
            "deletionProtection": True, "skipFinalSnapshot": False, "finalSnapshotIdentifier": "claims-final",
            "iamDatabaseAuthenticationEnabled": True, "enabledCloudwatchLogsExports": ["postgresql"], "tags": TAGS},
            "claims", protect=True), replica(UNKNOWN, "claims", dbSubnetGroupName="reports")),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/USER_ReadRepl.html; pulumi-aws 7.51.1, rds, Instance", REPLICA),
)  # fmt: skip
