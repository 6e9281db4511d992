"""Attacks beside the good programs of the twenty-fifth set: what comes close to what now passes.

Written on 2026-12-02 with the rules at hand. Properties by pulumi-azure-native 3.29.0.
"""

import json
from dataclasses import replace

from ..blind import HERE, OURS, RG, az, release
from ..harness import Given
from . import Attack

BALANCER, OPENS = ("FJ-ESC-107", "FJ-EXP-332"), "everybody reaches the apps (NGINX Gateway Fabric, values of its chart)"
AKS = {"kubeconfig": json.dumps({"clusters": [{"name": "aks", "cluster": {
    "server": "https://aks-x1y2z3.privatelink.uaenorth.azmk8s.io:443"}}]})}  # fmt: skip
INTERNAL = {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}
INNER = {"type": "StrategicMerge", "value": {"metadata": {"annotations": INTERNAL}}}
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


def gateways(*patches: object, chart: str = "nginx-gateway-fabric", **service: object) -> tuple[Given, ...]:
    """Returns a chart of gateways on AKS whose service the values patch."""
    values = {"nginx": {"service": {"type": "LoadBalancer", "patches": list(patches), **service}}}
    return tuple(replace(given, provider=AKS) for given in release(chart, "2.2.1", values))


ATTACKS = (
    Attack("gateways of NGINX are public by a patch of another kind", BALANCER, gateways(
        {"type": "JSONPatch", "value": [{"op": "add", "path": "/metadata/annotations", "value": INTERNAL}]}), "major",
        OPENS),
    Attack("gateways of NGINX are public by a second patch", BALANCER, gateways(
        INNER, {"value": {"metadata": {"annotations": dict.fromkeys(INTERNAL, "false")}}}), "major", OPENS),
    Attack("gateways of NGINX are public by a patch of what the service is", BALANCER, gateways(
        INNER, {"value": {"spec": {"externalIPs": ["94.200.10.20"]}}}), "major", OPENS),
    Attack("gateways of NGINX are public, and another cloud's annotation is patched in", BALANCER, gateways(
        {"value": {"metadata": {"annotations": {"service.beta.kubernetes.io/aws-load-balancer-internal": "true"}}}}),
        "major", OPENS),
    Attack("a chart that knows no patches is public beside one", BALANCER, gateways(INNER, chart="gateways"), "major",
           OPENS),
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
