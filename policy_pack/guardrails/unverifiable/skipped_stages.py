"""Stages of AWS CodePipeline that whoever writes a change may have skipped.

A stage whose condition of entry is not met is skipped if the result is SKIP, and the next stage runs. A condition reads
variables, by VariableCheck, or asks a function (AWS CodePipeline User Guide, "Configure conditions for a stage", read
2026-12-01). The message of a commit, its author, its branch and the variables of a run are written by whoever makes the
change or starts the run; what a build finds out is not. A stage that deploys may be skipped: then nothing is deployed.
What evaluates a change or waits for an approval is not left out by the clock or an alarm either: DeploymentWindow is a
time that whoever merges chooses (the same guide, "DeploymentWindow", read 2026-12-02).
"""

from collections.abc import Collection, Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, items_of, one_or_many
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed
from .pipeline_reviews import evaluates

_PIPELINES = aws("codepipeline/Pipeline")
_VARIABLE = lazy_regex(r"#\{(?P<space>[\w.-]{1,100}?)\.[\w.-]{1,200}\}")
_OF_RUNS = "variables"
"""Namespace of what whoever starts a run states."""
_FINDS_OUT = ("VariableCheck", "LambdaInvoke", "Commands")
"""Rules that may look at the change itself, such as whether it has programs at all."""


def check_skipped_stages(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each stage that is skipped by what a change says, and after which another one runs."""
    stages = one_or_many(resource.get("stages")) if resource.type in _PIPELINES else []
    written = {_OF_RUNS, *(str(item.get("namespace")) for stage in stages for item in _actions(stage, "Source"))}
    for index, stage in enumerate(stages[:-1]):
        if not isinstance(stage, dict) or _deploys(stage):
            continue
        if _is_skipped(stage, written):
            path = f"stages[{index}].beforeEntry.condition.result"
            yield failed(f"{path} must be FAIL: whoever writes the change skips the stage, and the next one runs", path)


def _actions(stage: Plain, category: str = "") -> list[dict[str, Plain]]:
    listed = one_or_many(stage.get("actions")) if isinstance(stage, dict) else []
    return [item for item in listed if isinstance(item, dict) and category in ("", item.get("category"))]


def _deploys(stage: Plain) -> bool:
    return bool(_actions(stage)) and len(_actions(stage)) == len(_actions(stage, "Deploy"))


def _is_skipped(stage: dict[str, Plain], written: Collection[str]) -> bool:
    """Returns whether the condition of a stage skips it by a variable that the author of a change writes, or an
    evaluation by something that says nothing of the change."""
    entry = stage.get("beforeEntry")
    condition = entry.get("condition") if isinstance(entry, dict) else None
    if not isinstance(condition, dict) or str(condition.get("result")).upper() != "SKIP":
        return False
    rules = [item for item in items_of(condition.get("rules")) if isinstance(item, dict)]
    settings = [item for rule in rules if isinstance(item := rule.get("configuration"), dict)]
    found = (_VARIABLE.search(str(item.get("Variable"))) for item in settings)
    is_written = any(match["space"] in written for match in found if match)
    return is_written or (any(map(evaluates, _actions(stage))) and not all(map(_finds_out, rules)))


def _finds_out(rule: dict[str, Plain]) -> bool:
    kind = rule.get("ruleTypeId")
    return isinstance(kind, dict) and kind.get("provider") in _FINDS_OUT
