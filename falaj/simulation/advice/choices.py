"""A setting that the search may change, and the alternatives to its value. Pure data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Path = tuple[str, ...]
"""Keys from `falaj:platform` down to a setting."""

Changes = Mapping[Path, object]
"""Setting -> its new value, as YAML has it. Empty for the settings of today."""


@dataclass(frozen=True)
class Alternative:
    """One way to set a choice."""

    label: str
    """What the report calls it: the value, shortened."""
    changes: Changes
    """Settings that it changes; empty for today's value."""


TODAY = "as today"
"""Label of the alternative that changes nothing."""


@dataclass(frozen=True)
class Choice:
    """A setting, or a few that only make sense together."""

    name: str
    """The setting's path with dots: `sites.home.pools.gpu.max`."""
    kind: str
    """Kind of setting, as in `KINDS`."""
    today: str
    """Today's value, for the report; the default if the file does not state it."""
    alternatives: tuple[Alternative, ...]
    """The first changes nothing."""

    @property
    def is_open(self) -> bool:
        """Whether there is another value than today's."""
        return len(self.alternatives) > 1


KINDS: Mapping[str, str] = {
    "machines": "which machine types a pool buys: the price of a unit, and the price that quotas are computed from",
    "capacity": "spot, spot with on-demand as fallback, or on-demand: price against interruptions and waiting",
    "min": "nodes that are kept without work: idle cost against the start of a node",
    "max": "nodes that a pool may have: waiting against the highest bill",
    "quota hours": "hours in which a queue's full quota is in use: fewer hours are a larger quota, for the same money",
    "quota price": "share of hours expected on spot: the price that quotas of `spot-first` pools are computed from",
    "quota shares": "how a tenant's budget is divided among its pools",
    "budget shares": "how a site's queue budgets are divided among tenants; their sum stays",
    "borrowing": "idle quota of others that a tenant may use, at its own cost",
    "space": "what a tenant's pods may request together: it limits what its queue borrows, and costs nothing",
    "checkpoint interval": "work between two checkpoints: time to save against lost work",
    "replicas kept": "replicas without load, at all times or by hours: idle cost against cold starts and late requests",
    "replicas at most": "late requests against the highest bill",
    "load per replica": "load that the autoscaler keeps per replica: number of replicas against late requests",
    "idle time": "time without requests after which the last replica is removed: idle cost against cold starts",
    "schedule": "whether a pool or a site has no nodes outside office hours, and in which: idle cost against waiting",
}
"""Kind of setting -> why the search may change it."""

NOT_SETTABLE: Mapping[str, str] = {
    "idle time before a node is removed": "it follows from the pool's profile, and no setting changes it",
    "when busy nodes are consolidated": "it follows from the pool's profile and capacity, and no setting changes it",
    "batch window and scan interval of node autoscalers": "they are the autoscalers' own defaults",
    "stabilisation window of scaling down": "it is the same for all services, and no setting changes it",
    "polling interval of load": "it is the same for all services, and no setting changes it",
    "system pools": "the add-ons of a cluster need them whatever the work is",
}
"""What influences a month and is not searched -> why."""


def choice(name: Path, kind: str, today: object, alternatives: Iterable[tuple[object, Changes]]) -> Choice:
    """Returns a choice of which each alternative is (value for its label, changes); duplicates count once."""
    unique = {label(value): Alternative(label(value), changes) for value, changes in alternatives}
    unique.pop(label(today), None)
    return Choice(".".join(name), kind, label(today), (Alternative(TODAY, {}), *unique.values()))


def values(path: Path, kind: str, today: object, candidates: Iterable[object]) -> Choice:
    """Returns the choice of one setting among values."""
    return choice(path, kind, today, [(value, {path: value}) for value in candidates])


def label(value: object) -> str:
    """Returns a value as the report shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {label(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(label(item) for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
