"""What Gatekeeper sets in the objects of others (FJ-ESC-115), and parts of custom resources without TLS."""

import pytest
from guardrails.unverifiable.switch_rows import condition, read_object_rows

from tests.processor_time import within

from .blind import crd
from .harness import UNKNOWN, Given, Pack, blocking, rules

PACK = Pack()
SWITCH, TLS = "FJ-ESC-115", "FJ-ENC-425"


def _assign(location: object, value: object) -> Given:
    return crd("mutations.gatekeeper.sh/v1:Assign", {
        "location": location, "parameters": {"assign": {"value": value}}})  # fmt: skip


@pytest.mark.parametrize(
    ("location", "value"),
    [
        ("spec.automountServiceAccountToken", True),
        ('spec.containers[name:*].securityContext."privileged"', True),
        ("spec.containers[name:*].securityContext", {"allowPrivilegeEscalation": True}),
        ("spec.securityContext.seccompProfile", {"type": "Unconfined"}),
        ("spec.securityContext.runAsUser", 0.0),
        ("spec.containers[name:*].securityContext.capabilities.add", ["NET_ADMIN"]),
        ("spec.containers[name:*].securityContext.capabilities", {"drop": [], "add": ["SYS_ADMIN"]}),
    ],
)
def test_a_value_that_gives_pods_more_is_refused(location: str, value: object) -> None:
    assert SWITCH in blocking(PACK.evaluate_resource(_assign(location, value)))


@pytest.mark.parametrize(
    ("location", "value"),
    [
        ("spec.automountServiceAccountToken", False),
        ("spec.securityContext.seccompProfile.type", "RuntimeDefault"),
        ("spec.securityContext.runAsUser", 1000),
        ("spec.containers[name:*].securityContext.capabilities.drop", ["ALL"]),
        ("metadata.labels.owner", "bank"),
        (None, None),
        (7, [[{}], None]),
    ],
)
def test_what_closes_pods_passes(location: object, value: object) -> None:
    assert SWITCH not in blocking(PACK.evaluate_resource(_assign(location, value)))


def test_an_unknown_value_of_a_weak_place_is_reported() -> None:
    reports = PACK.evaluate_resource(_assign("spec.hostNetwork", UNKNOWN))
    assert (SWITCH in rules(reports), SWITCH in blocking(reports)) == (True, False)


@pytest.mark.parametrize(
    ("spec", "is_refused"),
    [
        ({"tls": {"enabled": False}}, True),
        ({"query": {"enabled": True, "mtls": {"enabled": False}}}, True),
        ({"tls": {"enabled": True, "required": False}}, True),
        ({"parts": [{"ssl": {"enable": False}}]}, True),
        ({"query": {"enabled": False, "tls": {"enabled": False}}}, False),
        ({"ingress": {"tls": {"enabled": False}}}, False),
        ({"metrics": {"tls": {"enabled": False}}}, False),
        ({"tls": {"enabled": UNKNOWN}}, False),
        ({"tls": False}, False),
    ],
)
def test_parts_of_custom_resources_have_tls(spec: dict[str, object], is_refused: bool) -> None:
    assert (TLS in blocking(PACK.evaluate_resource(crd("store.example.com/v1:Store", spec)))) is is_refused


HOSTILE = (
    "secret:a:" + "a-" * 10000,
    "no_match" + " " * 20000,
    "listeners.tcp.default{enable" * 800,
    'path "' + " " * 20000,
    "--out " * 4000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:9])
def test_hostile_texts_take_no_time(text: str) -> None:
    patterns = [condition(row.safe) for row in read_object_rows() if row.safe.lstrip("=+!").startswith("~")]
    with within(1):
        for pattern in patterns:
            pattern.judge(text)
