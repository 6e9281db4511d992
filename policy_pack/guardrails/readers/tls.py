"""Protocol versions and security policies that accept only TLS 1.2 or later."""

from fnmatch import fnmatchcase

from ..engine.conditions import Condition, one_of
from ..engine.verdicts import Verdict


def like(*patterns: str, missing: Verdict = Verdict.FAIL) -> Condition:
    """Returns a condition: the value matches one of the patterns. Ignores case; `*` matches any text."""
    lowercase = [pattern.lower() for pattern in patterns]

    def test(value: object) -> bool:
        return any(fnmatchcase(str(value).lower(), pattern) for pattern in lowercase)

    return Condition(f"must be {' or '.join(patterns)}", test, missing=missing)


VERSION = one_of("1.2", "1.3")
VERSION_OR_DEFAULT = one_of("1.2", "1.3", missing=Verdict.PASS)
"""For services whose default is 1.2. Since 2025-08-31 Azure accepts no older version."""

LOAD_BALANCER = like(
    "ELBSecurityPolicy-TLS13-1-2-*",
    "ELBSecurityPolicy-TLS13-1-3-*",
    "ELBSecurityPolicy-FS-1-2-*",
    "ELBSecurityPolicy-TLS-1-2-*",
)
"""Excludes `TLS13-1-0` and `TLS13-1-1`, which accept TLS 1.0 and 1.1 for old clients, and the default of 2016."""

API_DOMAIN = like("TLS_1_2", "SecurityPolicy_TLS12_*", "SecurityPolicy_TLS13_*")
DEVICES = like("IotSecurityPolicy_TLS12_1_2_*", "IotSecurityPolicy_TLS13_*", missing=Verdict.PASS)
"""Excludes `TLS12_1_0`, which accepts TLS 1.0 and 1.1."""
SEARCH = like("Policy-Min-TLS-1-2-*")
FILE_TRANSFER = like(
    "TransferSecurityPolicy-2023-*",
    "TransferSecurityPolicy-2024-*",
    "TransferSecurityPolicy-2025-*",
    "TransferSecurityPolicy-FIPS-2024-05",
    "TransferSecurityPolicy-FIPS-2025-*",
    "TransferSecurityPolicy-Restricted-2024-*",
    "TransferSecurityPolicy-SshAuditCompliant-2025-*",
    "TransferSecurityPolicy-AS2Restricted-2025-*",
)
"""Excludes earlier policies, including the default of 2018, and FIPS-2023-05 and FIPS-2024-01, because they offer SHA-1
(names: provider documentation of pulumi-aws, 2026-11; those that allow `ssh-rsa`: AWS, "Security policies for AWS
Transfer Family servers", read 2026-11-30)."""
