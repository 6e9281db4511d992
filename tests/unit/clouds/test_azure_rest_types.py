"""The emulated Azure refuses bodies that do not fit the REST types of their API version."""

import pytest

from falaj.sandbox.clouds.azure import RESOURCE_TYPES
from falaj.sandbox.clouds.azure.rest_types import body_failures, table
from falaj.sandbox.clouds.values import Json
from tests.project.azure_rest_types import api_version
from tests.unit.clouds import driver
from tests.unit.clouds.azure_platform import Site

ACCOUNT = "azure-native:storage:StorageAccount"
WINDOW = "azure-native:containerservice:MaintenanceConfiguration"
POOL = "azure-native:containerservice:AgentPool"
BUDGET = "azure-native:consumption:Budget"
POLICY = "azure-native:storage:ManagementPolicy"


def test_every_described_type_is_in_the_table_in_the_version_of_the_sdk() -> None:
    versions = {token: row["namespace"].partition("@")[2] for token, row in table()["types"].items()}
    assert versions == {token: api_version(token) for token in RESOURCE_TYPES}, (
        "run: .venv/bin/python -m tests.project.azure_rest_types CHECKOUT"
    )


def test_the_table_names_its_source() -> None:
    assert table()["source"]["repository"] == "Azure/bicep-types-az"
    assert len(table()["source"]["commit"]) == 40


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        (ACCOUNT, {"sku": {"name": "Standard_ZRS"}, "kind": "StorageV2", "location": "x"}, []),
        (ACCOUNT, {"sku": {"name": "Standard_ZRS"}, "location": "x"}, [("kind", "is required")]),
        (
            ACCOUNT,
            {"sku": {}, "kind": "StorageV2", "location": "x", "enableHttpsTrafficOnly": "yes"},
            [("sku.name", "is required"), ("enableHttpsTrafficOnly", "must be a boolean")],
        ),
        (POOL, {"osDiskSizeGB": 4096}, [("osDiskSizeGB", "is 4096, outside 0 to 2048")]),
        (POOL, {"count": 3, "availabilityZones": "1"}, [("availabilityZones", "must be an array")]),
        (POOL, {"provisioningState": "Succeeded"}, [("provisioningState", "is read-only")]),
        (POOL, {"capacity": 3}, [("capacity", "is not a property of agentPools")]),
        (
            POOL,
            {"scaleSetPriority": "Cheap"},
            [("scaleSetPriority", "has the invalid value 'Cheap'; valid values: Spot, Regular")],
        ),
        (POOL, {"agentPoolName": "gpu", "scaleSetPriority": "spot", "tags": {"a": "b"}, "nodeLabels": {"c": 1}}, [
            ("nodeLabels.c", "must be a string")
        ]),
        (
            WINDOW,
            {"maintenanceWindow": {"durationHours": 25, "startTime": "1:00", "schedule": {}}},
            [
                ("maintenanceWindow.durationHours", "is 25, outside 4 to 24"),
                ("maintenanceWindow.startTime", r"does not match ^\d{2}:\d{2}$"),
            ],
        ),
        (BUDGET, {"amount": 1.5, "category": "Cost", "timeGrain": "Monthly", "timePeriod": {}}, [
            ("timePeriod.startDate", "is required")
        ]),
        (POLICY, {"policy": {"rules": [{"name": "a", "type": "Lifecycle", "definition": {"actions": 1}}]}}, [
            ("policy.rules[0].definition.actions", "must be an object")
        ]),
        ("azure-native:redis:Redis", {"anything": 1}, []),
    ],
)  # fmt: skip
def test_bodies(token: str, inputs: dict[str, Json], expected: list[tuple[str, str]]) -> None:
    address = RESOURCE_TYPES[token].path.properties if token in RESOURCE_TYPES else ()
    assert body_failures(token, inputs, address) == expected


def test_a_create_and_an_update_are_refused_and_another_api_version_is_not_checked(site: Site) -> None:
    made = site.make("storage:StorageAccount", "data", **site.account_inputs())
    longer = site.account_inputs(immutableStorageWithVersioning={
        "enabled": True, "immutabilityPolicy": {"immutabilityPeriodSinceCreationInDays": 200000, "state": "Unlocked"},
    })  # fmt: skip
    message = site.refused("storage:StorageAccount", **{**longer, "accountName": "other"})
    assert 'Status=400 Code="InvalidRequestContent"' in message
    assert "immutabilityPeriodSinceCreationInDays' is 200000, outside 1 to 146000" in message
    assert "InvalidRequestContent" in driver.refused(lambda: site.cloud.update(made, **longer))
    site.make("storage/v20250101:StorageAccount", "newer", **{**longer, "accountName": "newer"})
