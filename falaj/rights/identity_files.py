"""The files that give the identities of a pipeline their permissions."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from falaj.facts.aws_permissions import OPERATIONS
from falaj.finops.plan import Plan
from falaj.rights.aws_needs import AwsNeeds
from falaj.rights.aws_policies import documents, statements
from falaj.rights.azure_conditions import Assignable
from falaj.rights.azure_roles import DEFINES_ROLES, azure_actions, custom_role

NO_ACCOUNT, NO_SUBSCRIPTION = "ACCOUNT_ID", "SUBSCRIPTION_ID"
"""What the documents say if neither an option nor the plan states the account."""


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

    @classmethod
    def of(
        cls, plan: Plan, account: str | None = None, subscription: str | None = None, fixed_roles: bool = False
    ) -> "Rights":
        """Returns the permissions of a plan, in the account and subscription of its providers unless they are given."""
        return cls(
            plan,
            account or _of_provider(plan, "pulumi:providers:aws", "allowedAccountIds") or NO_ACCOUNT,
            subscription or _of_provider(plan, "pulumi:providers:azure-native", "subscriptionId") or NO_SUBSCRIPTION,
            fixed_roles,
        )

    def policies(self, identity: Identity) -> list[dict[str, Any]]:
        """Returns the IAM policy documents of an identity. Raises `UnknownType`."""
        return documents(statements(AwsNeeds.of(self.plan, self.account).all(_OPERATIONS[identity])))

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


def _of_provider(plan: Plan, kind: str, key: str) -> str | None:
    """Returns what all providers of a type state, or None: the engine writes their lists as JSON."""
    stated: set[str] = set()
    for item in plan.resources:
        value = item.props.get(key) if item.type == kind else None
        if isinstance(value, str) and value:
            found = json.loads(value) if value.startswith("[") else [value]
            stated |= {str(entry) for entry in found}
    return stated.pop() if len(stated) == 1 else None
