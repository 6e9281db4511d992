"""Ways to break a compliant resource, and ways to write it otherwise without breaking it.

Breaking changes come from the rows of the guardrails and from knowledge that the rows do not have: where a value is
written, how it is spelt, whether it is secret or not known yet, and under which of its names the type goes.
"""

import copy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from google.protobuf import json_format, struct_pb2
from guardrails.engine.conditions import Condition
from guardrails.engine.reading import MISSING, UNKNOWN, read_properties, walk
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
GONE = object()


@dataclass(frozen=True)
class Mutant:
    """A changed resource and what must stop it: one of `rules`, or nothing where there are none."""

    label: str
    request: proto.AnalyzeRequest
    rules: frozenset[str]
    blocks: bool = True
    """False where the pack must speak, and whether it stops the deployment is a matter of settings."""


def shape(value: Any) -> object:
    """What distinguishes resources for the rules: the same keys with values of the same kinds are one case."""
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
    """A copy with one value at a concrete path replaced, or removed if `new` is GONE; secrets and JSON are opened."""
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
    if inner is GONE:
        within.pop(step)
    else:
        within[step] = inner
    return within


def aliases(token: str) -> list[str]:
    """Other names under which the engine may show the type."""
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
        yield "absent", GONE
        if good:
            yield "null", None


def by_rows(request: proto.AnalyzeRequest) -> Iterator[Mutant]:
    """Every row about the type, broken where the resource fulfils it: plainly, as a secret, under another name."""
    props = props_of(request)
    plain = read_properties(props)
    token = normalise(request.type)
    for rule, check in checks_by_type().get(token, ()):
        if not check.path or (check.when and not _met(plain, check.when)):
            continue
        for path, value in walk(plain, check.path):
            expected = frozenset({rule})
            for label, bad in _bad_values(check.condition, value):
                changed = replaced(props, path, bad)
                yield Mutant(f"{path} {label}", with_props(request, changed), expected)
                for alias in aliases(token):
                    yield Mutant(f"{path} {label} as {alias}", with_props(request, changed, alias), expected)
                if bad is not GONE and bad is not None:
                    hidden = replaced(props, path, secret(bad))
                    yield Mutant(f"{path} secret {label}", with_props(request, hidden), expected)
            if check.condition.unknown is not Verdict.PASS:
                unknown = with_props(request, replaced(props, path, UNKNOWN_TEXT))
                yield Mutant(f"{path} unknown", unknown, expected, blocks=False)


def _met(plain: Props, when: tuple[str, Condition]) -> bool:
    return any(when[1].judge(value) is Verdict.PASS for _, value in walk(plain, when[0]))


RELIED_UPON = ("FJ-RSL-101", "FJ-RSL-102", "FJ-RSL-103")
"""What nobody calls a trial any more is judged as something that is relied upon."""


def by_tags(request: proto.AnalyzeRequest) -> Iterator[Mutant]:
    """Each cost tag lost, emptied or misspelt, wherever the resource carries it."""
    token = normalise(request.type)
    if token not in TAGGABLE or token in NEVER_TAG or token == AUTO_SCALING_GROUP:
        return
    props = props_of(request)
    held = [name for name in ("tags", "tagsAll") if isinstance(props.get(name), dict) and _ENVELOPE not in props[name]]
    changes = [(tag.key, value, rule) for tag in COST_TAGS for value, rule in (
        (GONE, "FJ-TAG-001"), ("", "FJ-TAG-001"), ("No such value!", "FJ-TAG-002"))]  # fmt: skip
    for key, value, rule in changes:
        changed = copy.deepcopy(props)
        for name in held:
            if key in changed[name]:
                changed = replaced(changed, f"{name}.{key}", value)
        if held:
            expected = {rule, *RELIED_UPON} if key == "environment" else {rule}
            yield Mutant(f"tags.{key} {value}", with_props(request, changed), frozenset(expected))
    bare = {key: value for key, value in props.items() if key not in ("tags", "tagsAll")}
    yield Mutant("no tags", with_props(request, bare), frozenset({"FJ-TAG-001", *RELIED_UPON}))


