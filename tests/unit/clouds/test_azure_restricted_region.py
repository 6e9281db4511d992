"""An access-restricted region is closed to a subscription that Azure has not admitted."""

import pytest

from falaj.sandbox.clouds.azure.references import RESTRICTED_REGIONS
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.azure_platform import Site, refused

GROUP: dict[str, Json] = {"resourceGroupName": "rg-central", "location": "uaecentral"}
ADDRESS: dict[str, Json] = {
    "location": "UAE Central",
    "sku": {"name": "Standard"},
    "publicIPAllocationMethod": "Static",
}


@pytest.fixture
def plain_site(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site in a subscription without access to uaecentral."""
    monkeypatch.delenv(RESTRICTED_REGIONS)
    return site


def test_uaecentral_is_closed(plain_site: Site) -> None:
    message = refused(plain_site, "LocationNotAvailableForResourceGroup", "resources:ResourceGroup", **GROUP)
    assert "'uaecentral' is not available for resource group" in message
    assert "uaenorth" in message
    refused(plain_site, "LocationNotAvailableForResourceType", "network:PublicIPAddress", **ADDRESS)


def test_a_registry_has_no_replica_there(plain_site: Site) -> None:
    plain_site.inside("containerregistry:Registry", "acr", registryName="acrai", sku={"name": "Premium"})
    replica: dict[str, Json] = {"registryName": "acrai", "replicationName": "uaecentral", "location": "uaecentral"}
    refused(plain_site, "LocationNotAvailableForResourceType", "containerregistry:Replication", **replica)


def test_a_subscription_with_access(site: Site) -> None:
    site.make("resources:ResourceGroup", "central", **GROUP)
    site.inside("network:PublicIPAddress", "central-ip", **ADDRESS)
