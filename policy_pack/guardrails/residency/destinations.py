"""Events that are sent to a web address. A host name rarely shows its location, so the host must be listed.

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
"""Type -> paths of the addresses to which it sends events."""
_UAE_HOST = re.compile(rf"(?:.+[.-])?(?:{'|'.join(sorted(AWS_UAE | AZURE_UAE))})(?:-\d+)?[.].+", re.IGNORECASE)
"""Host name that contains a UAE region, as most names of AWS and some of Azure do."""


def _host(address: str) -> str:
    """Returns the host of an address, which may lack a scheme."""
    try:
        return (urlsplit(address if "://" in address else f"https://{address}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_listed(host: str, allowed_hosts: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in allowed_hosts)


def _judge_address(value: Plain, path: str, allowed_hosts: tuple[str, ...]) -> Outcome:
    if value is UNKNOWN:
        return undetermined(f"the address in {path} is not known before deployment", path)
    host = _host(str(value))
    if foreign_region := foreign_host(value):
        return failed(f"{path} refers to '{foreign_region}'", path)
    if host and (_UAE_HOST.fullmatch(host) or _is_listed(host, allowed_hosts)):
        return passed()
    return undetermined(f"{path} refers to a host whose location the plan does not show", path)


def _check_destinations(allowed_hosts: tuple[str, ...]) -> Predicate:
    def judge(resource: Resource) -> Iterator[Outcome]:
        for path in ADDRESSES[resource.type]:
            for value_path, value in walk(resource.props, path):
                if value is not MISSING:
                    yield _judge_address(value, value_path, allowed_hosts)

    return judge


def _resolve_destination(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves an unknown address through its dependency, and a known address through an app of the plan."""
    key = outcome.path.split(".")[0].split("[")[0]
    address = next(value for path, value in _addresses(resource) if path == outcome.path)
    if address is UNKNOWN:
        return passed() if any(plan.dependencies_of(resource, key)) else outcome
    host = _host(str(address))
    is_in_stack = host.endswith(_APP_DOMAIN) and any(_is_host_of(host, app) for app in plan.of_type(*_APP_TYPES))
    return passed() if is_in_stack else outcome


_APP_TYPES = azure("web:WebApp", "web:WebAppSlot")
_APP_DOMAIN = ".azurewebsites.net"


def _is_host_of(host: str, app: Resource) -> bool:
    return host == f"{app.get('name')}{_APP_DOMAIN}".lower()


def _addresses(resource: Resource) -> Iterator[tuple[str, Plain]]:
    for path in ADDRESSES[resource.type]:
        yield from walk(resource.props, path)


def destination_residency(confirmed: Iterable[str]) -> Guardrail:
    """Returns the guardrail. The entries of `confirmed` that are host or domain names are allowed destinations."""
    allowed_hosts = tuple(
        item.lower() for item in confirmed if re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", item.lower())
    )
    return residency_rule(
        112,
        Severity.HIGH,
        "Events are sent to web addresses in the country, or to listed hosts",
        "an event contains data, and its receiver stores it",
        "Send events to a queue or function in the region, or list the host with its location under "
        "residency.known in enforcement.yaml",
        predicate=_check_destinations(allowed_hosts),
        resolve=_resolve_destination,
        types=tuple(ADDRESSES),
    )
