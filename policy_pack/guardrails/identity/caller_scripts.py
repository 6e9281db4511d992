"""Parameters that become text of a script: whoever states one runs commands as the account of the step.

Tekton puts a parameter into a script, or into what follows `sh -c`, as it stands, and its authors call that a security
problem: what is in an environment variable or an argument of its own stays a value (tektoncd/catalog 15caec9b
recommendations.md). A parameter with `enum` has listed values only, and is refused by a cluster that does not check
them (tektoncd/pipeline, validateParamEnums of the API's v1). Argo does the same with `{{...}}`, where an expression may
have several parameters (argoproj/argo-workflows 03d3dd57 docs/variables.md). There whoever starts a workflow of the
plan states its parameters, which is for its team; what a sensor takes from an event comes from whoever caused the
event, such as the name of a branch (argoproj/argo-events 02c3309b docs/tutorials/02-parameterization.md). All read on
2026-12-01.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, items_of
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects

_OF_TEKTON = ("Task", "ClusterTask", "StepAction", "Pipeline", "TriggerTemplate")
_PARAMETER = lazy_regex(r"""\$\((?:inputs\.|tt\.)?params(?:\.|\[['"])(?P<name>[\w-]{1,100})""")
_OF_ARGO = lazy_regex(r"\b(?:workflow|inputs)\.parameters(?:\.|\[['\"])(?P<name>[\w-]{1,100})")
"""A parameter in a tag, which may be an expression with several of them."""
_ALL_OF_WORKFLOW = lazy_regex(
    r"\{\{[^{}]{0,300}?\bworkflow\.parameters(?:\.json(?![\w-])|\[\s{0,9}['\"]json['\"]|(?!\.?\w|-|\[\s{0,9}['\"]))"
)
_ALL_OF_TEMPLATE = lazy_regex(r"\{\{[^{}]{0,300}?\binputs\.parameters(?!\.?\w|-|\[\s{0,9}['\"])")
"""All parameters of a workflow, or of a template, as one text (Argo Workflows, tables of variables, in an excerpt:
`workflow.parameters`, its alias `workflow.parameters.json`, and `inputs.parameters`; read 2026-12-02)."""
_SHELL = lazy_regex(r"(?:\S{0,60}/)?(?:ash|bash|dash|ksh|sh|zsh|python[\d.]{0,4}|node|perl|ruby|pwsh)")
_RUNS_TEXT = lazy_regex(r"-\w{0,6}[ce]|-command", re.IGNORECASE)
"""Options after which an interpreter takes a text as its program."""
_DEEPEST = 12
"""Levels of an object below which no step is."""
_SENSORS = "kubernetes:argoproj.io/"
_TEMPLATES = ("ClusterWorkflowTemplate", "WorkflowTemplate")


def _parts(value: Plain, path: str, depth: int = _DEEPEST) -> Iterator[ObjectPart]:
    """Yields each object in a value."""
    if isinstance(value, dict) and depth:
        yield ObjectPart(path, value)
        for key, item in value.items():
            yield from _parts(item, f"{path}.{key}" if path else key, depth - 1)
    elif isinstance(value, list) and depth:
        for index, item in enumerate(value):
            yield from _parts(item, f"{path}[{index}]", depth - 1)


def _program_texts(step: ObjectPart, key: str) -> Iterator[tuple[str, str]]:
    """Yields the texts of a step that an interpreter runs, with their paths: its script, and what an option of the
    interpreter names."""
    script = step.get(key)
    if isinstance(script, str):
        yield step.path_to(key), script
    words = [(step.path_to(name), str(word)) for name in ("command", "args") for word in items_of(step.get(name))]
    if words and _SHELL.fullmatch(words[0][1].strip()):
        places = [index for index, (_, word) in enumerate(words) if _RUNS_TEXT.fullmatch(word)]
        yield from (words[index + 1] for index in places if index + 1 < len(words))


def _listed(value: Plain) -> frozenset[str]:
    """Returns the parameters that an object declares with a list of their values."""
    return frozenset(
        str(part.get("name")) for part in _parts(value, "") if items_of(part.get("enum")) and part.get("name")
    )


def check_scripts_of_callers(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each text of a step of Tekton that an interpreter runs, and in which a parameter is."""
    for item in objects(resource, *_OF_TEKTON) if "tekton.dev/" in resource.type else ():
        spec = item.data.get("spec")
        listed = _listed(spec)
        for step in _parts(spec, "spec"):
            for path, text in _program_texts(step, "script"):
                name = next((found["name"] for found in _PARAMETER.finditer(text) if found["name"] not in listed), "")
                if name:
                    yield failed(_text(path, name, "whoever starts the task"), path)


def _text(path: str, name: str, caller: str) -> str:
    return f"{path} has parameter {name} as text of a program, so that {caller} runs commands: pass it by env"


_OF_WORKFLOW = lazy_regex(
    r"spec\.arguments\.parameters\.(?P<index>\d{1,3}|#\(name==\"(?P<name>[\w-]{1,100})\"\))\.value"
)
_INTO_PROGRAM = lazy_regex(r"(?:\w+\.){1,12}(?:script|source|(?:args|command)\.\d{1,3})")


def _templates(resource: Resource) -> Iterator[str]:
    for item in objects(resource, *_TEMPLATES):
        yield str(item.child("metadata").get("name"))


def check_scripts_of_events(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each sensor that puts what an event says into the text of a program: by the path of the
    parameter, or by a parameter of the workflow that it starts, with its templates in the plan."""
    for sensor in objects(resource, "Sensor") if resource.type.startswith(_SENSORS) else ():
        for trigger in sensor.child("spec").children("triggers"):
            for part in _parts(trigger.data, trigger.path):
                workflow = part.child("source").get("resource")
                if isinstance(workflow, dict):
                    yield from _judge(part, trigger, workflow, plan)


def _judge(part: ObjectPart, trigger: ObjectPart, workflow: Mapping[str, Plain], plan: Plan) -> Iterator[Outcome]:
    spec = ObjectPart("", dict(workflow)).child("spec")
    stated = [str(item.get("name")) for item in spec.child("arguments").children("parameters") if item.data]
    tainted = set()
    for item in (*part.children("parameters"), *trigger.children("parameters")):
        path, destination = item.path_to("dest"), str(item.get("dest"))
        if not item.child("src").get("dependencyName"):
            continue
        if _INTO_PROGRAM.fullmatch(destination):
            text = f"{path} puts what an event says into {destination}, so that whoever causes it runs commands"
            yield failed(text, path)
        elif match := _OF_WORKFLOW.fullmatch(destination):
            named = match["name"] or (stated[int(match["index"])] if int(match["index"]) < len(stated) else "")
            tainted.add(named)
    named = str(spec.child("workflowTemplateRef").get("name"))
    specs = [spec.data, *(found.props.get("spec") for found in plan.by_key(_templates).get(named, ()))]
    for found in specs:
        yield from _run(found, frozenset(tainted), part.path)


@dataclass(frozen=True)
class _Taint:
    """Parameters of a workflow that get what an event says: its own, those of templates too, and each template's path
    with the parameters that it has."""

    own: frozenset[str]
    passed_on: frozenset[str]
    inputs: Mapping[str, frozenset[str]]

    def name_in(self, path: str, text: str) -> str:
        """Returns the parameter that a text at a path has, alone or among all; empty if it has none."""
        found = {match["name"] for match in _OF_ARGO.finditer(text)} & self.passed_on
        if self.own and _ALL_OF_WORKFLOW.search(text):
            found |= self.own
        if _ALL_OF_TEMPLATE.search(text):
            found |= {name for place in self.inputs if path.startswith(f"{place}.") for name in self.inputs[place]}
        return min(filter(None, found), default="of a number that the workflow lacks") if found else ""


def _taint(parts: Sequence[ObjectPart], own: frozenset[str]) -> _Taint:
    """Follows parameters of a workflow into those of its templates."""
    named = {
        part.path: frozenset(str(item.get("name")) for item in part.child("inputs").children("parameters"))
        for part in parts
    }
    taint = _Taint(own, own, {})
    for _ in range(_DEEPEST):
        more = {
            str(item.get("name")) for part in parts for item in part.child("arguments").children("parameters")
            if taint.name_in(item.path, str(item.get("value")))
        }  # fmt: skip
        passed_on = taint.passed_on | more
        inputs = {path: names & passed_on for path, names in named.items() if names & passed_on}
        if passed_on == taint.passed_on and inputs == taint.inputs:
            break
        taint = _Taint(own, passed_on, inputs)
    return taint


def _run(spec: Plain, tainted: frozenset[str], path: str) -> Iterator[Outcome]:
    """Yields a failure for each text that an interpreter runs and that has one of the parameters, or one of a template
    that gets it."""
    parts = list(_parts(spec, "spec"))
    taint = _taint(parts, tainted - _listed(spec))
    for part in parts:
        for place, text in _program_texts(part, "source"):
            if name := taint.name_in(place, text):
                yield failed(f"{path} {_text(place, name, 'whoever causes the event')}", path)
