"""Pods whose number follows that of the machines, for which the cluster starts machines.

The cluster-proportional-autoscaler sets a number of pods by the processors or machines of the cluster: the larger of
`cores / coresPerReplica` and `nodes / nodesPerReplica`, at most `max`; or by steps of a ladder, the last of which is
the most (the page of kubernetes-sigs/cluster-proportional-autoscaler; awslabs' page on it has the sum; read
2026-12-02). A pod that needs as much as it stands for never has enough: each machine starts pods that start a machine.
The example of the project has a pod for two processors or one machine, without a bound (examples/linear.yaml). The
settings are in a ConfigMap or in values of a chart. The limits are judged, not read anywhere.
"""

from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.texts import read_texts

_LEAST = {"coresPerReplica": 2, "nodesPerReplica": 1}
"""What a pod stands for at least, where nothing is the most."""
_STEP = lazy_regex(r".*\b(?:cores|nodes)ToReplicas\[\d{1,4}\]\[1\]")
_MOST = 1_000
"""Pods, as for other numbers whose size no plan shows."""


def check_proportional(item: Resource) -> Iterator[Outcome]:
    """Yields a failure for each number of pods that follows the machines without a bound."""
    leaves = read_texts(item).leaves
    found = [leaf for leaf in leaves if leaf.key in _LEAST or "ToReplicas[" in leaf.path]
    values = {leaf.path: leaf.value for leaf in leaves} if found else {}
    for leaf in found:
        number, most = number_of(leaf.value) or 0, number_of(values.get(f"{leaf.path.removesuffix(leaf.key)}max"))
        is_step = leaf.key not in _LEAST
        if is_step and number > _MOST and _STEP.fullmatch(leaf.path):
            yield failed(f"{leaf.path} is a step of {number:,.0f} pods, more than {_MOST:,}", leaf.path)
        elif not is_step and (number < _LEAST[leaf.key] if most is None else most > _MOST):
            text = f"{leaf.path} is {number:g}, so that pods start the machines that start pods: set max to {_MOST:,}"
            yield failed(f"{text} at most", leaf.path)
