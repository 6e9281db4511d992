"""Old kinds of volumes, accounts and gateways, and copies that cost more than needed."""

import pytest

from .blind import HERE, KUBE, TAGS, aws, az, k8s
from .harness import UNKNOWN, Given, Pack

PACK = Pack()
NODES = "karpenter.k8s.aws/v1:EC2NodeClass"
DAILY = {"ruleName": "daily", "targetVaultName": "vault", "schedule": "cron(0 1 * * ? *)"}
KEPT = {**DAILY, "lifecycle": {"deleteAfter": 35}}


def found(given: Given) -> set[str]:
    wanted = {"FJ-COST-111", "FJ-COST-112", "FJ-COST-115", "FJ-COST-129"}
    return {item.rule for item in PACK.evaluate_resource(given)} & wanted


def volume(kind: str) -> tuple[Given, ...]:
    """Returns the volumes of that type in every resource that has some."""
    ebs = [{"deviceName": "/dev/xvda", "ebs": {"volumeType": kind, "volumeSize": 50}}]
    blocks, configs = [{"deviceName": "/dev/sdf", "volumeType": kind}], [{"size": 50, "type": kind}]
    return (
        aws("ec2/Ami", {"ebsBlockDevices": blocks}),
        aws("ec2/Instance", {"ebsBlockDevices": blocks}),
        aws("ec2/SpotFleetRequest", {"launchSpecifications": [{"ebsBlockDevices": blocks}]}),
        aws("ec2/SpotFleetRequest", {"launchSpecifications": [{"rootBlockDevices": blocks}]}),
        aws("ecs/Service", {"volumeConfiguration": {"name": "v", "managedEbsVolume": {"volumeType": kind}}}),
        aws("imagebuilder/ImageRecipe", {"blockDeviceMappings": ebs}),
        aws("imagebuilder/ContainerRecipe", {"instanceConfiguration": {"blockDeviceMappings": ebs}}),
        aws("emr/Cluster", {"masterInstanceGroup": {"ebsConfigs": configs}}),
        aws("emr/Cluster", {"coreInstanceGroup": {"ebsConfigs": configs}}),
        aws("emr/Cluster", {"coreInstanceFleet": {"instanceTypeConfigs": [{"ebsConfigs": configs}]}}),
        aws("emr/Cluster", {"masterInstanceFleet": {"instanceTypeConfigs": [{"ebsConfigs": configs}]}}),
        aws("emr/InstanceGroup", {"ebsConfigs": configs}),
        aws("emr/InstanceFleet", {"instanceTypeConfigs": [{"ebsConfigs": configs}]}),
        k8s(NODES, {"metadata": {"name": "x"}, "spec": {"blockDeviceMappings": ebs}}),
        k8s("storage.k8s.io/v1:VolumeAttributesClass", {"driverName": "ebs.csi.aws.com", "parameters": {"type": kind}}),
    )


@pytest.mark.parametrize("index", range(len(volume("gp2"))))
def test_volumes_of_every_resource_are_evaluated(index: int) -> None:
    assert found(volume("gp2")[index]) == {"FJ-COST-111"}
    is_of_karpenter = volume("io2")[index].type.endswith("EC2NodeClass")
    assert found(volume("io2")[index]) == (set() if is_of_karpenter else {"FJ-COST-112"})
    assert found(volume("gp3")[index]) == set()
    assert found(volume("st1")[index]) == set()


def test_a_volume_states_its_type_where_the_default_is_gp2() -> None:
    for given in (
        aws("ebs/Volume", {"size": 10, "tags": TAGS}),
        aws("ec2/Instance", {"ebsBlockDevices": [{"deviceName": "/dev/sdf"}]}),
        aws("ec2/SpotInstanceRequest", {"ebsBlockDevices": [{"deviceName": "/dev/sdf"}]}),
    ):
        assert found(given) == {"FJ-COST-111"}
    for given in (
        aws("ebs/Volume", {"size": 10, "type": "gp3"}),
        aws("ebs/Volume", {"size": 10, "type": UNKNOWN}),
        aws("ec2/Instance", {"instanceType": "m7g.large", "rootBlockDevice": {"encrypted": True}}),
        aws("rds/Instance", {"engine": "postgres", "engineVersion": "17.6"}),
        Given("kubernetes:storage.k8s.io/v1:StorageClass", {"provisioner": "ebs.csi.aws.com"}, provider=KUBE),
    ):
        assert found(given) == set()


@pytest.mark.parametrize(
    ("token", "props", "better"),
    [
        ("storage:StorageAccount", {"kind": "Storage"}, {"kind": "StorageV2"}),
        ("storage:StorageAccount", {"kind": "BlobStorage"}, {"kind": "FileStorage"}),
        ("storage:StorageAccount", {"kind": "blobstorage"}, {"kind": "BlockBlobStorage"}),
        ("network:ApplicationGateway", {"sku": {"tier": "WAF"}}, {"sku": {"tier": "WAF_v2"}}),
        ("network:ApplicationGateway", {"sku": {"tier": "Standard"}}, {"sku": {"tier": "Standard_v2"}}),
        ("network:LoadBalancer", {"sku": {"name": "Basic"}}, {"sku": {"name": "Standard"}}),
        ("network:PublicIPAddress", {"sku": {"name": "Basic"}}, {}),
    ],
)
def test_accounts_and_gateways_are_of_the_current_generation(token: str, props: object, better: object) -> None:
    assert found(az(token, {**HERE, **props})) == {"FJ-COST-115"}  # type: ignore[dict-item]
    assert found(az(token, {**HERE, **better})) == set()  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (az("compute:Snapshot", {**HERE, "sku": {"name": "Premium_LRS"}}), {"FJ-COST-129"}),
        (az("compute:Snapshot", {**HERE, "sku": {"name": "Standard_ZRS"}}), set()),
        (az("compute:Snapshot", HERE), set()),
        (aws("backup/Plan", {"name": "p", "rules": [DAILY]}), {"FJ-COST-129"}),
        (aws("backup/Plan", {"name": "p", "rules": [{**DAILY, "lifecycle": {"deleteAfter": -1}}]}), {"FJ-COST-129"}),
        (aws("backup/Plan", {"name": "p", "rules": [{**KEPT, "copyActions": [{"destinationVaultArn": "a"}]}]}),
         {"FJ-COST-129"}),
        (aws("backup/Plan", {"name": "p", "rules": [KEPT]}), set()),
        (aws("backup/Plan", {"name": "p", "rules": [{**KEPT, "lifecycle": {"deleteAfter": UNKNOWN}}]}), set()),
        (aws("backup/Plan", {"name": "p", "rules": [{**DAILY, "lifecycle": {"deleteAfter": 3650}}]}), set()),
    ],
)  # fmt: skip
def test_copies_are_in_standard_storage_and_expire(given: Given, expected: set[str]) -> None:
    assert found(given) == expected
