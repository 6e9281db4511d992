"""Columns of cost exports as SQL expressions: FOCUS 1.0 to 1.4 and its preview, and Azure's own cost details.

FOCUS 1.3 deprecates ProviderName in favour of ServiceProviderName, and 1.4 removes it (FOCUS_Spec, changelog; read
2026-11-27). Azure's FOCUS exports add the cost in USD (`x_EffectiveCostInUsd`). Azure's cost details (`ActualCost`,
`AmortizedCost`) are described on learn.microsoft.com/azure/cost-management-billing/automate/
understand-usage-details-fields (read 2026-11-26): their spelling differs between kinds of agreement in case only,
except for the currency. Names are compared without case, because Athena writes them in lower case.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from falaj.finops.showback.engine import name, text

REQUIRED_COLUMNS = ("EffectiveCost", "BillingCurrency", "ChargeCategory", "ChargePeriodStart", "ChargePeriodEnd")
"""Columns that are required to show cost. The effective cost is used: a prepaid commitment counts when it is used."""

PROVIDER_COLUMNS = ("ServiceProviderName", "ProviderName")

AMOUNT = "DECIMAL(32, 18)"
"""SQL type of amounts: exact, with 18 decimal places, below 10^14. Sums have six digits more."""

QUANTITY = "DECIMAL(38, 12)"
"""SQL type of quantities, which may count single bytes or requests."""

_COST_DETAILS = ("date", "costinbillingcurrency", "chargetype")
"""Columns by which Azure's cost details are recognised."""

_AZURE = "Microsoft"
"""Provider in Azure's FOCUS exports, so that both kinds of export add up."""

_YEARS = "{value!r} is not in the years 2000 to 2099"


@dataclass(frozen=True, slots=True)
class Check:
    """A condition under which a row is refused, and the value to show."""

    column: str
    refused_if: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """An export's columns: expressions of the fields of a charge, and checks."""

    fields: Mapping[str, str]
    checks: tuple[Check, ...]


class Columns:
    """The columns of a file. `as_text` turns the name of a column into an expression of type VARCHAR."""

    def __init__(self, names: Iterable[str], as_text: Callable[[str], str] = name) -> None:
        self._given = {column.lower(): column for column in names}
        self._as_text = as_text

    def __contains__(self, column: str) -> bool:
        return column.lower() in self._given

    def missing(self) -> list[str]:
        """Returns the names of required columns that are missing."""
        if self.has_cost_details:
            return []
        missing = [column for column in REQUIRED_COLUMNS if column not in self]
        return missing + [" or ".join(PROVIDER_COLUMNS)] * (not any(column in self for column in PROVIDER_COLUMNS))

    @property
    def has_cost_details(self) -> bool:
        """Whether these are Azure's cost details."""
        return all(column in self for column in _COST_DETAILS)

    def text(self, *names: str) -> str:
        """Returns the first of the columns that has a value, or NULL. The FOCUS project's sample data writes `NULL`."""
        given = (self._as_text(self._given[item.lower()]) for item in names if item in self)
        values = [f"nullif(nullif({value}, ''), 'NULL')" for value in given]
        return f"coalesce({', '.join(values)})" if values else "CAST(NULL AS VARCHAR)"

    def mapped(self) -> Mapped:
        """Returns the expressions of a charge."""
        return _cost_details(self) if self.has_cost_details else _focus(self)


def _amount(value: str, kind: str = AMOUNT) -> str:
    return f"TRY_CAST({value} AS {kind})"


def _last_part(value: str) -> str:
    """Returns the last part of an ID: Azure writes the whole ID in FOCUS exports, and the last part in cost details."""
    return f"coalesce(lower(regexp_replace({value}, '^.*/', '')), '')"


def _month(time: str) -> str:
    return f"CAST(date_trunc('month', CAST({time} AS DATE)) AS DATE)"


def _number_check(column: str, value: str) -> Check:
    kind, limit = (QUANTITY, "10^26") if column.endswith("Quantity") else (AMOUNT, "10^14")
    refused = f"{value} IS NOT NULL AND {_amount(value, kind)} IS NULL"
    return Check(column, refused, value, f"{{value!r}} is not a number below {limit}")


def _period_checks(start: tuple[str, str, str], end: tuple[str, str, str], form: str) -> Iterable[Check]:
    """Yields the checks of (column, text, time) of both ends of a charge period."""
    for column, value, time in (start, end):
        yield Check(column, f"{time} IS NULL", value, f"{{value!r}} is not a {form}")
        yield Check(column, f"coalesce(year({time}) NOT BETWEEN 2000 AND 2099, TRUE)", value, _YEARS)
    yield Check("", f"{end[2]} <= {start[2]}", end[1], "ends at {value}, which is not after its start")


