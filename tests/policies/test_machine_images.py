"""Machines start from images of known publishers; an account allows images of known owners only."""

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import ME, SUB, THEM, az
from .blind import aws as of_aws
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack(
    Enforcement.model_validate(
        {
            "default": {"all": "disabled", "FJ-ESC-118": "mandatory"},
            "escape": {
                "image_publishers": {
                    "marketplace/paloaltonetworks": "the firewall that the network team bought",
                    "communityGalleries/bank-1234": "the gallery of the bank's own community",
                    "snap-0aaaaaaaaaaaaaaaa": "the platform, which loads images of containers before",
                }
            },
            "identity": {"trusted": {ME: "the account of the platform team"}},
        }
    )
)


def refused(given: Given) -> set[str]:
    """Returns the rules that refuse a resource."""
    return blocking(PACK.evaluate_resource(given))


@pytest.mark.parametrize(("image", "is_refused"), [
    ({"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest"}, False),
    ({"publisher": "microsoft-dsvm", "offer": "ubuntu-hpc", "sku": "2204", "version": "latest"}, False),
    ({"publisher": "PaloAltoNetworks", "offer": "vmseries", "sku": "byol", "version": "latest"}, False),
    ({"publisher": UNKNOWN, "offer": "tool"}, False),
    ({"publisher": "someone", "offer": "tool", "sku": "1", "version": "latest"}, True),
    ({"publisher": "canonical-2", "offer": "ubuntu", "sku": "1", "version": "latest"}, True),
    ({"communityGalleryImageId": "/CommunityGalleries/bank-1234/Images/base/Versions/latest"}, False),
    ({"communityGalleryImageId": "/CommunityGalleries/someone-1234/Images/base/Versions/latest"}, True),
    ({"sharedGalleryImageId": "/SharedGalleries/9999-someone/Images/base/Versions/latest"}, True),
    ({"id": f"{SUB}/resourceGroups/rg/providers/Microsoft.Compute/galleries/own/images/base"}, False),
], ids=str)  # fmt: skip
def test_the_publisher_of_an_image_is_known(image: dict[str, str], is_refused: bool) -> None:
    expected = {"FJ-ESC-118"} if is_refused else set()
    profile = {"storageProfile": {"imageReference": image}}
    assert refused(az("compute:VirtualMachine", profile)) == expected
    assert refused(az("compute:VirtualMachineScaleSet", {"virtualMachineProfile": profile})) == expected
    assert refused(az("compute:Disk", {"creationData": {"galleryImageReference": image}})) == expected


def test_publishers_of_other_things_are_no_images() -> None:
    assert refused(az("compute:VirtualMachineExtension", {"publisher": "Microsoft.Azure.Monitor"})) == set()
    assert refused(az("servicefabric:NodeType", {"vmImagePublisher": "someone"})) == {"FJ-ESC-118"}
    template = {"source": {"type": "PlatformImage", "publisher": "someone", "offer": "a", "sku": "b"}}
    assert refused(az("virtualmachineimages:VirtualMachineImageTemplate", template)) == {"FJ-ESC-118"}


@pytest.mark.parametrize(("state", "providers", "is_refused"), [
    ("enabled", ["amazon", ME], False),
    ("enabled", [UNKNOWN], False),
    ("audit-mode", ["amazon"], True),
    ("disabled", [], True),
    ("enabled", ["amazon", THEM], True),
    ("enabled", ["aws-marketplace"], True),
])  # fmt: skip
def test_an_account_allows_images_of_known_owners(state: str, providers: list[str], is_refused: bool) -> None:
    given = of_aws("ec2/AllowedImagesSettings", {"state": state, "imageCriterions": [{"imageProviders": providers}]})
    assert refused(given) == ({"FJ-ESC-118"} if is_refused else set())


def test_an_image_by_number_passes_since_no_plan_shows_its_owner() -> None:
    assert refused(of_aws("ec2/LaunchTemplate", {"imageId": "ami-0fedcba9876543210"})) == set()


@pytest.mark.parametrize(("snapshot", "is_refused"), [
    ("snap-0aaaaaaaaaaaaaaaa", False), ("SNAP-0AAAAAAAAAAAAAAAA", False), ("snap-0bbbbbbbbbbbbbbbb", True),
    (UNKNOWN, False), ("", False), (7, False), (None, False),
], ids=str)  # fmt: skip
def test_disks_of_nodes_are_filled_from_snapshots_that_are_listed(snapshot: object, is_refused: bool) -> None:
    disks = [{"deviceName": "/dev/xvda"}, {"deviceName": "/dev/xvdb", "ebs": {"snapshotID": snapshot}}]
    nodes = Given("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", {"spec": {"blockDeviceMappings": disks}})
    assert blocking(PACK.evaluate_plan(nodes)) == ({"FJ-ESC-118"} if is_refused else set())
    claim = Given("kubernetes:core/v1:PersistentVolumeClaim", {"spec": {"ebs": {"snapshotID": snapshot}}})
    assert blocking(PACK.evaluate_plan(claim)) == set()


@pytest.mark.parametrize(
    ("number", "is_refused"), [("snap-0bbbbbbbbbbbbbbbb", False), ("snap-0cccccccccccccccc", True)]
)
def test_a_snapshot_that_the_stack_makes_is_its_own(number: str, is_refused: bool) -> None:
    made = of_aws("ebs/Snapshot", {"volumeId": "vol-0123456789abcdef0", "id": "snap-0bbbbbbbbbbbbbbbb"}, "images")
    disks = [{"deviceName": "/dev/xvdb", "ebs": {"snapshotID": number}}]
    nodes = Given("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", {"spec": {"blockDeviceMappings": disks}},
                  "nodes", links={"spec": ("images",)})  # fmt: skip
    assert blocking(PACK.evaluate_plan(made, nodes)) == ({"FJ-ESC-118"} if is_refused else set())


@pytest.mark.parametrize("number", ["ami-0123456789abcdef0", "snap-0123456789abcdef0"])
def test_numbers_of_images_and_snapshots_can_be_listed(number: str) -> None:
    escape = {"image_publishers": {number: "the platform, which makes it"}}
    assert (
        number
        in Enforcement.model_validate({"default": {"all": "mandatory"}, "escape": escape}).escape.image_publishers
    )
