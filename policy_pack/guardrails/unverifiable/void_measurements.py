"""Measurements of a new version that every version passes, that never begin, or for which there is no time.

A release of Flagger goes back if a measured value is out of `thresholdRange` as often as `threshold` says: that of
`request-success-rate` is a percentage, and that of `request-duration` has milliseconds (fluxcd/flagger, "Metrics
Analysis", found as a string). The analysis of a rollout waits for its step `startingStep` (argoproj/argo-rollouts
010ad554, docs/features/analysis.md, "Background Analysis"). AWS AppConfig rolls back for an alarm while it deploys, and
for `finalBakeTimeInMinutes` after that, which is 0 if it is not stated (AWS AppConfig API Reference,
DeploymentStrategy; AWS CDK, RolloutStrategyProps, final_bake_time). All read 2026-12-02. From which value on a range is
void was decided here.
"""

from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import UNKNOWN, Resource, items_of
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed
from ..readers.environments import is_production
from ..readers.kubernetes_objects import ObjectPart, objects

_STRATEGY = aws("appconfig/DeploymentStrategy")[0]
_FLAGGER, _ROLLOUTS = "kubernetes:flagger.app/", "kubernetes:argoproj.io/"
_LEAST_SHARE, _LONGEST, _WHOLE = 50, 60_000, 100
_SUCCESS, _DURATION = "request-success-rate", "request-duration"
_SHARE = lazy_regex(r"(?<![a-z])(?:percent(?:age)?|(?:error|failure)s?-?rate|ratio)(?![a-z])")


def check_measurements(item: Resource) -> Iterator[Outcome]:
    """Yields a failure for each measurement that stops no version."""
    if item.type.startswith(_FLAGGER):
        for canary in objects(item, "Canary"):
            for metric in canary.child("spec").child("analysis").children("metrics"):
                yield from _of_range(metric)
    elif item.type.startswith(_ROLLOUTS):
        for rollout in objects(item, "Rollout"):
            yield from _of_steps(rollout.child("spec").child("strategy").child("canary"))


def check_baking(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for a strategy of production that gives alarms no time."""
    if resource.type != _STRATEGY or not is_production(resource):
        return
    keys = ("deploymentDurationInMinutes", "finalBakeTimeInMinutes")
    values = [resource.get(key) for key in keys]
    if UNKNOWN not in values and not any(number_of(value) for value in values):
        yield failed(f"{keys[1]} is 0, so that no alarm rolls anything back: state minutes", keys[1])


def _of_range(metric: ObjectPart) -> Iterator[Outcome]:
    name, limits = str(metric.get("name")).lower(), metric.child("thresholdRange")
    least, most = number_of(limits.get("min")), number_of(limits.get("max"))
    about = f"{name} {metric.child('templateRef').get('name')}".lower()
    is_void = (
        (least is not None and least <= 0 and most is None)
        or (name == _SUCCESS and least is not None and least < _LEAST_SHARE)
        or (name == _DURATION and most is not None and most > _LONGEST)
        or (_SHARE.search(about) is not None and most is not None and most >= _WHOLE and not least)
    )
    if is_void:
        yield failed(f"{limits.path} holds for every version, also one that fails: narrow it", limits.path)


def _of_steps(canary: ObjectPart) -> Iterator[Outcome]:
    analysis, steps = canary.child("analysis"), canary.get("steps")
    first = number_of(analysis.get("startingStep"))
    if first is not None and isinstance(steps, list) and first >= max(len(items_of(steps)), 1):
        path = analysis.path_to("startingStep")
        yield failed(f"{path} is {first:.0f}, and the rollout has {len(steps)} steps: nothing is measured", path)
