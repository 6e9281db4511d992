"""Data residency on Azure. The two UAE regions are paired with each other, so geo-redundant copies stay in the country.

Geo-redundant SKUs need no rule: in the UAE they copy to the paired region, and other locations are refused.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-24 (a test repeats it).
"""

from collections.abc import Iterator

from falaj.facts.services import GLOBAL_AZURE

from ..engine.conditions import ABSENT, NEVER, NOT_TRUE, SET, TRUE, Condition, none_of, one_of
from ..engine.families import residency_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan, named_by
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, walk
from ..engine.rows import Check, Guardrail, Predicate, Severity, azure
from ..engine.sdk_types import IN_A_PERIMETER, IN_A_VAULT, IN_AN_ACCOUNT, LOCATED_AZURE
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.known_later import resolve_from
from ..readers.location_names import AWS_UAE
from ..readers.locations import (
    AZURE_UAE,
    IN_UAE_AZURE,
    azure_location_properties,
    foreign_locations,
    is_uae_azure,
    quote_location,
)
from ..readers.texts import read_texts

_PROVIDER = "pulumi:providers:azure-native"
_METADATA_HOST = "management.azure.com"
_RESOURCE_GROUP = "azure-native:resources:ResourceGroup"


_OWN_LOCATION = (
    LOCATED_AZURE - IN_A_VAULT - IN_AN_ACCOUNT - IN_A_PERIMETER - {"azure-native:cognitiveservices:CommitmentPlan"}
)
"""Types that lie where they say, and not where their parent does. A commitment plan is of its account (`accountName` is
required: pulumi-azure-native 3.29.0, cognitiveservices:CommitmentPlan, read 2026-12-02)."""
_INTEGRATION_RUNTIME = azure("datafactory:IntegrationRuntime")
"""FJ-RES-207 evaluates its location, which may also be missing."""


def _check_location(allowed: tuple[str, ...]) -> Predicate:
    def judge(resource: Resource) -> Iterator[Outcome]:
        yield from _judge_resource(resource, resource.type.startswith(allowed))

    return judge


def _judge_resource(resource: Resource, is_global: bool) -> Iterator[Outcome]:
    if resource.type == _PROVIDER:
        environment = resource.get("environment")
        if isinstance(environment, str) and environment.lower() not in ("public", "azurecloud"):
            yield failed("its environment is a sovereign cloud of another country; it must be public", "environment")
        host = resource.get("metadataHost")
        if isinstance(host, str) and host.lower().strip() not in ("", _METADATA_HOST):
            yield failed(f"its metadata host decides which cloud it calls; it must be {_METADATA_HOST}", "metadataHost")
    location = resource.get("location")
    if location is not MISSING:
        # A listed service may have the location `global`, but not a region outside the UAE.
        names_global = isinstance(location, str) and location.lower() == "global"
        yield passed() if is_global and names_global else _judge_location(location)
    elif resource.type in _OWN_LOCATION and not is_global:
        yield undetermined(f"no location is set; it must be {IN_UAE_AZURE}", "location")


def _judge_location(location: object) -> Outcome:
    if location is UNKNOWN:
        return undetermined(f"the location is not known before deployment; it must be {IN_UAE_AZURE}", "location")
    if isinstance(location, str) and is_uae_azure(location):
        return passed()
    shown_location = quote_location(location) if isinstance(location, str) else "another value"
    if str(location).lower() == "global":
        shown_location = "the location global, which may be anywhere"
    return failed(f"it is located in {shown_location}; allowed is {IN_UAE_AZURE}", "location")


def _check_location_properties(allowed: tuple[str, ...]) -> Predicate:
    def judge(resource: Resource) -> Iterator[Outcome]:
        is_global = resource.type.startswith(allowed)
        found = set()
        for location in foreign_locations(resource):
            found.add(location.path)
            yield failed(f"{location.sentence}; allowed is {IN_UAE_AZURE}", location.path)
        yield from _check_edge_zones(resource)
        for path, value in azure_location_properties(resource):
            if path not in found and resource.type not in _INTEGRATION_RUNTIME:
                yield _judge_property(path, value, is_global)

    return judge