def _focus(columns: Columns) -> Mapped:
    cost, billed = columns.text("EffectiveCost"), columns.text("BilledCost")
    quantity, idle = columns.text("PricingQuantity"), columns.text("x_IdleUsd")
    priced, in_usd = columns.text("PricingCurrencyEffectiveCost"), columns.text("x_EffectiveCostInUsd")
    currency = columns.text("BillingCurrency")
    pricing_currency = columns.text("PricingCurrency", "BillingCurrency")
    usd = (
        f"coalesce(CASE WHEN {pricing_currency} = 'USD' THEN {_amount(priced)} END, {_amount(in_usd)}, "
        f"CASE WHEN {currency} = 'USD' AND {pricing_currency} = 'USD' THEN {_amount(cost)} END)"
    )
    start_text, end_text = columns.text("ChargePeriodStart"), columns.text("ChargePeriodEnd")
    start, end = (f"TRY_CAST({value} AS TIMESTAMPTZ)" for value in (start_text, end_text))
    return Mapped(
        {
            "provider": f"coalesce({columns.text(*PROVIDER_COLUMNS)}, '(no provider)')",
            "issuer": f"coalesce({columns.text('InvoiceIssuerName')}, '')",
            "invoice": f"coalesce({columns.text('InvoiceId', 'x_InvoiceId')}, '')",
            "form": text("FOCUS"),
            "account": _last_part(columns.text("BillingAccountId")),
            "sub_account": _last_part(columns.text("SubAccountId")),
            "billing_period": _month(
                f"TRY_CAST({columns.text('BillingPeriodStart', 'ChargePeriodStart')} AS TIMESTAMPTZ)"
            ),
            "region": f"coalesce({columns.text('RegionId', 'Region')}, '(no region)')",
            "service": f"coalesce({columns.text('ServiceName')}, '(other)')",
            "sku": f"coalesce({columns.text('SkuId', 'SkuPriceId')}, '')",
            "resource": f"coalesce({columns.text('ResourceId')}, '')",
            "compute": f"coalesce({columns.text('ServiceCategory')} = 'Compute', FALSE)",
            "category": f"coalesce({columns.text('ChargeCategory')}, 'Usage')",
            "charge_class": f"coalesce({columns.text('ChargeClass')}, '')",
            "currency": f"coalesce({currency}, '')",
            "cost": _amount(cost),
            "billed": f"coalesce({_amount(billed)}, {_amount(cost)})",
            "usd": usd,
            "quantity": _amount(quantity, QUANTITY),
            "idle": f"CASE WHEN {usd} = {_amount(cost)} THEN {_amount(idle)} ELSE TRY_CAST(round(CAST({_amount(idle)} "
            f"AS DOUBLE) / nullif(CAST({usd} AS DOUBLE), 0) * CAST({_amount(cost)} AS DOUBLE), 9) AS {AMOUNT}) END",
            "first_day": f"CAST({start} AS DATE)",
            "last_day": f"CAST({end} - INTERVAL 1 SECOND AS DATE)",
            "tags": columns.text("Tags"),
        },
        (
            *_period_checks(
                ("ChargePeriodStart", start_text, start),
                ("ChargePeriodEnd", end_text, end),
                "time such as 2026-11-01T00:00:00Z",
            ),
            Check("EffectiveCost", f"{cost} IS NULL", cost, "is empty"),
            *(
                _number_check(column, columns.text(column))
                for column in (
                    "EffectiveCost",
                    "BilledCost",
                    "PricingCurrencyEffectiveCost",
                    "x_EffectiveCostInUsd",
                    "PricingQuantity",
                    "x_IdleUsd",
                )
                if column in columns
            ),
        ),
    )


def _cost_details(columns: Columns) -> Mapped:
    cost, usd, quantity = columns.text("CostInBillingCurrency"), columns.text("CostInUsd"), columns.text("Quantity")
    currency = f"coalesce({columns.text('BillingCurrency', 'BillingCurrencyCode')}, '')"
    day_text = columns.text("Date")
    day = f"TRY_STRPTIME(left({day_text}, 10), ['%m/%d/%Y', '%Y-%m-%d'])"
    period_text = columns.text("BillingPeriodStartDate", "Date")
    period = f"TRY_STRPTIME(left({period_text}, 10), ['%m/%d/%Y', '%Y-%m-%d'])"
    region = columns.text("ResourceLocation")
    form = "date such as 11/30/2026 or 2026-11-30"
    return Mapped(
        {
            "provider": text(_AZURE),
            "issuer": "''",
            "invoice": f"coalesce({columns.text('InvoiceId')}, '')",
            "form": text("cost details"),
            "account": _last_part(columns.text("BillingAccountId")),
            "sub_account": _last_part(columns.text("SubscriptionId", "SubscriptionGuid")),
            "billing_period": _month(period),
            "region": f"coalesce(nullif(lower(replace({region}, ' ', '')), ''), '(no region)')",
            "service": f"coalesce({columns.text('MeterCategory')}, '(other)')",
            "sku": f"coalesce({columns.text('MeterId')}, '')",
            "resource": f"coalesce({columns.text('ResourceId', 'InstanceName')}, '')",
            "compute": f"coalesce({columns.text('MeterCategory')} = 'Virtual Machines', FALSE)",
            "category": f"coalesce({columns.text('ChargeType')}, 'Usage')",
            "charge_class": "''",
            "currency": currency,
            "cost": _amount(cost),
            "billed": _amount(cost),
            "usd": f"coalesce({_amount(usd)}, CASE WHEN {currency} = 'USD' THEN {_amount(cost)} END)",
            "quantity": _amount(quantity, QUANTITY),
            "idle": f"CAST(NULL AS {AMOUNT})",
            "first_day": f"CAST({day} AS DATE)",
            "last_day": f"CAST({day} AS DATE)",
            "tags": columns.text("Tags"),
        },
        (
            Check("Date", f"{day} IS NULL", day_text, f"{{value!r}} is not a {form}"),
            Check("Date", f"year({day}) NOT BETWEEN 2000 AND 2099", day_text, _YEARS),
            Check("CostInBillingCurrency", f"{cost} IS NULL", cost, "is empty"),
            _number_check("CostInBillingCurrency", cost),
            *(_number_check(column, columns.text(column)) for column in ("CostInUsd", "Quantity") if column in columns),
        ),
    )
