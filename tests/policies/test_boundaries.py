"""The last value that a guardrail accepts, and the first that it does not: each limit where it is compared."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from guardrails.cost.buckets import _is_soon
from guardrails.cost.cron import runs_an_hour
from guardrails.cost.scale import _judge as judge_gpus
from guardrails.cost.workload_sizes import check_sizes, judge_cpus
from guardrails.engine.reading import Resource
from guardrails.engine.verdicts import Outcome, Verdict
from guardrails.exposure.firewall_rules import _is_match_confined
from guardrails.exposure.networks import _judge_egress_rule
from guardrails.readers.policy_documents import _is_any, _is_broad
from guardrails.resilience.data_protection import _expires_all
from guardrails.resilience.log_retention import _judge_rule
from guardrails.unverifiable.literal_templates import _is_change

from .harness import Given

Check = Callable[[Any], object]


def of_object(kind: str, fields: Callable[[Any], dict[str, Any]]) -> Check:
    """Returns the check of the sizes in an object of Kubernetes; `fields` gives its fields for a value."""

    def check(value: Any) -> Iterable[Outcome]:
        token, props = f"kubernetes:{kind}", fields(value)
        return check_sizes(Resource(Given(token, props).urn, token, "it", props))

    return check


def is_refused(result: object) -> bool:
    """Whether a check refuses: it is true, or has an outcome that is no pass."""
    if isinstance(result, bool):
        return result
    outcomes = [result] if isinstance(result, Outcome) else list(result)  # type: ignore[call-overload]
    return any(outcome.verdict is Verdict.FAIL for outcome in outcomes)


def expiring(count: int) -> bool:
    return _expires_all(lifecycle("imageCountMoreThan", count))


def aged(days: int) -> bool:
    return _expires_all(lifecycle("sinceImagePushed", days))


def lifecycle(kind: str, count: int, action: str = "expire", **selection: str) -> dict[str, Any]:
    """Returns a rule of a lifecycle policy for images of every tag."""
    counted = {"tagStatus": "any", "countType": kind, "countNumber": count, **selection}
    return {"selection": counted, "action": {"type": action}}


def matched(text: str) -> bool:
    return not _is_match_confined({"fieldToMatch": {"singleHeader": {}}, "searchString": text})


def egress(ports: tuple[int, int]) -> Outcome:
    rule = {"protocol": "tcp", "fromPort": ports[0], "toPort": ports[1], "cidrBlocks": ["0.0.0.0/0"]}
    return _judge_egress_rule(rule, "egress[0]")


def retained(days: int) -> bool:
    """Returns whether a template that sets a table's days is not one that needs no review."""
    return not _is_change(
        {
            "type": "Microsoft.OperationalInsights/workspaces/tables",
            "apiVersion": "2025-02-01",
            "name": "w/AKSAudit",
            "properties": {"totalRetentionInDays": days},
        }
    )


@pytest.mark.parametrize(
    ("check", "last", "first"),
    [
        (expiring, 3, 2),
        (aged, 7, 6),
        (lambda days: not _is_soon({"daysAfterInitiation": days}), 90, 91),
        (lambda days: _judge_rule({"expiration": {"days": days}}, "rules[0]", "AWSLogs"), 30, 29),
        (lambda minutes: runs_an_hour(f"rate({minutes} minutes)") > 1, 60, 59),
        (lambda step: runs_an_hour(f"cron(0/{step} * * * ? *)") > 1, 60, 59),
        (lambda cpus: judge_cpus(cpus, "spec.replicas"), 4096, 4097),
        (lambda count: judge_gpus(count, "spec.replicas"), 64, 65),
        (of_object("core/v1:ResourceQuota", lambda most: {"spec": {"hard": {"cpu": most}}}), "8192", "8193"),
        (of_object("core/v1:ResourceQuota", lambda most: {"spec": {"hard": {"nvidia.com/gpu": most}}}), "256", "257"),
        (of_object("core/v1:LimitRange", lambda cpu: {"spec": {"limits": [{"default": {"cpu": cpu}}]}}), "16", "17"),
        (of_object("core/v1:LimitRange", lambda cpu: {"spec": {"limits": [{"defaultRequest": {"cpu": cpu}}]}}),
         "16000m", "16001m"),
        (of_object("scheduling.k8s.io/v1:PriorityClass", lambda value: {"value": value, "globalDefault": True}),
         1_000_000, 1_000_001),
        (matched, "x" * 16, "x" * 15),
        (egress, (5838, 65535), (5837, 65535)),
        (egress, (0, 44337), (0, 44338)),
        (_is_any, "arn:aws:s3:::abc*", "arn:aws:s3:::ab*"),
        (_is_broad, "arn:aws:sqs:me-central-1:123456789012:abc*", "arn:aws:sqs:me-central-1:123456789012:ab*"),
        (retained, 30, 29),
    ],
)  # fmt: skip
def test_a_limit_is_where_it_is_documented(check: Check, last: object, first: object) -> None:
    assert not is_refused(check(last))
    assert is_refused(check(first))


@pytest.mark.parametrize("rule", [
    lifecycle("sinceImagePulled", 5, "transition"), lifecycle("imageCountMoreThan", 1, "transition"),
    lifecycle("imageCountMoreThan", 1, storageClass="archive"), lifecycle("sinceImageTransitioned", 1),
    {"selection": None, "action": None}, {"selection": {"tagStatus": "any", "countType": ["a"]}},
])  # fmt: skip
def test_an_image_that_is_archived_is_not_deleted(rule: dict[str, Any]) -> None:
    """Amazon ECR User Guide, "Lifecycle policy properties" and "Examples of lifecycle policies", read 2026-11-29."""
    assert not _expires_all(rule)
