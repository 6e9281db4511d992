"""The files that give the identities of a pipeline their permissions."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from falaj.facts.aws_permissions import OPERATIONS
from falaj.finops.plan import Plan
from falaj.rights.aws_invokes import invoke_needs
from falaj.rights.aws_needs import AwsNeeds
from falaj.rights.aws_policies import documents, statements
from falaj.rights.azure_conditions import Assignable
from falaj.rights.azure_roles import DEFINES_ROLES, azure_actions, custom_role

NO_ACCOUNT, NO_SUBSCRIPTION = "ACCOUNT_ID", "SUBSCRIPTION_ID"
"""What the documents say if neither an option nor the plan states the account."""

AWS_PROVIDER, AZURE_PROVIDER = "pulumi:providers:aws", "pulumi:providers:azure-native"


class Identity(StrEnum):
    """What an identity of a pipeline does."""

    DEPLOY = "deploy"
    PLAN = "plan"


_OPERATIONS: Mapping[Identity, tuple[str, ...]] = {Identity.DEPLOY: OPERATIONS, Identity.PLAN: ("read",)}


class Cloud(StrEnum):
    """A cloud whose permissions are generated."""

    AWS = "aws"
    AZURE = "azure"


@dataclass(frozen=True)
class Rights:
    """The permissions of one plan, in an AWS account and an Azure subscription."""

    plan: Plan
    account: str
    subscription: str
    fixed_roles: bool = False
    """Whether the deploying identity must not change custom roles on Azure, which exist then."""
    deployer: str | None = None
    """ARN of the role that deploys on AWS, which looks itself up if the stack does not name it as `aws.deployer`."""

    @classmethod
    def of(
        cls,
        plan: Plan,
        account: str | None = None,
        subscription: str | None = None,
        fixed_roles: bool = False,
        deployer: str | None = None,
    ) -> "Rights":
        """Returns the permissions of a plan, in the account and subscription of its providers unless they are given."""
        return cls(
            plan,
            account or _only(_aws_accounts(plan)) or NO_ACCOUNT,
            subscription or _only(_stated(plan, AZURE_PROVIDER, "subscriptionId")) or NO_SUBSCRIPTION,
            fixed_roles,
            deployer,
        )

    def policies(self, identity: Identity) -> list[dict[str, Any]]:
        """Returns the IAM policy documents of an identity. Raises `UnknownType`."""
        needs, operations = AwsNeeds.of(self.plan, self.account), _OPERATIONS[identity]
        return documents(statements([*needs.all(operations), *invoke_needs(needs.names, operations, self.deployer)]))

    def role(self, identity: Identity) -> dict[str, Any] | None:
        """Returns the custom role of an identity on Azure, None for a plan without Azure. Raises `UnknownType`."""
        actions = azure_actions(self.plan, _OPERATIONS[identity])
        if self.fixed_roles:
            actions = [action for action in actions if action not in DEFINES_ROLES]
        name = f"falaj {self.plan.stack} {identity}"
        return custom_role(name, actions, self.subscription) if actions else None

    def files(self, clouds: tuple[Cloud, ...], identities: tuple[Identity, ...]) -> dict[str, str]:
        """Returns file name -> content. Raises `UnknownType`."""
        return dict(file for identity in identities for cloud in clouds for file in self._files(cloud, identity))

    def _files(self, cloud: Cloud, identity: Identity) -> Iterator[tuple[str, str]]:
        if cloud is Cloud.AWS:
            for number, document in enumerate(self.policies(identity), 1):
                yield f"aws-{identity}-{number}.json", _text(document)
        elif role := self.role(identity):
            yield f"azure-{identity}.json", _text(role)
            if identity is Identity.DEPLOY:
                yield "azure-deploy-condition.txt", Assignable.of(self.plan, self.subscription).condition() + "\n"


def _text(document: object) -> str:
    return json.dumps(document, indent=1) + "\n"


def _aws_accounts(plan: Plan) -> set[str]:
    """Returns the accounts of the roles that the providers assume, otherwise those that they allow."""
    roles = _stated(plan, AWS_PROVIDER, "assumeRoles")
    return {role["roleArn"].split(":")[4] for role in roles} or set(_stated(plan, AWS_PROVIDER, "allowedAccountIds"))


def _stated(plan: Plan, kind: str, key: str) -> Sequence[Any]:
    """Returns all that the providers of a type state: the engine writes their lists as JSON."""
    values = [item.props.get(key) for item in plan.resources if item.type == kind]
    texts = [value for value in values if isinstance(value, str) and value]
    return [entry for text in texts for entry in (json.loads(text) if text.startswith("[") else [text])]


def _only(values: Collection[Any]) -> str | None:
    """Returns the value that all providers state, or None."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None
