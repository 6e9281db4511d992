"""Copies whose location only another resource shows, because S3 names and Azure ids contain no region.

The target of a copy must be a resource of this stack, which is evaluated itself, or be listed under residency.known.
Logs usually go to a central workspace of another stack, so they are refused only if the plan shows that it is abroad.
"""

from collections.abc import Iterable, Iterator

from ..engine.families import residency_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, leaves, one_or_many, walk
from ..engine.rows import Guardrail, PlanPredicate, Predicate, Severity, aws
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.hosts import is_abroad, is_account_of
from ..readers.locations import IN_UAE_AWS, IN_UAE_AZURE, is_uae_azure, quote_location
from ..readers.s3_buckets import BUCKETS, buckets_named
from .buckets import EXPORTS, TARGETS, bucket_name, target_types
from .transfers import is_source_only
from .workspaces import NUMBER, WORKSPACES

_REPLICATION = aws("s3/BucketReplicationConfig", "s3/Bucket", "s3/BucketV2")


def _target_buckets(resource: Resource) -> Iterator[tuple[str, str, Plain]]:
    """Yields every bucket to which a resource copies, as (path, top-level property, value)."""
    if resource.type in TARGETS:
        if resource.get("endpointType") != "source":
            for pattern in TARGETS[resource.type]:
                for path, found in walk(resource.props, pattern):
                    for value in one_or_many(found):
                        if value not in (MISSING, ""):
                            yield path, path.split(".")[0].split("[")[0], value
        return
    key = next(
        (name for name in ("rules", "replicationConfiguration", "replicationConfigurations") if name in resource.props),
        "",
    )
    if not key or (key == "rules" and resource.type in BUCKETS):
        return
    for path, name, value in leaves(resource.props.get(key), key):
        if name == "bucket":
            yield path, key, value


def _target_name(token: str) -> str:
    if token in EXPORTS or token in _REPLICATION:
        return "a bucket outside this stack, and the name of a bucket contains neither a region nor an account"
    return "a target outside this stack, whose account and place its id does not show"


_KINDS: dict[str, tuple[str, tuple[object, ...]]] = {
    "aws:ec2/flowLog:FlowLog": ("logDestinationType", (MISSING, "cloud-watch-logs", "kinesis-data-firehose")),
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": (
        "deliveryDestinationType", ("CWL", "FH", "XRAY")),
}  # fmt: skip
"""Type -> the property that says what its target is, and its values for targets that are no buckets (pulumi-aws 7.51.1,
the documentation of both properties, read 2026-11-30)."""


def _is_no_bucket(resource: Resource) -> bool:
    """Returns whether a resource says that its target is no bucket. The ARN of any other shows its place."""
    name, values = _KINDS.get(resource.type, ("", ()))
    return resource.get(name) in values if name else False


