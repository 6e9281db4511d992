"""The controls that guardrails serve, by subject. Articles of the UAE texts are not cited: none was verified.

ISO/IEC 27001:2022 Annex A numbers are cited from the standard's published list of controls.
"""

PLACEMENT = (
    "uae-pdpl:cross-border-transfer",
    "uae-ia:data-location",
    "cbuae:outsourcing-data-location",
    "adhics:data-residency",
)
ENCRYPTION = ("uae-pdpl:security-of-processing", "uae-ia:cryptography", "iso27001:A.8.24")
OWNERSHIP = ("uae-ia:asset-ownership", "iso27001:A.5.9")
