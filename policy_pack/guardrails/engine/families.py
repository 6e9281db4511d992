"""Families of rules. The rules of a family share the prefix of their ids, their concern and their controls."""

from dataclasses import dataclass

from .controls import COST, ENCRYPTION, ESCAPE, EXPOSURE, IDENTITY, OWNERSHIP, PLACEMENT, RESILIENCE, TRANSIT
from .rows import Check, Concern, Guardrail, PlanPredicate, Predicate, Resolve, Severity


@dataclass(frozen=True)
class RuleFamily:
    """Creates the guardrails of one family."""

    prefix: str
    concern: Concern
    controls: tuple[str, ...]

    def __call__(
        self,
        number: int,
        severity: Severity,
        what: str,
        why: str,
        remedy: str,
        *,
        checks: tuple[Check, ...] = (),
        predicate: Predicate | None = None,
        resolve: Resolve | None = None,
        plan_predicate: PlanPredicate | None = None,
        types: tuple[str, ...] = (),
    ) -> Guardrail:
        """Returns one guardrail, such as FJ-ENC-101. The parameters are the fields of `Guardrail`."""
        return Guardrail(
            id=f"FJ-{self.prefix}-{number:03}",
            concern=self.concern,
            severity=severity,
            what=what,
            why=why,
            remedy=remedy,
            controls=self.controls,
            checks=checks,
            predicate=predicate,
            resolve=resolve,
            plan_predicate=plan_predicate,
            types=types,
        )


tag_rule = RuleFamily("TAG", Concern.TAGS, OWNERSHIP)
residency_rule = RuleFamily("RES", Concern.RESIDENCY, PLACEMENT)
encryption_rule = RuleFamily("ENC", Concern.ENCRYPTION, ENCRYPTION)
transit_rule = RuleFamily("ENC", Concern.ENCRYPTION, TRANSIT)
exposure_rule = RuleFamily("EXP", Concern.EXPOSURE, EXPOSURE)
identity_rule = RuleFamily("IDN", Concern.IDENTITY, IDENTITY)
cost_rule = RuleFamily("COST", Concern.COST, COST)
unverifiable_rule = RuleFamily("ESC", Concern.ESCAPE, ESCAPE)
resilience_rule = RuleFamily("RSL", Concern.RESILIENCE, RESILIENCE)
