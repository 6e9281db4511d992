"""Encryption at rest of AWS logs, trails and secrets.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 (a test repeats it).
"""

from ....engine.conditions import CUSTOMER_KEY, one_of
from ....engine.families import encryption_rule
from ....engine.rows import Check, Guardrail, Severity, aws
from ..reasons import AWS_KEY, OWN_KEY

LOG_ROWS = (
    Check(aws("cloudwatch/LogGroup", "cloudtrail/Trail", "cloudtrail/EventDataStore"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("secretsmanager/Secret"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("secretsmanager/Secret"), "replicas[*].kmsKeyId", CUSTOMER_KEY),
    Check(aws("ssm/Parameter"), "keyId", CUSTOMER_KEY, when=("type", one_of("SecureString"))),
)

AWS_LOGS_AND_SECRETS: tuple[Guardrail, ...] = (
    encryption_rule(106, Severity.HIGH, "AWS logs, trails and secrets are encrypted with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    checks=LOG_ROWS),
)  # fmt: skip
