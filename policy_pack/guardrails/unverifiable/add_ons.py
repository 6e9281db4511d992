"""Add-ons of clusters that a vendor publishes on a marketplace.

Names of add-ons of AWS and of the community have no underscore; those of AWS Marketplace begin with the vendor before
one, such as new-relic_kubernetes-operator (docs.newrelic.com, "Install the EKS add-on", read 2026-11-28).
"""

from ..engine.conditions import Condition
from ..engine.families import unverifiable_rule
from ..engine.rows import Check, Guardrail, Severity, aws
from ..engine.verdicts import Verdict

OF_NO_VENDOR = Condition(
    "must not be of a vendor on AWS Marketplace, such as datadog_operator",
    lambda value: "_" not in str(value),
    missing=Verdict.PASS,
)

ADD_ONS: tuple[Guardrail, ...] = (
    unverifiable_rule(114, Severity.CRITICAL, "Add-ons of clusters are of the cloud or the Kubernetes community",
                      "an operator of a vendor has rights in the cluster, and sends what it sees to the vendor",
                      "Install it by its chart from a listed source, whose values the guardrails read, or list the "
                      "resource in exemptions.yaml with who reviewed it",
                      checks=(Check(aws("eks/Addon"), "addonName", OF_NO_VENDOR),)),
)  # fmt: skip
