"""Mutations of compliant resources: breaking ones, and equivalent ones that must still pass.

Breaking mutations are derived from the rows of the guardrails and from knowledge that the rows do not have: where a
value is written, how it is spelled, whether it is secret or unknown, and which alias of the type is used.
"""

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf import json_format, struct_pb2
from guardrails.engine.conditions import Condition
from guardrails.engine.proxies import read_properties
from guardrails.engine.reading import MISSING, UNKNOWN, walk
from guardrails.engine.rows import Concern
from guardrails.engine.sdk_types import TAGGABLE
from guardrails.engine.tokens import aws_module, normalise
from guardrails.engine.verdicts import Verdict
from guardrails.readers.effective_tags import AUTO_SCALING_GROUP, NEVER_TAG
from guardrails.registry import ALL
from pulumi.runtime.proto import analyzer_pb2 as proto

from falaj.facts.services import GLOBAL_AWS, GLOBAL_AWS_TYPES
from falaj.facts.tags import COST_TAGS

from .cases import checks_by_type, samples
from .harness import UNKNOWN as UNKNOWN_TEXT
from .harness import secret

Props = dict[str, Any]
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_ENVELOPE = "4dabf18193072939515e22adb298388d"
REMOVED = object()


@dataclass(frozen=True)
class Mutant:
    """A changed resource and the rules that may reject it: at least one must; an empty set means that none may."""

    label: str
    request: proto.AnalyzeRequest
    rules: frozenset[str]
    blocks: bool = True
    """False if the pack must report the resource, but the settings decide whether the deployment is blocked."""


def shape(value: Any) -> object:
    """Returns a hashable shape of a value: equal for values with the same keys and the same types of values."""
    if isinstance(value, dict):
        return tuple(sorted((key, shape(item)) for key, item in value.items()))
    if isinstance(value, list):
        return tuple(map(shape, value))
    return value == UNKNOWN_TEXT, type(value).__name__


def props_of(request: proto.AnalyzeRequest) -> Props:
    return json_format.MessageToDict(request.properties)


def with_props(request: proto.AnalyzeRequest, props: Props, token: str = "") -> proto.AnalyzeRequest:
    changed = proto.AnalyzeRequest()
    changed.CopyFrom(request)
    changed.properties.CopyFrom(json_format.ParseDict(props, struct_pb2.Struct()))
    if token:
        changed.type = token
    return changed


def replaced(value: Any, path: str, new: Any) -> Any:
    """Returns a copy with the value at a path replaced, or removed if `new` is REMOVED.

    Secrets and JSON text on the path are decoded.
    """
    steps = [name or int(index) for name, index in _STEP.findall(path)]
    return _replaced(copy.deepcopy(value), steps, new)


def _replaced(value: Any, steps: list[str | int], new: Any) -> Any:
    if not steps:
        return new
    if isinstance(value, dict) and _ENVELOPE in value:
        value["value"] = _replaced(value["value"], steps, new)
        return value
    if isinstance(value, str) and value[:1] in "{[":
        return json.dumps(_replaced(json.loads(value), steps, new))
    step, *rest = steps
    within: Any = value if isinstance(step, int) or isinstance(value, dict) else {}
    inner = _replaced(within[step] if isinstance(step, int) else within.get(step), rest, new)
    if inner is REMOVED:
        within.pop(step)
    else:
        within[step] = inner
    return within


def aliases(token: str) -> list[str]:
    """Returns other tokens under which the engine may present the type."""
    if token.startswith("azure-native:"):
        _, module, name = token.split(":")
        return [f"azure-native:{module}/v20230101:{name}", f"azure-native_{module}_v20230101:{module}:{name}"]
    if token.startswith("aws:lb/"):
        return [token.replace("aws:lb/", "aws:elasticloadbalancingv2/")]
    if match := re.fullmatch(r"kubernetes:(.+)/v1:(\w+)", token):
        return [f"kubernetes:{match[1]}/v1beta1:{match[2]}"]
    return []


def _bad_values(condition: Condition, value: object) -> Iterator[tuple[str, object]]:
    good, bad = samples(condition)
    for item in bad:
        if isinstance(item, list) == isinstance(value, list) or value is MISSING:
            yield repr(item), item
    if condition.missing is Verdict.FAIL and value is not MISSING:
        yield "absent", REMOVED
        if good:
            yield "null", None


