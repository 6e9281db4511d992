"""Keys of an Azure site: their Key Vault and location."""

from typing import Any

import pulumi
import pytest

from falaj.components import azure
from tests.unit.components.azure_samples import COMPONENTS, KEYS
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

KEY = "azure-native:keyvault:Key"
MAKE_KEYS = (azure.FlowLogs, azure.Cluster, azure.Vault, azure.SharedFiles, azure.Registry, azure.CostExport)
"""Components that create keys, beside a whole site."""


def store(**changed: Any) -> Recording:
    return recorded(azure.KeyStore, {**KEYS, **changed})


def vault(**changed: Any) -> dict[str, Any]:
    return store(**changed).one("azure-native:keyvault:Vault").inputs["properties"]


@pytest.mark.parametrize("kind", MAKE_KEYS)
def test_keys_keep_the_tags_that_azure_does_not_update(kind: Any) -> None:
    keys = recorded(kind, COMPONENTS[kind]).of(KEY)
    assert all("tags" in key.ignore_changes for key in keys)


def test_a_key_store_is_closed_and_nobody_can_purge_it() -> None:
    assert {name for _, name in store().names()} == {"uae-vault", "uae-endpoint", "uae-endpoint-names", "uae-audit"}
    result = vault()
    assert result["sku"] == {"family": "A", "name": "standard"}
    assert (result["enablePurgeProtection"], result["enableSoftDelete"]) == (True, True)
    assert (result["softDeleteRetentionInDays"], result["enableRbacAuthorization"]) == (90, True)
    assert result["publicNetworkAccess"] == "Disabled"
    assert result["networkAcls"] == {"bypass": "AzureServices", "defaultAction": "Deny"}


def test_hardware_changes_the_tier_of_a_key_store_and_nothing_else() -> None:
    assert vault(hsm=True) == {**vault(), "sku": {"family": "A", "name": "premium"}}
    assert store(hsm=True).names() == store().names()


def test_all_components_that_create_keys_are_listed() -> None:
    made = {kind for kind, args in COMPONENTS.items() if recorded(kind, args).of(KEY)}
    assert made == {*MAKE_KEYS, azure.Site}


@pytest.mark.parametrize("kind", MAKE_KEYS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(("hsm", "named"), [(None, "RSA"), (False, "RSA"), (True, "RSA-HSM")])
def test_every_component_makes_its_keys_in_hardware_if_asked_to(
    kind: type[pulumi.ComponentResource], hsm: bool | None, named: str
) -> None:
    arguments = {} if hsm is None else {"hsm": hsm}
    for key in recorded(kind, {**COMPONENTS[kind], **arguments}).of(KEY):
        assert (key.inputs["properties"]["kty"], key.inputs["properties"]["keySize"]) == (named, 3072)
        # A different key type creates a new key, and data wrapped by the old one would be lost.
        assert key.ignore_changes == ("properties.kty", "tags")
