"""The emulated Azure as a whole: ids, outputs, locations, names, and that nothing changes by itself."""

from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest

from falaj.sandbox.clouds.azure import ROWS, check_config, normalise
from falaj.sandbox.clouds.azure.arm import SUBSCRIPTION, TENANT
from falaj.sandbox.clouds.schema import sdk
from falaj.sandbox.clouds.values import UNKNOWN, text
from falaj.sandbox.clouds.wire import plain_map
from tests.unit.clouds.azure_platform import BLOB_CONTRIBUTOR, Site, azure
from tests.unit.clouds.emulated import Emulated

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-ai"


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Emulated]:
    emulated = azure(tmp_path)
    yield emulated
    emulated.inventory.close()


def test_a_whole_site_stands_stays_and_goes(site: Site) -> None:
    """Every type of ours is made, read and compared without a change, updated to itself, and deleted in reverse."""
    site.everything()
    cloud = site.cloud
    assert len(cloud.everything()) == len(site.made) == 28
    for kind, made in site.made.values():
        read = cloud.read(made)
        assert plain_map(read.properties) == made.outputs, kind
        assert plain_map(read.inputs) == plain_map(made.inputs), kind
        again = cloud.changed(kind, made, {k: v for k, v in plain_map(made.inputs).items() if not k.startswith("__")})
        assert not again.changes, (kind, again.diffs)
        assert cloud.update(kind, made, plain_map(made.inputs)).outputs == made.outputs, kind
    for _, made in reversed(list(site.made.values())):
        cloud.delete(made)
    assert cloud.everything() == []


def test_rows_are_types_of_the_sdk_and_their_outputs_exist() -> None:
    azure_sdk = sdk("pulumi_azure_native")
    common = {"provisioningState", "etag", "eTag", "resourceGuid", "azureApiVersion", "systemData", "name", "type"}
    for token, row in ROWS.items():
        schema = azure_sdk.schema(token)
        assert set(row.path.properties) <= set(schema.inputs), token
        assert isinstance(row.outputs, dict)
        assert set(row.outputs) - common <= set(schema.outputs), token
        assert set(row.inside) - {"identity"} <= set(schema.outputs), token
        replaced = {path.split(".")[0] for path in row.replace}
        assert replaced - {"location"} <= set(schema.inputs), token


def test_outputs_that_programs_read(site: Site) -> None:
    site.everything()
    output = {name: made.outputs for name, (_, made) in site.made.items()}
    assert site.made["nodes"][1].id == f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/nodes"
    assert output["nodes"]["type"] == "Microsoft.Network/virtualNetworks/subnets"
    assert text(output["kv-ai"], "properties.vaultUri") == "https://kv-ai.vault.azure.net/"
    assert text(output["disks"], "keyUriWithVersion").startswith("https://kv-ai.vault.azure.net/keys/disks/")
    assert text(output["aks"], "oidcIssuerProfile.issuerURL").startswith(
        f"https://uaenorth.oic.prod-aks.azure.com/{TENANT}/"
    )
    assert text(output["aks"], "privateFQDN").endswith(".privatelink.uaenorth.azmk8s.io")
    assert text(output["data"], "primaryEndpoints.blob") == "https://staidata.blob.core.windows.net/"
    assert output["id-ai"]["principalId"] != output["id-ai"]["clientId"]
    assert site.made["reads"][1].id.startswith(
        f"{site.made['data'][1].id}/providers/Microsoft.Authorization/roleAssignments/"
    )


def test_an_identity_of_its_own_appears_only_where_one_was_asked_for(site: Site) -> None:
    with_one = site.inside("operationalinsights:Workspace", "own", identity={"type": "SystemAssigned"})
    without = site.inside("operationalinsights:Workspace", "none")
    assert text(with_one.outputs, "identity.principalId")
    assert "identity" not in without.outputs


