"""Amounts as Kubernetes writes them back.

A webhook that reads an object and writes it again, as Kueue's does, leaves each amount in its shortest form. Said
otherwise, it would be a change at every deployment (k8s.io/apimachinery, resource.Quantity, canonical form).
"""

from decimal import Decimal

_DECIMAL = ((10**9, "G"), (10**6, "M"), (10**3, "k"))
_BINARY = ((2**30, "Pi"), (2**20, "Ti"), (2**10, "Gi"), (1, "Mi"))


def amount(number: float | Decimal) -> str:
    """A number, to a thousandth: `1500`, `90k`, `1234500m`."""
    thousandths = int(Decimal(str(number)) * 1000)
    if thousandths % 1000:
        return f"{thousandths}m"
    whole = thousandths // 1000
    for size, suffix in _DECIMAL:
        if whole and whole % size == 0:
            return f"{whole // size}{suffix}"
    return str(whole)


def gibibytes(number: float) -> str:
    """Memory or disk in GiB, to the MiB: `0`, `64Gi`, `2Ti`, `1536Mi`."""
    mebibytes = round(number * 1024)
    for size, suffix in _BINARY:
        if mebibytes and mebibytes % size == 0:
            return f"{mebibytes // size}{suffix}"
    return "0"
