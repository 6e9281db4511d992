"""What Karpenter and the kubelet do to a pod whose spot machine is announced to be reclaimed. Pure.

The rules are those of sigs.k8s.io/karpenter v1.15.0, and of karpenter-provider-aws v1.14.1 (read on
2026-11-27):

- A notice deletes the NodeClaim (provider, `pkg/controllers/interruption/utils.go`: `CordonAndDrain`). Only a
  termination grace period of the node sets a time at which the drain is forced (`pkg/controllers/nodeclaim/lifecycle/
  controller.go`: `annotateTerminationGracePeriodTerminationTime`).
- A pod is evicted at once, unless it tolerates the taint of disruption or `do-not-disrupt` is active
  (`pkg/utils/pod/scheduling.go`: `IsEvictable`).
- A pod that is not gone is deleted when its own grace period would end after the node's
  (`pkg/controllers/node/termination/terminator/eviction.go`: `needsForceDelete`, `forceDelete`).
- The kubelet runs preStop, then sends SIGTERM, and SIGKILL when the grace period is over.
- AWS takes the machine when the notice is over, whatever runs on it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EVICTION_SECONDS = 1.0
"""Seconds from the notice to the eviction, as measured with the real Karpenter 1.13.0 and 1.15.0."""

DISRUPTED = {"key": "karpenter.sh/disrupted", "effect": "NoSchedule"}
DEFAULT_GRACE = 30
_UNITS = {"s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True)
class Stop:
    """When a program is asked to stop and when it is killed, in seconds after the notice."""

    asked: float | None
    """None: the machine is gone before the program is asked."""
    killed: float
    evicted: bool
    """Whether the pod is evicted, which sets the condition `DisruptionTarget`; a deletion does not."""


def seconds(duration: str) -> float:
    """Returns a duration of Go, such as `1h30m`, in seconds."""
    return sum(int(number) * _UNITS[unit] for number, unit in re.findall(r"(\d+)([smh])", duration))


def stop(template: Mapping[str, Any], node_pool: Mapping[str, Any], notice: float) -> Stop:
    """Returns how a pod of a template, on a node of a NodePool, is stopped after a notice of `notice` seconds."""
    spec = template["spec"]
    grace = spec.get("terminationGracePeriodSeconds", DEFAULT_GRACE)
    node_grace = node_pool["template"]["spec"].get("terminationGracePeriod")
    ends = None if node_grace is None else seconds(node_grace)
    forced = float("inf") if ends is None else max(ends - grace, 0)
    evicted_at = EVICTION_SECONDS if _is_evictable(template) else float("inf")
    at = min(evicted_at, forced)
    remaining = grace if evicted_at <= forced or ends is None else max(ends - at, 1)
    asked = at + min(_pre_stop(spec), remaining)
    return Stop(
        asked=asked if asked < notice else None,
        killed=min(at + remaining, notice),
        evicted=evicted_at <= forced and evicted_at < notice,
    )


def _is_evictable(template: Mapping[str, Any]) -> bool:
    """A duration counts as active: the pod may have started just before the notice."""
    annotations = template["metadata"].get("annotations", {})
    protected = re.fullmatch(r"true|([0-9]+[smh])+", annotations.get("karpenter.sh/do-not-disrupt", ""))
    return not protected and not any(_tolerates_disruption(item) for item in template["spec"].get("tolerations", ()))


def _tolerates_disruption(toleration: Mapping[str, Any]) -> bool:
    return toleration.get("key") in (None, DISRUPTED["key"]) and toleration.get("effect") in (None, DISRUPTED["effect"])


def _pre_stop(spec: Mapping[str, Any]) -> float:
    hooks = (container.get("lifecycle", {}).get("preStop", {}) for container in spec["containers"])
    return max((hook.get("sleep", {}).get("seconds", 0) for hook in hooks), default=0)