def test_names_that_were_left_out(site: Site) -> None:
    """Eight hexadecimal digits at top level, the logical name inside a parent; kept over an update."""
    top = site.inside("network:NetworkSecurityGroup", "nsg")
    assert top.name.startswith("nsg")
    assert len(top.name) == len("nsg") + 8
    site.inside(
        "network:VirtualNetwork", "vnet", virtualNetworkName="vnet", addressSpace={"addressPrefixes": ["10.0.0.0/16"]}
    )
    assert site.subnet("pods", "10.0.1.0/24").name == "pods"
    assert not site.cloud.changed("network:NetworkSecurityGroup", top, {"resourceGroupName": "rg-ai"}).changes


def test_location_comes_from_the_inputs_the_setting_or_the_group(site: Site, tmp_path: Path) -> None:
    assert site.inside("network:NetworkSecurityGroup", "a").outputs["location"] == "uaenorth"
    given = site.inside("network:NetworkSecurityGroup", "b", location="UAE Central")
    assert given.outputs["location"] == "UAE Central"
    same = site.cloud.changed(
        "network:NetworkSecurityGroup", given, {"resourceGroupName": "rg-ai", "location": "uaecentral"}
    )
    assert not same.changes
    moved = site.cloud.changed(
        "network:NetworkSecurityGroup", given, {"resourceGroupName": "rg-ai", "location": "uaenorth"}
    )
    assert moved.replaces == ["location"]
    site.cloud.cloud.config = {"location": "uaecentral"}
    assert site.inside("network:NetworkSecurityGroup", "c").outputs["location"] == "uaecentral"


def test_location_is_unknown_with_the_group_s_name(cloud: Emulated) -> None:
    seen = cloud.preview("network:NetworkSecurityGroup", "nsg", {"resourceGroupName": UNKNOWN})
    assert seen["location"] is UNKNOWN


def test_a_preview_promises_only_what_is_known(site: Site) -> None:
    seen = site.cloud.preview("containerservice:ManagedCluster", "aks", site.cluster_inputs())
    profile = seen["oidcIssuerProfile"]
    assert isinstance(profile, dict)
    assert profile["issuerURL"] is UNKNOWN
    assert profile["enabled"] is True
    assert seen["fqdn"] is UNKNOWN


def test_a_preview_of_an_update_remembers_what_the_cloud_said(site: Site) -> None:
    cluster = site.cluster()
    seen = site.cloud.preview_update("containerservice:ManagedCluster", cluster, site.cluster_inputs(tags={"a": "b"}))
    assert seen["oidcIssuerProfile"] == cluster.outputs["oidcIssuerProfile"]
    assert seen["fqdn"] == cluster.outputs["fqdn"]
    assert seen["tags"] == {"a": "b"}


def test_what_makes_a_new_resource(site: Site) -> None:
    site.everything()
    pool, cluster = site.made["gpu"][1], site.made["aks"][1]
    for kind, made, change in (
        ("containerservice:AgentPool", pool, {"vmSize": "Standard_NC80adis_H100_v5"}),
        ("containerservice:AgentPool", pool, {"resourceName": "other"}),
        ("containerservice:ManagedCluster", cluster, {"dnsPrefix": "other"}),
        ("containerservice:ManagedCluster", cluster, {"networkProfile": {"networkPlugin": "azure"}}),
        ("storage:StorageAccount", site.made["data"][1], {"isHnsEnabled": True}),
        ("authorization:RoleAssignment", site.made["reads"][1], {"principalId": TENANT}),
    ):
        assert site.cloud.changed(kind, made, {**plain_map(made.inputs), **change}).replaces == list(change)
    grown = site.cloud.changed("containerservice:AgentPool", pool, {**plain_map(pool.inputs), "maxCount": 8})
    assert (grown.changes, grown.replaces) == (True, [])


