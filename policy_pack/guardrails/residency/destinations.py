"""Events that are sent to a web address: a host name rarely shows its location, so it must be listed.

Property names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-25 (a test repeats it). Not
checked: topic subscriptions, which notify people that something happened.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from ..engine.families import residency_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, walk
from ..engine.rows import Guardrail, Predicate, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.locations import AWS_UAE, AZURE_UAE, foreign_host

_WEB_HOOK = "destination?.endpointUrl"
_WITH_IDENTITY = "deliveryWithResourceIdentity?.destination?.endpointUrl"
_PUSH = "deliveryConfiguration?.push?"

ADDRESSES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(aws("cloudwatch/EventApiDestination"), ("invocationEndpoint",)),
    **dict.fromkeys(aws("iot/TopicRule"), ("https[*].url",)),
    **dict.fromkeys(
        azure("eventgrid:EventSubscription", "eventgrid:SystemTopicEventSubscription",
              "eventgrid:TopicEventSubscription", "eventgrid:DomainEventSubscription",
              "eventgrid:DomainTopicEventSubscription", "eventgrid:PartnerTopicEventSubscription"),
        (_WEB_HOOK, _WITH_IDENTITY)),
    **dict.fromkeys(
        azure("eventgrid:NamespaceTopicEventSubscription"), (f"{_PUSH}.{_WEB_HOOK}", f"{_PUSH}.{_WITH_IDENTITY}")),
}  # fmt: skip
"""Type -> paths of its event destinations."""
_HERE = re.compile(rf"(?:.+[.-])?(?:{'|'.join(sorted(AWS_UAE | AZURE_UAE))})(?:-\d+)?[.].+", re.IGNORECASE)
"""Host names that contain a UAE region, as most AWS and some Azure names do."""


def _host(address: str) -> str:
    """The host of an address, which may lack a scheme."""
    try:
        return (urlsplit(address if "://" in address else f"https://{address}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_known(host: str, known: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in known)


def _judge(value: Plain, path: str, known: tuple[str, ...]) -> Outcome:
    if value is UNKNOWN:
        return undetermined(f"the address in {path} is not known before deployment", path)
    host = _host(str(value))
    if abroad := foreign_host(value):
        return failed(f"{path} refers to '{abroad}'", path)
    if host and (_HERE.fullmatch(host) or _is_known(host, known)):
        return passed()
    return undetermined(f"{path} refers to a host whose location the plan does not show", path)


def _destinations(known: tuple[str, ...]) -> Predicate:
    def judge(resource: Resource) -> Iterator[Outcome]:
        for path in ADDRESSES[resource.type]:
            for where, value in walk(resource.props, path):
                if value is not MISSING:
                    yield _judge(value, where, known)

    return judge


def _resolve(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves an unknown address through its dependency, a known one through an app of the plan."""
    key = outcome.path.split(".")[0].split("[")[0]
    stated = next(value for path, value in _all(resource) if path == outcome.path)
    if stated is UNKNOWN:
        return passed() if any(plan.dependencies_of(resource, key)) else outcome
    host = _host(str(stated))
    is_ours = host.endswith(_SITE) and any(_same(host, site) for site in plan.of_type(*_SITES))
    return passed() if is_ours else outcome


_SITES = azure("web:WebApp", "web:WebAppSlot")
_SITE = ".azurewebsites.net"


def _same(host: str, site: Resource) -> bool:
    return host == f"{site.get('name')}{_SITE}".lower()


def _all(resource: Resource) -> Iterator[tuple[str, Plain]]:
    for path in ADDRESSES[resource.type]:
        yield from walk(resource.props, path)


def destination_residency(known: Iterable[str]) -> Guardrail:
    """The guardrail. Entries of `known` that are host or domain names are allowed destinations."""
    hosts = tuple(item.lower() for item in known if re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", item.lower()))
    return residency_rule(
        112,
        Severity.HIGH,
        "Events are sent to web addresses in the country, or to listed hosts",
        "an event contains data, and its receiver stores it",
        "Send events to a queue or function in the region, or list the host with its location under "
        "residency.known in enforcement.yaml",
        predicate=_destinations(hosts),
        resolve=_resolve,
        types=tuple(ADDRESSES),
    )
