"""Values whose harm another field decides, which a row of one path in the table of switches cannot state.

Numbers of `sslMode` mean something else for each linked service of Data Factory. A site of Direct Line believes
whatever user and origin a page names, unless enhanced authentication is switched on (MicrosoftDocs/bot-docs, "Connect a
bot to Direct Line"); a page of Web Chat gets it by Direct Line only (01e464b9, articles/
bot-service-channel-connect-webchat.md, read 2026-11-30). The scope of a label matters only where there is
one; classes of the SDK set it to Unsecure also for groups without. A source of Oracle
encrypts by itself, or inside TLS (TCPS), and a server refuses both at once with ORA-12696 (spotonoracle.com, "Defeating
ORA-12696 Double Encryption Turned On"); what the words of its own encryption mean by Oracle Database Security Guide,
"Configuring Native Network Encryption and Data Integrity". Properties by their descriptions in pulumi-azure-native
3.29.0, read on 2026-11-29.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Resource, each_item, one_or_many, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, undetermined
from ..readers.plaintext_secrets import judge_variable

_SOURCE = azure("datafactory:LinkedService")[0]
_POSTGRES = frozenset({"azurepostgresql", "postgresqlv2", "greenplum"})
_PREFER = 2
"""Of these services, whose numbers are those of libpq: TLS if the server offers it. Of others it is required."""

_ORACLE = {
    "encryptionClient": "the source is reached without TLS",
    "cryptoChecksumClient": "rows can be changed on their way",
}
"""Property of a source of Oracle that must be `required` -> what happens otherwise."""
_TCPS = lazy_regex(r"^\s*tcps://|\(\s*protocol\s*=\s*tcps\s*\)", re.IGNORECASE)
_PLAIN_PROTOCOL = lazy_regex(r"\(\s*protocol\s*=\s*(?!tcps\s*\))", re.IGNORECASE)

_CHANNEL = azure("botservice:Channel")[0]
_GROUPS = azure("containerinstance:CGProfile", "containerinstance:ContainerGroup",
                "containerinstance:ContainerGroupProfile")  # fmt: skip


_ROUTES = azure("network:Route", "network:RouteTable")
_SHARED = lazy_regex(
    r"(?:AppConfiguration|AppService|AzureArcInfrastructure|AzureCloud|AzureContainerAppsService|AzureContainerRegistry"
    r"|AzureCosmosDB|AzureDatabricks|AzureDataLake|AzureEventGrid|AzureFrontDoor\.Frontend|AzureIoTHub|AzureKeyVault"
    r"|AzureManagedGrafana|AzureSignalR|AzureSpringCloud|AzureWebPubSub|EventHub|Internet|LogicApps|PowerBI|ServiceBus"
    r"|Sql|Storage)"
    r"(?:\.\w+)?",
    re.IGNORECASE,
)
"""Service tags with the accounts of every customer (MicrosoftDocs/azure-docs, articles/virtual-network/
service-tags-overview.md, with user-defined routes and the table of tags; read 2026-11-30). Tags of a control plane,
such as ApiManagement, and MicrosoftContainerRegistry, which is of Microsoft's own images, have the vendor's."""


_WATCHING = lazy_regex(
    r"(?:AzureBackup|AzureMonitor|AzureSecurityCenter|AzureSentinel|AzureSiteRecovery"
    r"|AzureUpdateDelivery|GuestAndHybridManagement|MicrosoftDefenderForEndpoint)(?:\.\w+)?",
    re.IGNORECASE,
)
"""Service tags of what records, copies, updates and watches machines (the same table; the next hop None drops what is
sent: Microsoft Learn, "Virtual network traffic routing", read 2026-12-01)."""


_CONFIG = azure("app:JavaComponent")[0]
_UNCHECKED = {"skipsslvalidation": "true", "stricthostkeychecking": "false"}
"""End of a setting of a Config Server for Spring, without separators -> value with which another server takes the place
of the repository (MicrosoftDocs/azure-docs 0b3b325e, articles/container-apps/java-config-server-usage.md, read
2026-11-30)."""


_SUBSCRIPTIONS = azure(*(f"eventgrid:{kind}EventSubscription" for kind in (
    "", "Domain", "DomainTopic", "NamespaceTopic", "PartnerTopic", "SystemTopic", "Topic")))  # fmt: skip
_TARGETS = ("destination?", "deliveryWithResourceIdentity?.destination?")
_ATTRIBUTES = tuple(
    f"{start}{target}.deliveryAttributeMappings?"
    for start in ("", "deliveryConfiguration?.push?.")
    for target in _TARGETS
)
"""Headers with which events are delivered, whose values everybody reads who reads the subscription, unless they are
marked as secrets (pulumi-azure-native 3.29.0, StaticDeliveryAttributeMapping, read 2026-12-01)."""


_COMPONENTS = azure("app:ConnectedEnvironmentsDaprComponent", "app:DaprComponent")
_STORE = "secretstores."
"""Beginning of the type of a component with which apps read secrets. Without scopes every app of the environment loads
it (Microsoft Learn, "Dapr components in Azure Container Apps", read 2026-12-01)."""


def check_decided_values(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each value that does harm beside the field that decides on it."""
    if resource.type == _SOURCE:
        yield from _check_source(resource)
        yield from _check_oracle(resource)
    elif resource.type == _CHANNEL:
        yield from _check_sites(resource)
    elif resource.type in _GROUPS:
        yield from _check_label(resource)
    elif resource.type in _ROUTES:
        yield from _check_routes(resource)
    elif resource.type == _CONFIG:
        yield from _check_configuration(resource)
    elif resource.type in _COMPONENTS:
        yield from _check_scopes(resource)
    elif resource.type in _SUBSCRIPTIONS:
        yield from _check_attributes(resource)


