"""Good idioms beside those of the twentieth set on AWS and Azure that were refused (2026-11-30)."""

from ..attacks.after_twentieth_gooda import SEALED, SET, machine, member
from ..blind import HERE, TAGS, aws, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, LEARN, OURS
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_aws import arn

MACHINE = {**unpriced("azure-native:compute:VirtualMachine::machine", "azure-native:compute:Disk::disk")}
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
)  # fmt: skip