def test_references_to_what_is_there_without_a_row_of_its_own(site: Site) -> None:
    """A default blob service, another version of a key, and what AKS makes for its nodes."""
    site.everything()
    logs, identity = site.made["logs"][1].id, text(site.made["id-ai"][1].outputs, "principalId")
    blobs = f"{site.made['data'][1].id}/blobServices/default"
    reads = [{"category": "StorageRead", "enabled": True}]
    site.make("monitor:DiagnosticSetting", "reads-logged", resourceUri=blobs, workspaceId=logs, logs=reads)
    nodes = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/MC_rg-ai_aks-ai_uaenorth"
    given = {"principalId": identity, "roleDefinitionId": BLOB_CONTRIBUTOR}
    site.make("authorization:RoleAssignment", "nodes", scope=nodes, **given)
    active = {"keyUrl": f"https://kv-ai.vault.azure.net/keys/disks/{'0' * 32}"}
    site.inside("compute:DiskEncryptionSet", "older", activeKey=active)


def test_a_key_is_made_anew_when_its_shape_changes(site: Site) -> None:
    site.vault()
    key = site.key()
    change = {**plain_map(key.inputs), "properties": {"kty": "RSA", "keySize": 4096}}
    assert site.cloud.changed("keyvault:Key", key, change).replaces == ["properties"]


def test_a_private_cluster_is_reached_by_its_private_name(site: Site) -> None:
    cluster = site.cluster(apiServerAccessProfile={"enablePrivateCluster": True})
    which = {"resourceGroupName": "rg-ai", "resourceName": "aks-ai"}
    answer = site.cloud.invoke("azure-native:containerservice:listManagedClusterUserCredentials", **which)
    (config,) = plain_map(answer.return_value or {})["kubeconfigs"]  # type: ignore[misc]
    assert text(cluster.outputs, "privateFQDN").encode() in b64decode(text(config, "value"))


def test_settings_of_the_provider() -> None:
    assert check_config({"location": "UAE North", "subscriptionId": SUBSCRIPTION}) == []
    wrong = check_config({"location": "mars", "subscriptionId": TENANT, "tenantId": SUBSCRIPTION})
    assert [path for path, _ in wrong] == ["location", "subscriptionId", "tenantId"]


def test_deleting_takes_what_is_inside_along(site: Site) -> None:
    site.everything()
    site.cloud.delete(site.made["data"][1])
    left = {item.type.removeprefix("azure-native:storage:") for item in site.cloud.everything()}
    assert not left & {"StorageAccount", "BlobContainer", "BlobServiceProperties", "ManagementPolicy"}
    site.cloud.delete(site.group)
    assert site.cloud.everything() == []


def test_tokens_of_other_api_versions_are_the_same_types() -> None:
    assert normalise("azure-native:network/v20240101:Subnet") == "azure-native:network:Subnet"
    assert normalise("azure-native_network_v20240101:network:Subnet") == "azure-native:network:Subnet"


def test_a_type_without_a_row_works_too(site: Site) -> None:
    made = site.inside("eventhub:Namespace", "events", sku={"name": "Standard"})
    assert made.id.startswith(f"{GROUP}/providers/Microsoft.Eventhub/namespaces/events")
    hub = site.inside("eventhub:EventHub", "hub", namespaceName=made.name)
    assert hub.id == f"{made.id}/eventHubs/hub"
    assert plain_map(site.cloud.read(hub).properties) == hub.outputs


def test_a_given_name_is_freed_before_it_is_taken_again(site: Site) -> None:
    """Also where nothing changes: the engine asks so when it takes up a replacement whose create had failed."""
    named = site.inside("network:NetworkSecurityGroup", "a", networkSecurityGroupName="nsg")
    invented = site.inside("network:NetworkSecurityGroup", "b")
    same = {"resourceGroupName": "rg-ai"}
    kind = "network:NetworkSecurityGroup"
    again = site.cloud.changed(kind, named, {**same, "networkSecurityGroupName": "nsg"})
    assert (again.changes, again.delete_before_replace) == (False, True)
    assert not site.cloud.changed(kind, invented, same).delete_before_replace
