"""Evaluates guardrails on resources. A rule that raises an error is a bug of the pack: the error is reported as a
finding, and the resource never passes that rule. So is a resource whose evaluation takes too long."""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from .kubernetes_lists import expand_list
from .plan import Plan
from .reading import MISSING, Plain, Resource, walk
from .rows import Check, Guardrail, PlanPredicate, Predicate, Severity
from .type_index import TypeIndex
from .verdicts import Outcome, Verdict, failed, passed, undetermined


@dataclass(frozen=True)
class Finding:
    """The outcome of one guardrail for one resource."""

    guardrail: Guardrail
    resource: Resource
    outcome: Outcome
    failed_rule: Guardrail | None = None
    """The guardrail that raised or was not reached, if the pack itself failed."""


def _pack_error(guardrail: Guardrail) -> Guardrail:
    """Returns the rule under which an error of another rule is reported."""
    return Guardrail(
        id="FJ-PACK-001",
        concern=guardrail.concern,
        severity=Severity.CRITICAL,
        what="Every guardrail can evaluate every resource",
        why="a rule that raises an error has not evaluated the resource",
        remedy=f"Report it to the maintainers of the pack; until it is fixed, disable {guardrail.id} for the stack",
    )


DEADLINE = 5.0
"""Seconds of processor time in which the rules evaluate one resource; wall time would depend on other processes."""

Timer = Callable[[float], Callable[[], bool]]
"""Starts to measure, and returns a function that tells whether so many seconds have passed."""


def thread_timer(seconds: float) -> Callable[[], bool]:
    """Returns a function that tells whether this thread has used so many seconds of processor time since this call.

    A thread never uses more processor time than passes, and the clock of processor time is a system call, which took a
    seventh of an evaluation (measured on 2026-11-28): so it is read only when the seconds have passed.
    """
    end, processor_end = time.monotonic() + seconds, time.thread_time() + seconds
    return lambda: time.monotonic() > end and time.thread_time() > processor_end


def _deadline_rule(guardrail: Guardrail) -> Guardrail:
    """Returns the rule under which a resource is reported whose evaluation ended before `guardrail`."""
    return Guardrail(
        id="FJ-PACK-004",
        concern=guardrail.concern,
        severity=Severity.CRITICAL,
        what=f"Every resource is evaluated within {DEADLINE:.0f} seconds of processor time",
        why="a rule that was not reached has not evaluated the resource",
        remedy="Divide the resource into smaller ones",
    )


@dataclass(frozen=True)
class _TypeRules:
    """The rules that apply to one resource type."""

    rows: tuple[tuple[Guardrail, list[Check]], ...]
    predicates: tuple[tuple[Guardrail, Predicate], ...]
    plan_predicates: tuple[tuple[Guardrail, PlanPredicate], ...]


_Judgement = tuple[Guardrail, Resource, Iterable[Outcome]]
"""A rule, a resource, and the outcomes, which are computed when they are read."""


class Evaluator:
    """Guardrails, indexed by resource type."""

    def __init__(self, guardrails: Iterable[Guardrail], timer: Timer = thread_timer) -> None:
        """Indexes the rows by resource type. Predicates are indexed when a type first occurs. `timer` measures the time
        of one resource."""
        guardrails = tuple(guardrails)
        self._index = TypeIndex(guardrails)
        self._timer = timer
        self._rows: dict[str, dict[str, tuple[Guardrail, list[Check]]]] = defaultdict(dict)
        self._by_type: dict[str, _TypeRules] = {}
        for guardrail in guardrails:
            for check in guardrail.checks:
                for token in check.tokens:
                    self._rows[token].setdefault(guardrail.id, (guardrail, []))[1].append(check)

    def _rules_of(self, token: str) -> _TypeRules:
        type_rules = self._by_type.get(token)
        if type_rules is None:
            applicable = self._index.of(token)
            type_rules = self._by_type[token] = _TypeRules(
                rows=tuple(self._rows.get(token, {}).values()),
                predicates=tuple((item, item.predicate) for item in applicable if item.predicate is not None),
                plan_predicates=tuple(
                    (item, item.plan_predicate) for item in applicable if item.plan_predicate is not None
                ),
            )
        return type_rules

    def evaluate_resource(self, resource: Resource) -> Iterator[Finding]:
        """Yields the findings on a resource by itself. An UNDETERMINED finding of a guardrail with `resolve` waits for
        the plan."""
        yield from self._within_deadline(self._judgements(resource))

    def _judgements(self, resource: Resource) -> Iterator[_Judgement]:
        for item in expand_list(resource):
            for guardrail, checks in self._rules_of(item.type).rows:
                yield guardrail, item, evaluate_rows(checks, item)
        for guardrail, predicate in self._rules_of(resource.type).predicates:
            yield guardrail, resource, _run_predicate(predicate, resource)

    def evaluate_with_plan(self, resource: Resource, plan: Plan, waiting: Iterable[Finding]) -> Iterator[Finding]:
        """Yields the findings that need the plan: those of plan predicates, and the resolved findings of `waiting`."""
        yield from self._within_deadline(self._judgements_with_plan(resource, plan, waiting))

    def _judgements_with_plan(self, resource: Resource, plan: Plan, waiting: Iterable[Finding]) -> Iterator[_Judgement]:
        for guardrail, plan_predicate in self._rules_of(resource.type).plan_predicates:
            yield guardrail, resource, _run_predicate(plan_predicate, resource, plan)
        for finding in waiting:
            yield finding.guardrail, resource, _resolve_finding(finding, resource, plan)

    def _within_deadline(self, judgements: Iterable[_Judgement]) -> Iterator[Finding]:
        """Yields the findings of each judgement. The first that would start after the deadline fails, and ends the
        evaluation."""
        is_late = self._timer(DEADLINE)
        for guardrail, resource, outcomes in judgements:
            if is_late():
                text = f"its evaluation took more than {DEADLINE:.0f} seconds, and ended before {guardrail.id}"
                yield Finding(_deadline_rule(guardrail), resource, failed(text), failed_rule=guardrail)
                return
            yield from _catch_rule_errors(guardrail, resource, outcomes)


