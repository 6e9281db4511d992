"""AWS budget action that stops selected IAM roles from starting machines. Running machines are not stopped."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import pulumi
import pulumi_aws as aws
from pydantic import Field

from falaj.components.aws.identity.assume_role_policies import budgets_trust
from falaj.components.aws.identity.iam_policies import Statement, document
from falaj.components.aws.identity.keys import account_id
from falaj.components.core.money.budgets import Address
from falaj.components.core.validation.args import Args, Choice, Input, default
from falaj.components.core.validation.enums import BudgetAction
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags, with_name_tag
from falaj.facts.machine_names import ACCELERATED_FAMILIES

ACCELERATED = tuple(f"{family}*" for family in ACCELERATED_FAMILIES)
"""Patterns of all instance families with an accelerator."""

LAUNCH_ACTIONS = ("ec2:RunInstances", "ec2:CreateFleet")
"""Actions with which Karpenter or a pipeline starts machines. Resources that a fleet takes from a launch template are
authorised as `RunInstances` (Service Authorization Reference, EC2, CreateFleet), so both are denied. Managed node
groups start machines with the service-linked role of Auto Scaling, which this policy cannot restrict: they are limited
by the pool's `max`."""


Percent = Annotated[int, Field(ge=1, le=1000)]
"""Percentage of a budget: AWS Budgets allows up to ten times the budget."""


class BudgetStopArgs(Args):
    """Action of one budget: an IAM policy that denies starting machines to selected roles."""

    budget_name: Input[str]
    """Name of the budget: output `budget_name` of `BudgetAlarm`."""
    role_arns: Mapping[str, Input[str]] = Field(min_length=1, max_length=10)
    """ARNs of the roles to restrict, each under a label such as `karpenter`: 1 to 10."""
    stops: Choice[BudgetAction] = default(BudgetAction.GPU_MACHINES)
    """Machines that the roles can no longer start: `gpu-machines` (default; machines with an accelerator), `not-prod`
    (machines not tagged `environment: prod`) or `every-machine`."""
    percent: Input[Percent] = 100
    """Percentage of the budget, by actual cost, at which the action runs or, unless `automatic`, is proposed: 1 to
    1000. Default: 100."""
    automatic: bool = False
    """Whether the action runs without approval. If false (default), a person must approve it in the AWS Budgets
    console."""
    notify: Sequence[Input[Address]] = set_once("notify", min_length=1, max_length=10)
    """E-mail addresses of the people who approve the action or are notified of it: 1 to 10."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""


class BudgetStop(pulumi.ComponentResource):
    """Attaches a deny policy to selected IAM roles when a budget is spent.

    Running machines are not stopped. The other kind of budget action, which stops instances by ID, is of no use here:
    the IDs of nodes are not known in advance, and the node group or Karpenter would replace stopped nodes. AWS Budgets
    detaches the policy when the next month begins or the action is reset. Reset an active action before a destroy: IAM
    does not delete a policy that is attached or, unless its policies are detached first, a role that has policies.
    Billing data is hours late: `BurnRate` gives the early warning, and this action is the cost control behind it.
    """

    action_arn: pulumi.Output[str]
    """ARN of the action in AWS Budgets."""
    policy_arn: pulumi.Output[str]
    """ARN of the policy that the action attaches."""

    def __init__(self, name: str, args: BudgetStopArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = BudgetStopArgs.of(name, args)
        super().__init__("falaj:aws:BudgetStop", name, {}, opts)
        policy = self._policy(name, args)
        role, permission = self._role(name, args, policy)
        action = aws.budgets.BudgetAction(
            f"{name}-action",
            budget_name=args.budget_name,
            action_type="APPLY_IAM_POLICY",
            approval_model="AUTOMATIC" if args.automatic else "MANUAL",
            notification_type="ACTUAL",
            action_threshold=aws.budgets.BudgetActionActionThresholdArgs(
                action_threshold_type="PERCENTAGE", action_threshold_value=args.percent
            ),
            definition=aws.budgets.BudgetActionDefinitionArgs(
                iam_action_definition=aws.budgets.BudgetActionDefinitionIamActionDefinitionArgs(
                    policy_arn=policy.arn,
                    roles=[pulumi.Output.from_input(arn).apply(_role_name) for arn in args.role_arns.values()],
                )
            ),
            execution_role_arn=role.arn,
            subscribers=[
                aws.budgets.BudgetActionSubscriberArgs(address=address, subscription_type="EMAIL")
                for address in args.notify
            ],
            tags=dict(args.tags),
            # The action may run right after its creation, and then needs its permissions.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[permission]),
        )
        self.action_arn = action.arn
        self.policy_arn = policy.arn
        self.register_outputs({"action_arn": self.action_arn, "policy_arn": self.policy_arn})

    def _policy(self, name: str, args: BudgetStopArgs) -> aws.iam.Policy:
        return aws.iam.Policy(
            f"{name}-deny",
            description=f"Attached by AWS Budgets when money runs out: denies {args.stops.value}",
            policy=account_id(self).apply(lambda account: deny_policy(account, args.stops)),
            tags=with_name_tag(args.tags, f"{name}-deny"),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _role(self, name: str, args: BudgetStopArgs, policy: aws.iam.Policy) -> tuple[aws.iam.Role, aws.iam.RolePolicy]:
        role = aws.iam.Role(
            f"{name}-role",
            assume_role_policy=account_id(self).apply(budgets_trust),
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(parent=self),
        )
        permission = aws.iam.RolePolicy(
            f"{name}-attach",
            role=role.name,
            policy=pulumi.Output.all(policy.arn, *args.role_arns.values()).apply(
                lambda arns: attach_policy(arns[0], arns[1:])
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        return role, permission


def deny_policy(account: str, stops: BudgetAction) -> str:
    """Returns the deny policy. Its resources are ARNs of instances, because a launch is authorised for each resource
    that it creates."""
    conditions: dict[BudgetAction, Mapping[str, Mapping[str, str | Sequence[str]]]] = {
        BudgetAction.GPU_MACHINES: {"StringLike": {"ec2:InstanceType": [f"{family}.*" for family in ACCELERATED]}},
        BudgetAction.NOT_PROD: {"StringNotEquals": {"aws:RequestTag/environment": "prod"}},
        BudgetAction.EVERY_MACHINE: {},
    }
    machines = f"arn:aws:ec2:*:{account}:instance/*"
    return document(Statement("BudgetSpent", LAUNCH_ACTIONS, (machines,), conditions=conditions[stops], effect="Deny"))


def attach_policy(policy: str, roles: Sequence[str]) -> str:
    """Returns the IAM policy of the action's role: it may attach this policy, and no other, to these roles, and detach
    it."""
    actions = ("iam:AttachRolePolicy", "iam:DetachRolePolicy")
    return document(Statement("PullTheBrake", actions, roles, conditions={"ArnEquals": {"iam:PolicyARN": policy}}))


def _role_name(arn: str) -> str:
    """Returns the name of a role from its ARN."""
    return arn.rsplit("/", 1)[-1]
