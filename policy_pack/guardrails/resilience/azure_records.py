"""Records of Azure that say who did what: which of them a setting collects, and for how long a table keeps them.

Categories of the activity log by MicrosoftDocs/azure-docs f84457a4 articles/azure-monitor/essentials/
activity-log-schema.md (Administrative: what was created, changed and deleted), of a vault by MicrosoftDocs/
azure-security-docs 1c4310be articles/key-vault/general/logging.md (AuditEvent), of a cluster by PSRule.Rules.Azure,
"AKS clusters should collect security-based audit logs" (kube-audit, and kube-audit-admin without reads), and of the
directory by "What are Microsoft Entra audit logs?", read 2026-12-01; that a vault also has AzurePolicyEvaluationDetails
by programs of public repositories, read 2026-11-30. That the retention of a table takes the place of the workspace's,
and that -1 leaves it, by pulumi-azure-native 3.29.0 docs, operationalinsights:Table, read 2026-11-30. Names of tables
by MicrosoftDocs/azure-docs 03e5750a articles/role-based-access-control/permissions/monitor.md (workspaces/query), read
2026-12-01. Categories of storage by CIS Microsoft Azure Foundations, "Storage logging is enabled for 'Read', 'Write'
and 'Delete' requests", of which writes are not asked for here (of blobs, queues and tables, found as a string), of App
Configuration by "Supported logs for Microsoft.AppConfiguration/configurationStores", of AI services, registries,
namespaces of events and PostgreSQL by programs of public repositories, of gateways, MySQL and Cosmos DB by
MicrosoftDocs/azure-monitor-docs 1b54e4dc and 1a7476ce articles/azure-monitor/reference/supported-logs; columns of
SecurityEvent, Syslog and AuditLogs by queries and copies of the references of their tables there, of WindowsEvent,
Event, AzureActivity and LAQueryLogs by the same, 19acc6ab, 07974759 and 211cce47
articles/azure-monitor/reference/tables, User of AKSAudit as a string in a program; read 2026-12-01. SourceUserName and
SourceUserID of CommonSecurityLog, and UserPrincipalName, UserDisplayName and UserId of SigninLogs, by queries in public
programs (found as strings; the pages 354ba357 and 24ffcc66 there have no columns), the others of these two as known;
read 2026-12-02.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Resource, items_of
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed

_OF_ACTIVITY = azure("monitor:SubscriptionDiagnosticSetting", "monitor:ManagementGroupDiagnosticSetting")
_OF_DIRECTORY = azure("aadiam:DiagnosticSetting")
_OF_RESOURCES = azure("monitor:DiagnosticSetting")
_SUBSCRIPTION = lazy_regex(r"/?subscriptions/[^/]+/?", re.IGNORECASE)
_ADDRESS = lazy_regex(r"/providers/([^/]+/[^/]+)/[^/]+(?:/([^/]+)/[^/]+)?/?$", re.IGNORECASE)
_Categories = tuple[frozenset[str], ...]
_OF_STORAGE: _Categories = tuple(frozenset({f"storage{verb}"}) for verb in ("read", "delete"))
"""Who took data, and who destroyed it. What a service writes each minute, such as flow logs, need not be recorded
twice, and no plan says whose writes they are."""
_AUDITED: Mapping[tuple[str, ...], tuple[tuple[str, ...], _Categories]] = {
    ("microsoft.keyvault/vaults", "microsoft.keyvault/managedhsms"): (
        azure("keyvault:Vault", "keyvault:ManagedHsm"), (frozenset({"auditevent"}),)),
    ("microsoft.containerservice/managedclusters",): (
        azure("containerservice:ManagedCluster"), (frozenset({"kube-audit", "kube-audit-admin"}),)),
    tuple(f"microsoft.storage/storageaccounts/{kind}services" for kind in ("blob", "file", "queue", "table")): (
        azure(*(f"storage:{kind}ServiceProperties" for kind in ("Blob", "File", "Queue", "Table"))), _OF_STORAGE),
    ("microsoft.cognitiveservices/accounts",): (
        azure("cognitiveservices:Account"), (frozenset({"audit", "requestresponse"}),)),
    ("microsoft.appconfiguration/configurationstores",): (
        azure("appconfiguration:ConfigurationStore"), (frozenset({"audit", "httprequest"}),)),
    ("microsoft.containerregistry/registries",): (
        azure("containerregistry:Registry"),
        (frozenset({"containerregistryloginevents", "containerregistryrepositoryevents"}),)),
    ("microsoft.documentdb/databaseaccounts",): (azure("documentdb:DatabaseAccount"), (frozenset({
        "dataplanerequests", "controlplanerequests", "mongorequests", "cassandrarequests", "gremlinrequests",
        "tableapirequests"}),)),
    ("microsoft.apimanagement/service",): (
        azure("apimanagement:ApiManagementService"), (frozenset({"gatewaylogs", "gatewayllmlogs"}),)),
    ("microsoft.network/applicationgateways",): (azure("network:ApplicationGateway"), (frozenset({
        "applicationgatewayaccesslog", "applicationgatewayfirewalllog"}),)),
    ("microsoft.dbforpostgresql/flexibleservers",): (
        azure("dbforpostgresql:Server"), (frozenset({"postgresqllogs", "postgresqlflexsessions"}),)),
    ("microsoft.dbformysql/flexibleservers",): (
        azure("dbformysql:Server"), (frozenset({"mysqlauditlogs"}),)),
    ("microsoft.eventhub/namespaces", "microsoft.servicebus/namespaces"): (
        azure("eventhub:Namespace", "servicebus:Namespace"), (frozenset({"operationallogs", "runtimeauditlogs"}),)),
}  # fmt: skip
"""Kinds of resources in addresses, in lower case, and their types -> sets of categories of each of which one has the
records of who did what."""
_EVERY_LOG, _EVERY = frozenset({"alllogs", "audit"}), "*"
"""Groups of categories that have the records of who did what."""
_TABLES = azure("operationalinsights:Table")
_WHO_DID_WHAT = lazy_regex(
    r"audit|sign_?in|activity|azurediagnostics|behavioranalytics|commonsecuritylog|keyvault|laquerylogs|risk"
    r"|securityalert|securityevent|securityincident|syslog|windowsevent|^event$",
    re.IGNORECASE,
)
_FEWEST_DAYS = 30
_COLLECTIONS = azure("monitor:DataCollectionRule")
_OF_SIGN_INS = frozenset({"auth", "authpriv", "*"})
_OF_EVENTS = frozenset({"debug", "info", "notice", "warning", "error", "*"})
_STREAM = lazy_regex(r"^Microsoft-(?:Table-)?", re.IGNORECASE)
_WHOSE: Mapping[str, tuple[str, ...]] = {
    "securityevent": ("Account", "TargetAccount", "TargetUserName", "TargetUserSid", "SubjectAccount",
                      "SubjectUserName", "EventData"),
    "windowsevent": ("EventData", "RawEventData"),
    "event": ("EventData", "RenderedDescription", "ParameterXml", "UserName"),
    "syslog": ("SyslogMessage",),
    "commonsecuritylog": ("SourceIP", "SourceUserName", "SourceUserID", "Message", "AdditionalExtensions"),
    "azureactivity": ("Caller", "Claims", "Claims_d"),
    "signinlogs": ("UserPrincipalName", "UserId", "Identity", "UserDisplayName"),
    "auditlogs": ("InitiatedBy", "Identity"),
    "aksaudit": ("User",),
    "aksauditadmin": ("User",),
    "laquerylogs": ("AADEmail", "AADObjectId", "AADClientId"),
}  # fmt: skip
"""Table, in lower case -> columns that say whose a record is, of which one is enough."""
_PROJECT = lazy_regex(r"\s*(project(?:-away|-keep)?)(?![\w-])", re.IGNORECASE)
_MAKES = lazy_regex(
    r"\s*(?:project(?:-rename)?|extend|parse(?:-where|-kv)?|mv-expand|evaluate|summarize)(?![\w-])", re.IGNORECASE
)
_NAME = lazy_regex(r"\w+")
_SUBJECTS = ("resourceUri", "managementGroupId")
"""Properties that say whose logs a setting collects; the others are of the subscription or the directory."""
DIAGNOSTICS = (*_OF_ACTIVITY, *_OF_DIRECTORY, *_OF_RESOURCES)
AZURE_RECORDS = (*DIAGNOSTICS, *_TABLES, *_COLLECTIONS)
"""Types that the checks of this module evaluate."""


def check_tables(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for a table of who did what that keeps less than a month."""
    name = resource.get("tableName")
    if resource.type not in _TABLES or not isinstance(name, str) or not _WHO_DID_WHAT.search(name):
        return
    for path in ("totalRetentionInDays", "retentionInDays"):
        days = number_of(resource.get(path))
        if days is not None and days > 0:
            if days < _FEWEST_DAYS:
                yield failed(f"{path} keeps who did what for {days:.0f} days, less than {_FEWEST_DAYS}", path)
            return


