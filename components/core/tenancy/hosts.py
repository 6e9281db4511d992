"""Host names that a tenant's routes may carry. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from falaj.components.core.validation.problems import Problem


def covers(domain: str, host: str) -> bool:
    """Returns whether a host, or all hosts of a wildcard `*.`, is `domain` or below the wildcard `domain`."""
    return host == domain or (domain.startswith("*.") and host.endswith(domain[1:]))


def hosts_annotation(hosts: Iterable[str]) -> str:
    """Returns the value of `HOSTS_ANNOTATION`: sorted host names, separated by spaces."""
    return " ".join(sorted(set(hosts)))


def shared_host_problems(hosts: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """Yields hosts that two tenants of a cluster have. `hosts` is tenant -> path in the settings -> host or domain."""
    for (first, firsts), (second, seconds) in combinations(sorted(hosts.items()), 2):
        for path, host in seconds.items():
            other = next((one for one in firsts.values() if covers(one, host) or covers(host, one)), None)
            if other is not None:
                allowed = f"hosts of one tenant only; tenant {first} has {other}"
                yield Problem(path, host, allowed, f"give {second} another host, or remove that of {first}")
