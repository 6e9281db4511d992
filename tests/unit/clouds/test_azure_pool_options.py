"""Options of agent pools that the emulated AKS rejects, as AKS does."""

from dataclasses import replace

import pytest

from falaj.facts.machines import find
from falaj.sandbox.clouds.azure import aks_pool_options
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.azure_platform import Site, refused

POOL = "containerservice:AgentPool"
PLACEMENT_GROUP = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/proximityPlacementGroups/train"
RESERVATION = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/capacityReservationGroups/h100"

REFUSED: list[tuple[dict[str, Json], str]] = [
    ({"nodeLabels": {"kubernetes.azure.com/team": "ml"}}, "nodeLabels"),
    ({"nodeLabels": {"kubernetes.io/team": "ml"}}, "nodeLabels"),
    ({"nodeTaints": ["team=ml"]}, "nodeTaints"),
    ({"nodeTaints": ["kubernetes.azure.com/team=ml:NoSchedule"]}, "nodeTaints"),
    ({"maxPods": 9}, "maxPods"),
    ({"maxPods": 251}, "maxPods"),
    ({"kubeletConfig": {"cpuManagerPolicy": "dynamic"}}, "cpuManagerPolicy"),
    ({"kubeletConfig": {"topologyManagerPolicy": "numa"}}, "topologyManagerPolicy"),
    ({"kubeletConfig": {"imageGcLowThreshold": 90, "imageGcHighThreshold": 80}}, "imageGcLowThreshold"),
    ({"kubeletConfig": {"allowedUnsafeSysctls": ["vm.swappiness"]}}, "allowedUnsafeSysctls"),
    ({"proximityPlacementGroupID": PLACEMENT_GROUP, "availabilityZones": ["1", "2"]}, "proximityPlacementGroupID"),
    ({"capacityReservationGroupID": RESERVATION}, "capacityReservationGroupID"),
]


@pytest.mark.parametrize(("changes", "parameter"), REFUSED)
def test_an_option_that_aks_refuses(site: Site, changes: dict[str, Json], parameter: str) -> None:
    site.cluster()
    assert parameter in refused(site, "InvalidParameter", POOL, **site.pool_inputs("gpu", **changes))


def test_options_that_aks_accepts(site: Site) -> None:
    site.cluster()
    inputs = {
        "nodeLabels": {"team": "ml", "kubernetes.azure.com/scalesetpriority": "spot"},
        "nodeTaints": ["team=ml:NoSchedule", "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"],
        "maxPods": 60,
        "kubeletConfig": {"cpuManagerPolicy": "static", "allowedUnsafeSysctls": ["net.core.somaxconn", "kernel.sem"]},
        "proximityPlacementGroupID": PLACEMENT_GROUP,
        "availabilityZones": ["2"],
    }
    site.make(POOL, "gpu", **site.pool_inputs("gpu", **inputs))


def test_nodes_without_ssh_need_a_registered_preview_feature(site: Site) -> None:
    site.cluster()
    inputs = site.pool_inputs("gpu", securityProfile={"sshAccess": "Disabled"})
    assert "DisableSSHPreview" in refused(site, "FeatureNotRegistered", POOL, **inputs)
    inline: Json = {"name": "system", "mode": "System", "count": 1, "vmSize": "Standard_D4as_v5"}
    pools: Json = [{**inline, "securityProfile": {"sshAccess": "Disabled"}}]  # type: ignore[dict-item]
    cluster = site.cluster_inputs(resourceName="aks-other", agentPoolProfiles=pools)
    refused(site, "FeatureNotRegistered", "containerservice:ManagedCluster", **cluster)
    site.make(
        "features:SubscriptionFeatureRegistration",
        "ssh",
        providerNamespace="Microsoft.ContainerService",
        featureName="DisableSSHPreview",
    )
    site.make(POOL, "gpu", **inputs)


def test_a_vm_size_is_offered_in_its_zones_only(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.cluster()
    size = "Standard_NC40ads_H100_v5"
    machine = find("uaenorth", size)
    assert machine is not None
    monkeypatch.setattr(aks_pool_options, "find", lambda *_: replace(machine, zone_ids=("2",)))
    inputs = site.pool_inputs("gpu", vmSize=size, availabilityZones=["1", "2", "3"])
    message = refused(site, "AvailabilityZoneNotSupported", POOL, **inputs)
    assert "'1, 3'" in message
    assert f"VM size {size} are '2'" in message
    site.make(POOL, "zonal", **site.pool_inputs("zonal", vmSize=size, availabilityZones=["2"]))
    site.make(POOL, "regional", **site.pool_inputs("regional", vmSize=size))


def test_a_customer_managed_key_encrypts_ephemeral_disks_too(site: Site) -> None:
    """azure-aks-docs fb060ab, azure-disk-customer-managed-keys.md: rotation of a key on ephemeral OS disks."""
    site.everything()
    site.make(POOL, "fast", **site.pool_inputs("fast", osDiskType="Ephemeral", osDiskSizeGB=64))
