"""Networks of Multus: interfaces of the node, and networks of their own."""

import json

import pytest

from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
DEVICE = {"k8s.v1.cni.cncf.io/resourceName": "nvidia.com/rdma"}


@pytest.mark.parametrize(
    ("config", "annotations", "is_refused"),
    [
        ({"type": "host-device", "device": "eth0"}, {}, True),
        ({"plugins": [{"type": "host-device", "pciBusID": "0000:3d:00.1"}]}, {}, True),
        ({"type": "host-device"}, DEVICE, False),
        ({"type": "macvlan"}, {}, True),
        ({"type": "ipvlan", "master": "ens5"}, {}, True),
        ({"type": "macvlan", "master": "storage0"}, {}, False),
        ({"type": "bridge", "bridge": "br-storage"}, {}, False),
    ],
)
def test_networks(config: dict[str, object], annotations: dict[str, object], is_refused: bool) -> None:
    props = {"metadata": {"name": "n", "annotations": annotations}, "spec": {"config": json.dumps(config)}}
    given = Given("kubernetes:k8s.cni.cncf.io/v1:NetworkAttachmentDefinition", props)
    assert ("FJ-EXP-302" in blocking(PACK.evaluate_resource(given))) == is_refused


def test_the_finding_of_a_network_names_its_configuration() -> None:
    for config in (UNKNOWN, json.dumps({"type": "macvlan"})):
        given = Given("kubernetes:k8s.cni.cncf.io/v1:NetworkAttachmentDefinition", {"spec": {"config": config}})
        assert [item.text for item in PACK.evaluate_resource(given) if "spec.config" in item.text]