def waits_for_plan(finding: Finding) -> bool:
    """Returns whether the stack policy decides a finding."""
    return finding.outcome.verdict is Verdict.UNDETERMINED and finding.guardrail.resolve is not None


def _run_predicate(predicate: Callable[..., Iterable[Outcome]], *arguments: object) -> Iterator[Outcome]:
    """Yields the outcomes of a predicate. Calls it lazily, so that its exceptions are raised inside
    `_catch_rule_errors`."""
    yield from predicate(*arguments)


def _resolve_finding(finding: Finding, resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Resolves a finding with the plan. `resource` is the resource of the finding, with its dependencies."""
    assert finding.guardrail.resolve is not None  # noqa: S101
    yield finding.guardrail.resolve(resource, plan, finding.outcome)


def _catch_rule_errors(guardrail: Guardrail, resource: Resource, outcomes: Iterable[Outcome]) -> Iterator[Finding]:
    """Yields the findings of one guardrail: every outcome but a PASS without a sentence, or a single PASS. Reports an
    exception of the rule as a finding."""
    has_findings = False
    has_passed = False
    try:
        for outcome in outcomes:
            if outcome.verdict is Verdict.PASS and not outcome.sentence:
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
    """Yields the outcomes of rows for a resource."""
    for check in checks:
        if any(resource.get(name) not in _EMPTY_VALUES for name in check.unless):
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


_EMPTY_VALUES: tuple[Plain, ...] = (MISSING, [], {})
"""Values that do not count as set for `unless`."""


def _when_verdicts(check: Check, resource: Resource) -> dict[str, set[Verdict]]:
    """Returns the verdicts of a row's `when` condition, by the item of the innermost list that `when` shares with the
    row's path."""
    when_verdicts: dict[str, set[Verdict]] = defaultdict(set)
    if check.when is not None:
        path, condition = check.when
        for value_path, value in walk(resource.props, path):
            when_verdicts[_list_prefix(value_path, _common_list_depth(check))].add(condition.judge(value))
    return when_verdicts


@cache
def _common_list_depth(check: Check) -> int:
    """Returns the number of path segments up to the innermost list that the row's path and its `when` share; 0 if they
    share none. `a?` and `a` are the same segment."""
    segments = zip(check.path.split("."), check.when[0].split(".") if check.when else [], strict=False)
    depth = 0
    for index, (segment, when_segment) in enumerate(segments, start=1):
        if segment.rstrip("?") != when_segment.rstrip("?"):
            break
        depth = index if segment.endswith("]") else depth
    return depth


def _list_prefix(path: str, depth: int) -> str:
    return ".".join(path.split(".")[:depth])


def _judge_value(check: Check, path: str, value: Plain, is_undetermined: bool) -> Outcome:
    verdict = check.condition.judge(value)
    if verdict is Verdict.PASS:
        return passed()
    if verdict is Verdict.FAIL and not is_undetermined:
        return failed(f"{path} {check.condition.requirement}", path)
    whole = _whole_path(check, path)
    return undetermined(f"{whole} {check.condition.requirement}, and this is not known before deployment", whole)


def _whole_path(check: Check, path: str) -> str:
    """Returns the path of the property that a row evaluates, also where an object or list that has it is not known."""
    missing = check.path.split(".")[path.count(".") + 1 :]
    return ".".join([path, *(re.sub(r"\?|\[[*+]\]", "", segment) for segment in missing)])
