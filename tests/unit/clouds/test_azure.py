"""The emulated Azure as a whole: ids, outputs, locations, names, and no changes without a cause."""

from base64 import b64decode

from falaj.sandbox.clouds.azure import RESOURCE_TYPES, check_config, normalise_token
from falaj.sandbox.clouds.azure.arm import SUBSCRIPTION, TENANT
from falaj.sandbox.clouds.property_values import to_plain_map
from falaj.sandbox.clouds.sdk_schema import sdk
from falaj.sandbox.clouds.values import UNKNOWN, get_str
from tests.unit.clouds.azure_platform import BLOB_CONTRIBUTOR, Site
from tests.unit.clouds.driver import Driver

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-ai"


def test_a_whole_site_is_created_read_updated_and_deleted(site: Site) -> None:
    """Every type is created, read and compared without a change, updated to itself, and deleted in reverse order."""
    site.everything()
    assert len(site.cloud.everything()) == len(site.created) == 29
    site.stays_and_goes()


def test_rows_are_types_of_the_sdk_and_their_outputs_exist() -> None:
    azure_sdk = sdk("pulumi_azure_native")
    common = {"provisioningState", "etag", "eTag", "resourceGuid", "azureApiVersion", "systemData", "name", "type"}
    for token, row in RESOURCE_TYPES.items():
        schema = azure_sdk.schema(token)
        assert set(row.path.properties) <= set(schema.inputs), token
        assert isinstance(row.outputs, dict)
        assert set(row.outputs) - common <= set(schema.outputs), token
        assert set(row.nested_outputs) - {"identity"} <= set(schema.outputs), token
        replaced = {path.split(".")[0] for path in row.replace_on_changes}
        assert replaced - {"location"} <= set(schema.inputs), token


def test_outputs_that_programs_read(site: Site) -> None:
    site.everything()
    output = {name: resource.values for name, resource in site.created.items()}
    assert site.created["nodes"].id == f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/nodes"
    assert output["nodes"]["type"] == "Microsoft.Network/virtualNetworks/subnets"
    assert get_str(output["kv-ai"], "properties.vaultUri") == "https://kv-ai.vault.azure.net/"
    assert get_str(output["disks"], "keyUriWithVersion").startswith("https://kv-ai.vault.azure.net/keys/disks/")
    assert get_str(output["aks"], "oidcIssuerProfile.issuerURL").startswith(
        f"https://uaenorth.oic.prod-aks.azure.com/{TENANT}/"
    )
    assert get_str(output["aks"], "privateFQDN").endswith(".privatelink.uaenorth.azmk8s.io")
    assert get_str(output["data"], "primaryEndpoints.blob") == "https://staidata.blob.core.windows.net/"
    assert output["id-ai"]["principalId"] != output["id-ai"]["clientId"]
    assert site.created["reads"].id.startswith(
        f"{site.created['data'].id}/providers/Microsoft.Authorization/roleAssignments/"
    )


def test_an_identity_is_returned_only_if_one_was_requested(site: Site) -> None:
    with_one = site.inside("operationalinsights:Workspace", "own", identity={"type": "SystemAssigned"})
    without = site.inside("operationalinsights:Workspace", "none")
    assert get_str(with_one.values, "identity.principalId")
    assert "identity" not in without.values


def test_omitted_names_are_generated(site: Site) -> None:
    """Generated names have eight hexadecimal digits at top level and none inside a parent, and an update keeps them."""
    top = site.inside("network:NetworkSecurityGroup", "nsg")
    assert top.name.startswith("nsg")
    assert len(top.name) == len("nsg") + 8
    site.inside(
        "network:VirtualNetwork", "vnet", virtualNetworkName="vnet", addressSpace={"addressPrefixes": ["10.0.0.0/16"]}
    )
    assert site.subnet("pods", "10.0.1.0/24").name == "pods"
    assert not site.cloud.diff(top, resourceGroupName="rg-ai").changes


def test_location_comes_from_the_inputs_the_setting_or_the_group(site: Site) -> None:
    assert site.inside("network:NetworkSecurityGroup", "a").values["location"] == "uaenorth"
    explicit = site.inside("network:NetworkSecurityGroup", "b", location="UAE Central")
    assert explicit.values["location"] == "UAE Central"
    same = site.cloud.diff(explicit, resourceGroupName="rg-ai", location="uaecentral")
    assert not same.changes
    moved = site.cloud.diff(explicit, resourceGroupName="rg-ai", location="uaenorth")
    assert moved.replaces == ["location"]
    site.cloud.cloud.config = {"location": "uaecentral"}
    assert site.inside("network:NetworkSecurityGroup", "c").values["location"] == "uaecentral"


def test_location_is_unknown_with_the_group_s_name(azure: Driver) -> None:
    planned = azure.plan("azure-native:network:NetworkSecurityGroup", "nsg", resourceGroupName=UNKNOWN).values
    assert planned["location"] is UNKNOWN


def test_a_preview_predicts_only_known_values(site: Site) -> None:
    planned = site.cloud.plan("azure-native:containerservice:ManagedCluster", "aks", **site.cluster_inputs()).values
    profile = planned["oidcIssuerProfile"]
    assert isinstance(profile, dict)
    assert profile["issuerURL"] is UNKNOWN
    assert profile["enabled"] is True
    assert planned["fqdn"] is UNKNOWN


