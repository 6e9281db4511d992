"""Addresses to which services send data. A host name rarely shows its location, so the host must be known: in the
country by its name, private, that of a resource of the plan, or listed.

A text that is not known before deployment as a whole, such as the definition of a workflow, is evaluated at deployment.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..engine.families import residency_rule
from ..engine.kubernetes_lists import expand_list
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.addresses import BUCKET_SCHEMES, Address
from ..readers.hosts import (
    is_abroad,
    is_known_in_the_country,
    is_link_local,
    is_listed,
    is_of_cluster,
    is_planned,
    is_private,
    may_be_planned,
)
from ..readers.locations import foreign_host
from ..readers.s3_buckets import buckets_named
from .movers import DATA_SHARE, Destination, Mover
from .movers_aws import AWS_MOVERS
from .movers_azure import AZURE_MOVERS
from .movers_kubernetes import KUBERNETES_MOVERS
from .transfers import is_source_only

_NETWORK_SCHEMES = frozenset(
    {
        "amqp", "amqps", "cifs", "db2", "ftp", "ftps", "grpc", "grpcs", "hdfs", "hive2", "http", "https", "jdbc",
        "kafka", "ldap", "ldaps", "mariadb", "mongodb", "mqtt", "mqtts", "mysql", "nats", "nfs", "oracle", "postgres",
        "postgresql", "presto", "redis", "rediss", "redshift", "rtmp", "rtmps", "sb", "sftp", "smb", "sqlserver",
        "ssl", "tcp", "tls", "trino", "udp", "ws", "wss",
    }
)  # fmt: skip
"""Schemes whose host is a machine. The host of other schemes may be the name of a vendor's store, such as `gs://data`."""
_CARRIERS = frozenset(
    {
        "aws:ssm/parameter:Parameter",
        "aws:secretsmanager/secretVersion:SecretVersion",
        "azure-native:keyvault:Secret",
        "azure-native:appconfiguration:KeyValue",
        "kubernetes:core/v1:ConfigMap",
        "kubernetes:core/v1:Secret",
    }
)
"""Resources that hold any text, so that an address from them shows no place."""
_INSIDE_SCHEMES = frozenset({"azureml"})
"""Schemes of addresses inside a workspace, whose datastores are evaluated themselves."""
_ANY_LIST = "kubernetes:core/v1:List"
_EVALUATED = ("aws:", "azure-native:", "kubernetes:")


