"""The CrossGuard policies: few, because each one costs another reading of every resource.

A policy's level is fixed, and a guardrail's depends on stack and verdict; so each concern has a mandatory policy and an
advisory sibling over the same evaluator. A stack policy decides what one resource alone cannot say.
"""

from collections.abc import Iterator
from pathlib import Path

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)

from . import exemptions as exempting
from .enforcement import Enforcement, Level, SetupError, load_enforcement
from .evaluate import Evaluator, Finding, waits_for_plan
from .evidence import Evidence, evidence_from_environment
from .plan import Plan
from .reading import Resource, make_resource
from .registry import IDS, all_guardrails
from .remediation import remediation_policy
from .rows import Concern
from .verdicts import Verdict

__all__ = ["SetupError", "load_policies", "make_policies"]

_LEVELS = {Level.MANDATORY: EnforcementLevel.MANDATORY, Level.ADVISORY: EnforcementLevel.ADVISORY}
_DESCRIPTIONS = {
    Concern.TAGS: "Every cost has a project, a unit and an owner",
    Concern.RESIDENCY: "Data stays in the United Arab Emirates",
    Concern.ENCRYPTION: "Data at rest is encrypted with the owner's keys",
    Concern.EXPOSURE: "Nothing is reached from where nobody meant it to be",
    Concern.IDENTITY: "Everybody may do what they need, and no more",
    Concern.COST: "Every cost has a ceiling and a reason",
    Concern.ESCAPE: "Nothing is deployed that cannot be judged",
    Concern.RESILIENCE: "Protections cannot be lost by one mistake",
}


class Judge:
    """Everything the policies share: evaluators, settings, exemptions, evidence, and the inputs seen so far.

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
        """Index the guardrails by concern."""
        guardrails = all_guardrails(enforcement.kubernetes.allowed_clusters)
        self.evaluators = {c: Evaluator(g for g in guardrails if g.concern is c) for c in Concern}
        self.evidence = evidence
        self.seen: dict[str, Resource] = {}
        self.add_tags = enforcement.add_tags
        self._enforcement = enforcement
        self._exemptions = exemptions
        self._clock = clock

    def at_level(self, findings: Iterator[Finding], level: Level) -> Iterator[str]:
        """Messages of the findings that are reported at a level; the mandatory policy also records the evidence."""
        today = self._clock()
        for finding in findings:
            reported = exempting.apply(finding, self._exemptions, today)
            verdict = reported.outcome.verdict
            actual = self._level(reported)
            if self.evidence is not None and level is Level.MANDATORY:
                self.evidence.record(reported, actual)
            if verdict not in (Verdict.PASS, Verdict.NOT_APPLICABLE) and actual is level:
                yield reported.message

    def _level(self, finding: Finding) -> Level:
        stack = finding.resource.stack
        if finding.blames is None:
            return self._enforcement.level_of(stack, finding.guardrail, finding.outcome.verdict)
        disabled = self._enforcement.level(stack, finding.blames) is Level.DISABLED
        return Level.DISABLED if disabled else Level.MANDATORY


def _resource(args: ResourceValidationArgs) -> Resource:
    provider = args.provider
    seen = provider and make_resource(provider.urn, provider.resource_type, provider.name, provider.props)
    return make_resource(args.urn, args.resource_type, args.name, args.props, seen or None)


def _resource_policy(judge: Judge, concern: Concern, level: Level) -> Policy:
    evaluator = judge.evaluators[concern]

    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        resource = _resource(args)
        judge.seen[resource.urn] = resource
        now = (finding for finding in evaluator.alone(resource) if not waits_for_plan(finding))
        for message in judge.at_level(now, level):
            report(message, None)

    return ResourceValidationPolicy(
        name=f"falaj-{concern}{'' if level is Level.MANDATORY else '-advice'}",
        description=_DESCRIPTIONS[concern],
        validate=validate,
        enforcement_level=_LEVELS[level],
    )


def _plan(judge: Judge, args: StackValidationArgs) -> Plan:
    resources: dict[str, Resource] = {}
    for item in args.resources:
        links = {key: tuple(r.urn for r in found) for key, found in item.property_dependencies.items()}
        seen = judge.seen.get(item.urn)
        if seen is None:
            # Read with `.get()`: the engine does not show those to resource policies.
            resources[item.urn] = make_resource(item.urn, item.resource_type, item.name, item.props, None, links)
        else:
            resources[item.urn] = Resource(seen.urn, seen.type, seen.name, seen.props, seen.provider, links)
    return Plan(resources)


def _stack_policy(judge: Judge, level: Level) -> Policy:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        plan = _plan(judge, args)
        for resource in plan.resources.values():
            if resource.urn not in judge.seen:
                continue
            for evaluator in judge.evaluators.values():
                for message in judge.at_level(evaluator.within(resource, plan), level):
                    report(message, resource.urn)
        if judge.evidence is not None and level is Level.MANDATORY:
            judge.evidence.close()

    return StackValidationPolicy(
        name=f"falaj-stack{'' if level is Level.MANDATORY else '-advice'}",
        description="What only the whole stack can show",
        validate=validate,
        enforcement_level=_LEVELS[level],
    )


def make_policies(judge: Judge) -> list[Policy]:
    """The policies over one judge."""
    policies: list[Policy] = [remediation_policy(judge.add_tags, _resource)] if judge.add_tags else []
    for level in _LEVELS:
        policies += [_resource_policy(judge, concern, level) for concern in Concern]
        policies.append(_stack_policy(judge, level))
    return policies


def load_policies(folder: Path | None = None) -> list[Policy]:
    """The policies with the settings beside the pack. Raises SetupError with one sentence when these are wrong."""
    home = folder or Path(__file__).parents[1]
    enforcement = load_enforcement(home / "enforcement.yaml", IDS)
    exemptions = exempting.load_exemptions(home / "exemptions.yaml", IDS)
    return make_policies(Judge(enforcement, exemptions, evidence=evidence_from_environment()))
