"""Guardrails x resource -> outcomes. A rule that raises is a bug of the pack: it is reported, and never passes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from .kubernetes_lists import expand_list
from .plan import Plan
from .reading import MISSING, Plain, Resource, walk
from .rows import Check, Guardrail, PlanPredicate, Predicate, Severity
from .verdicts import Outcome, Verdict, failed, passed, undetermined


@dataclass(frozen=True)
class Finding:
    """What one guardrail says of one resource."""

    guardrail: Guardrail
    resource: Resource
    outcome: Outcome
    failed_rule: Guardrail | None = None
    """The guardrail that failed, where the finding is a failure of the pack itself."""

    @property
    def message(self) -> str:
        """`[ID] resource 'name': what is wrong. Fix: how.`"""
        return (
            f"[{self.guardrail.id}] resource '{self.resource.name}': {self.outcome.sentence}. "
            f"Fix: {self.guardrail.remedy}."
        )


def _pack_error(guardrail: Guardrail) -> Guardrail:
    """The rule under which a failure of another rule is reported."""
    return Guardrail(
        id="FJ-PACK-001",
        concern=guardrail.concern,
        severity=Severity.CRITICAL,
        what="Every guardrail can judge every resource",
        why="a rule that fails has not judged",
        remedy=f"Report it to the owners of the pack; until it is mended, set {guardrail.id} to disabled for the stack",
    )


@dataclass(frozen=True)
class _TypeRules:
    """What is to be asked about resources of one type."""

    rows: tuple[tuple[Guardrail, list[Check]], ...]
    predicates: tuple[tuple[Guardrail, Predicate], ...]
    plan_predicate: tuple[tuple[Guardrail, PlanPredicate], ...]


class Evaluator:
    """The guardrails, indexed by the types they are about."""

    def __init__(self, guardrails: Iterable[Guardrail]) -> None:
        """Index the rows; predicates are indexed when a type is met for the first time."""
        self._guardrails = tuple(guardrails)
        self._rows: dict[str, dict[str, tuple[Guardrail, list[Check]]]] = defaultdict(dict)
        self._by_type: dict[str, _TypeRules] = {}
        for guardrail in self._guardrails:
            for check in guardrail.checks:
                for token in check.tokens:
                    self._rows[token].setdefault(guardrail.id, (guardrail, []))[1].append(check)

    def _rules_of(self, token: str) -> _TypeRules:
        type_rules = self._by_type.get(token)
        if type_rules is None:
            applicable = [item for item in self._guardrails if item.applies_to(token)]
            type_rules = self._by_type[token] = _TypeRules(
                rows=tuple(self._rows.get(token, {}).values()),
                predicates=tuple((item, item.predicate) for item in applicable if item.predicate is not None),
                plan_predicate=tuple(
                    (item, item.plan_predicate) for item in applicable if item.plan_predicate is not None
                ),
            )
        return type_rules

    def evaluate_resource(self, resource: Resource) -> Iterator[Finding]:
        """What can be said of a resource by itself. UNDETERMINED of a guardrail with `resolve` waits for the plan."""
        for item in expand_list(resource):
            for guardrail, checks in self._rules_of(item.type).rows:
                yield from _catch_rule_errors(guardrail, item, evaluate_rows(checks, item))
        for guardrail, predicate in self._rules_of(resource.type).predicates:
            yield from _catch_rule_errors(guardrail, resource, _run_predicate(predicate, resource))

    def evaluate_with_plan(self, resource: Resource, plan: Plan, waiting: Iterable[Finding]) -> Iterator[Finding]:
        """What the plan adds: companions, and answers to what the resource alone left open (`waiting`)."""
        for guardrail, plan_predicate in self._rules_of(resource.type).plan_predicate:
            yield from _catch_rule_errors(guardrail, resource, _run_predicate(plan_predicate, resource, plan))
        for finding in waiting:
            yield from _catch_rule_errors(finding.guardrail, resource, _resolve_finding(finding, resource, plan))


def waits_for_plan(finding: Finding) -> bool:
    """Whether a finding is to be decided by the stack policy instead of now."""
    return finding.outcome.verdict is Verdict.UNDETERMINED and finding.guardrail.resolve is not None


def _run_predicate(predicate: Callable[..., Iterable[Outcome]], *arguments: object) -> Iterator[Outcome]:
    """Outcomes of a judge that is called when the first one is wanted, so that whatever it raises is caught there."""
    yield from predicate(*arguments)


def _resolve_finding(finding: Finding, resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """`resource` is the one that waited, with what it depends on."""
    assert finding.guardrail.resolve is not None  # noqa: S101
    yield finding.guardrail.resolve(resource, plan, finding.outcome)


def _catch_rule_errors(guardrail: Guardrail, resource: Resource, outcomes: Iterable[Outcome]) -> Iterator[Finding]:
    """Findings of one guardrail, PASS at most once and only if nothing else was said."""
    has_findings = False
    has_passed = False
    try:
        for outcome in outcomes:
            if outcome.verdict is Verdict.PASS:
                has_passed = True
            else:
                has_findings = True
                yield Finding(guardrail, resource, outcome)
    except Exception as error:
        text = f"rule {guardrail.id} raised {type(error).__name__} on {resource.type}"
        yield Finding(_pack_error(guardrail), resource, failed(text), failed_rule=guardrail)
        return
    if has_passed and not has_findings:
        yield Finding(guardrail, resource, passed())


def evaluate_rows(checks: list[Check], resource: Resource) -> Iterator[Outcome]:
    """What rows say of a resource."""
    for check in checks:
        if any(resource.get(name) not in _NOTHING for name in check.unless):
            continue
        when_verdicts = _when_verdicts(check, resource)
        for path, value in walk(resource.props, check.path) if check.path else [(resource.type, "")]:
            applies = (
                when_verdicts.get(_list_prefix(path, _common_list_depth(check)), set())
                if check.when
                else {Verdict.PASS}
            )
            if applies and Verdict.FAIL not in applies:
                yield _judge_value(check, path, value, Verdict.UNDETERMINED in applies)


_NOTHING: tuple[Plain, ...] = (MISSING, [], {})


def _when_verdicts(check: Check, resource: Resource) -> dict[str, set[Verdict]]:
    """What the limit of a row says, for each item of the list that limit and row share."""
    when_verdicts: dict[str, set[Verdict]] = defaultdict(set)
    if check.when is not None:
        path, condition = check.when
        for at, value in walk(resource.props, path):
            when_verdicts[_list_prefix(at, _common_list_depth(check))].add(condition.judge(value))
    return when_verdicts


@cache
def _common_list_depth(check: Check) -> int:
    """How many steps lead to the innermost list that both the row and its limit go through."""
    steps = zip(check.path.split("."), check.when[0].split(".") if check.when else [], strict=False)
    depth = 0
    for index, (one, other) in enumerate(steps, start=1):
        if one != other:
            break
        depth = index if one.endswith("]") else depth
    return depth


def _list_prefix(path: str, depth: int) -> str:
    return ".".join(path.split(".")[:depth])


def _judge_value(check: Check, path: str, value: Plain, is_undetermined: bool) -> Outcome:
    verdict = check.condition.judge(value)
    if verdict is Verdict.PASS:
        return passed()
    if verdict is Verdict.FAIL and not is_undetermined:
        return failed(f"{path} {check.condition.requirement}", path)
    return undetermined(f"{path} {check.condition.requirement}, and this is not known before deployment", path)
