"""Copies whose location only another resource shows: S3 names and Azure ids contain no region.

The target of a copy must be a resource of this stack, which is evaluated itself, or listed under residency.known. Logs
usually go to a central workspace of another stack: they are refused only if the plan shows that it is abroad.
"""

from collections.abc import Iterable, Iterator

from ..engine.families import residency_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, leaves, walk
from ..engine.rows import Guardrail, PlanPredicate, Predicate, Severity, aws
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.locations import IN_UAE_AWS, IN_UAE_AZURE, is_uae_azure, quote_location
from ..readers.s3_buckets import BUCKETS

_REPLICATION = aws("s3/BucketReplicationConfig", "s3/Bucket", "s3/BucketV2")
EXPORTS = {
    "aws:dynamodb/tableExport:TableExport": "s3Bucket",
    "aws:guardduty/publishingDestination:PublishingDestination": "destinationArn",
    "aws:datasync/s3Location:S3Location": "s3BucketArn",
}
"""Export types that accept a bucket in any region -> the property that names it. Others reject another region."""


def _targets(resource: Resource) -> Iterator[tuple[str, str, Plain]]:
    """(path, top-level property, value) of every bucket that a resource copies to."""
    if resource.type in EXPORTS:
        key = EXPORTS[resource.type]
        value = resource.get(key)
        if value is not MISSING:
            yield key, key, value
        return
    key = next(
        (k for k in ("rules", "replicationConfiguration", "replicationConfigurations") if k in resource.props), ""
    )
    if not key or (key == "rules" and resource.type in BUCKETS):
        return
    for path, name, value in leaves(resource.props.get(key), key):
        if name == "bucket":
            yield path, key, value