_ALSO: Mapping[tuple[str, str], frozenset[str]] = {
    # An address of mail is no host of a web hook.
    ("aws:sns/topicSubscription:TopicSubscription", "protocol"): frozenset({"FJ-RES-112"}),
}
"""(Type, path) -> rules that a violation there breaks besides its own."""


_RESOLVED = frozenset(item.id for item in ALL if item.resolve is not None)
"""Rules that leave an unknown value to the plan; tests/policies/test_rows.py evaluates one with it."""


def by_rows(request: proto.AnalyzeRequest) -> Iterator[Mutant]:
    """Yields a violation of every row that applies to the type: as plain text, as a secret, and under type aliases."""
    props = props_of(request)
    plain = read_properties(props)
    token = normalise(request.type)
    for rule, check in checks_by_type().get(token, ()):
        if not check.path or (check.when and not _condition_met(plain, check.when)):
            continue
        for path, value in walk(plain, check.path):
            expected = frozenset({rule}) | _ALSO.get((token, check.path), frozenset())
            for label, bad in _bad_values(check.condition, value):
                changed = replaced(props, path, bad)
                yield Mutant(f"{path} {label}", with_props(request, changed), expected)
                for alias in aliases(token):
                    yield Mutant(f"{path} {label} as {alias}", with_props(request, changed, alias), expected)
                if bad is not REMOVED and bad is not None:
                    hidden = replaced(props, path, secret(bad))
                    yield Mutant(f"{path} secret {label}", with_props(request, hidden), expected)
            if check.condition.unknown is Verdict.FAIL or (
                check.condition.unknown is Verdict.UNDETERMINED and rule not in _RESOLVED
            ):
                unknown = with_props(request, replaced(props, path, UNKNOWN_TEXT))
                yield Mutant(f"{path} unknown", unknown, expected, blocks=False)


def _condition_met(plain: Props, when: tuple[str, Condition]) -> bool:
    return any(when[1].judge(value) is Verdict.PASS for _, value in walk(plain, when[0]))


PRODUCTION_RULES = ("FJ-RSL-101", "FJ-RSL-102", "FJ-RSL-103")
"""Rules for production, which also apply to a resource without a valid `environment` tag."""


def by_tags(request: proto.AnalyzeRequest) -> Iterator[Mutant]:
    """Yields mutants with each cost tag removed, emptied or set to an invalid value, in `tags` and `tagsAll`."""
    token = normalise(request.type)
    if token not in TAGGABLE or token in NEVER_TAG or token == AUTO_SCALING_GROUP:
        return
    props = props_of(request)
    tag_properties = [
        name for name in ("tags", "tagsAll") if isinstance(props.get(name), dict) and _ENVELOPE not in props[name]
    ]
    changes = [(tag.key, value, rule) for tag in COST_TAGS for value, rule in (
        (REMOVED, "FJ-TAG-001"), ("", "FJ-TAG-001"), ("No such value!", "FJ-TAG-002"))]  # fmt: skip
    for key, value, rule in changes:
        changed = copy.deepcopy(props)
        for name in tag_properties:
            if key in changed[name]:
                changed = replaced(changed, f"{name}.{key}", value)
        if tag_properties:
            expected = {rule, *PRODUCTION_RULES} if key == "environment" else {rule}
            yield Mutant(f"tags.{key} {value}", with_props(request, changed), frozenset(expected))
    bare = {key: value for key, value in props.items() if key not in ("tags", "tagsAll")}
    yield Mutant("no tags", with_props(request, bare), frozenset({"FJ-TAG-001", *PRODUCTION_RULES}))


_NOT_LOCATIONS = re.compile(r"(?:tags|tagsAll|replicationName)\b")
"""Tags and names: a region in their text does not determine where data is stored."""
RESIDENCY = frozenset(rule.id for rule in ALL if rule.concern is Concern.RESIDENCY)
"""Rules about locations; any of them may reject a foreign location."""
FOREIGN_AWS = ("eu-west-1", "US-EAST-1", "me-south-1")
FOREIGN_AZURE = ("westeurope", "West Europe", "GERMANYWESTCENTRAL", "qatarcentral", "global")


def _is_global(token: str) -> bool:
    return aws_module(token) in GLOBAL_AWS or token in GLOBAL_AWS_TYPES


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and _ENVELOPE not in value:
        for key, item in value.items():
            if not re.search(r"[.\[\]]", key):
                yield from _leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}[{index}]")
    else:
        yield path, value


