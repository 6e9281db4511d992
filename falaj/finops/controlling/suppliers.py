"""Suppliers of charges: a provider may have several entities that invoice, such as for its marketplace."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from falaj.finops.controlling.charges import Charge, share_of_month
from falaj.finops.controlling.settings import Controlling
from falaj.finops.errors import BadInput
from falaj.finops.showback.period import Period


def by_supplier(charges: Iterable[Charge], month: Period, controlling: Controlling) -> list[Charge]:
    """Returns the billed charges of a month with the name of the supplier as provider. Raises `BadInput` if rows of
    two issuers would belong to one supplier, because their VAT may differ, unless it states both.
    """
    result: list[Charge] = []
    issuers: dict[str, set[str]] = defaultdict(set)
    for charge in charges:
        in_month = share_of_month(charge, month, "billed") or share_of_month(charge, month, "effective")
        if charge.estimated or not in_month:
            continue
        name = controlling.supplier_of(charge.provider, charge.issuer)
        if charge.issuer and not controlling.suppliers[name].issuers:
            issuers[name].add(charge.issuer)
        result.append(replace(charge, provider=name))
    for name, found in issuers.items():
        if len(found) > 1:
            both = " and ".join(repr(issuer) for issuer in sorted(found))
            raise BadInput(
                f"suppliers.{name}",
                f"the export has charges that are invoiced by {both}, whose VAT may differ; state `issuers` of each",
            )
    return result