def _buckets(known: Iterable[str]) -> PlanPredicate:
    listed = frozenset(known)

    def judge(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        for path, key, value in _targets(resource):
            names = {str(bucket.get("bucket")) for bucket in plan.of_type(*BUCKETS)} | listed
            from_stack = any(bucket.type in BUCKETS for bucket in plan.dependencies_of(resource, key))
            if (value is UNKNOWN and from_stack) or (isinstance(value, str) and value.rsplit(":", 1)[-1] in names):
                yield passed()
            else:
                yield undetermined(
                    f"{path} names a bucket outside this stack, and an S3 ARN does not contain a region", path
                )

    return judge


COPIES: dict[str, str] = {
    f"azure-native:{kind}": path
    for kind, path in (
        ("sql:FailoverGroup", "partnerServers[*].id"),
        ("sql:InstanceFailoverGroup", "managedInstancePairs[*].partnerManagedInstanceId"),
        ("sql:Database", "sourceDatabaseId"),
        ("sql:ManagedDatabase", "sourceDatabaseId"),
        ("dbforpostgresql:Server", "sourceServerResourceId"),
        ("dbformysql:Server", "sourceServerResourceId"),
        ("sql:SyncMember", "syncMemberAzureDatabaseResourceId"),
        ("storage:ObjectReplicationPolicy", "destinationAccount"),
        ("recoveryservices:ReplicationProtectedItem", "properties?.providerSpecificDetails?.recoveryResourceGroupId"),
        ("eventhub:DisasterRecoveryConfig", "partnerNamespace"),
        ("servicebus:DisasterRecoveryConfig", "partnerNamespace"),
        ("redis:LinkedServer", "linkedRedisCacheId"),
        ("containerregistry:ExportPipeline", "target.uri"),
        ("redisenterprise:Database", "geoReplication?.linkedDatabases[*].id"),
        ("network:VirtualNetworkPeering", "remoteVirtualNetwork.id"),
    )
}
"""Type -> path of the id of the partner resource."""

LOGS: dict[str, tuple[str, ...]] = {
    f"azure-native:{kind}": paths
    for kind, paths in (
        ("monitor:DiagnosticSetting", ("workspaceId", "storageAccountId", "eventHubAuthorizationRuleId")),
        ("monitor:DataCollectionRule", ("destinations.logAnalytics[*].workspaceResourceId",)),
        ("operationalinsights:DataExport", ("resourceId",)),
        ("applicationinsights:Component", ("workspaceResourceId",)),
        ("network:FlowLog", ("storageId",)),
        (
            "containerservice:ManagedCluster",
            (
                "securityProfile.defender.logAnalyticsWorkspaceResourceId",
                *(
                    f"addonProfiles?.{agent}?.config?.logAnalyticsWorkspaceResourceID"
                    for agent in ("omsagent", "omsAgent")
                ),
            ),
        ),
        (
            "containerinstance:ContainerGroup",
            (
                "diagnostics?.logAnalytics?.workspaceResourceId",
                "diagnostics?.logAnalytics?.workspaceId",
            ),
        ),
        ("app:ManagedEnvironment", ("appLogsConfiguration?.logAnalyticsConfiguration?.customerId",)),
        ("machinelearningservices:Workspace", ("storageAccount", "applicationInsights", "containerRegistry")),
        ("costmanagement:Export", ("deliveryInfo.destination.resourceId",)),
        ("compute:Snapshot", ("creationData.sourceResourceId",)),
        ("compute:RestorePointCollection", ("source.id",)),
    )
}
"""Type -> paths of the ids of targets and sources of logs, exports and snapshots."""


def _log_targets(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for path in LOGS[resource.type]:
        for where, value in walk(resource.props, path):
            if value is not MISSING:
                yield _location_abroad(resource, plan, where, value) or passed()


def _location_abroad(resource: Resource, plan: Plan, where: str, value: Plain) -> Outcome | None:
    """A failure if a resource that the value refers to is abroad; `where` is the path of the value."""
    for source in _sources(resource, plan, where, value):
        location = source.get("location")
        if isinstance(location, str) and not is_uae_azure(location):
            return failed(
                f"{where} refers to a resource in {quote_location(location)}; allowed is {IN_UAE_AZURE}", where
            )
    return None


def _sources(resource: Resource, plan: Plan, where: str, value: Plain) -> list[Resource]:
    """The Azure resources that a value depends on or names, if they have a location."""
    *_, kind, name = ("", "", *value.lower().rstrip("/").split("/")) if isinstance(value, str) else ("", "")
    key = where.split(".")[0].split("[")[0]
    linked = [source for source in plan.dependencies_of(resource, key) if source.type.startswith("azure-native:")]
    named = [item for item in plan.resources.values() if name and name in _names(item) and _is_kind(item, kind)]
    return [source for source in (*linked, *named) if str(source.get("location")).lower() != "global"]


def _is_kind(resource: Resource, kind: str) -> bool:
    """Whether the last type segment of an id, such as `flexibleservers`, fits a resource; a bare name has none."""
    return not kind or kind.removesuffix("s").endswith(resource.type.rsplit(":", 1)[-1].lower().removesuffix("s"))


def _partner_is_listed(known: Iterable[str]) -> Predicate:
    listed = tuple(f"{item.lower().rstrip('/')}/" for item in known)

    def judge(resource: Resource) -> Iterator[Outcome]:
        for path, value in walk(resource.props, COPIES[resource.type]):
            if value is MISSING or value == "":
                continue
            if isinstance(value, str) and f"{value.lower()}/".startswith(listed):
                yield passed()
            else:
                yield undetermined(f"{path} names a resource whose location the plan does not show", path)

    return judge


def _resolve_partner(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves the partner in the plan, through dependencies or by name."""
    stated = next(value for path, value in walk(resource.props, COPIES[resource.type]) if path == outcome.path)
    abroad = _location_abroad(resource, plan, outcome.path, stated)
    if abroad is not None:
        return abroad
    return passed() if _sources(resource, plan, outcome.path, stated) else outcome


def _names(resource: Resource) -> set[str]:
    """The names that a program states for an Azure resource, in lower case."""
    if not resource.type.startswith("azure-native:"):
        return set()
    own = resource.type.rsplit(":", 1)[-1].lower()
    stated = (
        value for key, value in resource.props.items() if key.lower().endswith("name") and key.lower()[:-4] in own
    )
    return {value.lower() for value in stated if isinstance(value, str)}


_LISTED = "list it with its place under residency.known in enforcement.yaml"


def joined_residency(known: Iterable[str]) -> tuple[Guardrail, ...]:
    """The guardrails. `known`: names of buckets, and prefixes of Azure ids, that are in the country."""
    listed = tuple(known)
    return (
        residency_rule(106, Severity.CRITICAL,
                       "S3 replicates and exports into buckets of the stack, or into known ones",
                       f"AWS has one region in the UAE, {IN_UAE_AWS}, and the name of a bucket does not say "
                       "where it is",
                       f"Name a bucket that this stack places in the UAE, or {_LISTED}",
                       plan_predicate=_buckets(listed), types=(*_REPLICATION, *EXPORTS)),
        residency_rule(208, Severity.CRITICAL, "Azure replicas, failover partners and peered networks are in the UAE",
                       "the other side stores, or can reach, the same data",
                       f"Name a resource that this stack places in {IN_UAE_AZURE}, or {_LISTED}",
                       predicate=_partner_is_listed(listed), resolve=_resolve_partner, types=tuple(COPIES)),
        residency_rule(209, Severity.CRITICAL,
                       "Azure logs, exports and snapshots do not go to a resource that the plan shows abroad",
                       "logs contain the data that they describe",
                       f"Name a resource placed in {IN_UAE_AZURE}",
                       plan_predicate=_log_targets, types=tuple(LOGS)),
    )  # fmt: skip