def _check_scopes(resource: Resource) -> Iterator[Outcome]:
    is_store = str(resource.get("componentType")).strip().lower().startswith(_STORE)
    if is_store and resource.props.get("scopes") in (None, MISSING, []):
        text = "scopes must be set: otherwise each app of the environment reads each secret of the store"
        yield failed(text, "scopes")


def _check_attributes(resource: Resource) -> Iterator[Outcome]:
    for path, item in each_item(found for name in _ATTRIBUTES for found in walk(resource.props, name)):
        given = item if isinstance(item, dict) else {}
        if _plain(given.get("type")) == "static" and _plain(given.get("isSecret")) != "true":
            name, value = str(given.get("name")), given.get("value", MISSING)
            is_header = name.strip().lower() == "authorization" and isinstance(value, str) and bool(value.strip())
            place = f"{path}.value"
            text = f"{place} is a plaintext secret in the header {name}: isSecret must be true"
            yield failed(text, place) if is_header else judge_variable(name, value, place)


def _check_configuration(resource: Resource) -> Iterator[Outcome]:
    for path, item in each_item(walk(resource.props, "properties?.configurations?")):
        given = item if isinstance(item, dict) else {}
        name = re.sub(r"[\W_]", "", str(given.get("propertyName"))).lower()
        bad = next((value for end, value in _UNCHECKED.items() if name.endswith(end)), "")
        if bad and _plain(given.get("value")) == bad:
            yield failed(f"{path}.value must not be {bad}: otherwise another server takes the place of the repository",
                         f"{path}.value")  # fmt: skip


def _check_routes(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each route past the firewall to the accounts of every customer of a service."""
    listed = [(f"routes[{index}].", item) for index, item in enumerate(one_or_many(resource.props.get("routes")))]
    for start, route in [("", resource.props)] if resource.type == _ROUTES[0] else listed:
        given = route if isinstance(route, dict) else {}
        prefix = str(given.get("addressPrefix")).strip()
        place, hop = f"{start}addressPrefix", _plain(given.get("nextHopType"))
        if hop == "internet" and _SHARED.fullmatch(prefix):
            yield failed(f"{place} leads to {prefix} of every customer past the firewall", place)
        elif hop == "none" and _WATCHING.fullmatch(prefix):
            yield failed(f"{place} drops what machines send to {prefix}: nothing of it is recorded or copied", place)


def _check_source(resource: Resource) -> Iterator[Outcome]:
    kinds = {str(kind).strip().lower() for _, kind in walk(resource.props, "properties.type")}
    for path, mode in walk(resource.props, "properties?.sslMode?") if kinds & _POSTGRES else ():
        if number_of(mode) == _PREFER:
            yield failed(f"{path} must not be {_PREFER}: otherwise the source may be reached without TLS", path)


def _check_oracle(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each source that does not insist on encryption, unless every address of it is of TLS."""
    server = next((str(value) for _, value in walk(resource.props, "properties?.server?")), "")
    if _TCPS.search(server) and not _PLAIN_PROTOCOL.search(server):
        return
    for name, why in _ORACLE.items():
        for path, value in walk(resource.props, f"properties?.{name}?"):
            if value is UNKNOWN:
                yield undetermined(f"{path} must be required, and this is not known before deployment", path)
            elif _plain(value).strip() != "required":
                yield failed(f"{path} must be required: otherwise {why}", path)


def _check_sites(resource: Resource) -> Iterator[Outcome]:
    kinds = {_plain(kind) for _, kind in walk(resource.props, "properties.channelName")}
    sites = walk(resource.props, "properties?.properties?.sites?.isSecureSiteEnabled")
    for path, value in sites if "directlinechannel" in kinds else ():
        if value is MISSING:
            yield failed(f"{path} must be true: otherwise a page speaks for any user", path)


def _check_label(resource: Resource) -> Iterator[Outcome]:
    for path, address in walk(resource.props, "ipAddress?"):
        if not isinstance(address, dict) or not address.get("dnsNameLabel"):
            continue
        scope, place = address.get("autoGeneratedDomainNameLabelScope"), f"{path}.autoGeneratedDomainNameLabelScope"
        if scope is UNKNOWN:
            yield undetermined(f"{place} must not be Unsecure, and this is not known before deployment", place)
        elif _plain(scope) in ("none", "unsecure"):
            yield failed(f"{place} must be set, and not Unsecure: otherwise a stranger can take the name over", place)


def _plain(value: object) -> str:
    return str(value).lower().replace(" ", "").replace("_", "")
