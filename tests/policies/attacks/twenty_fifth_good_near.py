"""Attacks beside the good programs of the twenty-fifth set: what comes close to what now passes.

Written on 2026-12-02 with the rules at hand. Properties by pulumi-azure-native 3.29.0.
"""

from ..blind import HERE, OURS, RG, az
from ..harness import Given
from . import Attack

STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
KEYS, UNPRICED = ("FJ-IDN-202",), ("FJ-COST-004",)
READS = "who has a key of the account reads and writes all of it, under nobody's name (Azure Cosmos DB, access keys)"


def account(**more: object) -> Given:
    """Returns a closed account of Cosmos DB under the bank's key whose keys are in use."""
    return az("cosmosdb:DatabaseAccount", {
        **HERE, "accountName": "cosmos-chat", "databaseAccountOfferType": "Standard", "locations": [
            {"locationName": "uaenorth", "failoverPriority": 0, "isZoneRedundant": True}], "publicNetworkAccess":
        "Disabled", "minimalTlsVersion": "Tls12", "disableKeyBasedMetadataWriteAccess": True, "keyVaultKeyUri":
        "https://kv-bank.vault.azure.net/keys/cmk", "identity": {
            "type": "UserAssigned", "userAssignedIdentities": [f"{OURS}.ManagedIdentity/userAssignedIdentities/id"]},
        "backupPolicy": {"type": "Continuous"}, **more}, "account", protect=True)  # fmt: skip


ATTACKS = (
    Attack("keys open an account of NoSQL that has a capability of Mongo", KEYS, (
        account(kind="GlobalDocumentDB", capabilities=[{"name": "EnableMongo"}]),), "major", READS),
    Attack("keys open an account of no stated kind", KEYS, (account(),), "major", READS),
    Attack("keys open an account whose kind the cloud no longer has", KEYS, (account(kind="Parse"),), "major", READS),
    Attack("keys of a Mongo account also change its databases", KEYS, (
        account(kind="MongoDB", disableKeyBasedMetadataWriteAccess=False),), "major",
        "who has a key also deletes collections and raises what they may take (Azure Cosmos DB, role-based access)"),
    Attack("keys open a graph, which knows staff by Entra", KEYS, (
        account(kind="GlobalDocumentDB", capabilities=[{"name": "EnableGremlin"}]),), "major", READS),
    Attack("sixteen more hosts of VMware beside the free objects of the cloud", UNPRICED, (
        STACK, az("avs:Cluster", {**RG, "privateCloudName": "avs", "clusterName": "more", "clusterSize": 16, "sku": {
            "name": "AV64"}}, "more")), "major", "hosts are charged by the hour (Azure VMware Solution, pricing)"),
)  # fmt: skip
