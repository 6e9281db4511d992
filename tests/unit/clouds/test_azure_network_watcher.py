"""Flow logs in the emulated Azure, and the network watcher that Azure creates itself."""

from falaj.sandbox.clouds.property_values import to_plain_map
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.azure_platform import Site, refused
from tests.unit.clouds.driver import CreatedResource

OPEN: dict[str, Json] = {"networkRuleSet": {"bypass": "AzureServices", "defaultAction": "Deny"}}
SHUT: dict[str, Json] = {"networkRuleSet": {"bypass": "None", "defaultAction": "Deny"}}


def account(site: Site, name: str = "stflows", **changes: Json) -> CreatedResource:
    return site.make("storage:StorageAccount", name, **site.account_inputs(name, **{**OPEN, **changes}))


def log_inputs(site: Site, **changes: Json) -> dict[str, Json]:
    return {
        "resourceGroupName": "NetworkWatcherRG",
        "networkWatcherName": "NetworkWatcher_uaenorth",
        "location": "uaenorth",
        "targetResourceId": site.created["vnet"].id,
        "storageId": site.created["stflows"].id,
        "enabled": True,
        "retentionPolicy": {"enabled": True, "days": 90},
        **changes,
    }


def test_the_first_network_of_a_region_creates_its_watcher(site: Site) -> None:
    account(site)
    absent = {**log_inputs_without_network(site), "targetResourceId": "/subscriptions/x/virtualNetworks/none"}
    assert 'Code="ResourceGroupNotFound"' in site.refused("network:FlowLog", **absent)
    site.network()
    resource = site.make("network:FlowLog", "flows", **log_inputs(site))
    assert resource.id.endswith(
        "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_uaenorth"
        "/flowLogs/flows"
    )
    assert to_plain_map(site.cloud.read(resource).properties) == resource.values
    longer = log_inputs(site, retentionPolicy={"enabled": True, "days": 365})
    assert site.cloud.diff(resource, **longer).replaces == []
    site.cloud.update(resource, **longer)
    site.cloud.delete(resource)


def log_inputs_without_network(site: Site) -> dict[str, Json]:
    return {
        "resourceGroupName": "NetworkWatcherRG",
        "networkWatcherName": "NetworkWatcher_uaenorth",
        "location": "uaenorth",
        "storageId": site.created["stflows"].id,
    }


def test_a_region_without_a_network_has_no_watcher(site: Site) -> None:
    account(site)
    site.network()
    elsewhere = log_inputs(site, networkWatcherName="NetworkWatcher_uaecentral", location="uaecentral")
    refused(site, "ParentResourceNotFound", "network:FlowLog", **elsewhere)


def test_a_custom_watcher_is_accepted(site: Site) -> None:
    account(site)
    site.network()
    site.inside("network:NetworkWatcher", "watcher", networkWatcherName="watcher", location="uaenorth")
    site.make("network:FlowLog", "flows", **log_inputs(site, resourceGroupName="rg-ai", networkWatcherName="watcher"))


def test_flow_logs(site: Site) -> None:
    account(site)
    site.network()
    site.make("network:FlowLog", "flows", **log_inputs(site))
    refused(site, "FlowLogAlreadyExists", "network:FlowLog", **log_inputs(site))
    nsg = log_inputs(site, targetResourceId=site.created["nsg"].id)
    refused(site, "FlowLogRegionMismatch", "network:FlowLog", **{**nsg, "location": "uaecentral"})
    refused(
        site, "InvalidTargetResourceId", "network:FlowLog", **{**nsg, "targetResourceId": site.created["egress"].id}
    )
    refused(site, "InvalidRetentionPolicy", "network:FlowLog", **{**nsg, "retentionPolicy": {"days": 366}})
    for name, code, changes in (
        ("stpremium", "StorageAccountNotSupported", {"sku": {"name": "Premium_LRS"}}),
        ("stshut", "StorageAccountFirewall", SHUT),
        ("staway", "FlowLogRegionMismatch", {"location": "uaecentral", "sku": {"name": "Standard_LRS"}}),
    ):
        other = account(site, name, **changes)
        refused(site, code, "network:FlowLog", **{**nsg, "storageId": other.id})


def test_trusted_services_do_not_reach_an_account_whose_public_access_is_disabled(site: Site) -> None:
    site.network()
    account(site, publicNetworkAccess="Disabled")
    refused(site, "StorageAccountFirewall", "network:FlowLog", **log_inputs(site))
