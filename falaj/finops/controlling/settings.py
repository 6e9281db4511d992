"""The controlling file: who invoices, what is recoverable, accounts and cost centres. Unknown fields are errors."""

import difflib
from collections.abc import Collection
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from falaj.facts.invoice_entities import TRN, InvoiceEntity, VatTreatment, invoice_entities
from falaj.finops.controlling.invoice import SupplierInvoice
from falaj.finops.errors import BadInput
from falaj.finops.input_files import read_yaml
from falaj.finops.plausibility import check_percent
from falaj.finops.usage import checked
from falaj.finops.usage_model import InputModel

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$", max_length=40)]
"""An account or a cost centre of the ledger: letters, digits, `.`, `_`, `/` and `-`. In quotes, so that a leading zero
is kept."""

TaxNumber = Annotated[str, Field(pattern=f"^{TRN.pattern}$")]
"""A Tax Registration Number: 15 digits, in quotes."""


class Recipient(InputModel):
    """The customer."""

    trn: TaxNumber | None = None
    """Its Tax Registration Number. Without one it is charged VAT by every supplier, and recovers none."""
    recoverable_percent: Annotated[Decimal, Field(ge=0, le=100, allow_inf_nan=False)] = Decimal(100)
    """Share of input VAT that is recovered, in percent; less than 100 where supplies are partly exempt, as a bank's."""
    confirm_percent: bool = False
    """Confirms a share below 1 percent."""

    @property
    def recoverable(self) -> Decimal:
        """The recoverable share, 0 to 1."""
        return self.recoverable_percent / 100 if self.trn else Decimal(0)


class Supplier(InputModel):
    """Who invoices the charges of one provider, or those of them that `issuers` invoice."""

    provider: str = ""
    """Provider of the export; empty: the supplier's name is the provider."""
    issuers: list[Annotated[str, Field(min_length=1)]] = Field(default_factory=list)
    """InvoiceIssuerName of its rows in the export, such as for AWS Marketplace; without them all other rows of the
    provider."""

    invoiced_by: str
    """An entity of `falaj.facts.invoice_entities`."""
    trn: TaxNumber | None = None
    """Tax Registration Number on its invoices."""
    payable: Code
    """Account of its payables."""

    @model_validator(mode="after")
    def _entity_exists(self) -> Self:
        known = invoice_entities()
        if self.invoiced_by not in known:
            matches = difflib.get_close_matches(self.invoiced_by, known, n=3) or list(known)
            raise ValueError(f"invoiced_by: unknown entity {self.invoiced_by!r}; did you mean: {', '.join(matches)}")
        return self

    @property
    def entity(self) -> InvoiceEntity:
        """The entity that invoices."""
        return invoice_entities()[self.invoiced_by]


class Accounts(InputModel):
    """Accounts of the ledger."""

    expense: Code
    """Cloud cost of services that `services` does not name."""
    accrued: Code
    """Accrued expenses: cost that is not invoiced yet."""
    input_vat: Code
    """Recoverable input VAT."""
    output_vat: Code
    """Output VAT that is accounted for by reverse charge."""
    rounding: Code
    """Rounding differences."""
    chargeback: Code
    """Internal charge, debited to the cost centre that used the platform."""
    recovery: Code
    """Internal recovery, credited to the platform's cost centre."""


class Controlling(InputModel):
    """A complete controlling file."""

    version: Annotated[int, Field(ge=1, le=1)] = 1
    ledger: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,10}$")]
    """Prefix of journal IDs: 2 to 10 capital letters and digits."""
    recipient: Recipient = Recipient()
    suppliers: dict[str, Supplier]
    """Name of the supplier, such as `Microsoft` -> who invoices. The name is the provider of the export, unless the
    supplier states it."""
    accounts: Accounts
    services: dict[str, Code] = Field(default_factory=dict)
    """Service of the export -> its own expense account."""
    cost_centres: dict[str, Code] = Field(default_factory=dict)
    """Value of the tag `cost-centre` -> cost centre of the ledger. Empty: the tag is the cost centre."""
    untagged: Code
    """Cost centre of cost without the tag."""
    platform: Code
    """Cost centre that receives the suppliers' invoices and charges others."""

    @model_validator(mode="after")
    def _entities_invoice_these_providers(self) -> Self:
        for name, supplier in self.suppliers.items():
            if supplier.entity.provider not in ("", supplier.provider or name):
                raise ValueError(
                    f"suppliers.{name}.invoiced_by: {supplier.invoiced_by} invoices {supplier.entity.provider}; "
                    "use local or foreign for a reseller"
                )
        return self

    @model_validator(mode="after")
    def _issuers_are_unique(self) -> Self:
        keys = [
            (supplier.provider or name, issuer.casefold())
            for name, supplier in self.suppliers.items()
            for issuer in supplier.issuers or [""]
        ]
        if repeated := [provider for provider, issuer in keys if keys.count((provider, issuer)) > 1]:
            raise ValueError(f"suppliers: two have the same charges of {repeated[0]}; state other issuers for each")
        return self

    def supplier_of(self, provider: str, issuer: str = "") -> str:
        """Returns the name of the supplier that invoices a provider's charges, or those of an issuer. Raises
        `BadInput` if the file does not say it.
        """
        of_provider = {name: item for name, item in self.suppliers.items() if (item.provider or name) == provider}
        for name, supplier in of_provider.items():
            if issuer.casefold() in (stated.casefold() for stated in supplier.issuers):
                return name
        for name, supplier in of_provider.items():
            if not supplier.issuers:
                return name
        of = f"{provider!r} invoiced by {issuer!r}" if of_provider else f"{provider!r}"
        known = ", ".join(self.suppliers) or "none"
        raise BadInput("suppliers", f"the export has charges of {of}, and the file names: {known}")

    def expense(self, service: str) -> str:
        """Returns the expense account of a service."""
        return self.services.get(service, self.accounts.expense)


def read(path: Path) -> Controlling:
    """Reads a controlling file. Raises `BadInput` with one sentence for all errors."""
    result = checked(Controlling, read_yaml(path), str(path))
    recipient = result.recipient
    check_percent(
        f"{path}: recipient.recoverable_percent",
        recipient.recoverable_percent,
        recipient.confirm_percent,
        "set confirm_percent: true beside it",
        below=Decimal(1),
    )
    return result


def treatment_of(controlling: Controlling, invoice: SupplierInvoice) -> VatTreatment:
    """Returns the VAT treatment of an invoice. Raises `BadInput` if it bears another TRN than its supplier has."""
    supplier = controlling.suppliers[controlling.supplier_of(invoice.provider, invoice.issuer)]
    if supplier.trn and invoice.trn and supplier.trn != invoice.trn:
        raise BadInput("trn", f"the invoice bears {invoice.trn}, and {invoice.provider}'s is {supplier.trn}")
    return supplier.entity.treatment_of(controlling.recipient.trn is not None)


def require_known(location: str, names: Collection[str], existing: Collection[str], what: str) -> None:
    """Raises `BadInput` for names that do not exist, with similar ones."""
    for name in names:
        if name not in existing:
            matches = difflib.get_close_matches(name, existing, n=3) or sorted(existing)[:8]
            raise BadInput(f"{location}.{name}", f"there is no {what} {name!r}; there are: {', '.join(matches)}")
