"""Pipelines of AWS CodePipeline that deploy what nobody has reviewed: any branch that somebody pushes, or a change
while it is still evaluated.

A trigger with filters takes the place of the branch that the source names: it starts the pipeline with the commit of
any branch that a pattern matches, and for pull requests with the one that is not merged yet (AWS CodePipeline User
Guide, "Add trigger with code push or pull request event types", read 2026-12-02). Protection of a branch is that of its
name, so that a pattern which begins with a wildcard matches branches that have none. Actions of a stage with the same
`runOrder`, which is 1 by default, run side by side ("CodePipeline pipeline structure reference", found as a string).
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Plain, Resource, each_item, one_or_many, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_PIPELINES = aws("codepipeline/Pipeline")
_WORDS = lazy_regex(r"[A-Z]?[a-z]{1,40}|[A-Z]{1,40}(?![a-z])")
"""Words of a name: `PulumiUp` has two, and so has `APIDeploy`."""
_DEPLOYS = lazy_regex(r"deploy\w*|releas\w*|publish\w*|promot\w*|rollout|apply")
_RUNS_UP = lazy_regex(r"up(?: .*)?|(?:.* )?pulumi up(?: .*)?")
"""A name of `pulumi up`, unlike `set-up` and `clean-up`."""
_PRODUCTION = lazy_regex(r"prod|production|live")
_HARMLESS = lazy_regex(r"build|check|compile|diff|docs|lint|package|plan|preview|scan|synth|test\w*|validate")
"""Words of actions that deploy nothing, even if they are for production."""
_FOR_TRIAL = lazy_regex(
    r"dev|development|sandbox|preview|ephemeral|test|testing|staging|nonprod|non|qa|uat|sit|integration|demo"
)
"""Words of deployments by which a branch is tried before it is merged."""
_EVALUATING = lazy_regex(
    r"guardrails?|polic(?:y|ies)|crossguard|complian\w*|approv\w*|review\w*|preview|evaluat\w*|falaj"
)
_OPEN_PATTERN = lazy_regex(
    r"(?:[*?]|\[[^\]]{0,40}-[^\]]{0,40}\]).*|(?:main|master|trunk)[*?\[].*"
    r"|(?:feat|feature|fix|bug|bugfix|chore|dev|develop|experiment|users?|task|topic|wip|dependabot|renovate)s?[-/_]?\*.*",
    re.IGNORECASE,
)
"""Patterns of branches on which everybody works: those of releases and of the main one are protected, but not those
whose names begin as the main one's does."""
_CHOICE = lazy_regex(r"\{([^{}]{1,400})\}(.{0,200})")
Action = Mapping[str, Plain]


def check_pipeline_reviews(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each trigger by branches without protection, and each deployment beside its evaluation."""
    if resource.type not in _PIPELINES:
        return
    stages = [(_name(stage), _actions(stage)) for stage in one_or_many(resource.get("stages"))]
    above = str(resource.get("name"))
    if any(_deploys(action) and not _is_trial(action, stage, above) for stage, actions in stages for action in actions):
        yield from _open_triggers(resource)
    for index, (_, actions) in enumerate(stages):
        yield from _beside(actions, f"stages[{index}]")


def _open_triggers(resource: Resource) -> Iterator[Outcome]:
    above = "triggers[*].gitConfiguration"
    for path, pattern in each_item(walk(resource.props, f"{above}.pushes[*].branches.includes")):
        if isinstance(pattern, str) and any(map(_OPEN_PATTERN.fullmatch, _spellings(pattern.strip()))):
            yield failed(f"{path} is {pattern}: whoever pushes a branch that nobody protects deploys it", path)
    for path, branches in each_item(walk(resource.props, f"{above}.pushes[*].branches")):
        if isinstance(branches, dict) and branches.get("excludes") and not branches.get("includes"):
            yield failed(f"{path} lists no branch but those left out: each other one is deployed", path)
    for path, requests in walk(resource.props, f"{above}.pullRequests"):
        if requests not in (MISSING, None, []):
            yield failed(f"{path} start the pipeline, so that a change is deployed before it is approved", path)


def _spellings(pattern: str) -> list[str]:
    """Returns the patterns that one with alternatives at its beginning stands for, such as `{feature,fix}/*`."""
    choice = _CHOICE.fullmatch(pattern)
    return [f"{name.strip()}{choice[2]}" for name in choice[1].split(",")] if choice is not None else [pattern]


def _beside(actions: list[Action], path: str) -> Iterator[Outcome]:
    orders = [_order(action) for action in actions if evaluates(action)]
    for action in actions:
        if orders and _deploys(action) and not evaluates(action) and _order(action) <= max(orders):
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


def _words(*names: Plain) -> list[str]:
    return [word.lower() for text in names for word in _WORDS.findall(str(text))]


def _words_of(action: Action) -> list[str]:
    settings = action.get("configuration")
    return _words(action.get("name"), settings.get("ProjectName") if isinstance(settings, dict) else "")


def _name(stage: Plain) -> str:
    return str(stage.get("name")) if isinstance(stage, dict) else ""


def _starts_deployment(words: list[str]) -> bool:
    """Returns whether a name begins as that of a deployment, such as `deploy-policies`."""
    return any(map(_DEPLOYS.fullmatch, words[:1]))


def _deploys(action: Action) -> bool:
    if action.get("category") in ("Source", "Approval", "Test"):
        return False
    words = _words_of(action)
    is_verb = any(map(_DEPLOYS.fullmatch, words)) or _RUNS_UP.fullmatch(" ".join(words)) is not None
    is_place = any(map(_PRODUCTION.fullmatch, words)) and not any(map(_HARMLESS.fullmatch, words))
    return action.get("category") == "Deploy" or is_verb or is_place


def _is_trial(action: Action, stage: str, pipeline: str) -> bool:
    """Returns whether a deployment is for trying: by its own name, or by that of its stage or pipeline unless the name
    is that of production."""
    own = _words_of(action)
    if any(map(_FOR_TRIAL.fullmatch, own)) or any(map(_PRODUCTION.fullmatch, own)):
        return any(map(_FOR_TRIAL.fullmatch, own))
    above = _words(stage)
    if any(map(_PRODUCTION.fullmatch, above)):
        return False
    return any(map(_FOR_TRIAL.fullmatch, (*above, *_words(pipeline))))


def evaluates(action: Action) -> bool:
    """Returns whether an action evaluates a change or waits for an approval, by its category and its names."""
    if action.get("category") in ("Approval", "Deploy"):
        return action.get("category") == "Approval"
    words = _words(action.get("name"))
    return not _starts_deployment(words) and any(map(_EVALUATING.fullmatch, _words_of(action)))
