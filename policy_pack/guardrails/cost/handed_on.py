"""What jobs on streams and workflows of Argo hand on, as steps from one place to another.

A job of Stream Analytics may write to the hub of events that another job reads, and to its own (MicrosoftDocs/
azure-docs, articles/stream-analytics/event-hubs-output.md, read 2026-12-02): its places are hubs, known by namespace
and name, and the job itself. A template of a resource creates what its manifest says, which may be a workflow of a
template, and so does `argo submit --from`; a step with a condition may end what it began (argoproj/argo-workflows
51d9002b docs/walk-through/kubernetes-resources.md and 00993660 docs/walk-through/exit-handlers.md, read 2026-12-02).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, Plain, Resource, items_of, leaves, one_or_many, walk
from ..engine.rows import azure
from ..readers.kubernetes_objects import ObjectPart, objects


class Step(NamedTuple):
    """What a resource hands on: from which place to which, and the property that says so."""

    start: str
    end: str
    path: str


_JOB, _INPUT, _OUTPUT = azure("streamanalytics:StreamingJob", "streamanalytics:Input", "streamanalytics:Output")
STREAM_TYPES = (_JOB, _INPUT, _OUTPUT)
WORKFLOW_TYPES = "kubernetes:argoproj.io/"
_HUBS = lazy_regex(r"Microsoft\.(?:ServiceBus|EventHub)/EventHub", re.IGNORECASE)
_INPUTS = {_JOB: "inputs[*].properties?.datasource?", _INPUT: "properties?.datasource?"}
_OUTPUTS = {_JOB: "outputs[*].datasource?", _OUTPUT: "datasource?"}
_TEMPLATES = ("WorkflowTemplate", "ClusterWorkflowTemplate")
_OF_CLUSTER = "*"
_REFERENCE = lazy_regex(r"\bworkflowTemplateRef\b[\"']?\s{0,9}:([^{}]{0,300}|\s{0,40}\{[^{}]{0,300}\})")
_NAME = lazy_regex(r"\bname[\"']?\s{0,9}:\s{0,9}[\"']?([\w.-]{1,253})")
_CLUSTER_SCOPE = lazy_regex(r"\bclusterScope[\"']?\s{0,9}:\s{0,9}[\"']?true\b", re.IGNORECASE)
_NAMESPACE = lazy_regex(r"\bnamespace[\"']?\s{0,9}:\s{0,9}[\"']?([\w.-]{1,253})")
_SUBMIT = lazy_regex(
    r"\bargo\s{1,9}submit\b[^;|&\n]{0,300}?--from[= ][\"']?"
    r"(c(?:luster)?(?=w))?(?:workflowtemplates?|wftmpl)/([\w.-]{1,253})"
)


def of_stream(item: Resource, plan: Plan) -> Iterator[Step]:
    """Yields the steps from hubs of events to a job, and from the job to hubs."""
    jobs = [] if item.type == _JOB else [job for job in plan.dependencies_of(item, "jobName") if job.type == _JOB]
    job = _job(jobs[0] if jobs else item)
    for path, source in walk(item.props, _INPUTS[item.type]) if item.type in _INPUTS else ():
        yield Step(_hub(source), job, path)
    for path, target in walk(item.props, _OUTPUTS[item.type]) if item.type in _OUTPUTS else ():
        yield Step(job, _hub(target), path)


def _job(item: Resource) -> str:
    name = item.get("jobName")
    return f"streamanalytics:{name}".lower() if isinstance(name, str) else item.urn


def _hub(source: Plain) -> str:
    """Returns the place that a source or a target is; empty if it is no hub, or nobody knows which one."""
    if not isinstance(source, dict) or _HUBS.fullmatch(str(source.get("type"))) is None:
        return ""
    names = [source.get(key) for key in ("serviceBusNamespace", "eventHubName")]
    return f"eventhub:{names[0]}/{names[1]}".lower() if all(isinstance(name, str) and name for name in names) else ""


def of_workflows(resource: Resource) -> Iterator[Step]:
    """Yields the steps from templates of workflows to those whose workflows they always submit."""
    for item in expand_list(resource):
        for kind in _TEMPLATES:
            for template in objects(item, kind):
                metadata, spec = template.child("metadata"), template.child("spec")
                space = str(metadata.get("namespace"))
                start = _template(_OF_CLUSTER if kind != _TEMPLATES[0] else space, metadata.get("name"))
                used = _always_used(spec)
                for one in spec.children("templates"):
                    if one.get("name") in used:
                        yield from (Step(start, end, path) for end, path in _submitted(one, space))


def _template(space: str, name: Plain) -> str:
    return f"argo:{space}/{name}" if isinstance(name, str) else ""


def _always_used(spec: ObjectPart) -> set[Plain]:
    """Returns the names of templates that run without a condition."""
    uses = [*spec.child("hooks").data.values()]
    for one in spec.children("templates"):
        groups = [*items_of(one.data.get("steps")), one.child("dag").data.get("tasks")]
        uses += [use for group in groups for use in one_or_many(group)]
    found = [use for use in uses if isinstance(use, dict) and not (use.get("when") or use.get("expression"))]
    named = [use.get(key) for use in found for key in ("template", "onExit")]
    return {name for name in (spec.get("entrypoint"), spec.get("onExit"), *named) if isinstance(name, str)}


def _submitted(template: ObjectPart, space: str) -> Iterator[tuple[str, str]]:
    """Yields the templates whose workflows a template creates or submits, with the paths that say so."""
    resource = template.child("resource")
    manifest = resource.get("manifest")
    if isinstance(manifest, str) and resource.get("action") in ("create", "apply", MISSING):
        stated = _NAMESPACE.search(manifest)
        for reference in _REFERENCE.findall(manifest):
            if name := _NAME.search(reference):
                is_wide = _CLUSTER_SCOPE.search(reference) is not None
                place = _OF_CLUSTER if is_wide else stated[1] if stated else space
                yield _template(place, name[1]), resource.path_to("manifest")
    for key in ("container", "script"):
        part = template.child(key)
        text = " ".join(value for _, _, value in leaves(part.data) if isinstance(value, str))
        for is_wide, name in _SUBMIT.findall(text):
            yield _template(_OF_CLUSTER if is_wide else space, name), part.path
