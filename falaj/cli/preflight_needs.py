"""What a deployment needs of accounts, for `falaj preflight`: computed from the plan, as `falaj rights` does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from falaj.cli.common import CommandError
from falaj.cli.plan_text import plan_text
from falaj.preflight.needs import ActionNeed
from falaj.preflight.rows import NoAnswer
from falaj.preflight.stack import DeploymentNeeds

if TYPE_CHECKING:
    from falaj.finops.plan import Plan
    from falaj.rights.aws_needs import RequiredAction

SAMPLE = "0000000"
"""What stands for the part of a name that is random, or for an ID that AWS chooses."""


@dataclass
class PlanNeeds:
    """The needs of the plan of a stack, which is read or previewed once, when a check first asks."""

    stack: str
    plan: str | None
    project: Path

    def __post_init__(self) -> None:
        self._lock = Lock()

    def needs(self) -> DeploymentNeeds:
        """Returns the functions that the checks call."""
        return DeploymentNeeds(self._aws, self._azure)

    @cached_property
    def _planned(self) -> "Plan | str":
        """The plan, or why there is none."""
        from falaj.finops.errors import BadInput
        from falaj.finops.plan import read

        try:
            return read(plan_text(self.stack, self.plan, self.project), self.plan or "plan")
        except (BadInput, CommandError) as error:
            return str(error)

    def _plan(self) -> "Plan":
        with self._lock:
            planned = self._planned
        if isinstance(planned, str):
            raise NoAnswer(f"no plan to compare with (--plan): {planned}")
        return planned

    def _aws(self, account: str) -> Sequence[ActionNeed]:
        from falaj.facts.aws_permissions import OPERATIONS
        from falaj.rights.aws_invokes import invoke_needs
        from falaj.rights.aws_needs import AwsNeeds, UnknownType

        needs = AwsNeeds.of(self._plan(), account)
        try:
            found = [*needs.all(), *invoke_needs(needs.names, OPERATIONS, None)]
            return list(dict.fromkeys(need for action in found for need in requests(action)))
        except UnknownType as error:
            raise NoAnswer(f"the permissions of {error} are unknown") from None

    def _azure(self) -> Sequence[str]:
        from falaj.rights.aws_needs import UnknownType
        from falaj.rights.azure_roles import azure_actions

        plan = self._plan()
        try:
            return azure_actions(plan)
        except UnknownType as error:
            raise NoAnswer(f"the permissions of {error} are unknown") from None


def requests(action: "RequiredAction") -> Iterator[ActionNeed]:
    """Yields requests as the provider will send them: with names for patterns, and one value of each condition key."""
    keys = [(key, values) for entries in action.condition.values() for key, values in entries.items()]
    for values in product(*(values for _, values in keys)):
        context = tuple((key, _sampled(value)) for (key, _), value in zip(keys, values, strict=True))
        yield ActionNeed(action.action, _resources(action.resources), context)


def _resources(patterns: Sequence[str]) -> tuple[str, ...]:
    """Returns one ARN for each pattern; none if a pattern leaves even the kind of resource open."""
    if list(patterns) == ["*"]:
        return ("*",)
    if any(pattern.split(":", 5)[-1] == "*" for pattern in patterns):
        return ()
    return tuple(_sampled(pattern) for pattern in patterns)


def _sampled(pattern: str) -> str:
    return pattern.replace("*", SAMPLE)
