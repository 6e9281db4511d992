"""What a budget may stop on AWS: nothing that runs, but what some roles start next."""

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
from falaj.components.core.validation.enums import Stops
from falaj.components.core.validation.tags import CostTags, named
from falaj.facts.machine_names import ACCELERATED_FAMILIES

ACCELERATED = tuple(f"{family}*" for family in ACCELERATED_FAMILIES)
"""Patterns of all families of machines with an accelerator."""

START = ("ec2:RunInstances", "ec2:CreateFleet")
"""The calls with which Karpenter or a pipeline starts machines. What a fleet takes from a launch template is judged as
`RunInstances` (Service Authorization Reference, EC2, CreateFleet), so both are denied. Groups of EKS's own start theirs
with AWS's role for Auto Scaling, which no policy of ours stops: their limit is `max`."""


Percent = Annotated[int, Field(ge=1, le=1000)]
"""A percentage of a budget: AWS Budgets takes up to ten times the budget."""


class BudgetStopArgs(Args):
    """An action on one budget: a policy that denies new machines to some roles."""

    budget_name: Input[str]
    """Name of the budget: an output of `BudgetAlarm`."""
    role_arns: Mapping[str, Input[str]] = Field(min_length=1, max_length=10)
    """ARNs of the roles that are restricted, each under a label such as `karpenter`."""
    stops: Choice[Stops] = default(Stops.GPU_MACHINES)
    """What the roles can no longer start."""
    percent: Input[Percent] = 100
    """Percentage of the budget at which the action is proposed, measured by actual cost."""
    automatic: bool = False
    """Whether the action runs without approval. If false, a person approves it in the console of AWS Budgets."""
    notify: Sequence[Input[Address]] = Field(min_length=1, max_length=10)
    """E-mail addresses of those who approve the action, or are told of it."""
    tags: CostTags
    """The mandatory cost tags, put on everything that takes tags."""


class BudgetStop(pulumi.ComponentResource):
    """Attaches a policy that denies to some roles when a budget is spent.

    Machines that run are left alone. The other action, stopping machines by a list of ids, cannot know the ids of
    nodes, and their group or Karpenter would start others. AWS Budgets takes the policy off again when the next month
    begins or the action is reset. Reset a brake that is on before a destroy: IAM deletes neither a policy that is
    attached nor, unless its attachments are forced off, a role that has one. Bills are hours late: `BurnRate` is the
    early warning, this is the brake behind it.
    """

    action_arn: pulumi.Output[str]
    """ARN of the action in AWS Budgets."""
    policy_arn: pulumi.Output[str]
    """ARN of the policy that is attached when the brake is pulled."""

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
                    roles=[pulumi.Output.from_input(arn).apply(_name) for arn in args.role_arns.values()],
                )
            ),
            execution_role_arn=role.arn,
            subscribers=[
                aws.budgets.BudgetActionSubscriberArgs(address=address, subscription_type="EMAIL")
                for address in args.notify
            ],
            tags=dict(args.tags),
            # What is pulled in the first minute must be able to act.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[permission]),
        )
        self.action_arn = action.arn
        self.policy_arn = policy.arn
        self.register_outputs({"action_arn": self.action_arn, "policy_arn": self.policy_arn})

    def _policy(self, name: str, args: BudgetStopArgs) -> aws.iam.Policy:
        return aws.iam.Policy(
            f"{name}-deny",
            description=f"Attached by AWS Budgets when money runs out: denies {args.stops.value}",
            policy=account_id(self).apply(lambda account: denial(account, args.stops)),
            tags=named(args.tags, f"{name}-deny"),
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
                lambda arns: attachment(arns[0], arns[1:])
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        return role, permission


def denial(account: str, stops: Stops) -> str:
    """The policy of the brake. A machine's own ARN is named, because a start is judged on everything it makes."""
    conditions: dict[Stops, Mapping[str, Mapping[str, str | Sequence[str]]]] = {
        Stops.GPU_MACHINES: {"StringLike": {"ec2:InstanceType": [f"{family}.*" for family in ACCELERATED]}},
        Stops.NOT_PROD: {"StringNotEquals": {"aws:RequestTag/environment": "prod"}},
        Stops.EVERY_MACHINE: {},
    }
    machines = f"arn:aws:ec2:*:{account}:instance/*"
    return document(Statement("BudgetSpent", START, (machines,), conditions=conditions[stops], effect="Deny"))


def attachment(policy: str, roles: Sequence[str]) -> str:
    """What the role of the action may do: put this policy, and no other, on these roles, and take it off again."""
    actions = ("iam:AttachRolePolicy", "iam:DetachRolePolicy")
    return document(Statement("PullTheBrake", actions, roles, conditions={"ArnEquals": {"iam:PolicyARN": policy}}))


def _name(arn: str) -> str:
    """Name of a role, which AWS Budgets takes instead of its ARN."""
    return arn.rsplit("/", 1)[-1]
