"""Quotas of public IP addresses."""

import pytest

from falaj.components.core.validation.enums import Egress
from falaj.preflight.azure import addresses
from falaj.preflight.rows import Verdict
from tests.unit.preflight.arm_server import Bodies, usage
from tests.unit.preflight.aws_answers import settings
from tests.unit.preflight.test_azure_rows import one, rows_of


def public(**limits: int) -> Bodies:
    """Returns the usages of addresses, of which three are in use."""
    return {
        "/Microsoft.Network/locations/uaenorth/usages": {
            "value": [usage(name, limit, 3) for name, limit in limits.items()]
        }
    }


@pytest.mark.parametrize(
    ("limits", "verdicts"),
    [
        ({"PublicIPAddresses": 10, "IPv4StandardSkuPublicIpAddresses": 10}, [Verdict.OK, Verdict.OK]),
        ({"PublicIPAddresses": 10, "StandardSkuPublicIpAddresses": 3}, [Verdict.OK, Verdict.REFUSED]),
        ({"VirtualNetworks": 50}, [Verdict.UNKNOWN]),
    ],
)
def test_the_quotas_of_public_addresses(limits: dict[str, int], verdicts: list[Verdict]) -> None:
    rows = rows_of(addresses.public_addresses, public(**limits))
    assert [row.verdict for row in rows.values()] == verdicts
    refused = rows.get("quota StandardSkuPublicIpAddresses")
    if refused:
        assert (refused.found, refused.needed) == ("3, of which 3 in use", "1")
        assert "--limit-object value=4 " in refused.commands[0]


@pytest.mark.parametrize("egress", [Egress.NONE, Egress.FIREWALL])
def test_a_site_without_a_nat_gateway_needs_no_public_address(egress: Egress) -> None:
    given = settings()
    network = given.sites["azuae"].network.model_copy(update={"egress": egress})
    site = given.sites["azuae"].model_copy(update={"network": network})
    fixed = given.model_copy(update={"sites": {**given.sites, "azuae": site}})
    assert one(addresses.public_addresses, {}, fixed).found == "none is created"