def _check_buckets(confirmed: Iterable[str]) -> PlanPredicate:
    confirmed_buckets = frozenset(confirmed)

    def judge(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        if is_source_only(resource, plan):
            yield passed()
            return
        for path, key, value in _target_buckets(resource):
            name = bucket_name(value) if isinstance(value, str) else ""
            is_known = name in confirmed_buckets or not all(map(is_abroad, buckets_named(name, plan)))
            is_in_stack = any(
                item.type.startswith(target_types(resource.type)) and not is_abroad(item)
                for item in plan.dependencies_of(resource, key)
            )
            is_evaluated = value is UNKNOWN and (is_in_stack or _is_no_bucket(resource))
            if is_evaluated or (isinstance(value, str) and (not name or is_known)):
                yield passed()
            elif value is UNKNOWN:
                yield undetermined(f"{path} is not known before deployment, and is no resource of this stack", path)
            else:
                yield undetermined(f"{path} names {_target_name(resource.type)}", path)

    return judge


_BACKUPS = "properties?.backupConfiguration?.targetLocation?.storageAccountResourceId"
COPIES: dict[str, tuple[str, ...]] = {
    f"azure-native:{kind}": tuple(paths)
    for kind, *paths in (
        ("sql:FailoverGroup", "partnerServers[*].id"),
        ("sql:InstanceFailoverGroup", "managedInstancePairs[*].partnerManagedInstanceId"),
        ("sql:Database", "sourceDatabaseId"),
        ("sql:ManagedDatabase", "sourceDatabaseId"),
        ("dbforpostgresql:Server", "sourceServerResourceId"),
        ("dbformysql:Server", "sourceServerResourceId"),
        ("monitor:DataCollectionRule", "destinations?.storageBlobsDirect[*].storageAccountResourceId"),
        ("sql:SyncMember", "syncMemberAzureDatabaseResourceId"),
        ("storage:ObjectReplicationPolicy", "destinationAccount"),
        ("recoveryservices:ReplicationProtectedItem", "properties?.providerSpecificDetails?.recoveryResourceGroupId"),
        ("eventhub:DisasterRecoveryConfig", "partnerNamespace"),
        ("servicebus:DisasterRecoveryConfig", "partnerNamespace"),
        ("servicebus:MigrationConfig", "targetNamespace"),
        ("sql:SyncGroup", "syncDatabaseId"),
        ("storagemover:Endpoint", "properties.storageAccountResourceId?"),
        ("healthcareapis:IotConnectorFhirDestination", "fhirServiceResourceId"),
        ("purview:KafkaConfiguration", "eventHubResourceId"),
        # What is asked and answered is kept there (pulumi-azure-native 3.29.0 docs, ApiProperties, RaiMonitorConfig and
        # UserOwnedAmlWorkspace, read 2026-11-30).
        (
            "cognitiveservices:Account",
            "properties.apiProperties?.qnaAzureSearchEndpointId",
            "properties.amlWorkspace?.resourceId",
            "properties.raiMonitorConfig?.adxStorageResourceId",
        ),
        *((f"datamigration:DatabaseMigrations{kind}", _BACKUPS) for kind in ("SqlMi", "SqlVm")),
        ("redis:LinkedServer", "linkedRedisCacheId"),
        ("redis:RedisLinkedServer", "linkedRedisCacheId"),
        ("containerregistry:ExportPipeline", "target.uri"),
        ("redisenterprise:Database", "geoReplication?.linkedDatabases[*].id"),
        ("network:VirtualNetworkPeering", "remoteVirtualNetwork.id"),
        ("databricks:VNetPeering", "remoteVirtualNetwork.id"),
        ("network:ExpressRouteCircuitConnection", "peerExpressRouteCircuitPeering?.id"),
        (
            "monitor:DataCollectionRule",
            "destinations?.storageBlobsDirect[*].storageAccountResourceId",
            "destinations?.storageTablesDirect[*].storageAccountResourceId",
            "destinations?.storageAccounts[*].storageAccountResourceId",
        ),
        ("eventhub:EventHub", "captureDescription?.destination?.storageAccountResourceId"),
        ("network:PacketCapture", "storageLocation.storageId"),
        ("netapp:CapacityPoolVolume", "dataProtection?.replication?.remoteVolumeResourceId"),
        *WORKSPACES,
    )
}
"""Type -> paths of the ids of resources that receive or provide the copy."""

LOGS: dict[str, tuple[str, ...]] = {
    f"azure-native:{kind}": paths
    for kind, paths in (
        *(
            (f"monitor:{level}DiagnosticSetting", ("workspaceId", "storageAccountId", "eventHubAuthorizationRuleId"))
            for level in ("", "Subscription", "ManagementGroup")
        ),
        ("aadiam:DiagnosticSetting", ("workspaceId", "storageAccountId", "eventHubAuthorizationRuleId")),
        ("monitor:DataCollectionRule", ("destinations.logAnalytics[*].workspaceResourceId",)),
        ("operationalinsights:DataExport", ("resourceId",)),
        ("operationalinsights:LinkedStorageAccount", ("storageAccountIds[*]",)),
        ("security:IotSecuritySolution", ("workspace", "additionalWorkspaces[*].workspace")),
        ("trafficmanager:Endpoint", ("targetResourceId",)),
        ("trafficmanager:Profile", ("endpoints[*].targetResourceId",)),
        *((f"web:StaticSiteLinkedBackend{kind}", ("backendResourceId",)) for kind in ("", "ForBuild")),
        *(
            (f"web:StaticSiteUserProvidedFunctionAppForStaticSite{kind}", ("functionAppResourceId",))
            for kind in ("", "Build")
        ),
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
        ("containerinstance:ContainerGroup", ("diagnostics?.logAnalytics?.workspaceResourceId",)),
        ("machinelearningservices:Workspace", ("storageAccount", "applicationInsights", "containerRegistry")),
        ("costmanagement:Export", ("deliveryInfo.destination.resourceId",)),
        ("compute:Snapshot", ("creationData.sourceResourceId",)),
        ("compute:RestorePointCollection", ("source.id",)),
    )
}
"""Type -> paths of the ids of targets and sources of logs, exports, snapshots and requests."""


def _check_log_targets(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for path in LOGS[resource.type]:
        for value_path, found in walk(resource.props, path):
            for value in one_or_many(found):
                if value is not MISSING:
                    yield _judge_location(resource, plan, value_path, value) or passed()


def _judge_location(resource: Resource, plan: Plan, value_path: str, value: Plain) -> Outcome | None:
    """Returns a failure if a resource to which the value refers is abroad, else None. `value_path` is the path of the
    value."""
    for source in _referenced_resources(resource, plan, value_path, value):
        location = source.get("location")
        if isinstance(location, str) and not is_uae_azure(location):
            return failed(
                f"{value_path} refers to a resource in {quote_location(location)}; allowed is {IN_UAE_AZURE}",
                value_path,
            )
    return None


def _referenced_resources(resource: Resource, plan: Plan, value_path: str, value: Plain) -> list[Resource]:
    """Returns the Azure resources that a value depends on, and one that it names, except global ones. A number names
    none: that of a workspace is given by Azure, and an assignment of a role may have the same as its name."""
    *_, kind, name = ("", "", *value.lower().rstrip("/").split("/")) if isinstance(value, str) else ("", "")
    key = value_path.split(".")[0].split("[")[0]
    dependencies = [source for source in plan.dependencies_of(resource, key) if source.type.startswith("azure-native:")]
    named = plan.once(_named, f"{kind}/{name}") if name and not NUMBER.fullmatch(name) else []
    return [*filter(_is_somewhere, dependencies), *named]


def _named(plan: Plan, place: str) -> list[Resource]:
    """Returns a resource with the kind and the name at the end of an id: one that is abroad, if there are several."""
    kind, _, name = place.rpartition("/")
    found = [item for item in plan.by_key(_resource_names).get(name, ())
             if _matches_kind(item, kind) and _is_somewhere(item)]  # fmt: skip
    return sorted(found, key=lambda item: not is_abroad(item))[:1]


def _is_somewhere(resource: Resource) -> bool:
    return str(resource.get("location")).lower() != "global"


def _matches_kind(resource: Resource, kind: str) -> bool:
    """Returns whether a resource fits the last type segment of an id, such as `flexibleservers`. A bare name has no
    segment, and fits every resource."""
    return not kind or kind.rstrip("es").endswith(resource.type.rsplit(":", 1)[-1].lower().rstrip("es"))


def _partners(resource: Resource) -> Iterator[tuple[str, Plain]]:
    for path in COPIES[resource.type]:
        yield from walk(resource.props, path)


def _check_partner(confirmed: Iterable[str]) -> Predicate:
    known = tuple(item.lower().rstrip("/") for item in confirmed)
    confirmed_prefixes = tuple(f"{item}/" for item in known)

    def judge(resource: Resource) -> Iterator[Outcome]:
        for path, value in _partners(resource):
            if value is MISSING or value == "":
                continue
            is_known = isinstance(value, str) and (
                f"{value.lower()}/".startswith(confirmed_prefixes) or any(is_account_of(value, host) for host in known)
            )
            if is_known:
                yield passed()
            else:
                yield undetermined(f"{path} names a resource whose location the plan does not show", path)

    return judge


def _resolve_partner(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves the partner in the plan, through dependencies or by name."""
    partner = next(value for path, value in _partners(resource) if path == outcome.path)
    violation = _judge_location(resource, plan, outcome.path, partner)
    if violation is not None:
        return violation
    return passed() if _referenced_resources(resource, plan, outcome.path, partner) else outcome


def _resource_names(resource: Resource) -> set[str]:
    """Returns the names that a program sets for an Azure resource, in lower case."""
    if not resource.type.startswith("azure-native:"):
        return set()
    type_name = resource.type.rsplit(":", 1)[-1].lower()
    names = (
        value for key, value in resource.props.items() if key.lower().endswith("name") and key.lower()[:-4] in type_name
    )
    return {value.lower() for value in names if isinstance(value, str)}


_LIST_REMEDY = "list it with its location under residency.known in enforcement.yaml"


def copy_residency(confirmed: Iterable[str]) -> tuple[Guardrail, ...]:
    """Returns the guardrails. `confirmed`: names of buckets, and prefixes of Azure ids, that are confirmed to be in the
    country."""
    confirmed_resources = tuple(confirmed)
    return (
        residency_rule(106, Severity.CRITICAL,
                       "Services write and copy into buckets and mirrors of the stack, or into listed ones",
                       f"AWS has one region in the UAE, {IN_UAE_AWS}, and the name of a bucket does not say "
                       "where it is",
                       f"Name a bucket that this stack places in the UAE, or {_LIST_REMEDY}",
                       plan_predicate=_check_buckets(confirmed_resources), types=(*_REPLICATION, *TARGETS)),
        residency_rule(208, Severity.CRITICAL, "Azure replicas, failover partners and peered networks are in the UAE",
                       "the other side stores, or can reach, the same data",
                       f"Name a resource that this stack places in {IN_UAE_AZURE}, or {_LIST_REMEDY}",
                       predicate=_check_partner(confirmed_resources), resolve=_resolve_partner, types=tuple(COPIES)),
        residency_rule(209, Severity.CRITICAL,
                       "Azure logs, exports and snapshots do not go to a resource that the plan shows abroad",
                       "logs contain the data that they describe",
                       f"Name a resource placed in {IN_UAE_AZURE}",
                       plan_predicate=_check_log_targets, types=tuple(LOGS)),
    )  # fmt: skip
