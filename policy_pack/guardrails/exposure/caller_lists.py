"""IP allow-lists of single services. A list that includes every address protects nothing.

Property names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-25 (a test repeats it).
"""

from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, items_of, one_or_many, walk
from ..engine.rows import Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.cidrs import is_open, split_addresses
from ..readers.known_later import resolve_own_addresses

_NETWORK_ACL_RULES = "networkACLs?.ipRules[*]"
_WORKFLOW_CALLS = ("triggers", "actions", "contents", "workflowManagement")

CALLER_LISTS: dict[str, tuple[tuple[str, str], ...]] = {
    **dict.fromkeys(aws("gamelift/Fleet"), (("ec2InboundPermissions[*]", "ipRange"),)),
    **dict.fromkeys(aws("medialive/InputSecurityGroup"), (("whitelistRules[*]", "cidr"),)),
    **dict.fromkeys(aws("sagemaker/Workforce"), (("sourceIpConfig?", "cidrs"),)),
    **dict.fromkeys(aws("workspacesweb/IpAccessSettings"), (("ipRules[*]", "ipRange"),)),
    **dict.fromkeys(aws("workspaces/IpGroup"), (("rules[*]", "source"),)),
    **dict.fromkeys(aws("storagegateway/NfsFileShare"), (("", "clientLists"),)),
    **dict.fromkeys(aws("fsx/OpenZfsVolume"), (("nfsExports?.clientConfigurations[*]", "clients"),)),
    **dict.fromkeys(aws("fsx/OpenZfsFileSystem"), (
        ("rootVolumeConfiguration?.nfsExports?.clientConfigurations[*]", "clients"),
    )),
    **dict.fromkeys(azure("netapp:CapacityPoolVolume"), (("exportPolicy?.rules[*]", "allowedClients"),)),
    **dict.fromkeys(
        azure("eventgrid:Topic", "eventgrid:Domain", "eventgrid:Namespace", "eventgrid:PartnerNamespace"),
        (("inboundIpRules[*]", "ipMask"),)),
    **dict.fromkeys(
        azure("eventhub:NamespaceNetworkRuleSet", "servicebus:NamespaceNetworkRuleSet"), (("ipRules[*]", "ipMask"),)),
    **dict.fromkeys(azure("eventhub:NamespaceIpFilterRule", "servicebus:NamespaceIpFilterRule"), (("", "ipMask"),)),
    **dict.fromkeys(azure("azurestackhci:SecurityRule"), (("", "sourceAddressPrefixes"),)),
    **dict.fromkeys(azure("netapp:ElasticVolume"), (("properties?.exportPolicy?.rules[*]", "allowedClients"),)),
    **dict.fromkeys(azure("notificationhubs:Namespace"), (("networkAcls?.ipRules[*]", "ipMask"),)),
    **dict.fromkeys(azure("iotcentral:App"), (("networkRuleSets?.ipRules[*]", "ipMask"),)),
    **dict.fromkeys(azure("iothub:IotHubResource"), (
        ("properties?.ipFilterRules[*]", "ipMask"), ("properties?.networkRuleSets?.ipRules[*]", "ipMask"),
    )),
    **dict.fromkeys(azure("deviceprovisioningservices:IotDpsResource"), (("properties?.ipFilterRules[*]", "ipMask"),)),
    **dict.fromkeys(azure("signalrservice:SignalR", "webpubsub:WebPubSub"), ((_NETWORK_ACL_RULES, "value"),)),
    **dict.fromkeys(azure("keyvault:ManagedHsm"), (("properties?.networkAcls?.ipRules[*]", "value"),)),
    **dict.fromkeys(azure("batch:BatchAccount"), tuple(
        (f"networkProfile?.{access}?.ipRules[*]", "value") for access in ("accountAccess", "nodeManagementAccess"))),
    **dict.fromkeys(azure("kusto:Cluster"), (("", "allowedIpRangeList"),)),
    **dict.fromkeys(azure("durabletask:Scheduler"), (("properties?", "ipAllowlist"),)),
    **dict.fromkeys(azure("network:BastionHost"), (("networkAcls?.ipRules[*]", "addressPrefix"),)),
    **dict.fromkeys(azure("logic:Workflow"), tuple(
        (f"accessControl?.{call}?.allowedCallerIpAddresses[*]", "addressRange") for call in _WORKFLOW_CALLS)),
    **dict.fromkeys(azure("servicefabric:NodeType", "servicefabric:ManagedCluster"), tuple(
        ("networkSecurityRules[*]", key) for key in ("sourceAddressPrefix", "sourceAddressPrefixes"))),
    **dict.fromkeys(azure("security:JitNetworkAccessPolicy"), tuple(
        ("virtualMachines[*].ports[*]", key)
        for key in ("allowedSourceAddressPrefix", "allowedSourceAddressPrefixes"))),
}  # fmt: skip
"""Type -> (path of the list entries, key of the address or addresses in an entry)."""
_DENYING_VALUES = ("deny", "reject", "outbound")


