"""Whether a region offers a machine, and what to say where it does not."""

from falaj.components.core.validation.problems import Problem
from falaj.facts.machines import alternatives, find


def refused_machine(region: str, machine: str) -> Problem | None:
    """None if `region` offers `machine`; else the problem, naming machines that it does offer."""
    if find(region, machine):
        return None
    close = ", ".join(alternatives(region, machine))
    return Problem(
        path="machines",
        given=machine,
        allowed=f"a machine that {region} offers, such as {close}",
        fix="choose one of these; `falaj machines` lists all",
    )