def test_a_preview_of_an_update_keeps_the_clouds_outputs(site: Site) -> None:
    cluster = site.cluster()
    planned = site.cloud.plan_update(cluster, **site.cluster_inputs(tags={"a": "b"}))
    assert planned["oidcIssuerProfile"] == cluster.values["oidcIssuerProfile"]
    assert planned["fqdn"] == cluster.values["fqdn"]
    assert planned["tags"] == {"a": "b"}


def test_changes_that_replace_a_resource(site: Site) -> None:
    site.everything()
    pool, cluster = site.created["gpu"], site.created["aks"]
    for resource, change in (
        (pool, {"vmSize": "Standard_NC80adis_H100_v5"}),
        (pool, {"resourceName": "other"}),
        (cluster, {"dnsPrefix": "other"}),
        (cluster, {"networkProfile": {"networkPlugin": "azure"}}),
        (site.created["data"], {"isHnsEnabled": True}),
        (site.created["reads"], {"principalId": TENANT}),
    ):
        assert site.cloud.diff(resource, **{**to_plain_map(resource.inputs), **change}).replaces == list(change)
    grown = site.cloud.diff(pool, **{**to_plain_map(pool.inputs), "maxCount": 8})
    assert (grown.changes, grown.replaces) == (True, [])


def test_references_to_objects_that_are_not_stored_separately(site: Site) -> None:
    """A default blob service, another version of a key, and the resources that AKS creates for its nodes."""
    site.everything()
    logs, identity = site.created["logs"].id, get_str(site.created["id-ai"].values, "principalId")
    blobs = f"{site.created['data'].id}/blobServices/default"
    reads = [{"category": "StorageRead", "enabled": True}]
    site.make("monitor:DiagnosticSetting", "reads-logged", resourceUri=blobs, workspaceId=logs, logs=reads)
    nodes = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/MC_rg-ai_aks-ai_uaenorth"
    inputs = {"principalId": identity, "roleDefinitionId": BLOB_CONTRIBUTOR}
    site.make("authorization:RoleAssignment", "nodes", scope=nodes, **inputs)
    active = {"keyUrl": f"https://kv-ai.vault.azure.net/keys/disks/{'0' * 32}"}
    site.inside("compute:DiskEncryptionSet", "older", activeKey=active)


def test_a_key_is_replaced_when_its_properties_change(site: Site) -> None:
    site.vault()
    key = site.key()
    change = {**to_plain_map(key.inputs), "properties": {"kty": "RSA", "keySize": 4096}}
    assert site.cloud.diff(key, **change).replaces == ["properties"]


def test_an_api_server_inside_the_network_is_named_in_another_zone(site: Site) -> None:
    inside = {"enablePrivateCluster": True, "enableVnetIntegration": True}
    name = get_str(site.cluster(apiServerAccessProfile=inside).values, "privateFQDN")
    assert name.startswith("ai-")
    assert name.endswith(".private.uaenorth.azmk8s.io")


def test_a_private_cluster_is_reached_by_its_private_name(site: Site) -> None:
    cluster = site.cluster(apiServerAccessProfile={"enablePrivateCluster": True})
    which = {"resourceGroupName": "rg-ai", "resourceName": "aks-ai"}
    answer = site.cloud.invoke("azure-native:containerservice:listManagedClusterUserCredentials", **which)
    (config,) = answer["kubeconfigs"]  # type: ignore[misc]
    assert get_str(cluster.values, "privateFQDN").encode() in b64decode(get_str(config, "value"))


def test_settings_of_the_provider() -> None:
    assert check_config({"location": "UAE North", "subscriptionId": SUBSCRIPTION}) == []
    wrong = check_config({"location": "mars", "subscriptionId": TENANT, "tenantId": SUBSCRIPTION})
    assert [path for path, _ in wrong] == ["location", "subscriptionId", "tenantId"]


def test_deleting_a_resource_deletes_its_children(site: Site) -> None:
    site.everything()
    site.cloud.delete(site.created["data"])
    left = {item.type.removeprefix("azure-native:storage:") for item in site.cloud.everything()}
    assert not left & {"StorageAccount", "BlobContainer", "BlobServiceProperties", "ManagementPolicy"}
    site.cloud.delete(site.group)
    assert site.cloud.everything() == []


def test_tokens_of_other_api_versions_are_the_same_types() -> None:
    assert normalise_token("azure-native:network/v20240101:Subnet") == "azure-native:network:Subnet"
    assert normalise_token("azure-native_network_v20240101:network:Subnet") == "azure-native:network:Subnet"


def test_a_type_without_a_description_works(site: Site) -> None:
    resource = site.inside("eventhub:Namespace", "events", sku={"name": "Standard"})
    assert resource.id.startswith(f"{GROUP}/providers/Microsoft.Eventhub/namespaces/events")
    hub = site.inside("eventhub:EventHub", "hub", namespaceName=resource.name)
    assert hub.id == f"{resource.id}/eventHubs/hub"
    assert to_plain_map(site.cloud.read(hub).properties) == hub.values


def test_a_resource_with_a_given_name_is_deleted_before_its_replacement(site: Site) -> None:
    """Also without a change: the engine requests this diff when it resumes a replacement whose create had failed."""
    named = site.inside("network:NetworkSecurityGroup", "a", networkSecurityGroupName="nsg")
    invented = site.inside("network:NetworkSecurityGroup", "b")
    same = {"resourceGroupName": "rg-ai"}
    again = site.cloud.diff(named, **same, networkSecurityGroupName="nsg")
    assert (again.changes, again.delete_before_replace) == (False, True)
    assert not site.cloud.diff(invented, **same).delete_before_replace
