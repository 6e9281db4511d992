"""Promotions of Kargo to production that nobody makes.

A policy of a project (`promotionPolicies`, formerly of the Project itself) lets a stage take each new version by
itself; stages are named, also by `glob:` and `regex:`, or selected by labels (manifests of akuity/kargo found as
strings in public repositories, where those of production say false; read 2026-12-02). A stage that asks for a time of
trial in the stages before it (`requiredSoakTime` of FreightSources, found as a string) has its versions tried, so that
a team may choose it.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, leaves, one_or_many
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects

_GROUP = "kubernetes:kargo.akuity.io/"
_PRODUCTION = lazy_regex(
    r"(?:.*[^a-z])?(?<!non-)(?<!non)(?<!pre-)(?<!pre)prod(?:uction)?(?![a-z]).*|live", re.IGNORECASE
)
_SAMPLES = ("prod", "production", "payments-prod")
_GLOB = "glob:"
_ANY_NAME = lazy_regex(r"regexp?:\W{0,9}(?:\.[*+])?\W{0,9}(?:prod.{0,60})?", re.IGNORECASE)


def check_promotions(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each policy by which production takes a version that was not tried for a time."""
    for item in expand_list(resource) if resource.type.startswith(_GROUP) else ():
        for project in objects(item, "Project", "ProjectConfig"):
            for policy in project.child("spec").children("promotionPolicies"):
                is_automatic = str(policy.get("autoPromotionEnabled")).lower() == "true"
                if is_automatic and (name := _production(policy)) and not _is_tried(name, plan):
                    path = policy.path_to("autoPromotionEnabled")
                    yield failed(f"{path} brings each new version to {name}, and nobody agrees to it", path)


def _production(policy: ObjectPart) -> str:
    """Returns the name, pattern or label by which a policy is for production; an empty text if it is for no such
    stage, or for stages that nobody knows."""
    selector = policy.child("stageSelector")
    named = [*one_or_many(policy.get("stage")), *one_or_many(policy.get("stages")), selector.get("name")]
    texts = [*(name for name in named if isinstance(name, str)), *_labels(selector)]
    return next((text for text in texts if _is_production(text)), "")


def _labels(selector: ObjectPart) -> Iterator[str]:
    yield from (value for _, _, value in leaves(selector.child("matchLabels").data) if isinstance(value, str))
    for item in selector.children("matchExpressions"):
        if item.get("operator") == "In":
            yield from (value for value in one_or_many(item.get("values")) if isinstance(value, str))


def _is_production(text: str) -> bool:
    if text.startswith(_GLOB):
        return any(fnmatchcase(sample, text.removeprefix(_GLOB)) for sample in _SAMPLES)
    return (_PRODUCTION.fullmatch(text) or _ANY_NAME.fullmatch(text)) is not None


def _is_tried(name: str, plan: Plan) -> bool:
    """Returns whether the plan has the stage, and it takes nothing that was not tried for a time."""
    stages = [stage for found in plan.by_key(_stages).get(name, ()) for item in expand_list(found)
              for stage in objects(item, "Stage") if stage.child("metadata").get("name") == name]  # fmt: skip
    asked = [
        freight.child("sources") for stage in stages for freight in stage.child("spec").children("requestedFreight")
    ]
    return bool(asked) and all(sources.data.get("requiredSoakTime") for sources in asked)


def _stages(resource: Resource) -> Iterator[str]:
    for item in expand_list(resource) if resource.type.startswith(_GROUP) else ():
        for stage in objects(item, "Stage"):
            yield _text(stage.child("metadata").get("name"))


def _text(value: Plain) -> str:
    return value if isinstance(value, str) else ""
