"""Requirements of FOCUS 1.2 on the columns that an estimate fills.

Facts of the specification (github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec, branch v1.2, `specification/columns`
and `specification/attributes`; read 2026-11-27). PyPI's `focus_validator` 1.0.0 ends at FOCUS 1.0 and needs numpy below
2, so the rules are kept here: one row per requirement, named by its section.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]

MANDATORY = (
    "BilledCost", "BillingAccountId", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory",
    "ChargePeriodEnd", "ChargePeriodStart", "ContractedCost", "EffectiveCost", "InvoiceIssuerName", "ListCost",
    "ProviderName", "PublisherName", "ServiceCategory", "ServiceName",
)  # fmt: skip
"""Columns of feature level Mandatory that must not be null."""

MANDATORY_NULLABLE = (
    "BillingAccountName", "ChargeClass", "ChargeDescription", "PricingQuantity", "PricingUnit",
)  # fmt: skip
NOT_NULL_IF_PRESENT = (
    "BillingAccountType", "ChargeFrequency", "PricingCurrency", "PricingCurrencyEffectiveCost", "ServiceSubcategory",
)  # fmt: skip

MANDATORY_1_0 = (*MANDATORY, *MANDATORY_NULLABLE)
"""The mandatory columns of FOCUS 1.0 have the same names."""

MANDATORY_1_3 = (*MANDATORY, "HostProviderName", "ServiceProviderName")
"""FOCUS 1.3 adds two (FOCUS_Spec, specification/datasets/cost_and_usage; read 2026-11-27)."""

DECIMALS = (
    "BilledCost", "CommitmentDiscountQuantity", "ConsumedQuantity", "ContractedCost", "ContractedUnitPrice",
    "EffectiveCost", "ListCost", "ListUnitPrice", "PricingCurrencyContractedUnitPrice", "PricingCurrencyEffectiveCost",
    "PricingCurrencyListUnitPrice", "PricingQuantity",
)  # fmt: skip
UNIT_PRICES = tuple(column for column in DECIMALS if column.endswith("UnitPrice"))
TIMES = ("BillingPeriodEnd", "BillingPeriodStart", "ChargePeriodEnd", "ChargePeriodStart")
KEY_VALUES = ("SkuPriceDetails", "Tags")
USAGE_ONLY = (
    "ContractedUnitPrice", "ListUnitPrice", "PricingCategory", "PricingCurrencyContractedUnitPrice",
    "PricingCurrencyListUnitPrice", "PricingQuantity", "SkuId", "SkuPriceId",
)  # fmt: skip
"""Columns that must not be null for usage and must be null for taxes."""

NULL_TOGETHER = (
    ("ConsumedUnit", "ConsumedQuantity"), ("PricingUnit", "PricingQuantity"), ("RegionName", "RegionId"),
    ("ResourceType", "ResourceId"), ("SubAccountName", "SubAccountId"), ("SubAccountType", "SubAccountId"),
    ("CommitmentDiscountCategory", "CommitmentDiscountId"), ("CommitmentDiscountType", "CommitmentDiscountId"),
    ("CommitmentDiscountUnit", "CommitmentDiscountQuantity"), ("BillingAccountType", "BillingAccountId"),
)  # fmt: skip
"""A column that is null exactly if the other is."""

NULL_WITH = (
    ("ResourceName", "ResourceId"), ("SkuMeter", "SkuId"), ("SkuPriceDetails", "SkuPriceId"),
    ("CapacityReservationStatus", "CapacityReservationId"), ("CommitmentDiscountName", "CommitmentDiscountId"),
    ("CommitmentDiscountStatus", "CommitmentDiscountId"),
)  # fmt: skip
"""A column that is null if the other is."""

ALLOWED = {
    "ChargeCategory": {"Usage", "Purchase", "Tax", "Credit", "Adjustment"},
    "ChargeClass": {None, "Correction"},
    "ChargeFrequency": {"One-Time", "Recurring", "Usage-Based"},
    "PricingCategory": {None, "Standard", "Dynamic", "Committed", "Other"},
    "CommitmentDiscountCategory": {None, "Spend", "Usage"},
    "CommitmentDiscountStatus": {None, "Used", "Unused"},
    "CapacityReservationStatus": {None, "Used", "Unused"},
}

SUBCATEGORIES = {
    "AI and Machine Learning": "AI Platforms, Bots, Generative AI, Machine Learning, Natural Language Processing",
    "Analytics": "Analytics Platforms, Business Intelligence, Data Processing, Search, Streaming Analytics",
    "Business Applications": "Productivity and Collaboration",
    "Compute": "Containers, End User Computing, Quantum Compute, Serverless Compute, Virtual Machines",
    "Databases": "Caching, Data Warehouses, Ledger Databases, NoSQL Databases, Relational Databases, "
    "Time Series Databases",
    "Developer Tools": "Developer Platforms, Continuous Integration and Deployment, Development Environments, "
    "Source Code Management, Quality Assurance",
    "Identity": "Identity and Access Management",
    "Integration": "API Management, Messaging, Workflow Orchestration",
    "Internet of Things": "IoT Analytics, IoT Platforms",
    "Management and Governance": "Architecture, Compliance, Cost Management, Data Governance, Disaster Recovery, "
    "Endpoint Management, Observability, Support",
    "Media": "Content Creation, Gaming, Media Streaming, Mixed Reality",
    "Migration": "Data Migration, Resource Migration",
    "Mobile": "",
    "Multicloud": "Multicloud Integration",
    "Networking": "Application Networking, Content Delivery, Network Connectivity, Network Infrastructure, "
    "Network Routing, Network Security",
    "Security": "Secret Management, Security Posture Management, Threat Detection and Response",
    "Storage": "Backup Storage, Block Storage, File Storage, Object Storage, Storage Platforms",
    "Web": "Application Platforms",
    "Other": "",
}
"""ServiceCategory -> its subcategories; each also has `Other (category)`."""

_DATA_SIZE = r"(?:[KMGTPE]i?)?[bB]"
_TIME = r"(?:Year|Month|Day|Hour|Minute|Second)"
_COUNT = r"[A-Z][A-Za-z]*"
UNIT = re.compile(
    rf"(?:\d+ )?(?:{_DATA_SIZE}|(?!GBs|MBs)(?:{_COUNT}s))(?:/(?:\d+ )?{_TIME}s?)?"
    rf"|(?:{_DATA_SIZE}|{_COUNT})(?:-{_COUNT})*-{_TIME}s"
)
"""Attribute UnitFormat: plural units, `singular-Times` or `units/Time`, with a whole quantity."""

_LISTED = re.compile(r"\b(?:years?|months?|days?|hours?|minutes?|seconds?|requests?|tokens?|units?|cores?|GBs|hrs?)\b")
"""Listed terms in a capitalisation that is not the listed one."""

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:E-?\d+)?")
"""Attribute NumericFormat."""

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
"""Attribute DateTimeFormat."""


@dataclass(frozen=True)
class Rule:
    """A requirement: the section that has it, and whether a row meets it."""

    section: str
    requirement: str
    met: Callable[[Row], bool]


def rules() -> Iterator[Rule]:
    """Yields the requirements."""
    for column in (*MANDATORY, *NOT_NULL_IF_PRESENT):
        yield Rule(column, "not null", lambda row, name=column: row.get(name) is not None)
    for column in MANDATORY_NULLABLE:
        yield Rule(column, "present", lambda row, name=column: name in row)
    for column in DECIMALS:
        yield Rule("NumericFormat", column, lambda row, name=column: _is_null(row, name) or _is_number(row[name]))
    for column in UNIT_PRICES:
        yield Rule(column, "not negative", lambda row, name=column: _is_null(row, name) or Decimal(row[name]) >= 0)
    for column in TIMES:
        yield Rule("DateTimeFormat", column, lambda row, name=column: TIME.fullmatch(str(row[name])) is not None)
    for column in KEY_VALUES:
        yield Rule("KeyValueFormat", column, lambda row, name=column: _is_null(row, name) or _is_key_value(row[name]))
    for column in ("ConsumedUnit", "PricingUnit"):
        yield Rule("UnitFormat", column, lambda row, name=column: _is_null(row, name) or is_unit(row[name]))
    for column, values in ALLOWED.items():
        yield Rule(column, "allowed values", lambda row, name=column, allowed=values: row.get(name) in allowed)
    for column in USAGE_ONLY:
        yield Rule(column, "null exactly for taxes", lambda row, name=column: _is_null(row, name) == _is_tax(row))
    for column, other in NULL_TOGETHER:
        yield Rule(column, f"null with {other}", lambda row, a=column, b=other: _is_null(row, a) == _is_null(row, b))
    for column, other in NULL_WITH:
        yield Rule(
            column, f"null if {other} is", lambda row, a=column, b=other: _is_null(row, a) or not _is_null(row, b)
        )
    yield from _FURTHER


_FURTHER = (
    Rule("BillingCurrency", "CurrencyFormat", lambda row: re.fullmatch("[A-Z]{3}", row["BillingCurrency"]) is not None),
    Rule("PricingCurrency", "CurrencyFormat", lambda row: re.fullmatch("[A-Z]{3}", row["PricingCurrency"]) is not None),
    Rule(
        "ServiceSubcategory",
        "one parent",
        lambda row: is_subcategory(row["ServiceCategory"], row["ServiceSubcategory"]),
    ),
    Rule(
        "ConsumedQuantity",
        "for usage that is not unused",
        lambda row: _is_null(row, "ConsumedQuantity") != (_is_usage(row) and not _has_status(row, "Unused")),
    ),
    Rule(
        "CommitmentDiscountStatus",
        "for usage of a commitment",
        lambda row: _is_null(row, "CommitmentDiscountStatus") or _is_usage(row),
    ),
    Rule(
        "CommitmentDiscountStatus",
        "not null for usage of a commitment",
        lambda row: not (_is_usage(row) and _is_of_commitment(row)) or not _is_null(row, "CommitmentDiscountStatus"),
    ),
    Rule(
        "CommitmentDiscountQuantity",
        "for usage and purchase of a commitment",
        lambda row: _is_null(row, "CommitmentDiscountQuantity") != (_is_of_commitment(row) and not _is_tax(row)),
    ),
    Rule(
        "EffectiveCost",
        "0 for a purchase that covers other charges",
        lambda row: row["ChargeCategory"] != "Purchase" or Decimal(row["EffectiveCost"]) == 0,
    ),
    Rule(
        "ChargeFrequency",
        "no usage-based purchase",
        lambda row: (row["ChargeCategory"], row["ChargeFrequency"]) != ("Purchase", "Usage-Based"),
    ),
    Rule("ContractedCost", "price x quantity", lambda row: _is_product(row, "ContractedCost", "ContractedUnitPrice")),
    Rule("ListCost", "price x quantity", lambda row: _is_product(row, "ListCost", "ListUnitPrice")),
    Rule(
        "ResourceName",
        "is not the ID",
        lambda row: _is_null(row, "ResourceId") or row["ResourceName"] != row["ResourceId"],
    ),
    Rule(
        "PricingCategory",
        "committed for usage of a commitment",
        lambda row: (row["PricingCategory"] == "Committed") == (_is_usage(row) and _is_of_commitment(row)),
    ),
    Rule("InvoiceId", "null without an invoice", lambda row: _is_null(row, "InvoiceId")),
    Rule("ChargePeriodEnd", "after the start", lambda row: row["ChargePeriodEnd"] > row["ChargePeriodStart"]),
    Rule("BillingPeriodEnd", "after the start", lambda row: row["BillingPeriodEnd"] > row["BillingPeriodStart"]),
    Rule(
        "NullHandling",
        "no placeholders",
        lambda row: (
            not {"", "Not Applicable", "N/A"}
            & {v for k, v in row.items() if not k.startswith("x_") and isinstance(v, str)}
        ),
    ),
    Rule(
        "ColumnHandling",
        "custom columns begin with x_",
        lambda row: all(re.fullmatch("(x_)?[A-Z][A-Za-z0-9]*", name) for name in row),
    ),
    Rule(
        "ColumnHandling",
        "custom columns come last",
        lambda row: [name.startswith("x_") for name in row] == sorted(name.startswith("x_") for name in row),
    ),
)


def violations(row: Row) -> list[str]:
    """Returns the requirements that a row does not meet."""
    return [f"{rule.section}: {rule.requirement}" for rule in rules() if not rule.met(row)]


def is_unit(text: str) -> bool:
    """Whether a unit has the form of UnitFormat."""
    return UNIT.fullmatch(text) is not None and _LISTED.search(text) is None


def is_subcategory(category: str, subcategory: str | None) -> bool:
    """Whether a subcategory belongs to a category."""
    return category in SUBCATEGORIES and subcategory in {
        *SUBCATEGORIES[category].split(", "),
        f"Other ({category})",
    } - {""}


def _is_null(row: Row, column: str) -> bool:
    return row.get(column) is None


def _is_tax(row: Row) -> bool:
    return row["ChargeCategory"] == "Tax"


def _is_usage(row: Row) -> bool:
    return row["ChargeCategory"] == "Usage"


def _is_of_commitment(row: Row) -> bool:
    return not _is_null(row, "CommitmentDiscountId")


def _has_status(row: Row, status: str) -> bool:
    return row.get("CommitmentDiscountStatus") == status


def _is_number(value: Any) -> bool:
    return NUMBER.fullmatch(str(value)) is not None


def _is_key_value(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    parsed = json.loads(value)
    return isinstance(parsed, dict) and not any(isinstance(item, dict | list) for item in parsed.values())


def _is_product(row: Row, cost: str, price: str) -> bool:
    """Whether price x quantity is the cost, apart from rounding in the last digits."""
    if _is_null(row, price) or _is_null(row, cost) or _is_null(row, "PricingQuantity"):
        return True
    expected = Decimal(row[price]) * Decimal(row["PricingQuantity"])
    return abs(expected - Decimal(row[cost])) <= abs(expected) * Decimal("1e-12")
