"""Workflows of Azure that wait for an answer, and whether something reads it."""

from typing import Any

import pytest
from guardrails.engine.reading import Resource
from guardrails.unverifiable.unheeded_approvals import check_unheeded_approvals

from .attacks.after_twenty_sixth_azure import CARD, OPTIONS, SENT, answered
from .attacks.twenty_sixth_azure import connected, flow
from .harness import Given

MAIL = "/mailwithoptions/$subscriptions"
CHANNEL = "/v1.0/teams/conversation/gatherinput/poster/Flow bot/location/Channel/$subscriptions"
READ = "@equals(body('ask')?['data']?['answer'], 'Approve')"
SHIFT = {"Message": {"Subject": "Which shift takes the batch?", "Options": "Day,Night"}}


def refused(plan: tuple[Given, ...]) -> list[str]:
    """Returns the paths of the steps that run whatever somebody answers."""
    (given,) = plan
    props: dict[str, Any] = dict(given.props)
    resource = Resource(given.urn, given.type, given.name, props)
    return [outcome.path for outcome in check_unheeded_approvals(resource)]


def decided(path: str, body: object) -> tuple[Given, ...]:
    """Returns a workflow that pays if the answer is the right one."""
    ask = {"type": "ApiConnectionWebhook", "runAfter": {}, "inputs": {**connected("teams", path), "body": body}}
    pay = {"type": "If", "expression": READ, "runAfter": {"ask": ["Succeeded"]},
           "actions": {"pay": {**SENT, "runAfter": {}}}, "else": {"actions": {}}}  # fmt: skip
    return flow({"ask": ask, "pay": pay})


@pytest.mark.parametrize(
    ("plan", "steps"),
    [
        (answered("office365", MAIL, OPTIONS), 1),
        (answered("office365", MAIL, SHIFT), 0),
        (decided(MAIL, OPTIONS), 0),
        (answered("teams", CHANNEL, CARD), 1),
        (decided(CHANNEL, CARD), 0),
        (answered("teams", "/v3/beta/teams/conversation", CARD), 0),
    ],
)
def test_what_runs_after_an_answer_that_nothing_reads_is_refused(plan: tuple[Given, ...], steps: int) -> None:
    assert len(refused(plan)) == steps