def check_transforms(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each flow of a collection rule that keeps of records of sign-ins and commands no column that
    says whose they are."""
    flows = items_of(resource.get("dataFlows")) if resource.type in _COLLECTIONS else []
    for index, flow in enumerate(flows):
        query = flow.get("transformKql") if isinstance(flow, dict) else None
        if not isinstance(query, str) or not isinstance(flow, dict):
            continue
        for stream in items_of(flow.get("streams")):
            columns = _WHOSE.get(_STREAM.sub("", str(stream)).lower())
            if columns and not _keeps(query, columns):
                path = f"dataFlows[{index}].transformKql"
                yield failed(f"{path} leaves out of {stream} who did it: keep {columns[0]}", path)


def _keeps(query: str, columns: tuple[str, ...]) -> bool:
    """Returns whether a transformation keeps one of the columns, perhaps under another name."""
    kept = {name.lower() for name in columns}
    for step in query.split("|"):
        named = {name.lower() for name in _NAME.findall(step)}
        found = _PROJECT.match(step)
        kind = found[1].lower() if found else ""
        if kind == "project-away":
            kept -= named
        elif kind == "project-keep":
            kept &= named if "*" not in step else kept
        elif not kept.isdisjoint(named) and _MAKES.match(step):
            return True  # What its columns are called from here on is not read.
        elif kind:
            kept.clear()
    return bool(kept)


def check_syslog(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each source of a collection rule that keeps of sign-ins only what is graver than those that
    succeed: sshd and PAM write them as info, with most failures as info and notice, and sudo writes commands as notice
    and only refused ones as alert (openssh/openssh-portable f14b2aa6 auth.c, linux-pam/linux-pam ddab692c modules/
    pam_unix, sudo-project/sudo 2e18923c configure.ac, goodpri and badpri; read 2026-12-01)."""
    sources = resource.get("dataSources") if resource.type in _COLLECTIONS else None
    found = items_of(sources.get("syslog")) if isinstance(sources, dict) else []
    for index, item in enumerate(found):
        facilities, levels = ([str(name).lower() for name in items_of(item.get(key))] if isinstance(item, dict) else []
                              for key in ("facilityNames", "logLevels"))  # fmt: skip
        is_known = isinstance(item, dict) and UNKNOWN not in items_of(item.get("logLevels"))
        if is_known and levels and _OF_SIGN_INS.intersection(facilities) and not _OF_EVENTS.intersection(levels):
            path = f"dataSources.syslog[{index}].logLevels"
            yield failed(f"{path} has only critical and graver levels, as which no successful sign-in is written", path)


def _wanted(resource: Resource, plan: Plan) -> tuple[frozenset[str], ...]:
    """Returns sets of categories, in lower case, of each of which one has records of who did what: for a subscription
    also what its policies denied and its guards found (prowler-cloud/prowler 3e000faa,
    monitor_diagnostic_setting_with_appropriate_categories, read 2026-12-01), but not alerts of metrics. A management
    group has two categories, neither of guards (Azure/azure-rest-api-specs 62c963a9, Microsoft.Insights
    2020-01-01-preview, createOrUpdateManagementGroupDiagnosticSetting.json, read 2026-12-01)."""
    uri = resource.get("resourceUri")
    if resource.type in _OF_DIRECTORY:
        return (frozenset({"auditlogs"}),)
    if resource.type in _OF_ACTIVITY or _SUBSCRIPTION.fullmatch(str(uri).strip()):
        guards = () if resource.type == _OF_ACTIVITY[1] else ("security",)
        return tuple(frozenset({name}) for name in ("administrative", *guards, "policy"))
    of_types = {item.type for item in plan.dependencies_of(resource, "resourceUri")} if uri is UNKNOWN else set()
    found = _ADDRESS.search(str(uri).strip())
    kind = "/".join(filter(None, found.groups())).lower() if found else ""
    return next((categories for kinds, (types, categories) in _AUDITED.items()
                 if kind in kinds or of_types.intersection(types)), ())  # fmt: skip


def _collected(resource: Resource) -> frozenset[str] | None:
    """Returns the categories that a setting collects, perhaps every one; None if it collects no logs, or nobody knows
    yet."""
    logs = resource.get("logs")
    entries = [item for item in items_of(logs) if isinstance(item, dict)]
    is_known = logs is not UNKNOWN and len(entries) == len(items_of(logs))
    on = [item for item in entries if str(item.get("enabled")).lower() == "true" or item.get("enabled") is UNKNOWN]
    if not is_known or not on:
        return None
    names = [(item.get("category"), item.get("categoryGroup")) for item in on]
    is_every = any(UNKNOWN in both or str(both[1]).lower() in _EVERY_LOG for both in names)
    return frozenset({*(str(name).lower() for name, _ in names), *([_EVERY] if is_every else [])})


def _collected_of(plan: Plan, subject: str) -> frozenset[str]:
    """Returns the categories that settings of the plan collect of the same."""
    return frozenset().union(*(_collected(item) or () for item in plan.by_key(_subjects)[subject]))


def _subjects(resource: Resource) -> Iterator[str]:
    """Yields what a setting is of, and its type, as one text."""
    if resource.type in DIAGNOSTICS:
        yield repr([resource.type, *((resource.get(key), resource.dependencies.get(key)) for key in _SUBJECTS)])


def check_collected(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for a setting that collects logs, but not those of who did what, if no other setting of the plan
    for the same resource does."""
    wanted = _wanted(resource, plan) if resource.type in DIAGNOSTICS else ()
    if not wanted or _collected(resource) is None:
        return
    collected = frozenset[str]().union(*(plan.once(_collected_of, key) for key in _subjects(resource)))
    missing = [categories for categories in wanted if collected.isdisjoint({*categories, _EVERY})]
    if missing:
        names = " or ".join(sorted(missing[0]))
        yield failed(f"logs has no category {names} that is enabled, so that nobody sees who did what", "logs")
