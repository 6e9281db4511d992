"""Guardrails x resource -> outcomes. A rule that raises is a bug of the pack: it is reported, and never passes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .plan import Plan
from .reading import Resource, walk
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
        about = self._of(resource.type)
        for guardrail, checks in about.rows:
            yield from _guard(guardrail, resource, outcomes_of(checks, resource))
        for guardrail, predicate in about.predicates:
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
        unsure = False
        if check.when is not None:
            path, condition = check.when
            met = {condition.judge(value) for _, value in walk(resource.props, path)}
            if Verdict.FAIL in met or not met:
                continue
            unsure = Verdict.UNDETERMINED in met
        yield from _judge_check(check, resource, unsure)


def _judge_check(check: Check, resource: Resource, unsure: bool) -> Iterator[Outcome]:
    found = walk(resource.props, check.path) if check.path else [(resource.type, "")]
    for path, value in found:
        verdict = check.condition.judge(value)
        if verdict is Verdict.PASS:
            yield passed()
        elif verdict is Verdict.FAIL and not unsure:
            yield failed(f"{path} {check.condition.says}", path)
        else:
            yield undetermined(f"{path} {check.condition.says}, and this is not known before deployment", path)
