"""Plans of many copies of some resources under other names, and how often a rule reads the resources of one.

A rule that looks up what it joins reads four times as many in four times the copies; one that compares each resource
with all others, up to sixteen times.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from guardrails.engine.evaluate import Evaluator, waits_for_plan
from guardrails.engine.plan import Plan
from guardrails.engine.reading import Plain, Resource, plain
from guardrails.engine.rows import Guardrail

from .harness import Given

_NAMES = re.compile(r"(?:name|namespace|bucket|\w+(?:Name|Identifier))")
"""Properties whose texts name something, which has another name in each copy."""
_SHARED = frozenset({"default", "kube-system", "main", "*"})
_KINDS = frozenset({"apiVersion", "kind", "type"})
_READ = frozenset({"dependencies", "props", "urn"})


class Counted(Resource):
    """A resource of which `reads` knows how often rules have read what it has."""

    reads = 0

    def __getattribute__(self, name: str) -> object:
        if name in _READ:
            Counted.reads += 1
        return super().__getattribute__(name)


def replicated(given: Sequence[Given], copies: int) -> Plan:
    """Returns a plan with copies of the resources, but with one stack; each copy has names of its own."""
    names = sorted({item.name for item in given}.union(*(_named(item.props) for item in given)), key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))
    return Plan({item.urn: item for number in range(copies) for item in _copy(given, pattern, number)})


def _named(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _named(item, name)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _named(item, key)
    elif isinstance(value, str) and value and value not in _SHARED and _NAMES.fullmatch(key):
        yield value


def _copy(given: Sequence[Given], names: re.Pattern[str], number: int) -> Iterator[Resource]:
    def renamed(value: object, key: str = "") -> object:
        if isinstance(value, Mapping):
            return {name: renamed(item, name) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [renamed(item, key) for item in value]
        return names.sub(rf"\g<0>{number}x", value) if isinstance(value, str) and key not in _KINDS else value

    urns = {item.name: f"{item.urn}{number}" for item in given}
    for item in given if number == 0 else (item for item in given if item.type != "pulumi:pulumi:Stack"):
        props = {key: plain(renamed(value, key)) for key, value in item.props.items()}
        links = {key: tuple(urns[name] for name in found) for key, found in item.links.items()}
        yield Counted(urns[item.name], item.type, f"{item.name}{number}", props, provider=_provider(item),
                      dependencies=links, parent=urns.get(item.parent, ""), environment="prod")  # fmt: skip


def _provider(given: Given) -> Resource:
    props: dict[str, Plain] = {"region": "me-central-1"} if given.type.startswith("aws:") else {}
    stated = props if given.provider is None else {key: plain(value) for key, value in given.provider.items()}
    kind = f"pulumi:providers:{given.type.partition(':')[0]}"
    return Resource(f"urn:pulumi:{given.stack}::falaj::{kind}::site", kind, "site", stated)


def reads_of(rule: Guardrail, plan: Plan) -> int:
    """Returns how often a rule reads resources to evaluate all of a plan, without what it reads of each by itself."""
    evaluator = Evaluator([rule])
    waiting = {urn: list(filter(waits_for_plan, evaluator.evaluate_resource(item)))
               for urn, item in plan.resources.items()}  # fmt: skip
    before = Counted.reads
    for urn, item in plan.resources.items():
        assert all(finding.failed_rule is None for finding in evaluator.evaluate_with_plan(item, plan, waiting[urn]))
    return Counted.reads - before
