"""Guardrails x resource -> outcomes. A rule that raises is a bug of the pack: it is reported, and never passes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .plan import Plan
from .reading import Resource, walk
from .rows import Check, Guardrail, Severity
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


class Evaluator:
    """The guardrails of one concern, indexed by the types their rows are about."""

    def __init__(self, guardrails: Iterable[Guardrail]) -> None:
        """Index the guardrails; `guardrails` must be of one concern."""
        self._predicates: list[Guardrail] = []
        self._across: list[Guardrail] = []
        self._checks: dict[str, dict[str, tuple[Guardrail, list[Check]]]] = defaultdict(dict)
        for guardrail in guardrails:
            if guardrail.predicate is not None:
                self._predicates.append(guardrail)
            if guardrail.across is not None:
                self._across.append(guardrail)
            for check in guardrail.checks:
                for token in check.tokens:
                    self._checks[token].setdefault(guardrail.id, (guardrail, []))[1].append(check)

    def alone(self, resource: Resource) -> Iterator[Finding]:
        """What can be said of a resource by itself. UNDETERMINED of a guardrail with `resolve` waits for the plan."""
        for guardrail, checks in self._checks.get(resource.type, {}).values():
            yield from _guard(guardrail, resource, _judge_checks(checks, resource))
        for guardrail in self._predicates:
            assert guardrail.predicate is not None  # noqa: S101
            yield from _guard(guardrail, resource, guardrail.predicate(resource))

    def within(self, resource: Resource, plan: Plan) -> Iterator[Finding]:
        """What the plan adds: companions, and answers to what the resource alone left open."""
        for guardrail in self._across:
            assert guardrail.across is not None  # noqa: S101
            yield from _guard(guardrail, resource, guardrail.across(resource, plan))
        for finding in self.alone(resource):
            if finding.outcome.verdict is Verdict.UNDETERMINED and finding.guardrail.resolve is not None:
                yield from _guard(finding.guardrail, resource, _resolve(finding, plan))


def waits_for_plan(finding: Finding) -> bool:
    """Whether a finding is to be decided by the stack policy instead of now."""
    return finding.outcome.verdict is Verdict.UNDETERMINED and finding.guardrail.resolve is not None


def _resolve(finding: Finding, plan: Plan) -> Iterator[Outcome]:
    assert finding.guardrail.resolve is not None  # noqa: S101
    yield finding.guardrail.resolve(finding.resource, plan, finding.outcome)


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


def _judge_checks(checks: list[Check], resource: Resource) -> Iterator[Outcome]:
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
