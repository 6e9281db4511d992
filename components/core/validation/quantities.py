"""Kubernetes quantities in canonical form.

A webhook that rewrites an object, as Kueue's does, converts quantities to canonical form. Any other form would show up
as a change at every deployment (k8s.io/apimachinery, resource.Quantity, canonical form).
"""

from decimal import Decimal

_DECIMAL = ((10**9, "G"), (10**6, "M"), (10**3, "k"))
_BINARY = ((2**30, "Pi"), (2**20, "Ti"), (2**10, "Gi"), (1, "Mi"))


def amount(number: float | Decimal) -> str:
    """Formats a number with a precision of a thousandth: `1500`, `90k`, `1234500m`."""
    thousandths = int(Decimal(str(number)) * 1000)
    if thousandths % 1000:
        return f"{thousandths}m"
    units = thousandths // 1000
    for size, suffix in _DECIMAL:
        if units and units % size == 0:
            return f"{units // size}{suffix}"
    return str(units)


def gibibytes(number: float) -> str:
    """Formats a size in GiB with a precision of 1 MiB: `0`, `64Gi`, `2Ti`, `1536Mi`."""
    mebibytes = round(number * 1024)
    for size, suffix in _BINARY:
        if mebibytes and mebibytes % size == 0:
            return f"{mebibytes // size}{suffix}"
    return "0"
