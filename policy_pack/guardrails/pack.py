"""The CrossGuard policies: as few as there can be, because each one costs another reading of every resource.

A policy's level is fixed, and a guardrail's depends on stack and verdict; so there is a mandatory policy and an
advisory sibling that is handed what the first has found. A stack policy decides what one resource alone cannot say.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyResource,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)

from .engine import exemptions as exempting
from .engine.enforcement import Enforcement, Level, SetupError, load_enforcement
from .engine.evaluate import Evaluator, Finding, waits_for_plan
from .engine.evidence import Evidence, evidence_from_environment
from .engine.plan import Plan
from .engine.reading import Resource, make_resource
from .engine.verdicts import Verdict
from .registry import IDS, all_guardrails
from .remediation import protection_remediation, tag_remediation

__all__ = ["SetupError", "load_policies", "make_policies"]

_LEVELS = {Level.MANDATORY: EnforcementLevel.MANDATORY, Level.ADVISORY: EnforcementLevel.ADVISORY}
_WORDS = "Guardrails for AI platforms in the UAE"


@dataclass(frozen=True)
class _Seen:
    """The inputs of a resource, and what it alone left to be decided by the plan."""

    resource: Resource
    waiting: tuple[Finding, ...]


@dataclass(frozen=True)
class _Report:
    """A message and the level at which it is reported."""

    level: Level
    message: str


class Judge:
    """Everything the policies share: the evaluator, settings, exemptions, evidence, and the inputs seen so far.

    A stack policy is given outputs only, in which a cloud's own defaults look like the program's intent; so the inputs
    that the resource policies saw are kept for it, by URN.
    """

    def __init__(
        self,
        enforcement: Enforcement,
        exemptions: tuple[exempting.Exemption, ...],
        clock: exempting.Clock = exempting.today_utc,
        evidence: Evidence | None = None,
    ) -> None:
        """Index the guardrails by type."""
        self.evidence = evidence
        self.add_tags = enforcement.add_tags
        self.add_protections = enforcement.add_protections
        self._evaluator = Evaluator(all_guardrails(enforcement))
        self._seen: dict[str, _Seen] = {}
        self._enforcement = enforcement
        self._exemptions = exemptions
        self._clock = clock

    def alone(self, resource: Resource) -> list[_Report]:
        """What is to be said of one resource before it is deployed."""
        findings = list(self._evaluator.alone(resource))
        waiting = tuple(finding for finding in findings if waits_for_plan(finding))
        self._seen[resource.urn] = _Seen(resource, waiting)
        return self._reports(finding for finding in findings if not waits_for_plan(finding))

    def together(self, given: Iterable[PolicyResource]) -> dict[str, list[_Report]]:
        """What only the whole plan shows, by URN."""
        plan = Plan({item.urn: self._with_links(item) for item in given})
        said = {}
        for urn, resource in plan.resources.items():
            # Resources read with `.get()` tell their place, but the engine does not show them to resource policies.
            if urn in self._seen:
                found = self._evaluator.within(resource, plan, self._seen[urn].waiting)
                said[urn] = self._reports(found)
        if self.evidence is not None:
            self.evidence.close()
        return said

    def _with_links(self, item: PolicyResource) -> Resource:
        links = {key: tuple(r.urn for r in found) for key, found in item.property_dependencies.items()}
        parent = item.parent.urn if item.parent is not None else ""
        seen = self._seen.get(item.urn)
        found = seen.resource if seen else make_resource(item.urn, item.resource_type, item.name, item.props)
        return replace(found, dependencies=links, parent=parent)

    def _reports(self, findings: Iterable[Finding]) -> list[_Report]:
        today = self._clock()
        reports = []
        for finding in findings:
            reported = exempting.apply(finding, self._exemptions, today)
            level = self._level(reported)
            if self.evidence is not None:
                self.evidence.record(reported, level)
            if reported.outcome.verdict not in (Verdict.PASS, Verdict.NOT_APPLICABLE):
                reports.append(_Report(level, reported.message))
        return reports

    def _level(self, finding: Finding) -> Level:
        stack = finding.resource.stack
        if finding.blames is None:
            return self._enforcement.level_of(stack, finding.guardrail, finding.outcome.verdict)
        disabled = self._enforcement.level(stack, finding.blames) is Level.DISABLED
        return Level.DISABLED if disabled else Level.MANDATORY


def _resource(args: ResourceValidationArgs) -> Resource:
    provider = args.provider
    seen = provider and make_resource(provider.urn, provider.resource_type, provider.name, provider.props)
    found = make_resource(args.urn, args.resource_type, args.name, args.props, seen or None)
    return replace(found, is_protected=args.opts.protect)


def _resource_policies(judge: Judge) -> Iterator[Policy]:
    handed: dict[str, list[_Report]] = {}

    def validate(args: ResourceValidationArgs, report: ReportViolation, level: Level) -> None:
        said = handed.pop(args.urn, None) if level is Level.ADVISORY else None
        if said is None:
            said = judge.alone(_resource(args))
        if level is Level.MANDATORY:
            handed[args.urn] = said
        for item in said:
            if item.level is level:
                report(item.message, None)

    for level, enforced in _LEVELS.items():
        yield ResourceValidationPolicy(
            name=f"falaj-guardrails{'' if level is Level.MANDATORY else '-advice'}",
            description=_WORDS,
            validate=partial(validate, level=level),
            enforcement_level=enforced,
        )


def _stack_policies(judge: Judge) -> Iterator[Policy]:
    handed: list[dict[str, list[_Report]]] = []

    def validate(args: StackValidationArgs, report: ReportViolation, level: Level) -> None:
        said = handed.pop() if handed and level is Level.ADVISORY else judge.together(args.resources)
        if level is Level.MANDATORY:
            handed[:] = [said]
        for urn, items in said.items():
            for item in items:
                if item.level is level:
                    report(item.message, urn)

    for level, enforced in _LEVELS.items():
        yield StackValidationPolicy(
            name=f"falaj-stack{'' if level is Level.MANDATORY else '-advice'}",
            description=f"{_WORDS}: what only the whole stack can show",
            validate=partial(validate, level=level),
            enforcement_level=enforced,
        )


def make_policies(judge: Judge) -> list[Policy]:
    """The policies of the pack over one judge."""
    tags = [tag_remediation(judge.add_tags, _resource)] if judge.add_tags else []
    protections = [protection_remediation(judge.add_protections, _resource)] if judge.add_protections else []
    return [*tags, *protections, *_resource_policies(judge), *_stack_policies(judge)]


def load_policies(folder: Path | None = None) -> list[Policy]:
    """The policies with the settings beside the pack. Raises SetupError with one sentence when these are wrong."""
    home = folder or Path(__file__).parents[1]
    enforcement = load_enforcement(home / "enforcement.yaml", IDS)
    exemptions = exempting.load_exemptions(home / "exemptions.yaml", IDS)
    return make_policies(Judge(enforcement, exemptions, evidence=evidence_from_environment()))
