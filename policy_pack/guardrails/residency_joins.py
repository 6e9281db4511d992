"""Copies whose place only another resource tells: S3 names and Azure ids carry no region.

The other side must be of this stack, where it is judged itself, or on the pack's list of places that are known to be
in the country. Logs are not asked for: they go to wherever a bank's central workspace is, which the plan cannot see.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .controls import PLACEMENT
from .places import IN_UAE_AWS, IN_UAE_AZURE, is_uae_azure, shown
from .plan import Plan
from .reading import MISSING, UNKNOWN, Plain, Resource, leaves, walk
from .rows import Across, Concern, Guardrail, Predicate, Severity, aws
from .verdicts import Outcome, failed, passed, undetermined

_BUCKETS = aws("s3/Bucket", "s3/BucketV2")
_REPLICATION = aws("s3/BucketReplicationConfig", "s3/Bucket", "s3/BucketV2")
_EXPORTS = {
    "aws:dynamodb/tableExport:TableExport": "s3Bucket",
    "aws:guardduty/publishingDestination:PublishingDestination": "destinationArn",
}
"""Exports that AWS lets go to a bucket of any region -> property that names it. Others refuse another region."""


def _targets(resource: Resource) -> Iterator[tuple[str, str, Plain]]:
    """(path, top-level property, value) of every bucket that a resource copies to."""
    if resource.type in _EXPORTS:
        key = _EXPORTS[resource.type]
        value = resource.get(key)
        if value is not MISSING:
            yield key, key, value
        return
    key = next(
        (k for k in ("rules", "replicationConfiguration", "replicationConfigurations") if k in resource.props), ""
    )
    if not key or (key == "rules" and resource.type in _BUCKETS):
        return
    for path, name, value in leaves(resource.props.get(key), key):
        if name == "bucket":
            yield path, key, value


def _buckets(known: Iterable[str]) -> Across:
    listed = frozenset(known)

    def judge(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        for path, key, value in _targets(resource):
            names = {str(bucket.get("bucket")) for bucket in plan.of_type(*_BUCKETS)} | listed
            from_stack = any(bucket.type in _BUCKETS for bucket in plan.linked(resource, key))
            if (value is UNKNOWN and from_stack) or (isinstance(value, str) and value.rsplit(":", 1)[-1] in names):
                yield passed()
            else:
                yield undetermined(
                    f"{path} names a bucket that is not in this stack, and an S3 ARN does not say where", path
                )

    return judge


@dataclass(frozen=True)
class _Copy:
    """A type that ties resources together: the path of the other side's id."""

    type: str
    path: str

    @property
    def key(self) -> str:
        """Top-level property of the path."""
        return self.path.split(".")[0].split("[")[0].rstrip("?")


COPIES: dict[str, _Copy] = {
    f"azure-native:{kind}": _Copy(f"azure-native:{kind}", path)
    for kind, path in (
        ("sql:FailoverGroup", "partnerServers[*].id"),
        ("sql:InstanceFailoverGroup", "managedInstancePairs[*].partnerManagedInstanceId"),
        ("sql:Database", "sourceDatabaseId"),
        ("sql:ManagedDatabase", "sourceDatabaseId"),
        ("dbforpostgresql:Server", "sourceServerResourceId"),
        ("dbformysql:Server", "sourceServerResourceId"),
        ("storage:ObjectReplicationPolicy", "destinationAccount"),
        ("eventhub:DisasterRecoveryConfig", "partnerNamespace"),
        ("servicebus:DisasterRecoveryConfig", "partnerNamespace"),
        ("redis:LinkedServer", "linkedRedisCacheId"),
        ("redisenterprise:Database", "geoReplication?.linkedDatabases[*].id"),
        ("network:VirtualNetworkPeering", "remoteVirtualNetwork.id"),
    )
}


def _other_sides(known: Iterable[str]) -> Predicate:
    listed = tuple(item.lower() for item in known if item)

    def judge(resource: Resource) -> Iterator[Outcome]:
        for path, value in walk(resource.props, COPIES[resource.type].path):
            if value is MISSING or value == "":
                continue
            if isinstance(value, str) and value.lower().startswith(listed):
                yield passed()
            else:
                yield undetermined(f"{path} names a resource whose location the plan does not show", path)

    return judge


def _resolve_side(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """The other side is a resource of this plan, found through what the value comes from, or by its name."""
    key = COPIES[resource.type].key
    named = {
        str(value).rstrip("/").rsplit("/", 1)[-1].lower()
        for path, value in walk(resource.props, COPIES[resource.type].path)
        if path == outcome.path and isinstance(value, str)
    }
    sources = [source for source in plan.linked(resource, key) if source.type.startswith("azure-native:")]
    sources += [item for item in plan.resources.values() if named & _names(item)]
    for source in sources:
        location = source.get("location")
        if isinstance(location, str) and not is_uae_azure(location):
            return failed(f"{outcome.path} leads to {shown(location)}; allowed is {IN_UAE_AZURE}", outcome.path)
    return passed() if sources else outcome


def _names(resource: Resource) -> set[str]:
    """The names that a program states for an Azure resource, in lower case."""
    if not resource.type.startswith("azure-native:"):
        return set()
    own = resource.type.rsplit(":", 1)[-1].lower()
    stated = (
        value for key, value in resource.props.items() if key.lower().endswith("name") and key.lower()[:-4] in own
    )
    return {value.lower() for value in stated if isinstance(value, str)}


def _row(number: int, what: str, why: str, remedy: str) -> Guardrail:
    return Guardrail(f"FJ-RES-{number:03}", Concern.RESIDENCY, Severity.CRITICAL, what, why, remedy, PLACEMENT)


_LISTED = "list it with its place under residency.known in enforcement.yaml"


def joined_residency(known: Iterable[str]) -> tuple[Guardrail, ...]:
    """The guardrails; `known` are names of buckets, and beginnings of Azure ids, known to be in the country."""
    listed = tuple(known)
    return (
        replace(
            _row(106, "S3 replicates and exports into buckets of the stack, or into known ones",
                 f"AWS has one region in the UAE, {IN_UAE_AWS}, and the name of a bucket does not say where it is",
                 f"Name a bucket that this stack places in the UAE, or {_LISTED}"),
            across=_buckets(listed), about=(*_REPLICATION, *_EXPORTS)),
        replace(
            _row(208, "Azure replicas, failover partners and peered networks are in the UAE",
                 "the other side holds, or reaches, the same data",
                 f"Name a resource that this stack places in {IN_UAE_AZURE}, or {_LISTED}"),
            predicate=_other_sides(listed), resolve=_resolve_side, about=tuple(COPIES)),
    )  # fmt: skip
