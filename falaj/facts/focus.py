"""FOCUS, the FinOps Foundation's billing data specification, as exported by AWS."""

AWS_TABLE = "FOCUS_1_2_AWS"
"""FOCUS 1.2 with AWS columns (Data Exports User Guide, table-dictionary-focus-1-2-aws; read 2026-11-24)."""

AWS_COLUMNS = (
    "AvailabilityZone", "BilledCost", "BillingAccountId", "BillingAccountName", "BillingAccountType",
    "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "CapacityReservationId", "CapacityReservationStatus",
    "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart",
    "CommitmentDiscountCategory", "CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountQuantity",
    "CommitmentDiscountStatus", "CommitmentDiscountType", "CommitmentDiscountUnit", "ConsumedQuantity", "ConsumedUnit",
    "ContractedCost", "ContractedUnitPrice", "EffectiveCost", "InvoiceId", "InvoiceIssuerName", "ListCost",
    "ListUnitPrice", "PricingCategory", "PricingCurrency", "PricingCurrencyContractedUnitPrice",
    "PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice", "PricingQuantity", "PricingUnit", "ProviderName",
    "PublisherName", "RegionId", "RegionName", "ResourceId", "ResourceName", "ResourceType", "ServiceCategory",
    "ServiceName", "ServiceSubcategory", "SkuId", "SkuMeter", "SkuPriceDetails", "SkuPriceId", "SubAccountId",
    "SubAccountName", "SubAccountType", "Tags", "x_Discounts", "x_Operation", "x_ServiceCode",
)  # fmt: skip
"""All 57 columns of the specification and three AWS columns: AWS requires a list of columns instead of `*`."""


def aws_query() -> str:
    """Returns the query that selects all columns, as required by CreateExport."""
    return f"SELECT {', '.join(AWS_COLUMNS)} FROM {AWS_TABLE}"  # noqa: S608 - of Data Exports, which has no other
