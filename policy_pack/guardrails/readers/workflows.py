"""Addresses in the definitions of Logic Apps, which are JSON with expressions."""

import re

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain
from .addresses import Address, addresses

_PARAMETER = lazy_regex(r"@\{?\s*parameters\(\s*'[^']+'\s*\)\}?(?![^/?]).*", re.DOTALL)
"""An address that begins with a parameter, whose value is in the same resource."""


def workflow_addresses(value: Plain) -> tuple[Address, ...]:
    """Returns the hosts to which an action sends requests; none if a parameter names it, which is evaluated itself."""
    return () if isinstance(value, str) and _PARAMETER.fullmatch(value) else addresses(value)
