"""AWS account of a site: where its provider deploys, and the rules of that account for IAM."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.text_forms import TextForm

AccountId = Annotated[str, TextForm(r"^[0-9]{12}$", "12 digits, in quotation marks", "111122223333")]
"""Number of an AWS account."""

RoleArn = Annotated[
    str,
    TextForm(
        r"^arn:aws:iam::[0-9]{12}:role/[\w+=,.@/-]+$",
        "the ARN of an IAM role",
        "arn:aws:iam::111122223333:role/deployer",
    ),
]
"""ARN of an IAM role."""

PolicyArn = Annotated[
    str,
    TextForm(
        r"^arn:aws:iam::([0-9]{12}|aws):policy/[\w+=,.@/-]+$",
        "the ARN of an IAM policy",
        "arn:aws:iam::111122223333:policy/boundary",
    ),
]
"""ARN of an IAM managed policy."""

# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
IamPath = Annotated[
    str, TextForm(r"^/([\w+=,.@-]+/)*$", "a path that begins and ends with /", "/platform/", max_length=512)
]
"""IAM path of roles, policies and instance profiles."""


class AssumeRoleSpec(Spec):
    """Role that the provider of a site assumes."""

    role_arn: RoleArn
    """ARN of the role, in the account of the site."""
    external_id: Annotated[str, Field(min_length=2, max_length=1224)] | None = None
    """External ID that the role's trust policy requires; none if absent."""
    session_name: Annotated[str, TextForm(r"^[\w+=,.@-]{2,64}$", "2 to 64 letters, digits and +=,.@-", "falaj")] = (
        "falaj"
    )
    """Name of the session, as CloudTrail shows it."""


class AwsAccountSpec(Spec):
    """AWS account of a site."""

    allowed_account_ids: Sequence[AccountId] = ()
    """Accounts to which the site may be deployed: with credentials of any other, the provider refuses to start. None
    for any."""
    assume_role: AssumeRoleSpec | None = None
    """Role to assume with the credentials of the deployment; the credentials themselves are used if absent."""


class AwsIamSpec(Spec):
    """What the account demands of IAM roles. Changing the path of deployed roles replaces them."""

    permissions_boundary: Input[PolicyArn] | None = None
    """ARN of the permissions boundary of every role that the site has; none if absent."""
    path: IamPath | None = None
    """IAM path of every role, policy and instance profile that the site has; `/` if absent."""


class AwsIamOptions(Spec):
    """Rules of the account for IAM."""

    iam: AwsIamSpec | None = None
    """Permissions boundary and path of IAM roles; none if absent."""


class AwsProviderOptions(Spec):
    """Settings of a site's provider on AWS."""

    account: AwsAccountSpec | None = None
    """Account of the site, and the role to assume in it; the account of the deployment's credentials if absent."""
