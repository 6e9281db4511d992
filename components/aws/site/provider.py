"""AWS provider of a site, pinned to the site's region and account."""

from typing import Any

import pulumi_aws as aws

from falaj.components.core.accounts.aws_accounts import AwsAccountSpec


def site_provider(name: str, region: str, account: AwsAccountSpec | None = None) -> aws.Provider:
    """Creates an AWS provider pinned to a site's region, whatever region the environment of the deployment sets.

    With `account` it refuses credentials of any other account, and assumes the account's role.
    """
    return aws.Provider(f"{name}-aws", region=region, **_account_inputs(account))


def _account_inputs(account: AwsAccountSpec | None) -> dict[str, Any]:
    if account is None:
        return {}
    inputs: dict[str, Any] = {}
    if account.allowed_account_ids:
        inputs["allowed_account_ids"] = list(account.allowed_account_ids)
    if (role := account.assume_role) is not None:
        assumed = aws.ProviderAssumeRoleArgs(
            role_arn=role.role_arn, external_id=role.external_id, session_name=role.session_name
        )
        inputs["assume_roles"] = [assumed]
    return inputs
