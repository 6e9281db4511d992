"""What a condition on the resource that a role is passed to confines: named resources, not all of a kind."""

import pytest

from falaj.facts.iam_conditions import Narrowing, binds
from tests.processor_time import within

KEY = "iam:AssociatedResourceArn"
ME = "123456789012"
INSTANCE = f"arn:aws:ec2:me-central-1:{ME}:instance/i-0123456789abcdef0"


@pytest.mark.parametrize(
    ("value", "confines"),
    [
        (INSTANCE, True),
        (f"arn:aws:ec2:*:{ME}:instance/i-0123456789abcdef0", True),
        (f"arn:aws:ec2:*:{ME}:instance/i-0123456789*", True),
        (f"arn:aws:ec2:*:{ME}:instance/*", False),
        (f"arn:aws:ec2:me-central-1:{ME}:instance/i-*", False),
        (f"arn:aws:ec2:me-central-1:{ME}:instance/i-0*", False),
        (f"arn:aws:ec2:me-central-1:{ME}:instance/i-????????????????*", False),
        (f"arn:aws:ec2:me-central-1:{ME}:*", False),
        ("arn:aws:ec2:*:*:instance/*", False),
        ("arn:aws:ec2:*:*:instance/i-0123456789abcdef0", False),
        (f"arn:aws:*:me-central-1:{ME}:function:scores", False),
        (f"arn:aws:lambda:me-central-1:{ME}:function:scores", True),
        (f"arn:aws:lambda:me-central-1:{ME}:function:ai-*", True),
        (f"arn:aws:lambda:me-central-1:{ME}:function:*", False),
        (f"arn:aws:lambda:me-central-1:{ME}:function:a*", False),
        (f"arn:aws:ecs:me-central-1:{ME}:service/payments/*", True),
        (f"arn:aws:eks:me-central-1:{ME}:podidentityassociation/models/*", True),
        (f"arn:aws:glue:me-central-1:{ME}:job/*", False),
        (f"arn:aws:autoscaling:me-central-1:{ME}:autoScalingGroup:*:autoScalingGroupName/ai-nodes-*", True),
        (f"arn:aws:autoscaling:me-central-1:{ME}:autoScalingGroup:*:autoScalingGroupName/*", False),
        ("*", False),
        ("${aws:PrincipalTag/function}", False),
    ],
)
def test_a_role_is_passed_to_named_resources(value: str, confines: bool) -> None:
    assert binds(KEY, value, Narrowing.PASSED_ROLE) is confines


@pytest.mark.parametrize("text", ["arn:aws" + "-" * 20_000, f"arn:aws:ec2:{':' * 20_000}", "arn:aws:lambda:x:" * 1_300,
                                  f"arn:aws:autoscaling:x:{ME}:autoScalingGroup:" + "a" * 20_000,
                                  f"arn:aws:ec2:x:{ME}:" + "instance/" * 2_500 + "*"])  # fmt: skip
def test_a_hostile_value_is_read_in_linear_time(text: str) -> None:
    with within(0.5):
        binds(KEY, text, Narrowing.PASSED_ROLE)
