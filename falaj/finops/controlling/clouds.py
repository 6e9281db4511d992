"""VAT of an estimate: which clouds are reverse-charged, and how much input VAT is recovered."""

from decimal import Decimal
from typing import TypedDict

from falaj.facts.clouds import CLOUDS
from falaj.facts.invoice_entities import VatTreatment
from falaj.finops.controlling.settings import Controlling, Supplier, require_known
from falaj.finops.lines import ONPREM

_CLOUDS = {entry.provider_name: cloud.value for cloud, entry in CLOUDS.items()} | {"On-premises": ONPREM}
"""Provider of FOCUS rows -> cloud of an estimate's lines."""


class VatOfClouds(TypedDict):
    """Fields of `falaj.finops.money.Rates`."""

    recovered: Decimal
    reverse_charged: tuple[str, ...]


def vat_of_clouds(controlling: Controlling | None) -> VatOfClouds:
    """Returns the VAT treatment of each cloud's supplier; without a file, local supply. Raises `BadInput` for an
    unknown provider.
    """
    if controlling is None:
        return {"recovered": Decimal(1), "reverse_charged": ()}
    suppliers: dict[str, Supplier] = {}
    # What other issuers invoice, such as a marketplace, no estimate has.
    for name, supplier in sorted(controlling.suppliers.items(), key=lambda item: bool(item[1].issuers)):
        suppliers.setdefault(supplier.provider or name, supplier)
    require_known("suppliers", suppliers, _CLOUDS, "provider")
    recipient = controlling.recipient
    reverse_charged = [
        _CLOUDS[provider]
        for provider, supplier in suppliers.items()
        if supplier.entity.treatment_of(recipient.trn is not None) is VatTreatment.REVERSE_CHARGE
    ]
    return {"recovered": recipient.recoverable, "reverse_charged": tuple(sorted(reverse_charged))}
