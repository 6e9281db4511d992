"""Rules on Kubernetes resources that depend on the cloud of their cluster, which may only be known with the plan."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from falaj.facts.clouds import Cloud

from ..engine.plan import Plan
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, undetermined
from ..readers.cluster_clouds import ANYWHERE, clouds_in_plan, clouds_of


@dataclass(frozen=True)
class CloudCheck:
    """Evaluates resources by their cloud. `outcomes` yields those of a resource in a cluster on any of the clouds;
    `on_premises` are the contexts of clusters outside the clouds."""

    outcomes: Callable[[Resource, Collection[Cloud]], Iterator[Outcome]]
    on_premises: Collection[str]

    def evaluate_resource(self, resource: Resource) -> Iterator[Outcome]:
        """Yields the outcomes of a resource by itself. Where the cloud is not known yet, only those that are the same
        on every cloud."""
        clouds = clouds_of(resource.provider, self.on_premises)
        yield from self.outcomes(resource, clouds) if clouds is not None else self._on_every_cloud(resource)

    def evaluate_with_plan(self, resource: Resource, plan: Plan) -> Iterator[Outcome]:
        """Yields the outcomes of a resource whose kubeconfig comes from a cluster of the plan."""
        if clouds_of(resource.provider) is not None or any(self._on_every_cloud(resource)):
            return
        clouds = clouds_in_plan(resource.provider, plan)
        if clouds:
            yield from self.outcomes(resource, clouds)
        elif any(self.outcomes(resource, ANYWHERE)):
            yield undetermined("the cloud of its cluster, whose annotations it needs, is not known before deployment")

    def _on_every_cloud(self, resource: Resource) -> Iterator[Outcome]:
        by_cloud = [list(self.outcomes(resource, (cloud,))) for cloud in sorted(ANYWHERE)]
        if len({tuple(outcome.verdict for outcome in outcomes) for outcomes in by_cloud}) == 1:
            yield from by_cloud[0]
