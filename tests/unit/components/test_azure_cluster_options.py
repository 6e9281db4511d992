"""Options of AKS clusters: scaling, upgrades, add-ons and the kubeconfig."""

import json
from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Egress, NodeAutoscaler, Profile
from tests.unit.components.azure_samples import CLUSTER, id_of
from tests.unit.components.mocks import Recording, RegisteredResource
from tests.unit.components.samples import program, recorded

AKS = "azure-native:containerservice:ManagedCluster"


def cluster(**changed: Any) -> Recording:
    return recorded(azure.Cluster, {**CLUSTER, **changed})


def aks(**changed: Any) -> dict[str, Any]:
    return cluster(**changed).one(AKS).inputs


def windows(**changed: Any) -> dict[str, tuple[Any, ...]]:
    resources: list[RegisteredResource] = cluster(**changed).of(
        "azure-native:containerservice:MaintenanceConfiguration"
    )
    return {
        item.inputs["configName"]: (
            item.inputs["maintenanceWindow"]["schedule"]["weekly"]["dayOfWeek"],
            item.inputs["maintenanceWindow"]["startTime"],
            item.inputs["maintenanceWindow"]["durationHours"],
        )
        for item in resources
    }


def test_upgrades_come_in_the_nights_of_the_weekend_in_dubai() -> None:
    assert windows() == {
        "default": ("Saturday", "01:00", 8),
        "aksManagedAutoUpgradeSchedule": ("Saturday", "01:00", 8),
        "aksManagedNodeOSUpgradeSchedule": ("Sunday", "01:00", 8),
    }
    for item in cluster().of("azure-native:containerservice:MaintenanceConfiguration"):
        assert item.inputs["maintenanceWindow"]["utcOffset"] == "+04:00"
        assert "notAllowedDates" not in item.inputs["maintenanceWindow"]


def test_a_scheduled_cluster_is_upgraded_while_it_is_running() -> None:
    assert windows(sleeps=True) == {
        "default": ("Tuesday", "07:00", 8),
        "aksManagedAutoUpgradeSchedule": ("Tuesday", "07:00", 8),
        "aksManagedNodeOSUpgradeSchedule": ("Wednesday", "07:00", 8),
    }
    assert windows(sleeps=True, opens="09:30", closes="14:00")["default"] == ("Tuesday", "09:30", 4)


def test_nothing_is_upgraded_in_a_freeze() -> None:
    freeze = {"first": "2026-12-20", "last": "2027-01-05"}
    for item in cluster(change_freezes=[freeze]).of("azure-native:containerservice:MaintenanceConfiguration"):
        assert item.inputs["maintenanceWindow"]["notAllowedDates"] == [{"start": "2026-12-20", "end": "2027-01-05"}]


@pytest.mark.parametrize(
    ("workloads", "minutes"),
    [
        ([], "5m"),
        ([Profile.BATCH, Profile.INFERENCE_CPU], "5m"),
        ([Profile.BATCH, Profile.TRAINING], "10m"),
        ([Profile.INFERENCE_GPU], "10m"),
    ],
)
def test_machines_stay_as_long_as_the_workloads_need(workloads: list[Profile], minutes: str) -> None:
    profile = aks(workloads=workloads)["autoScalerProfile"]
    assert profile["scaleDownUnneededTime"] == minutes
    assert "maxTotalUnreadyPercentage" not in profile
    assert all(isinstance(value, str) for value in profile.values())


def test_an_eviction_of_many_spot_nodes_does_not_stop_the_autoscaler() -> None:
    profile = aks(has_spot=True)["autoScalerProfile"]
    assert (profile["maxTotalUnreadyPercentage"], profile["okTotalUnreadyCount"]) == ("100", "1000")
    assert profile["maxNodeProvisionTime"] == "10m"


def test_node_provisioning_takes_the_place_of_the_cluster_autoscaler_everywhere() -> None:
    result = aks(node_autoscaler=NodeAutoscaler.KARPENTER)
    assert result["nodeProvisioningProfile"] == {"mode": "Auto", "defaultNodePools": "None"}
    assert "autoScalerProfile" not in result
    (pool,) = result["agentPoolProfiles"]
    assert (pool["enableAutoScaling"], pool["count"]) == (False, 3)
    assert pool.keys().isdisjoint({"minCount", "maxCount"})
    assert aks()["nodeProvisioningProfile"] == {"mode": "Manual", "defaultNodePools": "None"}


def test_pods_are_scaled_by_events_and_by_what_they_use() -> None:
    on = {"keda": {"enabled": True}, "verticalPodAutoscaler": {"enabled": True}}
    assert aks()["workloadAutoScalerProfile"] == on
    off = aks(keda=False, vertical_pod_autoscaler=False)["workloadAutoScalerProfile"]
    assert off == {"keda": {"enabled": False}, "verticalPodAutoscaler": {"enabled": False}}


def test_cost_analysis_by_workload_is_enabled() -> None:
    result = aks()
    assert result["metricsProfile"] == {"costAnalysis": {"enabled": True}}
    assert result["sku"] == {"name": "Base", "tier": "Standard"}


