"""Business units that the charges of an AWS account are allocated to, as values of a cost category. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.validation.problems import Problem, refuse_if

SHARED = "shared-platform"
"""Category value for charges of the project without a `tenant` tag: control planes, networks, system nodes."""
OTHER = "other"
"""Category value for all other charges of the account."""
TENANT_TAG = "tenant"

_CATEGORY_VALUE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9 _-]{0,48}[A-Za-z0-9_]")
"""Values that AWS accepts for a cost category, in Latin letters: 2 to 50 characters (Cost Explorer API,
CostCategoryValue)."""


MOST_UNITS = 100
"""Maximum number of business units of one cost category."""


def unit_problems(units: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Yields the problems of business units, with the name of the unit as path."""
    unit_of: dict[str, str] = {}
    for unit, tenants in units.items():
        if not _CATEGORY_VALUE.fullmatch(unit) or unit in (SHARED, OTHER):
            yield Problem(unit, unit, f"letters, digits, spaces and dashes, not {SHARED} or {OTHER}", "rename it")
        if not tenants:
            yield Problem(unit, list(tenants), "one tenant or more", "name its tenants or remove it")
        for tenant in tenants:
            if tenant in unit_of:
                yield Problem(
                    unit, tenant, f"a tenant of one business unit (already in {unit_of[tenant]})", "remove it from one"
                )
            unit_of[tenant] = unit


def _check_units(units: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    refuse_if(unit_problems(units))
    return units


BusinessUnits = Annotated[Mapping[str, Sequence[str]], AfterValidator(_check_units), Field(max_length=MOST_UNITS)]
"""Business unit -> values of the tag `tenant` whose charges the unit pays."""


def units_of(tenants: Iterable[str]) -> dict[str, list[str]]:
    """Returns the business units of a platform, on which each tenant is one."""
    return {tenant: [tenant] for tenant in tenants}
