"""Pipelines of AWS CodePipeline that deploy what nobody has reviewed: any branch that somebody pushes, or a change
while it is still evaluated.

A trigger with filters takes the place of the branch that the source names: it starts the pipeline with the commit of
any branch that a pattern matches, and for pull requests with the one that is not merged yet (AWS CodePipeline User
Guide, "Add trigger with code push or pull request event types", read 2026-12-02). Protection of a branch is that of its
name, so that a pattern which begins with a wildcard matches branches that have none. Actions of a stage with the same
`runOrder`, which is 1 by default, run side by side (the same, "Action declaration", as known).
"""

from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Plain, Resource, each_item, one_or_many, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_PIPELINES = aws("codepipeline/Pipeline")
_WORDS = lazy_regex(r"[a-z]{2,40}")
_DEPLOYING = lazy_regex(r"deploy\w*|releas\w*|publish\w*|promot\w*|rollout|apply|up|prod|production|live")
_FOR_TRIAL = lazy_regex(r"dev|development|sandbox|preview|ephemeral|test|testing|staging|nonprod")
"""Words of deployments by which a branch is tried before it is merged."""
_EVALUATING = lazy_regex(
    r"guardrails?|polic(?:y|ies)|crossguard|complian\w*|approv\w*|review\w*|preview|evaluat\w*|falaj"
)
_OPEN_PATTERN = lazy_regex(r"\*.*|(?:feature|fix|bugfix|dev|develop|users?|topic|wip|dependabot|renovate)s?[-/_]?\*.*")
"""Patterns of branches on which everybody works: those of releases and of the main one are protected."""
Action = Mapping[str, Plain]


def check_pipeline_reviews(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each trigger by branches without protection, and each deployment beside its evaluation."""
    if resource.type not in _PIPELINES:
        return
    stages = [_actions(stage) for stage in one_or_many(resource.get("stages"))]
    if any(_deploys(action) and not _is_trial(action) for actions in stages for action in actions):
        yield from _open_triggers(resource)
    for index, actions in enumerate(stages):
        yield from _beside(actions, f"stages[{index}]")


def _open_triggers(resource: Resource) -> Iterator[Outcome]:
    above = "triggers[*].gitConfiguration"
    for path, pattern in each_item(walk(resource.props, f"{above}.pushes[*].branches.includes")):
        if isinstance(pattern, str) and _OPEN_PATTERN.fullmatch(pattern.strip()):
            yield failed(f"{path} is {pattern}: whoever pushes a branch that nobody protects deploys it", path)
    for path, requests in walk(resource.props, f"{above}.pullRequests"):
        if requests not in (MISSING, None, []):
            yield failed(f"{path} start the pipeline, so that a change is deployed before it is approved", path)


def _beside(actions: list[Action], path: str) -> Iterator[Outcome]:
    orders = [_order(action) for action in actions if _evaluates(action)]
    for action in actions:
        if orders and _deploys(action) and not _evaluates(action) and _order(action) <= max(orders):
            place = f"{path}.actions"
            text = (
                f"{place}: {action.get('name')} does not wait for the evaluation beside it: give it a higher runOrder"
            )
            yield failed(text, place)


def _actions(stage: Plain) -> list[Action]:
    listed = one_or_many(stage.get("actions")) if isinstance(stage, dict) else []
    return [item for item in listed if isinstance(item, dict)]


def _order(action: Action) -> float:
    return number_of(action.get("runOrder")) or 1


def _words(action: Action) -> Iterator[str]:
    settings = action.get("configuration")
    named = (action.get("name"), settings.get("ProjectName") if isinstance(settings, dict) else "")
    return (word for text in named for word in _WORDS.findall(str(text).lower()))


def _deploys(action: Action) -> bool:
    if action.get("category") in ("Source", "Approval", "Test"):
        return False
    return action.get("category") == "Deploy" or any(map(_DEPLOYING.fullmatch, _words(action)))


def _is_trial(action: Action) -> bool:
    return any(map(_FOR_TRIAL.fullmatch, _words(action)))


def _evaluates(action: Action) -> bool:
    return action.get("category") == "Approval" or any(map(_EVALUATING.fullmatch, _words(action)))
