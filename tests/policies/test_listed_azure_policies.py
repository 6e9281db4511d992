"""Runtimes of Data Factory on machines of Azure are in a network (FJ-RES-207), and settings of the logs of a vault or a
cluster keep who did what (FJ-RSL-117)."""

import pytest

from .blind import HERE, OURS, RG, az
from .harness import UNKNOWN, Given, Pack, rules


@pytest.mark.parametrize(
    ("network", "is_refused"),
    [
        ({}, True),
        ({"managedVirtualNetwork": {"type": "ManagedVirtualNetworkReference"}}, True),
        ({"managedVirtualNetwork": {"referenceName": "default"}}, False),
        ({"customerVirtualNetwork": {"subnetId": UNKNOWN}}, False),
        ({"computeProperties": {"location": "UAE North", "vNetProperties": {"vNetId": "/v", "subnet": "s"}}}, False),
        ({"type": "SelfHosted"}, False),
    ],
)
def test_runtimes_of_a_factory_are_in_a_network(network: dict[str, object], is_refused: bool) -> None:
    properties = {"type": "Managed", "computeProperties": {"location": "UAE North"}, **network}
    given = az("datafactory:IntegrationRuntime", {**RG, "factoryName": "adf-bank", "properties": properties})
    assert ("FJ-RES-207" in rules(Pack().evaluate_resource(given))) is is_refused


CLUSTER = az("containerservice:ManagedCluster", {**HERE, "resourceName": "aks-bank"}, "cluster")
VAULT = az("keyvault:Vault", {**HERE, "vaultName": "kv-bank"}, "vault")
ADDRESS = f"{OURS}.ContainerService/managedClusters/aks-bank"


def _setting(name: str, uri: object, *categories: str, link: str = "") -> Given:
    return az("monitor:DiagnosticSetting", {
        "name": name, "resourceUri": uri, "logs": [{"category": item, "enabled": True} for item in categories]},
        name, links={"resourceUri": (link,)} if link else {})  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "is_refused"),
    [
        ((_setting("a", ADDRESS, "kube-scheduler"),), True),
        ((_setting("a", ADDRESS, "kube-audit"),), False),
        ((_setting("a", ADDRESS, "kube-audit-admin", "guard"),), False),
        ((_setting("a", ADDRESS, "kube-scheduler"), _setting("b", ADDRESS, "kube-audit")), False),
        ((_setting("a", ADDRESS),), False),
        ((_setting("a", UNKNOWN, "kube-scheduler", link="cluster"),), True),
        ((_setting("a", UNKNOWN, "kube-audit", link="cluster"),), False),
        ((_setting("a", UNKNOWN, "AzurePolicyEvaluationDetails", link="vault"),), True),
        ((_setting("a", UNKNOWN, "AuditEvent", link="vault"), _setting("b", UNKNOWN, "guard", link="cluster")), True),
        ((_setting("a", UNKNOWN, "guard"),), False),
        ((_setting("a", f"{ADDRESS}/agentPools/gpu", "guard"),), False),
    ],
)
def test_settings_of_logs_keep_who_did_what(settings: tuple[Given, ...], is_refused: bool) -> None:
    assert ("FJ-RSL-117" in rules(Pack().evaluate_plan(CLUSTER, VAULT, *settings))) is is_refused
