"""Attacks on the guardrails, as plans: each must be refused, in process and by the real engine.

A file holds the attacks of one family as `ATTACKS`; `tests/policies/test_attacks.py` evaluates all of them in process.
"""

from collections.abc import Collection
from dataclasses import dataclass

from ..harness import Given


@dataclass(frozen=True)
class Attack:
    """A plan that a mandatory rule must refuse.

    `rules` are the rules of which at least one must refuse it. An entry that ends in `-`, such as `FJ-EXP-`, is every
    rule of a concern: for an attack that was written before its rule. `severity` is critical, major or minor;
    `harm` says what the attacker gains, with the vendor's document that says so, as known; older sets have none.
    `is_alone` is true where resources of other attacks, such as another backup of the namespace, would excuse it.
    """

    name: str
    rules: tuple[str, ...]
    plan: tuple[Given, ...]
    severity: str = ""
    harm: str = ""
    is_alone: bool = False

    @property
    def has_own_stack(self) -> bool:
        """Whether its finding is on the stack, or its stack has another name: it cannot be one of many in a preview.

        Nor can an attack by a namespace that the stack lacks (FJ-ESC-117): others of the preview may make it.
        """
        is_by_absence = "FJ-ESC-117" in self.rules
        return (
            self.is_alone
            or is_by_absence
            or any(given.type == "pulumi:pulumi:Stack" or given.stack != "prod-uae" for given in self.plan)
        )

    def is_refused_by(self, refused: Collection[str]) -> bool:
        """Returns whether one of the rules, or of the rules of a concern, is among those that refused it."""
        return any(
            rule == wanted or (wanted.endswith("-") and rule.startswith(wanted))
            for wanted in self.rules
            for rule in refused
        )

    def __str__(self) -> str:
        return self.name
