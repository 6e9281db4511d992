"""Checks whether a region offers a machine."""

from falaj.components.core.validation.problems import Problem
from falaj.facts.machines import alternatives, find


def unavailable_machine(region: str, machine: str) -> Problem | None:
    """Returns None if `region` offers `machine`, otherwise a problem that lists similar machines."""
    if find(region, machine):
        return None
    similar = ", ".join(alternatives(region, machine))
    return Problem(
        path="machines",
        given=machine,
        allowed=f"a machine that {region} offers, such as {similar}",
        fix=f"choose one of these; `falaj machines --region {region}` lists all",
    )
