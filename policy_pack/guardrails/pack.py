"""Creates the CrossGuard policies. There are few of them, because every policy deserialises every resource again.

The level of a policy is fixed, but the level of a guardrail depends on the stack and the verdict. So there is a
mandatory policy, and an advisory policy that reports the remaining findings of the same evaluation. Stack policies
evaluate rules that need the whole plan.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyProviderResource,
    PolicyResource,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)

from .engine import exemptions as exemption_rules
from .engine.enforcement import Enforcement, Level, load_enforcement
from .engine.evaluate import Evaluator, Finding, waits_for_plan
from .engine.evidence import EvidenceFile, evidence_from_environment
from .engine.languages import program_language
from .engine.messages import message_of
from .engine.plan import Plan
from .engine.proxies import make_resource
from .engine.reading import Resource
from .engine.reviewed_programs import ReviewedProgram, reviews_in
from .engine.rows import Concern, Guardrail, Severity
from .engine.settings_files import SetupError
from .engine.verdicts import Verdict, failed
from .readers.environments import environment_of_stack
from .registry import IDS, all_guardrails
from .remediation import protection_remediation, tag_remediation
from .stack_secrets import SECRETS_RULE, evaluate_stack_file, is_in_sandbox

__all__ = ["SetupError", "load_policies", "make_policies"]

_LEVELS = {Level.MANDATORY: EnforcementLevel.MANDATORY, Level.ADVISORY: EnforcementLevel.ADVISORY}
_DESCRIPTION = "Guardrails for AI platforms in the UAE"

PREVIEW_RULE = Guardrail(
    id="FJ-PACK-003",
    concern=Concern.ESCAPE,
    severity=Severity.HIGH,
    what="Every update is preceded by a preview with the policy pack",
    why="rules that need the whole plan block in a preview only; in an update they come after the changes",
    remedy="Run `pulumi up` with this pack and without --skip-preview, or `pulumi preview` with it first",
)
"""Not in the registry, because it evaluates the operation and no resource."""


@dataclass(frozen=True)
class _EvaluatedResource:
    """The inputs of a resource, and its findings that cannot be decided without the plan."""

    resource: Resource
    waiting: tuple[Finding, ...]


@dataclass(frozen=True)
class _Report:
    """A message and the level at which it is reported."""

    level: Level
    message: str


class PackRun:
    """One run of the pack: evaluator, settings, exemptions, evidence, and the resources evaluated so far.

    Stack policies receive outputs, in which a default of the cloud cannot be distinguished from a value that the
    program sets. So the inputs that the resource policies received are stored for the stack policies, by URN.
    """

    def __init__(
        self,
        enforcement: Enforcement,
        exemptions: tuple[exemption_rules.Exemption, ...],
        clock: exemption_rules.Clock = exemption_rules.today_utc,
        evidence: EvidenceFile | None = None,
        language: str = "",
        project: Path | None = None,
        evaluator: Evaluator | None = None,
        reviewed: Mapping[str, ReviewedProgram] | None = None,
    ) -> None:
        """Creates the evaluator with the guardrails that the settings configure. `language`: runtime of the program,
        such as `python`, in whose names messages speak of properties. `project`: folder whose stack files are read.
        `evaluator`: that of another run with the same settings. `reviewed`: reviews of programs, by digest."""
        self._language = language
        self._project = project
        self.evidence = evidence
        self.add_tags = enforcement.add_tags
        self.add_protections = enforcement.add_protections
        self._evaluator = evaluator or Evaluator(all_guardrails(enforcement, reviewed or {}))
        self._evaluated: dict[str, _EvaluatedResource] = {}
        self._enforcement = enforcement
        self._environments = enforcement.tags.environments
        self._exemptions = exemptions
        self._clock = clock

    def evaluate_resource(self, resource: Resource) -> list[_Report]:
        """Returns the reports on one resource before it is deployed."""
        environment = self._environments.get(resource.stack) or environment_of_stack(resource.stack)
        resource = replace(resource, environment=environment)
        findings = [
            *self._unjudged(resource),
            *self._public_secrets(resource),
            *self._evaluator.evaluate_resource(resource),
        ]
        waiting = tuple(finding for finding in findings if waits_for_plan(finding))
        self._evaluated[resource.urn] = _EvaluatedResource(resource, waiting)
        return self._reports(finding for finding in findings if not waits_for_plan(finding))

    def _unjudged(self, resource: Resource) -> Iterator[Finding]:
        """Yields a finding if no preview judged the update that is about to change the resource."""
        if self.evidence is not None and self.evidence.operation.is_unjudged:
            sentence = "no preview of this update was evaluated by these rules, so no rule has seen the whole plan"
            yield Finding(PREVIEW_RULE, resource, failed(sentence), failed_rule=PREVIEW_RULE)

    def _public_secrets(self, resource: Resource) -> Iterator[Finding]:
        """Yields, with the first resource, what is to say about the secrets of the stack file."""
        project, self._project = self._project, None
        if project is not None:
            yield Finding(SECRETS_RULE, resource, evaluate_stack_file(project, resource.stack))

    def evaluate_stack(self, resources: Iterable[PolicyResource]) -> dict[str, list[_Report]]:
        """Returns the reports of the rules that need the whole plan, by URN."""
        plan = Plan({item.urn: self._with_links(item) for item in resources})
        reports = {}
        for urn, resource in plan.resources.items():
            # Resources read with `.get()` are in the plan to show their location; the engine passes them to no resource
            # policy, so they are not evaluated.
            if urn in self._evaluated:
                findings = self._evaluator.evaluate_with_plan(resource, plan, self._evaluated[urn].waiting)
                reports[urn] = self._reports(findings)
        if self.evidence is not None:
            self.evidence.close()
        return reports

    def _with_links(self, item: PolicyResource) -> Resource:
        links = {key: tuple(target.urn for target in targets) for key, targets in item.property_dependencies.items()}
        parent = item.parent.urn if item.parent is not None else ""
        evaluated = self._evaluated.get(item.urn)
        resource = (
            evaluated.resource if evaluated else make_resource(item.urn, item.resource_type, item.name, item.props)
        )
        return replace(resource, dependencies=links, parent=parent)

    def _reports(self, findings: Iterable[Finding]) -> list[_Report]:
        today = self._clock()
        reports = []
        for finding in findings:
            reported = exemption_rules.apply(finding, self._exemptions, today)
            is_silent = reported.outcome.verdict in (Verdict.PASS, Verdict.NOT_APPLICABLE)
            if is_silent and self.evidence is None:
                continue
            level = self._level(reported)
            if self.evidence is not None:
                self.evidence.record(reported, level)
            if not is_silent:
                reports.append(_Report(level, message_of(reported, self._language)))
        if self.evidence is not None:
            self.evidence.flush()
        return reports

    def _level(self, finding: Finding) -> Level:
        stack = finding.resource.stack
        if finding.failed_rule is None:
            return self._enforcement.level_of(stack, finding.guardrail, finding.outcome.verdict)
        disabled = self._enforcement.level(stack, finding.failed_rule) is Level.DISABLED
        return Level.DISABLED if disabled else Level.MANDATORY


def _resource(args: ResourceValidationArgs) -> Resource:
    provider = _provider(args.provider) if args.provider else None
    return make_resource(
        args.urn, args.resource_type, args.name, args.props, provider,
        is_protected=args.opts.protect, ignored=tuple(args.opts.ignore_changes or ()),
    )  # fmt: skip


@lru_cache(maxsize=64)
def _provider(provider: PolicyProviderResource) -> Resource:
    """Returns a provider as a resource, the same for all resources with the same object of the servicer."""
    return make_resource(provider.urn, provider.resource_type, provider.name, provider.props)


class _AdvicePolicy(ResourceValidationPolicy):
    """Reports the advice that the mandatory policy left, by URN.

    The SDK deserialises every resource once more for a policy that has a validation, so this one has none without
    advice.
    """

    def __init__(self, advice: dict[str, list[_Report]]) -> None:
        """`advice` is filled by the mandatory policy, which the SDK calls first."""
        super().__init__("falaj-guardrails-advice", _DESCRIPTION, self._report, EnforcementLevel.ADVISORY)
        self._advice = advice

    def has_validation(self) -> bool:
        """Returns whether there is advice."""
        return bool(self._advice)

    def _report(self, args: ResourceValidationArgs, report: ReportViolation) -> None:
        for item in self._advice.pop(args.urn, ()):
            report(item.message, None)


def _resource_policies(run: PackRun) -> Iterator[Policy]:
    advice: dict[str, list[_Report]] = {}

    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        reports = run.evaluate_resource(_resource(args))
        for item in reports:
            if item.level is Level.MANDATORY:
                report(item.message, None)
        if found := [item for item in reports if item.level is Level.ADVISORY]:
            advice[args.urn] = found

    yield ResourceValidationPolicy("falaj-guardrails", _DESCRIPTION, validate, EnforcementLevel.MANDATORY)
    yield _AdvicePolicy(advice)


def _stack_policies(run: PackRun) -> Iterator[Policy]:
    pending: list[dict[str, list[_Report]]] = []

    def validate(args: StackValidationArgs, report: ReportViolation, level: Level) -> None:
        reports = pending.pop() if pending and level is Level.ADVISORY else run.evaluate_stack(args.resources)
        if level is Level.MANDATORY:
            pending[:] = [reports]
        for urn, items in reports.items():
            for item in items:
                if item.level is level:
                    report(item.message, urn)

    for level, enforcement_level in _LEVELS.items():
        yield StackValidationPolicy(
            name=f"falaj-stack{'' if level is Level.MANDATORY else '-advice'}",
            description=f"{_DESCRIPTION}: rules that need the whole stack",
            validate=partial(validate, level=level),
            enforcement_level=enforcement_level,
        )


def make_policies(run: PackRun) -> list[Policy]:
    """Creates the policies of the pack, which share one run."""
    tags = [tag_remediation(run.add_tags, _resource)] if run.add_tags else []
    protections = [protection_remediation(run.add_protections, _resource)] if run.add_protections else []
    return [*tags, *protections, *_resource_policies(run), *_stack_policies(run)]


def load_policies(folder: Path | None = None) -> list[Policy]:
    """Creates the policies with the settings files of the pack's folder. Raises SetupError if a file is missing or has
    errors."""
    home = folder or Path(__file__).parents[1]
    enforcement = load_enforcement(home / "enforcement.yaml", IDS)
    exemptions = exemption_rules.load_exemptions(home / "exemptions.yaml", IDS)
    reviewed = reviews_in(home)
    # The engine starts a pack in the folder of the program (NewPolicyAnalyzer in its SDK, 3.259.0).
    folder = Path.cwd()
    evidence, language = evidence_from_environment(home), program_language(folder)
    project = None if is_in_sandbox(os.environ) else folder
    return make_policies(
        PackRun(enforcement, exemptions, evidence=evidence, language=language, project=project, reviewed=reviewed)
    )
