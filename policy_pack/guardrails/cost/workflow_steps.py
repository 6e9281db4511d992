"""Pods that loops of workflows of Argo start at once, unless `parallelism` limits them.

All items of a loop start together, and `parallelism` of a workflow or of a template is what restricts how many steps
run at once (argoproj/argo-workflows 211cb332, docs/parallelism.md, read 2026-12-01); fields by its WorkflowSpec,
Template, WorkflowStep and Sequence (f016ad89 pkg/apis/workflow/v1alpha1/workflow_types.go, read 2026-12-01). A loop
over what an earlier step returns has a length that no plan shows. The limits are those of other workloads.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ..engine.number_conditions import number_of
from ..engine.reading import Plain, Resource, items_of
from ..engine.verdicts import Outcome, failed, passed
from ..readers.argo_workflows import specs_of_workflows
from .gpu_counts import gpus
from .processors import processors
from .workload_sizes import judge_cpus

_MOST_PODS = 1_000
"""Pods of a workflow at once, whatever their size."""


class _Size(NamedTuple):
    """What runs at once."""

    pods: float
    cpus: float
    gpus: float

    def times(self, factor: float) -> "_Size":
        return _Size(*(part * factor for part in self))

    def at_most(self, limit: Plain) -> "_Size":
        """Returns the size if no more than `limit` pods run at once."""
        number = number_of(limit)
        return self.times(number / self.pods) if number and number < self.pods else self


_NOTHING = _Size(0, 0, 0)


def check_workflows(resource: Resource, judge_gpus: Callable[[float, str], Outcome]) -> Iterator[Outcome]:
    """Yields the outcomes for the pods that each workflow starts at once."""
    for spec in specs_of_workflows(resource):
        size, path = _Templates(spec.data).largest().at_most(spec.get("parallelism")), spec.path
        text = f"{path} starts up to {size.pods:,.0f} pods at once, more than {_MOST_PODS:,}: set parallelism"
        yield failed(text, path) if size.pods > _MOST_PODS else passed()
        yield judge_cpus(size.cpus, path)
        yield judge_gpus(size.gpus, path)


class _Templates:
    """The templates of a workflow, of which each is evaluated once."""

    def __init__(self, spec: Mapping[str, Plain]) -> None:
        listed = [item for item in items_of(spec.get("templates")) if isinstance(item, dict)]
        self._by_name = {str(item.get("name")): item for item in listed}
        self._sizes: dict[str, _Size] = {}

    def largest(self) -> _Size:
        """Returns the size of the template that starts most pods: which one is the entry may be another's choice."""
        return max(map(self._of_name, self._by_name), default=_NOTHING)

    def _of_name(self, name: str) -> _Size:
        if name not in self._sizes:
            self._sizes[name] = _NOTHING  # one that starts itself again is counted once
            self._sizes[name] = self._of(self._by_name.get(name, {}))
        return self._sizes[name]

    def _of(self, template: Mapping[str, Plain]) -> _Size:
        dag = template.get("dag")
        groups = [self._sum(group) for group in items_of(template.get("steps"))]
        groups += [self._sum(dag.get("tasks"))] if isinstance(dag, dict) else []
        if not groups:
            return _Size(1, processors(dict(template)), gpus(dict(template), {}))
        return max(groups).at_most(template.get("parallelism"))

    def _sum(self, steps: Plain) -> _Size:
        sizes = [self._of_step(step) for step in items_of(steps) if isinstance(step, dict)]
        return _Size(*map(sum, zip(*sizes, strict=True))) if sizes else _NOTHING

    def _of_step(self, step: Mapping[str, Plain]) -> _Size:
        inline = step.get("inline")
        size = self._of(inline) if isinstance(inline, dict) else self._of_name(str(step.get("template")))
        return (size if size.pods else _Size(1, 0, 0)).times(_length(step))


def _length(step: Mapping[str, Plain]) -> float:
    """Returns how many items a loop has, as far as they are stated."""
    items, sequence = step.get("withItems"), step.get("withSequence")
    if not isinstance(sequence, dict):
        return max(1, len(items)) if isinstance(items, list) else 1
    first, last = number_of(sequence.get("start")) or 0, number_of(sequence.get("end"))
    return max(1, number_of(sequence.get("count")) or (abs(last - first) + 1 if last is not None else 1))
