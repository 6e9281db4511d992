"""Options of Azure sites in an organisation's network that are refused."""

from typing import Any

import pytest

from falaj.components.core.validation.args import BadArguments
from tests.unit.components.azure_samples import id_of
from tests.unit.components.test_azure_reach import EXISTING, HUB, cluster, site, zone_id


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"network": {"hub": {}}}, r"hub\.vnet_id: .*one of vnet_id and virtual_hub_id"),
        ({"network": {"hub": {"vnet_id": "hub"}}}, r"hub\.vnet_id: \"hub\".*the id of a virtual network"),
        (
            {"network": {"existing": EXISTING, "hub": {"vnet_id": HUB}}},
            r"hub: .*it belongs to the owner of that network",
        ),
        ({"network": {"dns_zones": {"blob": zone_id("privatelink.azurecr.io")}}}, r"dns_zones\.blob: .*blob\.core"),
        (
            {"network": {"dns_zones": {"api_server": zone_id("private.uaecentral.azmk8s.io")}}},
            r"azure\.network\.dns_zones\.api_server: .*a zone of uaenorth",
        ),
        ({"network": {"nat": {"addresses": 17}}}, r"nat\.addresses: 17"),
        ({"network": {"dns_servers": ["8.8.8.8"]}}, r"dns_servers\.0: .*private"),
        ({"pod_cidr": "10.20.0.0/16"}, r"azure\.pod_cidr: .*does not overlap the network's 10\.20\.0\.0/16"),
        ({"service_cidr": "100.64.0.0/16"}, r"service_cidr: .*outside the pods' 100\.64\.0\.0/14"),
        ({"service_cidr": "10.0.0.0/8"}, r"service_cidr: .*a block smaller than a /12"),
        ({"proxy": {"http": "https://proxy"}}, r"proxy\.http: .*begins with http://"),
        ({"trusted_certificates": ["CA"]}, r"trusted_certificates\.0: .*in PEM form"),
        ({"viewers": ["app"]}, r"viewers\.0: \"app\".*the object id of a group in Microsoft Entra"),
    ],
)
def test_invalid_options_are_rejected(options: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        site(**options)


def test_a_zone_of_your_own_needs_the_network_that_it_is_linked_to() -> None:
    with pytest.raises(BadArguments, match="linked_network_id: required where api_server_zone_id is given"):
        cluster(api_server_zone_id=zone_id("private.uaenorth.azmk8s.io"))
    with pytest.raises(BadArguments, match=r"api_server_zone_id: .*a public API server has a public name"):
        cluster(
            api_server_zone_id=zone_id("private.uaenorth.azmk8s.io"),
            linked_network_id=id_of("vnet"),
            public_access_cidrs=["192.0.2.0/24"],
        )
