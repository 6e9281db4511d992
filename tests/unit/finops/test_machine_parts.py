"""What machines have beside their price: disks, addresses, and the licence of Windows. The bills are computed by hand
from the price list. Sources: AKS, Storage concepts (default OS disks by vCPU, ephemeral where possible); EC2 API,
RunInstances, EBS pricing; Azure REST API, VirtualMachine `storageProfile.dataDisks` (read 2026-11-27)."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.lines import Line
from tests.unit.finops.plans import AWS_NETWORK, TAGS, UNKNOWN_WORD, Row, agent_pool, karpenter_pool, plan, priced
from tests.unit.finops.work_plans import deployment, pod


def beside_machines(*rows: Row) -> Decimal:
    lines = priced(plan(*rows)).lines
    assert any(line.charge.service == "machine" and line.priced for line in lines)
    return sum((line.usd.expected for line in lines if line.charge.service != "machine"), Decimal(0))


def unpriced(*rows: Row) -> list[Line]:
    return list(priced(plan(*rows)).unpriced)


def instance(**props: Any) -> Row:
    return "aws:ec2/instance:Instance", "own", {"instanceType": "m7g.large", "tags": TAGS, **props}


def virtual_machine(**props: Any) -> Row:
    own = {"location": "uaenorth", "tags": TAGS, "hardwareProfile": {"vmSize": "Standard_D4as_v5"}}
    return "azure-native:compute:VirtualMachine", "own", own | props


def node_group(**props: Any) -> Row:
    sizes = {"minSize": 2, "maxSize": 2, "desiredSize": 2}
    return "aws:eks/nodeGroup:NodeGroup", "group", {"scalingConfig": sizes, "instanceTypes": ["m7g.large"], **props}


@pytest.mark.parametrize(
    ("props", "by_hand"),
    [
        ({}, "0.7744"),  # 8 x 0.0968
        ({"ebsBlockDevices": [{"volumeSize": 2000, "volumeType": "gp3"}]}, "194.3744"),
        ({"ebsBlockDevices": [{"volumeSize": 100}, {"volumeSize": 100, "iops": 4000}]}, "26.1844"),
        ({"associatePublicIpAddress": True}, "4.4244"),
    ],
)
def test_disks_and_address_of_an_instance(props: dict[str, Any], by_hand: str) -> None:
    assert beside_machines(AWS_NETWORK, instance(**props)) == Decimal(by_hand)


@pytest.mark.parametrize(
    ("storage", "by_hand"),
    [
        ({}, "24.294546"),  # P10
        ({"dataDisks": [{"diskSizeGB": 2048, "createOption": "Empty"}]}, "343.631418"),  # and P40
        ({"dataDisks": [{"diskSizeGB": 1024, "createOption": "Empty",
                         "managedDisk": {"storageAccountType": "StandardSSD_LRS"}}]}, "118.958226"),  # and E30
        ({"dataDisks": [{"createOption": "Attach", "managedDisk": {"id": "own"}}]}, "24.294546"),
        ({"osDisk": {"diskSizeGB": 1024, "managedDisk": {"storageAccountType": "StandardSSD_LRS"}}}, "94.66368"),
        ({"osDisk": {"diffDiskSettings": {"option": "Local"}}}, "0"),
    ],
)  # fmt: skip
def test_disks_of_a_virtual_machine(storage: dict[str, Any], by_hand: str) -> None:
    assert beside_machines(virtual_machine(storageProfile=storage)) == Decimal(by_hand)


@pytest.mark.parametrize(
    ("machine", "props", "by_hand"),
    [
        ("Standard_D4as_v5", {}, "24.294546"),  # 4 vCPU: P10
        ("Standard_D8as_v5", {}, "46.853767"),  # P15
        ("Standard_D16as_v5", {}, "90.236885"),  # P20
        ("Standard_D64as_v5", {}, "166.610542"),  # P30
        ("Standard_D64as_v5", {"osDiskSizeGB": 0}, "166.610542"),
        ("Standard_D64as_v5", {"osDiskSizeGB": 64}, "12.581240"),
        ("Standard_D64as_v5", {"enableNodePublicIP": True}, "170.260542"),
        ("Standard_D64as_v5", {"osDiskType": "Ephemeral", "osDiskSizeGB": 128}, "0"),
        # Their hosts have room for 150 and 100 GiB: AKS takes it unless managed disks are asked for.
        ("Standard_E4d_v5", {}, "0"),
        ("Standard_E4d_v5", {"osDiskType": "Managed"}, "24.294546"),
        ("Standard_D4s_v3", {}, "24.294546"),
        ("Standard_D4s_v3", {"osDiskSizeGB": 100}, "0"),
    ],
)
def test_disks_and_addresses_of_an_agent_pool(machine: str, props: dict[str, Any], by_hand: str) -> None:
    kind, name, own = agent_pool("cpu", machine, 2, 2)
    del own["osDiskType"]
    assert beside_machines((kind, name, own | props)) == 2 * Decimal(by_hand)


def test_addresses_of_a_node_group() -> None:
    template = {"networkInterfaces": [{"associatePublicIpAddress": "true"}]}
    rows = AWS_NETWORK, ("aws:ec2/launchTemplate:LaunchTemplate", "template", template), node_group()
    assert beside_machines(*rows) == 2 * (Decimal("1.936") + Decimal("3.65"))  # 20 x 0.0968, 730 x 0.005


def test_addresses_of_karpenters_nodes() -> None:
    """`associatePublicIPAddress` of an EC2NodeClass (Karpenter's provider for AWS, NodeClasses; read 2026-11-27)."""
    kind, name, own = karpenter_pool("cpu", ["m7g.large"])
    own["spec"]["replicas"] = 2
    own["spec"]["template"]["spec"]["nodeClassRef"] = {"group": "karpenter.k8s.aws", "name": "own"}
    node_class = {"metadata": {"name": "own", "labels": TAGS}, "spec": {"associatePublicIPAddress": True}}
    classes = ("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", "own", node_class)
    assert beside_machines(AWS_NETWORK, classes, (kind, name, own)) == 2 * (Decimal("1.936") + Decimal("3.65"))


@pytest.mark.parametrize(
    "rows",
    [
        (agent_pool("cpu", "Standard_D4as_v5", 1, 3, osType="Windows"),),
        (virtual_machine(osProfile={"windowsConfiguration": {}}),),
        (virtual_machine(storageProfile={"osDisk": {"osType": "Windows"}}),),
        (virtual_machine(storageProfile={"imageReference": {"publisher": "MicrosoftWindowsServer"}}),),
        (AWS_NETWORK, node_group(amiType="WINDOWS_CORE_2022_x86_64")),
    ],
)
def test_the_licence_of_windows_has_no_price(rows: tuple[Row, ...]) -> None:
    (line,) = unpriced(*rows)
    assert "Windows" in line.price.source
    assert line.charge.quantity.expected >= 1


@pytest.mark.parametrize(("system", "nodes"), [("windows", 1), ("linux", 0)])
def test_nodes_of_windows_have_its_label(system: str, nodes: int) -> None:
    pool = agent_pool("cpu", "Standard_D4as_v5", 0, 3, osType="Windows")
    work = deployment("web", 1, pod(nodeSelector={"kubernetes.io/os": system}))
    lines = priced(plan(pool, work)).lines
    assert sum(line.charge.quantity.min for line in lines if line.charge.machine) == nodes * 730


def test_an_own_licence_of_windows_costs_nothing_more() -> None:
    assert not unpriced(virtual_machine(osProfile={"windowsConfiguration": {}}, licenseType="Windows_Server"))


@pytest.mark.parametrize(
    ("rows", "unknown"),
    [
        ((AWS_NETWORK, instance(ebsBlockDevices=UNKNOWN_WORD)), "ebsBlockDevices"),
        ((AWS_NETWORK, instance(associatePublicIpAddress=UNKNOWN_WORD)), "associatePublicIpAddress"),
        ((virtual_machine(storageProfile={"dataDisks": UNKNOWN_WORD}),), "storageProfile.dataDisks"),
        ((agent_pool("cpu", "Standard_D4as_v5", 1, 3, osType=UNKNOWN_WORD),), "osType"),
        ((agent_pool("cpu", "Standard_D4as_v5", 1, 3, enableNodePublicIP=UNKNOWN_WORD),), "enableNodePublicIP"),
    ],
)
def test_parts_that_are_known_only_after_the_update_open_the_range(rows: tuple[Row, ...], unknown: str) -> None:
    assert [line for line in unpriced(*rows) if unknown in line.price.source]
