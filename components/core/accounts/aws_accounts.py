"""AWS account of a site: where its provider deploys, and the rules of that account for IAM."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.core.validation.text_forms import TextForm

AccountId = Annotated[str, TextForm(r"^[0-9]{12}$", "12 digits, in quotation marks", "111122223333")]
"""Number of an AWS account."""

RoleArn = Annotated[
    str,
    TextForm(
        r"^arn:aws:iam::[0-9]{12}:role/[0-9A-Za-z_+=,.@/-]+$",
        "the ARN of an IAM role",
        "arn:aws:iam::111122223333:role/deployer",
    ),
]
"""ARN of an IAM role."""

PolicyArn = Annotated[
    str,
    TextForm(
        r"^arn:aws:iam::([0-9]{12}|aws):policy/[0-9A-Za-z_+=,.@/-]+$",
        "the ARN of an IAM policy",
        "arn:aws:iam::111122223333:policy/boundary",
    ),
]
"""ARN of an IAM managed policy."""

# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
IamPath = Annotated[
    str, TextForm(r"^/([0-9A-Za-z_+=,.@-]+/)*$", "a path that begins and ends with /", "/platform/", max_length=512)
]
"""IAM path of roles, policies and instance profiles."""


class AssumeRoleSpec(Spec):
    """Role that the provider of a site assumes."""

    role_arn: RoleArn
    """ARN of the role, in the account of the site."""
    external_id: Annotated[str, Field(min_length=2, max_length=1224)] | None = None
    """External ID that the role's trust policy requires; none if absent. A site accepts none, because the command that
    signs in to its cluster cannot send one."""
    session_name: Annotated[
        str, TextForm(r"^[0-9A-Za-z_+=,.@-]{2,64}$", "2 to 64 letters, digits and +=,.@-", "falaj")
    ] = "falaj"
    """Name of the session, as CloudTrail shows it."""


class AwsAccountSpec(Spec):
    """AWS account of a site."""

    allowed_account_ids: Sequence[AccountId] = ()
    """Accounts to which the site may be deployed: with credentials of any other, the provider refuses to start. None
    for any."""
    assume_role: AssumeRoleSpec | None = None
    """Role to assume with the credentials of the deployment; the credentials themselves are used if absent."""

    def _problems(self) -> Iterable[Problem]:
        return _account_problems(self)


def _account_problems(account: AwsAccountSpec) -> Iterator[Problem]:
    role, ids = account.assume_role, account.allowed_account_ids
    if role is not None and ids and role.role_arn.split(":")[4] not in ids:
        allowed = f"a role in an account of allowed_account_ids: {', '.join(ids)}"
        yield Problem("assume_role.role_arn", role.role_arn, allowed, "correct the role, or allow its account")


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

    @property
    def assumed_role(self) -> str | None:
        """ARN of the role that the site's provider assumes, or None."""
        role = self.account.assume_role if self.account else None
        return role.role_arn if role else None

    @model_validator(mode="after")
    def _cluster_needs_no_external_id(self) -> Self:
        refuse_if(_external_id_problems(self))
        return self


def _external_id_problems(options: AwsProviderOptions) -> Iterator[Problem]:
    """Yields the external ID of a site's role, which the cluster's kubeconfig could not send."""
    role = options.account.assume_role if options.account else None
    if role is not None and role.external_id is not None:
        fix = (
            "let the role's trust policy admit the deploying role without it, or assume the role before the run, by "
            "the pipeline's login or an AWS profile, and remove assume_role"
        )
        allowed = "no external ID: `aws eks get-token`, which signs in to the cluster, cannot send one"
        yield Problem("account.assume_role.external_id", role.external_id, allowed, fix)
