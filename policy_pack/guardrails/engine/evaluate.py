"""Guardrails x resource -> outcomes. A rule that raises is a bug of the pack: it is reported, and never passes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from .kubernetes_lists import members
from .plan import Plan
from .reading import MISSING, Plain, Resource, walk
from .rows import Across, Check, Guardrail, Predicate, Severity
from .verdicts import Outcome, Verdict, failed, passed, undetermined


@dataclass(frozen=True)
class Finding:
    """What one guardrail says of one resource."""

    guardrail: Guardrail
    resource: Resource
    outcome: Outcome
    blames: Guardrail | None = None
    """The guardrail that failed, where the finding is a failure of the pack itself."""

    @property
    def message(self) -> str:
        """`[ID] resource 'name': what is wrong. Fix: how.`"""
        return (
            f"[{self.guardrail.id}] resource '{self.resource.name}': {self.outcome.sentence}. "
            f"Fix: {self.guardrail.remedy}."
        )


def _broken(guardrail: Guardrail) -> Guardrail:
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
class _About:
    """What is to be asked about resources of one type."""

    rows: tuple[tuple[Guardrail, list[Check]], ...]
    predicates: tuple[tuple[Guardrail, Predicate], ...]
    across: tuple[tuple[Guardrail, Across], ...]


class Evaluator:
    """The guardrails, indexed by the types they are about."""

    def __init__(self, guardrails: Iterable[Guardrail]) -> None:
        """Index the rows; predicates are indexed when a type is met for the first time."""
        self._guardrails = tuple(guardrails)
        self._rows: dict[str, dict[str, tuple[Guardrail, list[Check]]]] = defaultdict(dict)
        self._about: dict[str, _About] = {}
        for guardrail in self._guardrails:
            for check in guardrail.checks:
                for token in check.tokens:
                    self._rows[token].setdefault(guardrail.id, (guardrail, []))[1].append(check)

    def _of(self, token: str) -> _About:
        found = self._about.get(token)
        if found is None:
            asked = [item for item in self._guardrails if item.looks_at(token)]
            found = self._about[token] = _About(
                rows=tuple(self._rows.get(token, {}).values()),
                predicates=tuple((item, item.predicate) for item in asked if item.predicate is not None),
                across=tuple((item, item.across) for item in asked if item.across is not None),
            )
        return found

    def alone(self, resource: Resource) -> Iterator[Finding]:
        """What can be said of a resource by itself. UNDETERMINED of a guardrail with `resolve` waits for the plan."""
        for item in members(resource):
            for guardrail, checks in self._of(item.type).rows:
                yield from _guard(guardrail, item, outcomes_of(checks, item))
        for guardrail, predicate in self._of(resource.type).predicates:
            yield from _guard(guardrail, resource, _asked(predicate, resource))

    def within(self, resource: Resource, plan: Plan, waiting: Iterable[Finding]) -> Iterator[Finding]:
        """What the plan adds: companions, and answers to what the resource alone left open (`waiting`)."""
        for guardrail, across in self._of(resource.type).across:
            yield from _guard(guardrail, resource, _asked(across, resource, plan))
        for finding in waiting:
            yield from _guard(finding.guardrail, resource, _resolve(finding, resource, plan))


def waits_for_plan(finding: Finding) -> bool:
    """Whether a finding is to be decided by the stack policy instead of now."""
    return finding.outcome.verdict is Verdict.UNDETERMINED and finding.guardrail.resolve is not None


def _asked(judge: Callable[..., Iterable[Outcome]], *given: object) -> Iterator[Outcome]:
    """Outcomes of a judge that is called when the first one is wanted, so that whatever it raises is caught there."""
    yield from judge(*given)


def _resolve(finding: Finding, resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """`resource` is the one that waited, with what it depends on."""
    assert finding.guardrail.resolve is not None  # noqa: S101
    yield finding.guardrail.resolve(resource, plan, finding.outcome)


def _guard(guardrail: Guardrail, resource: Resource, outcomes: Iterable[Outcome]) -> Iterator[Finding]:
    """Findings of one guardrail, PASS at most once and only if nothing else was said."""
    spoken = False
    compliant = False
    try:
        for outcome in outcomes:
            if outcome.verdict is Verdict.PASS:
                compliant = True
            else:
                spoken = True
                yield Finding(guardrail, resource, outcome)
    except Exception as error:
        text = f"rule {guardrail.id} raised {type(error).__name__} on {resource.type}"
        yield Finding(_broken(guardrail), resource, failed(text), blames=guardrail)
        return
    if compliant and not spoken:
        yield Finding(guardrail, resource, passed())


def outcomes_of(checks: list[Check], resource: Resource) -> Iterator[Outcome]:
    """What rows say of a resource."""
    for check in checks:
        if any(resource.get(name) not in _NOTHING for name in check.unless):
            continue
        met = _met(check, resource)
        for path, value in walk(resource.props, check.path) if check.path else [(resource.type, "")]:
            limits = met.get(_item(path, _shared(check)), set()) if check.when else {Verdict.PASS}
            if limits and Verdict.FAIL not in limits:
                yield _judge(check, path, value, Verdict.UNDETERMINED in limits)


_NOTHING: tuple[Plain, ...] = (MISSING, [], {})


def _met(check: Check, resource: Resource) -> dict[str, set[Verdict]]:
    """What the limit of a row says, for each item of the list that limit and row share."""
    met: dict[str, set[Verdict]] = defaultdict(set)
    if check.when is not None:
        path, condition = check.when
        for at, value in walk(resource.props, path):
            met[_item(at, _shared(check))].add(condition.judge(value))
    return met


@cache
def _shared(check: Check) -> int:
    """How many steps lead to the innermost list that both the row and its limit go through."""
    steps = zip(check.path.split("."), check.when[0].split(".") if check.when else [], strict=False)
    depth = 0
    for index, (one, other) in enumerate(steps, start=1):
        if one != other:
            break
        depth = index if one.endswith("]") else depth
    return depth


def _item(path: str, depth: int) -> str:
    return ".".join(path.split(".")[:depth])


def _judge(check: Check, path: str, value: Plain, unsure: bool) -> Outcome:
    verdict = check.condition.judge(value)
    if verdict is Verdict.PASS:
        return passed()
    if verdict is Verdict.FAIL and not unsure:
        return failed(f"{path} {check.condition.says}", path)
    return undetermined(f"{path} {check.condition.says}, and this is not known before deployment", path)