def _check_edge_zones(resource: Resource) -> Iterator[Outcome]:
    """Checks extended locations. Edge zones are in cities abroad; a custom location is a cluster of one's own."""
    for leaf in read_texts(resource).leaves:
        if leaf.key == "type" and "xtendedLocation" in leaf.path and str(leaf.value).lower() == "edgezone":
            yield failed(f"{leaf.path} is an edge zone, and none is in the UAE", leaf.path)


def _judge_property(path: str, value: Plain, is_global: bool) -> Outcome:
    if value is UNKNOWN:
        return undetermined(f"the location in {path} is not known before deployment", path)
    is_location = isinstance(value, str) and value.strip() and not _NO_LOCATION.search(value)
    is_allowed = is_uae_azure(value) or str(value).lower() in _OTHER_WORDS or (is_global and value in _GLOBAL)
    if not is_location or is_allowed:
        return passed()
    return failed(f"{path} names {quote_location(value)}; allowed is {IN_UAE_AZURE}", path)


_NO_LOCATION = lazy_regex(r"[/\\:.@\[({$*]")
"""Characters of paths, ids and expressions, of which no name of a region has any."""
_OTHER_WORDS = frozenset({*AWS_UAE, "default", "none", "uae", "united arab emirates"})
"""Values that name no Azure region, or the country. Without a region of its replica (`None`), a namespace of
Notification Hubs has no copy elsewhere, and by default it has the paired region's (pulumi-azure-native 3.29.0,
ReplicationRegion; MicrosoftDocs/azure-docs 1153b6f0, "High availability for Azure Notification Hubs"; read
2026-11-29)."""
_GLOBAL = ("global", "Global")


