"""Zones of a site on AWS: by ID, and never one that is lost."""

from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.network.zones import site_zones, zone_id
from falaj.components.core.validation.args import BadArguments
from falaj.facts.regions import REGIONS, ZoneState
from tests.unit.components.aws_samples import NETWORK, SITE
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

REGION = "me-central-1"


def zones_of(recording: Recording) -> dict[str, str]:
    """Returns subnet -> zone ID."""
    return {subnet.name: subnet.inputs["availabilityZoneId"] for subnet in recording.of("aws:ec2/subnet:Subnet")}


def test_the_facts_state_each_zone() -> None:
    facts = REGIONS[REGION]
    assert dict(zip(facts.zone_ids, facts.zone_states, strict=True))["mec1-az2"] is ZoneState.LOST
    assert facts.lost_zone_ids == ("mec1-az2",)
    assert "mec1-az2" not in facts.usable_zone_ids


def test_a_site_avoids_a_lost_zone() -> None:
    assert site_zones(REGION, 2) == ("mec1-az1", "mec1-az3")
    # One zone is chosen; the control plane needs another.
    assert site_zones(REGION, 2, ["mec1-az3"]) == ("mec1-az3", "mec1-az1")
    assert site_zones("uaenorth", 2) == ("1", "2")
    assert (zone_id(REGION, "me-central-1c"), zone_id(REGION, "mec1-az1")) == ("mec1-az3", "mec1-az1")
    assert set(zones_of(recorded(aws.Network, NETWORK)).values()) == {"mec1-az1", "mec1-az3"}


def test_zones_are_chosen_by_id() -> None:
    network = {**NETWORK, "zone_ids": ["mec1-az3"]}
    del network["zones"]
    zones = zones_of(recorded(aws.Network, network))
    assert zones["uae-nodes-c"] == zones["uae-public-c"] == zones["uae-endpoints-c"] == "mec1-az3"
    assert "uae-nodes-a" not in zones
    site = {**SITE, "network": {"cidr": "10.20.0.0/16", "zone_ids": ["mec1-az3", "mec1-az1"]}}
    site["storage"] = {"shared_files": True}
    recording = recorded(aws.Site, site)
    assert list(zones_of(recording))[:2] == ["uae-network-nodes-c", "uae-network-nodes-a"]
    targets = {item.name: item.inputs["subnetId"] for item in recording.of("aws:efs/mountTarget:MountTarget")}
    assert targets == {
        "uae-files-mount-c": "uae-network-nodes-c-id",
        "uae-files-mount-a": "uae-network-nodes-a-id",
    }


@pytest.mark.parametrize(
    ("network", "message"),
    [
        ({"zones": 3}, r"network.zones: 3 is not allowed; allowed: at most 2 in me-central-1: mec1-az2 is lost"),
        ({"zone_ids": ["mec1-az1", "mec1-az2"]}, r"network.zone_ids: .*mec1-az2 is lost"),
        ({"zone_ids": ["me-central-1a"]}, r"network.zone_ids: .*not allowed; allowed: mec1-az1, mec1-az3"),
        ({"zone_ids": ["mec1-az1"], "zones": 2}, r"network.zone_ids: .*2 different zones"),
        ({"zone_ids": ["mec1-az1", "mec1-az1"]}, r"network.zone_ids: .*2 different zones"),
    ],
)
def test_zones_that_cannot_be(network: dict[str, Any], message: str) -> None:
    site = {**SITE, "network": {"cidr": "10.20.0.0/16", **network}}
    with pytest.raises(BadArguments, match=message):
        aws.SiteArgs.of("uae", site)


def with_training_pool(**fields: Any) -> dict[str, Any]:
    """Returns the site with these fields of its pool `train`."""
    return {**SITE, "pools": {**SITE["pools"], "train": {**SITE["pools"]["train"], **fields}}}


def test_names_and_ids_of_zones_are_not_mixed() -> None:
    with pytest.raises(BadArguments, match=r"pools\.train\.zones: .*all by ID or all by name"):
        aws.SiteArgs.of("uae", with_training_pool(zones=["mec1-az1", "me-central-1c"]))
    with pytest.raises(BadArguments, match=r"pools\.train\.zones\.1: .*a zone that the site spans"):
        aws.SiteArgs.of("uae", with_training_pool(zones=["mec1-az1", "mec1-az2"]))


@pytest.mark.parametrize("fields", [{"zone": "mec1-az1"}, {"zones": ["mec1-az1"]}])
def test_karpenter_is_confined_to_a_zone_by_its_id(fields: dict[str, Any]) -> None:
    site = with_training_pool(**fields)
    pool = recorded(aws.Site, site).one("kubernetes:karpenter.sh/v1:NodePool", "uae-karpenter-pool-train").inputs
    requirements = pool["spec"]["template"]["spec"]["requirements"]
    assert {"key": "topology.k8s.aws/zone-id", "operator": "In", "values": ["mec1-az1"]} in requirements