def test_defender_and_azure_policy_come_if_asked_for() -> None:
    assert "defender" not in aks()["securityProfile"]
    assert aks()["addonProfiles"] == {"azurepolicy": {"enabled": False}}
    result = aks(defender=True, azure_policy=True)
    assert result["securityProfile"]["defender"] == {
        "logAnalyticsWorkspaceResourceId": id_of("workspace/log"),
        "securityMonitoring": {"enabled": True},
    }
    assert result["addonProfiles"] == {"azurepolicy": {"enabled": True, "config": {"version": "v2"}}}


def test_a_firewall_is_reached_by_routes() -> None:
    result = aks(egress=Egress.FIREWALL)
    assert result["networkProfile"]["outboundType"] == "userDefinedRouting"
    assert result["bootstrapProfile"] == {"artifactSource": "Direct"}


@pytest.mark.parametrize(("hsm", "kind"), [(False, "RSA"), (True, "RSA-HSM")])
def test_keys_live_in_hardware_if_asked_for_and_those_that_exist_stay(hsm: bool, kind: str) -> None:
    for key in cluster(hsm=hsm).of("azure-native:keyvault:Key"):
        assert key.inputs["properties"]["kty"] == kind
        assert key.ignore_changes == ("properties.kty", "tags")


def test_the_kubeconfig_signs_in_through_kubelogin_and_holds_no_secret() -> None:
    recording = cluster()
    text = recording.outputs[recording.one("falaj:azure:Cluster").urn]["kubeconfig"]
    result = json.loads(text)
    assert "not-to-be-kept" not in text
    assert result["clusters"] == [
        {
            "name": "uae",
            "cluster": {"server": "https://uae.private.example:443", "certificate-authority-data": "Q0E="},
        }
    ]
    (user,) = result["users"]
    login = user["user"]["exec"]
    assert login["command"] == "kubelogin"
    assert login["args"] == [
        "get-token", "--login", "azurecli", "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630",
    ]  # fmt: skip
    assert "env" not in login
    assert result["contexts"][0]["context"] == {"cluster": "uae", "user": user["name"]}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"egress": Egress.NAT_PER_ZONE}, r"egress: .*none, nat-single or firewall"),
        (
            {"sleeps": True, "node_autoscaler": NodeAutoscaler.KARPENTER},
            r"sleeps: true is not allowed.*cannot stop a cluster that provisions its own nodes",
        ),
        ({"sleeps": True, "opens": "09:00", "closes": "12:30"}, r"closes: \"12:30\".*4 hours after opens \(09:00\)"),
        ({"opens": "18:00", "closes": "09:00"}, r"closes: \"09:00\" is not allowed; allowed: later than opens"),
        ({"change_freezes": [{"first": "2026-12-20", "last": "2026-12-01"}]}, r"change_freezes\.0\.last"),
        ({"change_freezes": [{"first": "20.12.2026", "last": "2026-12-01"}]}, r"change_freezes\.0\.first"),
    ],
)
def test_invalid_arguments_are_rejected(changed: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(azure.Cluster, {**CLUSTER, **changed})()


ZONE = (
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/dns/providers/"
    "Microsoft.Network/privateDnsZones/private.uaenorth.azmk8s.io"
)


def test_tier_and_automatic_upgrades_are_those_of_production_unless_stated() -> None:
    default, chosen = aks(), aks(tier="free", upgrade_channel="none", node_image_channel="security-patch")
    assert default["sku"] == {"name": "Base", "tier": "Standard"}
    assert default["autoUpgradeProfile"] == {"upgradeChannel": "patch", "nodeOSUpgradeChannel": "NodeImage"}
    assert chosen["sku"] == {"name": "Base", "tier": "Free"}
    assert chosen["metricsProfile"]["costAnalysis"] == {"enabled": False}
    assert chosen["autoUpgradeProfile"] == {"upgradeChannel": "none", "nodeOSUpgradeChannel": "SecurityPatch"}
    assert aks(support_plan="lts")["sku"]["tier"] == "Premium"
    with pytest.raises(BadArguments, match=r"tier: .*standard with support_plan lts"):
        program(azure.Cluster, {**CLUSTER, "tier": "free", "support_plan": "lts"})()
    with pytest.raises(BadArguments, match="upgrade_channel"):
        program(azure.Cluster, {**CLUSTER, "upgrade_channel": "rapid"})()


def test_names_of_what_aks_creates_can_be_stated() -> None:
    assert (aks()["dnsPrefix"], aks().get("nodeResourceGroup"), aks().get("fqdnSubdomain")) == ("uae", None, None)
    stated = aks(node_resource_group="rg-uae-nodes", dns_prefix="uae-prod")
    assert (stated["dnsPrefix"], stated["nodeResourceGroup"]) == ("uae-prod", "rg-uae-nodes")
    zone = {"api_server_zone_id": ZONE, "linked_network_id": id_of("network/vnet")}
    whole = aks(fqdn_subdomain="uae-api", **zone)
    assert (whole.get("dnsPrefix"), whole["fqdnSubdomain"]) == (None, "uae-api")
    for wrong in ({"fqdn_subdomain": "uae"}, {"fqdn_subdomain": "uae", "dns_prefix": "uae", **zone}):
        with pytest.raises(BadArguments, match=r"fqdn_subdomain: .*nothing"):
            program(azure.Cluster, {**CLUSTER, **wrong})()