def _resolve_location(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves an unknown location through a dependency, or through the resource group, in the same plan."""
    key = outcome.path.split(".")[0].split("[")[0]
    sources = [*plan.dependencies_of(resource, key)] or [*plan.dependencies_of(resource, "resourceGroupName")]
    if not sources:
        name = resource.get("resourceGroupName")
        groups = plan.by_key(named_by((_RESOURCE_GROUP,), "resourceGroupName"))
        sources = list(groups.get(name, ())) if isinstance(name, str) else []
    locations = [source.get("location") for source in sources]
    for location in locations:
        if isinstance(location, str) and not is_uae_azure(location):
            return failed(
                f"it takes its location from {quote_location(location)}; allowed is {IN_UAE_AZURE}", outcome.path
            )
    if locations and all(isinstance(location, str) for location in locations):
        return passed()
    return outcome


TENANT_ROWS = (Check(azure("storage:StorageAccount"), "allowCrossTenantReplication", NOT_TRUE),)

_DIAGNOSTICS = azure(*(f"monitor:{level}DiagnosticSetting" for level in ("", "Subscription", "ManagementGroup")))
FORBIDDEN_ROWS = (
    Check(azure("frontdoor:FrontDoor", "cdn:Profile", "web:StaticSite"), "", NEVER),
    Check(azure("datadog:Monitor", "elastic:Monitor", "confluent:Organization"), "", NEVER),
    # Events go to the service of a partner, wherever it is (MicrosoftDocs/azure-docs 17e86c3
    # articles/event-grid/deliver-events-to-partner-destinations.md, read 2026-11-30).
    Check(azure("eventgrid:PartnerDestination"), "", NEVER),
    # Messages go through servers in China (learn.microsoft.com, "Get started with Notification Hubs
    # using Baidu"; developer.clevertap.com, "Xiaomi Push Integration": in mainland China since 2024; read
    # 2026-11-30).
    *(Check(azure("notificationhubs:Namespace"), f"pnsCredentials?.{service}Credential", ABSENT)
      for service in ("baidu", "xiaomi")),
    Check(azure("app:ManagedEnvironment"),
          "openTelemetryConfiguration?.destinationsConfiguration?.dataDogConfiguration", ABSENT),
    Check(_DIAGNOSTICS, "marketplacePartnerId", Condition(
        "must not be set", lambda _: False, missing=Verdict.PASS, unknown=Verdict.FAIL)),
)  # fmt: skip

_AI_DEPLOYMENT = "azure-native:cognitiveservices:Deployment"
AI_ROWS = (
    Check((_AI_DEPLOYMENT,), "sku.name", one_of("Standard", "ProvisionedManaged")),
    # Without a SKU, it is an endpoint on machines of the workspace.
    Check(azure("machinelearningservices:EndpointDeployment", "machinelearningservices:ConnectionDeployment"),
          "properties?.sku?.name", one_of("Standard", "ProvisionedManaged", missing=Verdict.PASS)),
)  # fmt: skip
"""The types of deployments that process requests in their region (Microsoft Learn, "Deployment types for Foundry
Models", read 2026-11-27)."""


def _check_spillover(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that a deployment to which requests spill over is one of the plan, which is evaluated itself."""

    named = plan.by_key(named_by((_AI_DEPLOYMENT,), "deploymentName"))

    def is_planned(name: str) -> bool:
        return any(item is not resource for item in named.get(name, ()))

    for path, value in walk(resource.props, "properties?.spilloverDeploymentName"):
        depends = any(item.type == _AI_DEPLOYMENT for item in plan.dependencies_of(resource, "properties"))
        if value is MISSING or (value is UNKNOWN and depends) or (isinstance(value, str) and is_planned(value)):
            yield passed()
        else:
            yield undetermined(f"{path} names a deployment outside this stack, which may be a global one", path)


_UAE = one_of("AE", "ARE", "UAE", "United Arab Emirates")
BOUNDARY_ROWS = (
    Check(azure("databox:Job"), "details.shippingAddress.country", _UAE,
          when=("transferType", one_of("ExportFromAzure"))),
    Check(azure("importexport:Job"), "properties.returnAddress.countryOrRegion", _UAE,
          when=("properties.jobType", one_of("Export"))),
    Check(azure("eventgrid:Topic", "eventgrid:Domain"), "dataResidencyBoundary",
          one_of("WithinRegion", "WithinGeopair", missing=Verdict.PASS)),
    # By default, browsers run in the region that is nearest to the client (description of regionalAffinity in
    # pulumi-azure-native 3.29.0, read 2026-11-29).
    Check(azure("loadtestservice:PlaywrightWorkspace"), "regionalAffinity", one_of("Disabled")),
    Check(azure("communication:CommunicationService", "communication:EmailService"), "dataLocation",
          one_of("UAE", "United Arab Emirates")),
)  # fmt: skip

_IN_UAE = one_of(*sorted(AZURE_UAE), "UAE North", "UAE Central")

NAMED_DESTINATION = Condition(
    "must name a host, or a domain of more than one label",
    lambda value: not isinstance(value, str) or "." in value.strip("*. "),
)
_OUTBOUND_RULE = azure(
    "machinelearningservices:ManagedNetworkSettingsRule", "machinelearningservices:OutboundRule",
    "cognitiveservices:OutboundRule",
)  # fmt: skip
EGRESS_ROWS = (
    Check(azure("machinelearningservices:Workspace"), "managedNetwork?.isolationMode",
          none_of("AllowInternetOutbound")),
    Check(azure("cognitiveservices:ManagedNetworkSetting"), "properties.managedNetwork.isolationMode",
          one_of("AllowOnlyApprovedOutbound")),
    Check(azure("synapse:Workspace"), "managedVirtualNetworkSettings.preventDataExfiltration", TRUE),
    # Otherwise clusters are in a network of the service, past one's firewall (Azure/azure-policy f4a50bac built-in-
    # policies/policyDefinitions, Databricks_VNETEnabled_Audit.json and VNETInjection_Audit.json, read 2026-12-01).
    Check(azure("databricks:Workspace"), "parameters.customVirtualNetworkId.value", SET),
    Check(azure("hdinsight:Cluster"), "properties.computeProfile.roles[*].virtualNetworkProfile.subnet", SET),
    # Without a location, the runtime processes data in the region of its sink.
    Check(azure("datafactory:IntegrationRuntime"), "properties.computeProperties.location", _IN_UAE,
          when=("properties.type", one_of("Managed"))),
    # Rules on names read which resource or host it is, while a service tag has the accounts of every customer
    # (MicrosoftDocs/azure-docs 0006b73 articles/virtual-network/service-tags-overview.md, read 2026-11-30).
    Check(_OUTBOUND_RULE, "properties.type", one_of("PrivateEndpoint", "FQDN")),
    Check(_OUTBOUND_RULE, "properties.destination", NAMED_DESTINATION),
)  # fmt: skip


_RUNTIME = azure("datafactory:IntegrationRuntime")
_NETWORKS_OF_RUNTIMES = tuple(
    f"properties?.{path}?"
    for path in ("managedVirtualNetwork?.referenceName", "customerVirtualNetwork?.subnetId",
                 "computeProperties?.vNetProperties?.subnetId", "computeProperties?.vNetProperties?.vNetId")
)  # fmt: skip
"""Properties of a runtime that say in which network it is: a managed one, or one of one's own for packages of SSIS."""


def _check_runtimes(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for a runtime on machines of Azure that is in no network (Azure/azure-policy f4a50bac
    built-in-policies/policyDefinitions/Data Factory/SSISIR_JoinVirtualNetwork_Audit, read 2026-12-01)."""
    kinds = [value for _, value in walk(resource.props, "properties?.type?")]
    if resource.type not in _RUNTIME or kinds != ["Managed"]:
        return
    if not any(value for path in _NETWORKS_OF_RUNTIMES for _, value in walk(resource.props, path)):
        yield failed("it is in no network, and copies from and to every address", "properties")


_LOCATION_REMEDY = f"Set it to {IN_UAE_AZURE}"


def azure_residency(global_services: tuple[str, ...]) -> tuple[Guardrail, ...]:
    """Returns the guardrails. `global_services`: prefixes of additional allowed type tokens."""
    allowed = (*GLOBAL_AZURE, *global_services)
    return (
        residency_rule(201, Severity.CRITICAL, "Azure resources, resource groups and providers are placed in the UAE",
                       "data must stay in the country",
                       f"Set location to {IN_UAE_AZURE}, or use a resource group placed there",
                       predicate=_check_location(allowed), resolve=_resolve_location,
                       types=("azure-native:", _PROVIDER)),
        residency_rule(202, Severity.CRITICAL, "Properties that name an Azure location name one in the UAE",
                       "replicas, backups and partner resources hold the same data", _LOCATION_REMEDY,
                       predicate=_check_location_properties(allowed), resolve=_resolve_location,
                       types=("azure-native:",)),
        residency_rule(203, Severity.CRITICAL, "Azure storage is not replicated into another tenant",
                       "another tenant decides where its copies are stored",
                       "Set allow_cross_tenant_replication to false",
                       checks=TENANT_ROWS),
        residency_rule(204, Severity.CRITICAL, "Azure serves nothing from edge locations and sends no logs to partners",
                       "edge locations terminate TLS and cache data outside the country",
                       "Use Application Gateway or an internal load balancer in the region, and a Log Analytics "
                       "workspace for logs",
                       checks=FORBIDDEN_ROWS),
        residency_rule(205, Severity.CRITICAL, "Azure AI deployments process requests in the region",
                       "Global and DataZone deployments process prompts outside the country",
                       "Set sku.name to Standard or ProvisionedManaged, and let requests spill over to a deployment of "
                       "this stack only",
                       checks=AI_ROWS, plan_predicate=_check_spillover, types=(_AI_DEPLOYMENT,)),
        residency_rule(207, Severity.CRITICAL,
                       "Azure AI and analytics workspaces connect to approved destinations only",
                       "a workspace with unrestricted outbound access can send its data anywhere",
                       "Set managed_network.isolation_mode to AllowOnlyApprovedOutbound, prevent_data_exfiltration to "
                       "true, and the location and network of an integration runtime; let outbound rules name "
                       "resources and hosts, and set parameters.custom_virtual_network_id or the subnet of each role",
                       checks=EGRESS_ROWS, predicate=_check_runtimes, resolve=resolve_from(("properties",)),
                       types=_RUNTIME),
        residency_rule(206, Severity.CRITICAL,
                       "Azure messaging services, browsers in the cloud and orders of disks keep their data in the UAE",
                       "their data boundary, or the address to which disks are sent, is independent of their location",
                       "Set data_location to UAE, data_residency_boundary to WithinRegion, regional_affinity to "
                       "Disabled, or the country of the shipping or return address to AE",
                       checks=BOUNDARY_ROWS),
    )  # fmt: skip
