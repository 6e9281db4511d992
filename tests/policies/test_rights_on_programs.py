"""Rights by which the caller decides what a program runs that has a role of its own."""

import pytest
from botocore.session import get_session
from guardrails.identity.aws_programs import PROGRAM_ACTIONS

from .blind import ME, policy, statement
from .harness import Pack, rules

PACK = Pack()
SERVICES = {
    "airflow": "mwaa", "elasticmapreduce": "emr", "kinesisanalytics": "kinesisanalyticsv2", "states": "stepfunctions",
}  # fmt: skip
"""Prefix of actions -> name of the service in botocore, where they differ."""
R = "me-central-1"


def is_refused(*statements: dict[str, object]) -> bool:
    """Returns whether a policy with the statements is an escalation."""
    return "FJ-IDN-103" in rules(PACK.evaluate_resource(policy(*statements)))


@pytest.mark.parametrize("action", PROGRAM_ACTIONS)
def test_an_action_is_an_operation_of_its_service(action: str) -> None:
    """By AWS's models of its services, as botocore has them."""
    service, _, operation = action.partition(":")
    model = get_session().get_service_model(SERVICES.get(service, service))
    assert model.operation_model(operation).name == operation  # raises for another


@pytest.mark.parametrize("action", PROGRAM_ACTIONS)
def test_programs_of_every_name_are_refused_and_listed_ones_are_not(action: str) -> None:
    service = action.partition(":")[0]
    arn = f"arn:aws:{service}:{R}:{ME}:thing"
    assert is_refused(statement([action], "*"))
    assert is_refused(statement([action], f"{arn}/*"))
    assert is_refused(statement([f"{action[:-1]}*"], f"{arn}:*"))
    assert not is_refused(statement([action], f"{arn}/team-a-*"))
    assert not is_refused(statement([action], "*", {"StringEquals": {"aws:ResourceTag/team": "a"}}))


@pytest.mark.parametrize(
    "action", ["batch:DescribeJobs", "states:StartExecution", "ssm:UpdateInstanceInformation", "glue:GetJobRun"]
)
def test_what_starts_or_reads_a_program_as_it_is_does_not_escalate(action: str) -> None:
    assert not is_refused(statement([action], f"arn:aws:{action.partition(':')[0]}:{R}:{ME}:thing/*"))