def by_place(request: proto.AnalyzeRequest) -> Iterator[Mutant]:
    """Yields mutants with each UAE region, of the resource and of its provider, replaced by a foreign one."""
    props = props_of(request)
    for path, value in _leaves(props):
        if not isinstance(value, str) or _NOT_LOCATIONS.match(path) or request.type.startswith("kubernetes:"):
            continue
        foreign: tuple[str, ...] = ()
        if value.lower() == "me-central-1":
            foreign = FOREIGN_AWS
        elif value.lower().replace(" ", "") in ("uaenorth", "uaecentral"):
            foreign = FOREIGN_AZURE
        for location in foreign:
            yield Mutant(f"{path} {location}", with_props(request, replaced(props, path, location)), RESIDENCY)
    regional = request.type.startswith("aws:") and not _is_global(request.type)
    if regional and request.HasField("provider") and "region" not in props:
        for location in (*FOREIGN_AWS, REMOVED):
            changed = with_props(request, props)
            provider = replaced(json_format.MessageToDict(request.provider.properties), "region", location)
            changed.provider.properties.CopyFrom(json_format.ParseDict(provider, struct_pb2.Struct()))
            yield Mutant(f"provider region {location}", changed, RESIDENCY)


Breaker = Callable[[proto.AnalyzeRequest], Iterator[Mutant]]


def _reverse_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _reverse_keys(item) for key, item in reversed(value.items())}
    return value


def _reverse_lists(value: Any) -> Any:
    """Returns a copy with every list reversed: the order of items must not affect a rule."""
    if isinstance(value, dict):
        return {key: _reverse_lists(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_reverse_lists(item) for item in reversed(value)]
    return value


def _with_default_tags(request: proto.AnalyzeRequest, props: Props) -> proto.AnalyzeRequest | None:
    """Returns the resource with its tags moved to the provider's default tags, which arrive as JSON text."""
    tags = props.get("tags")
    if not request.type.startswith("aws:") or not request.HasField("provider") or not isinstance(tags, dict):
        return None
    if normalise(request.type) == AUTO_SCALING_GROUP or _ENVELOPE in tags:
        return None
    bare = {key: value for key, value in props.items() if key not in ("tags", "tagsAll")}
    changed = with_props(request, bare)
    provider = json_format.MessageToDict(request.provider.properties) | {"defaultTags": json.dumps({"tags": tags})}
    changed.provider.properties.CopyFrom(json_format.ParseDict(provider, struct_pb2.Struct()))
    return changed


def _booleans_as_text(value: Any) -> Any:
    """Returns a copy with booleans written as strings, which some providers accept."""
    if isinstance(value, dict):
        return {key: _booleans_as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_booleans_as_text(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else value


def good_variants(request: proto.AnalyzeRequest) -> Iterator[Mutant]:
    """Yields equivalent forms of the resource, which no rule may report."""
    props = props_of(request)
    no_rules = frozenset[str]()
    yield Mutant("keys turned", with_props(request, _reverse_keys(props)), no_rules)
    yield Mutant("lists turned", with_props(request, _reverse_lists(props)), no_rules)
    default_tags = _with_default_tags(request, props)
    if default_tags is not None:
        yield Mutant("tags by the provider", default_tags, no_rules)
    yield Mutant("an optional property more", with_props(request, props | {"description": "of the platform"}), no_rules)
    if not request.type.startswith("kubernetes:"):  # Kubernetes rejects booleans as text
        yield Mutant("booleans as text", with_props(request, _booleans_as_text(props)), no_rules)
    for path, value in _leaves(props):
        if isinstance(value, str) and value.lower().replace(" ", "") in ("uaenorth", "uaecentral"):
            for spelling in ("UAE North", "uaenorth", "UAECENTRAL"):
                yield Mutant(f"{path} {spelling}", with_props(request, replaced(props, path, spelling)), no_rules)
    for key, value in props.items():
        if not (isinstance(value, dict) and _ENVELOPE in value) and value is not UNKNOWN:
            yield Mutant(f"{key} secret", with_props(request, props | {key: secret(value)}), no_rules)
    for alias in aliases(normalise(request.type)):
        yield Mutant(f"as {alias}", with_props(request, props, alias), no_rules)
