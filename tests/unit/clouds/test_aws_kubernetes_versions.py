"""Kubernetes versions of the emulated EKS."""

import pytest

from falaj.facts import clock
from falaj.sandbox.clouds.property_values import to_plain_map
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.aws_site import Site
from tests.unit.clouds.driver import CreatedResource, Driver, refused


@pytest.fixture
def site(aws: Driver) -> Site:
    """A site without a cluster."""
    return Site(aws)


def cluster(site: Site, version: str, **inputs: Json) -> CreatedResource:
    return site.cluster(site.role("control"), version=version, **inputs)


def updated(site: Site, resource: CreatedResource, version: str) -> CreatedResource:
    inputs = {
        key: value
        for key, value in to_plain_map(resource.inputs).items()
        if not key.startswith("__") and key != "tagsAll"
    }
    return site.aws.update(resource, **{**inputs, "version": version})


@pytest.mark.parametrize("version", ["1.20", "1.30", "1.31", "1.37"])
def test_eks_refuses_versions_that_it_does_not_offer(site: Site, version: str) -> None:
    assert f"unsupported Kubernetes version {version}" in refused(lambda: cluster(site, version))


@pytest.mark.parametrize("version", ["1.32", "1.33", "1.34", "1.35", "1.36"])
def test_eks_offers_versions_in_standard_and_extended_support(site: Site, version: str) -> None:
    assert cluster(site, version)["version"] == version


def test_a_version_in_extended_support_cannot_have_the_standard_policy(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(clock.VARIABLE, "2026-12-02")
    role = site.role("control")
    message = refused(lambda: site.cluster(role, version="1.34", upgradePolicy={"supportType": "STANDARD"}))
    assert "supportType STANDARD is not allowed for 1.34" in message
    site.cluster(role, version="1.34", upgradePolicy={"supportType": "EXTENDED"})


@pytest.mark.parametrize("version", ["1.36", "1.33"])
def test_an_update_goes_up_by_one_minor_version(site: Site, version: str) -> None:
    made = cluster(site, "1.34")
    message = f"Unsupported Kubernetes minor version update from 1.34 to {version}"
    assert message in refused(lambda: updated(site, made, version))
    assert updated(site, made, "1.35")["version"] == "1.35"


def test_an_update_waits_for_the_node_groups_of_the_cluster(site: Site) -> None:
    made = cluster(site, "1.34")
    group = site.nodes(site.role(), version="1.34")
    made = updated(site, made, "1.35")
    assert "must be updated to match cluster version 1.35" in refused(lambda: updated(site, made, "1.36"))
    updated(site, group, "1.35")
    assert updated(site, made, "1.36")["version"] == "1.36"


def test_nodes_are_not_newer_than_the_control_plane(site: Site) -> None:
    cluster(site, "1.35")
    assert "higher than the cluster's version 1.35" in refused(lambda: site.nodes(site.role(), version="1.36"))
