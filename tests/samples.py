"""Values that all tests share."""

COST_TAGS = {
    "project": "arabic-llm",
    "business-unit": "retail-banking",
    "environment": "prod",
    "cost-centre": "cc-4711",
    "owner": "ml-platform-team",
    "data-classification": "confidential",
}
"""All mandatory cost tags with valid values."""

DEV_TAGS = {**COST_TAGS, "environment": "dev"}
"""The same, of an environment that may sleep."""