class _Destinations:
    """Evaluates the movers of one cloud. `listed` are hosts, domains and buckets. Those of a cluster send to services
    of the cluster too."""

    def __init__(self, movers: Iterable[Mover], listed: tuple[str, ...], *, of_cluster: bool = False) -> None:
        self._listed, self._of_cluster = listed, of_cluster
        self._mail_domains = tuple(item[1:] for item in listed if item[0] == "@")
        self.movers: dict[str, list[Mover]] = {}
        for mover in movers:
            for token in mover.tokens:
                self.movers.setdefault(token, []).append(mover)

    @property
    def types(self) -> tuple[str, ...]:
        """The types with movers, and lists of Kubernetes objects of them."""
        lists = tuple(f"{token}List" for token in self.movers if token.startswith("kubernetes:"))
        return (*self.movers, *lists, *((_ANY_LIST,) if lists else ()))

    def found(self, resource: Resource) -> Iterator[tuple[Mover, Destination]]:
        """Yields the destinations that a resource declares, with the mover that names each."""
        for item in expand_list(resource):
            for mover in self.movers.get(item.type, ()):
                yield from ((mover, destination) for destination in mover.destinations(item))

    def judge(self, resource: Resource) -> Iterator[Outcome]:
        """Yields the outcomes of a resource by itself."""
        for mover, destination in self.found(resource):
            for outcome in self._judge_destination(destination):
                is_open = outcome.verdict is Verdict.FAIL and mover.may_be_source
                yield replace(outcome, verdict=Verdict.UNDETERMINED) if is_open else outcome

    def _judge_destination(self, destination: Destination) -> Iterator[Outcome]:
        path = destination.path
        if destination.value is UNKNOWN:
            yield undetermined(f"the address in {path} is not known before deployment", path)
        yield from (self._judge_address(item, path) for item in destination.addresses)

    def _judge_address(self, address: Address, path: str) -> Outcome:
        host = address.host
        if not host:
            return failed(f"{path} has no address whose host can be read", path)
        if foreign_region := foreign_host(f"https://{host}"):
            return failed(f"{path} refers to '{foreign_region}'", path)
        if self._is_known(address):
            return passed()
        text = f"{path} refers to '{host}', whose location the plan does not show"
        may_resolve = address.scheme in BUCKET_SCHEMES or may_be_planned(host)
        return undetermined(text, path) if may_resolve else failed(text, path)

    def _is_known(self, address: Address) -> bool:
        host, scheme = address.host, address.scheme
        if scheme in _INSIDE_SCHEMES:
            return True
        if scheme == DATA_SHARE:
            return is_listed(host, self._mail_domains)
        if scheme == "mailto":
            return not self._mail_domains or is_listed(host, self._mail_domains)
        is_networked = not scheme or scheme in _NETWORK_SCHEMES
        is_bucket = scheme in BUCKET_SCHEMES and is_private(host)  # a bucket may be named `orders.prod-copies`
        is_known = (is_networked or "." in host) and not is_bucket and is_known_in_the_country(host)
        is_service = is_networked and (is_link_local(host) or (self._of_cluster and is_of_cluster(host)))
        return is_known or is_service or is_listed(host, self._listed)

    def resolve(self, resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
        """Resolves an unknown address through its dependency, and a known one through a resource of the plan."""
        if is_source_only(resource, plan):
            return passed()
        destination = next(item for _, item in self.found(resource) if item.path == outcome.path)
        if destination.value is UNKNOWN:
            key = outcome.path.split(".")[0].split("[")[0]
            return passed() if any(map(_shows_a_place, plan.dependencies_of(resource, key))) else outcome
        is_resolved = all(self._is_known(item) or _is_in_plan(item, plan) for item in destination.addresses)
        return passed() if is_resolved else outcome


_EVERY_MOVER = _Destinations((*AWS_MOVERS, *AZURE_MOVERS, *KUBERNETES_MOVERS), ())


def evaluated_addresses(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yields the hosts that the rules of destinations evaluate, as (path, host), so that no other rule repeats them."""
    for _, destination in _EVERY_MOVER.found(resource):
        yield from ((destination.path, address.host) for address in destination.addresses)


def _is_in_plan(address: Address, plan: Plan) -> bool:
    if address.scheme in BUCKET_SCHEMES:
        return not all(map(is_abroad, buckets_named(address.host, plan)))
    return is_planned(address.host, plan)


def _shows_a_place(resource: Resource) -> bool:
    return resource.type.startswith(_EVALUATED) and resource.type not in _CARRIERS and not is_abroad(resource)


_WHY = "the receiver stores the data, and the name of most hosts does not say where they are"
_REMEDY = (
    "Send it to a service in the country by its regional or private address, or to a resource of this stack; if it is "
    "another system in the country, list its host (such as hooks.example.ae) or bucket with its location and "
    "who confirmed it under residency.known in enforcement.yaml"
)


def destination_residency(confirmed: Iterable[str]) -> tuple[Guardrail, ...]:
    """Returns the guardrails. The entries of `confirmed` that are host or domain names, addresses or buckets are
    allowed destinations."""
    listed = tuple(item.lower() for item in confirmed)
    aws, azure = (_Destinations(movers, listed) for movers in (AWS_MOVERS, AZURE_MOVERS))
    kubernetes = _Destinations(KUBERNETES_MOVERS, listed, of_cluster=True)
    return (
        residency_rule(112, Severity.CRITICAL, "AWS services send and copy data to hosts in the country only",
                       _WHY, _REMEDY, predicate=aws.judge, resolve=aws.resolve, types=aws.types),
        residency_rule(212, Severity.CRITICAL, "Azure services send and copy data to hosts in the country only",
                       _WHY, _REMEDY, predicate=azure.judge, resolve=azure.resolve, types=azure.types),
        residency_rule(312, Severity.CRITICAL, "Kubernetes controllers send and copy data to hosts in the country only",
                       _WHY, _REMEDY, predicate=kubernetes.judge, resolve=kubernetes.resolve, types=kubernetes.types),
    )  # fmt: skip
