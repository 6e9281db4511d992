"""Namespaces whose labels OpenShift writes, and addresses of databases that ask for TLS, by their own documents
(2026-12-01)."""

import pytest

from .attacks.checked_with_vendors import told
from .attacks.listed_aws_checks import connection
from .blind import TAGS, k8s
from .harness import UNKNOWN, Pack

SYNC = "security.openshift.io/scc.podSecurityLabelSync"
ENFORCE = "pod-security.kubernetes.io/enforce"


@pytest.mark.parametrize(
    ("labels", "is_reported"),
    [
        ({}, True),
        ({SYNC: "false"}, True),
        ({SYNC: "true"}, False),
        ({SYNC: "false", ENFORCE: "restricted"}, False),
        ({"pod-security.kubernetes.io/audit": "restricted"}, False),
    ],
)
def test_a_namespace_states_a_level_or_has_one_written(labels: dict[str, str], is_reported: bool) -> None:
    namespace = k8s("core/v1:Namespace", {"metadata": {"name": "team-a", "labels": {**TAGS, **labels}}})
    reported = [item.rule for item in Pack().evaluate_resource(namespace)]
    assert ("FJ-EXP-333" in reported) is is_reported


@pytest.mark.parametrize(
    ("address", "asks"),
    [
        ("jdbc:mysql://10.0.4.5:3306/ledger?useSSL=true", False),
        ("jdbc:mysql://10.0.4.5:3306/ledger?useSSL=true&requireSSL=true", True),
        ("jdbc:mysql://10.0.4.5:3306/ledger?useSSL=true&verifyServerCertificate=true", True),
        ("jdbc:mysql://10.0.4.5:3306/ledger?requireSSL=true&sslMode=PREFERRED", False),
        ("jdbc:mysql://10.0.4.5:3306/ledger?sslMode=VERIFY_IDENTITY", True),
        ("jdbc:postgresql://10.0.4.5:5432/ledger?ssl=true", True),
        ("jdbc:postgresql://10.0.4.5:5432/ledger?ssl=true&sslmode=disable", False),
        ("jdbc:postgresql://10.0.4.5:5432/ledger?sslmode=prefer&ssl=true", False),
        ("jdbc:sqlserver://10.0.4.5:1433;databaseName=ledger;encrypt=mandatory", True),
        ("jdbc:sqlserver://10.0.4.5:1433;databaseName=ledger;encrypt=optional", False),
        ("jdbc:oracle:thin:@tcps://10.0.4.5:2484/ledger", True),
    ],
)
def test_an_address_of_a_database_asks_for_tls(address: str, asks: bool) -> None:
    reported = [item.rule for item in Pack().evaluate_resource(connection(address))]
    assert ("FJ-ENC-402" not in reported) is asks


@pytest.mark.parametrize(("first", "is_refused"), [(1, True), (UNKNOWN, False)])
def test_a_range_whose_bound_is_known_later_may_have_numbers_left(first: object, *, is_refused: bool) -> None:
    plan = told(("InRange", [[first, 10]]), ("NotInRange", [[1, 10]]))
    reported = [item.rule for given in plan for item in Pack().evaluate_resource(given)]
    assert ("FJ-ESC-115" in reported) is is_refused
