"""Steps of Logic Apps and of pipelines of Data Factory, in the groups in which they wait for each other.

An action of a workflow names in `runAfter` the actions before it, each with the states after which it runs; an activity
of a pipeline has them in `dependsOn`, as `dependencyConditions`. Branches of If, Switch, Scope, Foreach and Until have
groups of their own (Azure Logic Apps, "Schema reference for Workflow Definition Language"; pulumi-azure-native 3.29.0,
datafactory, ActivityDependency; steps in ten public programs, read 2026-12-02).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..engine.reading import Plain, Resource, from_json, one_or_many, texts_in
from ..engine.rows import azure

WORKFLOWS, PIPELINES = azure("logic:Workflow"), azure("datafactory:Pipeline")
NEUTRAL = frozenset({
    "compose", "parsejson", "response", "terminate", "query", "select", "table", "join", "wait", "initializevariable",
    "setvariable", "appendtoarrayvariable", "appendtostringvariable", "incrementvariable", "decrementvariable", "fail",
})  # fmt: skip
"""Types of steps, in lower case, that change nothing outside of the run."""
_BRANCHES = ("actions", "else", "default", "cases")
_OF_PIPELINES = ("activities", "ifTrueActivities", "ifFalseActivities", "defaultActivities", "cases")
_DEEPEST = 24


@dataclass(frozen=True)
class Step:
    """One action or activity with its name, and after what it runs."""

    name: str
    path: str
    props: Mapping[str, Plain]
    after: Mapping[str, frozenset[str]]
    """Name of a step before it -> the states after which it runs, in lower case."""

    @property
    def kind(self) -> str:
        """Returns the type of the step in lower case."""
        return str(self.props.get("type")).lower()


def groups_of_steps(resource: Resource) -> Iterator[Mapping[str, Step]]:
    """Yields the steps that wait for each other, by their names in lower case."""
    if resource.type in WORKFLOWS:
        definition = from_json(resource.get("definition"))
        if isinstance(definition, dict):
            yield from _of_actions(definition.get("actions"), "definition.actions", 0)
    elif resource.type in PIPELINES:
        yield from _of_activities(resource.get("activities"), "activities", 0)


def _of_actions(actions: Plain, path: str, depth: int) -> Iterator[Mapping[str, Step]]:
    if not isinstance(actions, dict) or depth > _DEEPEST:
        return
    stated = {name: item for name, item in actions.items() if isinstance(item, dict)}
    yield {name.lower(): Step(name, f"{path}.{name}", item, _states(item.get("runAfter")))
           for name, item in stated.items()}  # fmt: skip
    for name, item in stated.items():
        for place, inside in _branches(item, f"{path}.{name}"):
            yield from _of_actions(inside, place, depth + 1)


def _branches(item: Mapping[str, Plain], path: str) -> Iterator[tuple[str, Plain]]:
    for key in _BRANCHES:
        inside = item.get(key)
        if key == "actions":
            yield f"{path}.{key}", inside
        elif key == "cases" and isinstance(inside, dict):
            yield from ((f"{path}.{key}.{name}.actions", case.get("actions"))
                        for name, case in inside.items() if isinstance(case, dict))  # fmt: skip
        elif isinstance(inside, dict):
            yield f"{path}.{key}.actions", inside.get("actions")


def _states(run_after: Plain) -> dict[str, frozenset[str]]:
    stated = run_after if isinstance(run_after, dict) else {}
    return {name.lower(): _lower(states) for name, states in stated.items()}


def _lower(states: Plain) -> frozenset[str]:
    return frozenset(text.lower() for text in texts_in(one_or_many(states)))


def _of_activities(activities: Plain, path: str, depth: int) -> Iterator[Mapping[str, Step]]:
    if depth > _DEEPEST:
        return
    stated = [(f"{path}[{index}]", item) for index, item in enumerate(one_or_many(activities))
              if isinstance(item, dict)]  # fmt: skip
    if stated:
        yield {str(item.get("name")).lower(): Step(str(item.get("name")), place, item, _conditions(item))
               for place, item in stated}  # fmt: skip
    for place, item in stated:
        for key in _OF_PIPELINES:
            yield from _of_activities(item.get(key), f"{place}.{key}", depth + 1)


def _conditions(item: Mapping[str, Plain]) -> dict[str, frozenset[str]]:
    stated = [part for part in one_or_many(item.get("dependsOn")) if isinstance(part, dict)]
    return {str(part.get("activity")).lower(): _lower(part.get("dependencyConditions")) for part in stated}
