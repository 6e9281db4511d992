"""Equal pods that an object creates, and how a kind of objects creates them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from falaj.finops.properties import get_number, get_path


@dataclass(frozen=True, slots=True)
class PodGroup:
    """Equal pods. `template` has `metadata` and `spec`. `count` pods run for each of the `replicas`, the number that an
    autoscaler changes; it is None for one pod on each node. `claims` are templates of volumes of which each pod has its
    own. `unknown` are paths that decide the number of pods or volumes and are known only after the update.
    """

    template: Mapping[str, Any]
    count: int | None
    replicas: int = 1
    claims: tuple[Any, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PodForm:
    """How a kind creates pods; `ends` says that they run to completion instead of all month, `claims_in_spec` that the
    specification decides which volumes they have."""

    groups: Callable[[Mapping[str, Any]], Iterable[PodGroup]]
    ends: bool = False
    claims_in_spec: bool = False


def get_count(value: Any, *path: str, default: int = 1) -> int:
    """Returns a number of pods under a path; `default` if there is none."""
    return int(get_number(get_path(value, *path), default))
