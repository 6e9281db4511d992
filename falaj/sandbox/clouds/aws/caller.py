"""The caller of the emulated AWS: the run's own role, or the role that the provider assumes.

Sources (read 2026-11-26): hashicorp/aws-sdk-go-base, credentials.go (the roles of `assume_role` are assumed in their
order) and internal/config/config.go (`VerifyAccountIDAllowed`); hashicorp/terraform-provider-aws,
internal/conns/config.go (`ConfigureProvider` compares the account of the resulting credentials).
"""

from __future__ import annotations

from falaj.sandbox.clouds.values import Props, get_all, get_str
from falaj.sandbox.runner import Runner, runner


def caller(config: Props) -> Runner:
    """Returns the run as AWS sees it through a provider."""
    run = runner()
    for assumed in get_all(config, "assumeRoles[*]"):
        if role := get_str(assumed, "roleArn"):
            run = run.assuming(role, get_str(assumed, "sessionName"))
    return run


def account_refused(config: Props) -> str | None:
    """Returns why a provider does not start with the caller's account, or None. A run without a stated role is in
    whatever account the stack allows."""
    run, allowed = caller(config), get_all(config, "allowedAccountIds[*]")
    if not allowed or not run.role_is_given or run.account in allowed:
        return None
    return f"AWS account ID not allowed: {run.account}"
