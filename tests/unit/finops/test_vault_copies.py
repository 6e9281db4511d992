"""Data that is copied to another cloud is paid where it leaves: both clouds charge what they send to the internet, and
nothing for what they receive (AWS, EC2 data transfer; Azure, Bandwidth pricing; read 2026-11-27)."""

from decimal import Decimal

import pytest

from tests.unit.finops.plans import priced
from tests.unit.finops.test_names_decide_nothing import AWS, AZURE, Rows, preview, row

_CLUSTERS = {
    **row("aws:eks/cluster:Cluster", "own-eks", "uae", {"region": "me-central-1", "tags": {"site": "uae"}}),
    **row("falaj:replication:Replication", "c"),
    **row("falaj:kubernetes:Replicator", "j", "c"),
}
_ACCESS = row("falaj:azure:ReplicaAccess", "i", "c")
_WRITER = row("azure-native:authorization:RoleDefinition", "w", "i")


def grant(name: str, **links: str) -> Rows:
    return row("azure-native:authorization:RoleAssignment", name, "i", {}, **links)


_TO_AZURE = {**_ACCESS, **_WRITER, **grant("a", roleDefinitionId="w")}
_FROM_AZURE = {**_ACCESS, **grant("b")}


@pytest.mark.parametrize(
    ("access", "by_hand"),
    [
        (_TO_AZURE, {"aws": "21.78"}),  # 200 GB x 0.1089
        (_FROM_AZURE, {"azure": "24.00"}),  # 200 GB x 0.12
        (_TO_AZURE | _FROM_AZURE, {"aws": "21.78", "azure": "24.00"}),
        ({}, {"aws": "21.78", "azure": "24.00"}),  # the plan does not say which way
    ],
)
def test_copies_are_paid_where_data_leaves(access: Rows, by_hand: dict[str, str]) -> None:
    lines = priced(preview(AWS | AZURE | _CLUSTERS | access)).lines
    paid = {line.cloud: line.usd.expected for line in lines if line.charge.sku == "to-other-cloud"}
    assert paid == {cloud: Decimal(usd) for cloud, usd in by_hand.items()}
