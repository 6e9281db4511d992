"""Pods whose number follows that of the machines, for which the cluster starts machines.

The cluster-proportional-autoscaler sets a number of pods by the processors or machines of the cluster: the larger of
`cores / coresPerReplica` and `nodes / nodesPerReplica`, at most `max`; or by steps of a ladder, the last of which is
the most (kubernetes-sigs/cluster-proportional-autoscaler, README, "Control patterns", as known). A pod that needs as
much as it stands for never has enough: each machine starts pods that start a machine. A server of names stands for 256
processors or 16 machines there. The limits are judged, not read anywhere.
"""

from collections.abc import Iterator

from ..engine.number_conditions import number_of
from ..engine.reading import Plain, Resource, from_json, items_of
from ..engine.verdicts import Outcome, failed

_MAPS = "kubernetes:core/v1:ConfigMap"
_LEAST = {"coresPerReplica": 4, "nodesPerReplica": 1}
"""What a pod stands for at least, where nothing is the most."""
_LADDERS = ("coresToReplicas", "nodesToReplicas")
_MOST = 1_000
"""Pods, as for other numbers whose size no plan shows."""


def check_proportional(item: Resource) -> Iterator[Outcome]:
    """Yields a failure for each number of pods that follows the machines without a bound."""
    data = item.props.get("data") if item.type == _MAPS else None
    for kind, judge in (("linear", _of_line), ("ladder", _of_ladder)):
        rules = from_json(data.get(kind)) if isinstance(data, dict) else None
        if isinstance(rules, dict):
            yield from judge(rules, f"data.{kind}")


def _of_line(rules: dict[str, Plain], path: str) -> Iterator[Outcome]:
    most = number_of(rules.get("max"))
    if most is not None and most > _MOST:
        yield failed(f"{path}.max is {most:,.0f} pods, more than {_MOST:,}", path)
    for key, least in _LEAST.items() if most is None else ():
        number = number_of(rules.get(key))
        if number is not None and number < least:
            text = f"{path}.{key} is {number:g}, so that pods start the machines that start pods: set max"
            yield failed(text, path)


def _of_ladder(rules: dict[str, Plain], path: str) -> Iterator[Outcome]:
    for key in _LADDERS:
        counts = [number_of(step[1]) or 0 for step in items_of(rules.get(key))
                  if isinstance(step, list) and len(step) > 1]  # fmt: skip
        if max(counts, default=0) > _MOST:
            yield failed(f"{path}.{key} has a step of more than {_MOST:,} pods", path)