def _is_allow_entry(entry: Plain) -> bool:
    values = [entry.get(key) for key in ("action", "access", "direction")] if isinstance(entry, dict) else []
    return not any(str(value).lower() in _DENYING_VALUES for value in values)


def _entries(resource: Resource, path: str) -> Iterator[tuple[str, Plain]]:
    if not path:
        yield "", dict(resource.props)
        return
    for entry_path, entries in walk(resource.props, path):
        for item in one_or_many(entries):
            yield entry_path, item


_WORKFLOW = azure("logic:Workflow")[0]


def _check_triggers(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for a workflow that a request starts, if nothing says who may call: its address has the key, and
    is used from everywhere. A list without an entry lets other workflows call (Azure/PSRule.Rules.Azure 51d68cc8
    docs/en/baselines/Azure.All.csv, Azure.LogicApp.LimitHTTPTrigger; copies of MicrosoftDocs, "Secure access and data
    in Azure Logic Apps", Only other Logic Apps; read 2026-12-01)."""
    definition, control = resource.get("definition"), resource.get("accessControl")
    triggers = definition.get("triggers") if isinstance(definition, dict) else None
    called = [name for name, item in (triggers.items() if isinstance(triggers, dict) else ())
              if isinstance(item, dict) and str(item.get("type")).lower() == "request"]  # fmt: skip
    limits = control.get("triggers") if isinstance(control, dict) else control
    keys = ("allowedCallerIpAddresses", "openAuthenticationPolicies")
    is_limited = limits is UNKNOWN or (isinstance(limits, dict) and any(limits.get(key) is not None for key in keys))
    if called and not is_limited and str(resource.get("state")).lower() != "disabled":
        path = "accessControl.triggers.allowedCallerIpAddresses"
        yield failed(f"{path} is not set, so that every address may start the trigger {called[0]}", path)
    if called and isinstance(limits, dict):
        yield from _check_claims(limits.get("openAuthenticationPolicies"))


_FOR_ONE = frozenset({"aud", "audience", "appid", "azp", "oid", "sub"})
"""Claims by which a token was made out to the workflow, or to one program or person."""


def _check_claims(given: Plain) -> Iterator[Outcome]:
    """Yields a failure for each policy that accepts tokens for any program: the issuer is the only claim that a policy
    must have (MicrosoftDocs/azure-docs 8523e128 articles/logic-apps/logic-apps-securing-a-logic-app.md, read
    2026-12-01; properties by pulumi-azure-native 3.29.0, OpenAuthenticationAccessPolicy)."""
    policies = given.get("policies") if isinstance(given, dict) else None
    for name, policy in policies.items() if isinstance(policies, dict) else ():
        claims = items_of(policy.get("claims")) if isinstance(policy, dict) else [UNKNOWN]
        names = [item.get("name") if isinstance(item, dict) else item for item in claims]
        if UNKNOWN not in names and _FOR_ONE.isdisjoint(str(name).lower() for name in names):
            path = f"accessControl.triggers.openAuthenticationPolicies.policies.{name}.claims"
            yield failed(f"{path} has no audience, so that a token of the issuer for any program starts it", path)


def _check_allow_lists(resource: Resource) -> Iterator[Outcome]:
    if resource.type == _WORKFLOW:
        yield from _check_triggers(resource)
    for path, key in CALLER_LISTS[resource.type]:
        addresses: list[Plain] = []
        for entry_path, entry in _entries(resource, path):
            if entry is UNKNOWN:
                yield undetermined(f"{entry_path} is not known before deployment", entry_path)
            elif isinstance(entry, dict) and _is_allow_entry(entry):
                addresses += split_addresses(entry.get(key, MISSING))
        allows_everyone = is_open(addresses)
        list_path = f"{path}.{key}".removeprefix(".").replace("?", "")
        if allows_everyone is None:
            yield undetermined(f"{list_path} has addresses that are not known before deployment", list_path)
        else:
            yield failed(f"{list_path} allows every address", list_path) if allows_everyone else passed()


CALLER_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(120, Severity.HIGH, "The IP allow-list of a service does not include every address",
                  "an allow-list that includes every address protects nothing, but suggests that it does",
                  "List the addresses that may call, or remove the list and use private networking; name an audience "
                  "(aud) among the claims of a policy for callers",
                  predicate=_check_allow_lists, resolve=resolve_own_addresses, types=tuple(CALLER_LISTS)),
)  # fmt: skip
