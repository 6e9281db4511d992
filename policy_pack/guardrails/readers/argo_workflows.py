"""Finds workflows of Argo in the objects of a plan."""

from collections.abc import Iterator, Mapping

from ..engine.kubernetes_lists import expand_list
from ..engine.reading import Resource
from .kubernetes_objects import ObjectPart, objects

_GROUP = "kubernetes:argoproj.io/"
_KINDS: Mapping[str, tuple[str, ...]] = {
    "Workflow": (), "CronWorkflow": ("workflowSpec",), "WorkflowTemplate": (), "ClusterWorkflowTemplate": (),
}  # fmt: skip
"""Kind -> where the workflow is below `spec` (argoproj/argo-workflows f016ad89 pkg/apis/workflow/v1alpha1/
cron_workflow_types.go and workflow_types.go, read 2026-12-01)."""


def specs_of_workflows(resource: Resource) -> Iterator[ObjectPart]:
    """Yields the WorkflowSpec of each workflow, schedule and template that a resource has, also as a list."""
    for item in expand_list(resource) if resource.type.startswith(_GROUP) else ():
        for kind, way in _KINDS.items():
            for workflow in objects(item, kind):
                spec = workflow.child("spec")
                for key in way:
                    spec = spec.child(key)
                yield spec