_NO_PLACE = re.compile(r"(?:tags|tagsAll|replicationName)\b")
"""Labels and names: what they say of a place moves nothing."""
RESIDENCY = frozenset(rule.id for rule in ALL if rule.concern is Concern.RESIDENCY)
"""Several rules look at places; any of them may be the one that stops it."""
FOREIGN_AWS = ("eu-west-1", "US-EAST-1", "me-south-1")
FOREIGN_AZURE = ("westeurope", "West Europe", "GERMANYWESTCENTRAL", "qatarcentral", "global")


def _is_global(token: str) -> bool:
    return aws_module(token) in GLOBAL_AWS or token in GLOBAL_AWS_TYPES


def _leaves(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and _ENVELOPE not in value:
        for key, item in value.items():
            if not re.search(r"[.\[\]]", key):
                yield from _leaves(item, f"{at}.{key}" if at else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{at}[{index}]")
    else:
        yield at, value


def by_place(request: proto.AnalyzeRequest) -> Iterator[Mutant]:
    """Each value that names a place in the UAE names one abroad, in several spellings; so does the provider."""
    props = props_of(request)
    for path, value in _leaves(props):
        if not isinstance(value, str) or _NO_PLACE.match(path) or request.type.startswith("kubernetes:"):
            continue
        abroad: tuple[str, ...] = ()
        if value.lower() == "me-central-1":
            abroad = FOREIGN_AWS
        elif value.lower().replace(" ", "") in ("uaenorth", "uaecentral"):
            abroad = FOREIGN_AZURE
        for place in abroad:
            yield Mutant(f"{path} {place}", with_props(request, replaced(props, path, place)), RESIDENCY)
    regional = request.type.startswith("aws:") and not _is_global(request.type)
    if regional and request.HasField("provider") and "region" not in props:
        for place in (*FOREIGN_AWS, GONE):
            changed = with_props(request, props)
            provider = replaced(json_format.MessageToDict(request.provider.properties), "region", place)
            changed.provider.properties.CopyFrom(json_format.ParseDict(provider, struct_pb2.Struct()))
            yield Mutant(f"provider region {place}", changed, RESIDENCY)


Breaker = Callable[[proto.AnalyzeRequest], Iterator[Mutant]]


def _turned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _turned(item) for key, item in reversed(value.items())}
    return value


def _other_order(value: Any) -> Any:
    """Lists in the other order: what a rule demands of each item, or of any, does not hang on it."""
    if isinstance(value, dict):
        return {key: _other_order(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_other_order(item) for item in reversed(value)]
    return value


def _by_provider(request: proto.AnalyzeRequest, props: Props) -> proto.AnalyzeRequest | None:
    """The same tags stated as defaults of the provider, which arrive as JSON text."""
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


def _texts(value: Any) -> Any:
    """Booleans as the strings that some providers take."""
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_texts(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else value


def good_variants(request: proto.AnalyzeRequest) -> Iterator[Mutant]:
    """The same resource written otherwise: no rule may speak."""
    props = props_of(request)
    nothing = frozenset[str]()
    yield Mutant("keys turned", with_props(request, _turned(props)), nothing)
    yield Mutant("lists turned", with_props(request, _other_order(props)), nothing)
    elsewhere = _by_provider(request, props)
    if elsewhere is not None:
        yield Mutant("tags by the provider", elsewhere, nothing)
    yield Mutant("an optional property more", with_props(request, props | {"description": "of the platform"}), nothing)
    if not request.type.startswith("kubernetes:"):  # where a boolean as text is a mistake
        yield Mutant("booleans as text", with_props(request, _texts(props)), nothing)
    for path, value in _leaves(props):
        if isinstance(value, str) and value.lower().replace(" ", "") in ("uaenorth", "uaecentral"):
            for spelling in ("UAE North", "uaenorth", "UAECENTRAL"):
                yield Mutant(f"{path} {spelling}", with_props(request, replaced(props, path, spelling)), nothing)
    for key, value in props.items():
        if not (isinstance(value, dict) and _ENVELOPE in value) and value is not UNKNOWN:
            yield Mutant(f"{key} secret", with_props(request, props | {key: secret(value)}), nothing)
    for alias in aliases(normalise(request.type)):
        yield Mutant(f"as {alias}", with_props(request, props, alias), nothing)
