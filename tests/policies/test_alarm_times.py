"""At which times expressions of alarms may ring, and what is not read of them."""

import pytest
from guardrails.engine.reading import Resource
from guardrails.readers.alarm_expressions import parse
from guardrails.readers.alarm_times import COUNT, Moment, may_ring
from guardrails.readers.alert_rules import alert_rules
from guardrails.readers.query_hours import kept

from tests.processor_time import within

EVERY = list(range(24))


def hours(text: str, *, drops: bool = True) -> list[int]:
    """Returns the hours at which an alarm on an expression may ring."""
    node = parse(text)
    assert node is not None
    names = {"m1": COUNT}
    return [hour for hour in EVERY if may_ring(node, Moment({"hour": float(hour)}, drops, names))]


@pytest.mark.parametrize(("text", "expected"), [
    ("hour() == 0", [0]), ("hour() < bool 2", EVERY), ("vector(0) and on() hour() > 21", [22, 23]),
    ("a unless on() hour() < 22", [22, 23]), ("a_total < 0", []), ("a < 0", EVERY), ("a_total - a_total > 0", []),
    ("a_total - a_total offset 1h > 0", EVERY), ('a{b="1"} - a{b="2"} > 0', EVERY), ("hour(a) > 30", EVERY),
    ("sum(a_total) by (b) < 0", []), ("a or on() hour() == 3", EVERY), ("a_total < 0 or on() hour() == 3", [3]),
    ("hour() % 6 == 5", [5, 11, 17, 23]), ("hour() ^ 2 > 900", EVERY), ("hour() / 0 > 900", EVERY),
    ("sum by (a) (b) - sum by (c) (b) > 0", EVERY), ("sum(b) by (a) - on(a) group_left sum(b) by (a, c) > 0", EVERY),
    ("sum by (a) (b) - sum by (a) (b) > 0", []),
    ("vector(0) > 0", []), ("vector(0)", EVERY), ("hour() - -1 > 23", [23]), ("min(a_total) < 0", []),
])  # fmt: skip
def test_alerts_of_prometheus(text: str, expected: list[int]) -> None:
    assert hours(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("m1", EVERY), ("m1 * 0", []), ("IF(HOUR(m1) == 3, m1)", [3]), ("IF(HOUR(m1) != 3, 0, m1)", [3]),
    ("IF(m2, m1, 0)", EVERY), ("IF(m2, 0, 0)", []), ("m1 < 0", []), ("m1 >= 0", EVERY), ("MIN([m1, 2])", EVERY),
    ("MAX([m1, 0])", EVERY), ("MIN([m2, 0])", EVERY), ("HOUR(m1) > 22 || HOUR(m1) < 1", [0, 23]),
    ("HOUR(m1) > 22 && m1 > 5", [23]), ("m1 - m2", EVERY), ("RATE(m1) < 0", EVERY),
    ("FILL(IF(0, m1), 1)", EVERY), ("FILL(IF(0, m1), 0)", []), ("FILL(IF(0, m1), REPEAT)", EVERY),
    ("FILL(m1, 0) * (HOUR(m1) == 1)", [1]), ("m2 + IF(HOUR(m1) == 3, m1)", EVERY), ("1 * IF(HOUR(m1) == 3, m1)", [3]),
    ("IF(0, m1) + IF(0, m2)", []),
])  # fmt: skip
def test_metric_math(text: str, expected: list[int]) -> None:
    assert hours(text, drops=False) == expected


def test_an_expression_that_reads_itself_may_ring() -> None:
    nodes = {"e1": parse("e2 + e2"), "e2": parse("e1 + e1")}
    moment = Moment({}, drops=False, names={name: node for name, node in nodes.items() if node is not None})
    assert nodes["e1"] is not None
    assert may_ring(nodes["e1"], moment)


@pytest.mark.parametrize("text", ["", "a b", "a matches regex 'b'", "(a", "a)", "f(a", "[a", "a +", "sum by (a", "~"])
def test_other_forms_are_not_read(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(("query", "expected"), [
    ("where not(hourofday(t) < 20)", {20, 21, 22, 23}), ("where 20 <= hourofday(t)", {20, 21, 22, 23}),
    ("where hourofday(t) == 1 or hourofday(t) == 2", {1, 2}), ("where t % 1d < 2h", {0, 1}),
    ("where format_datetime(t, 'HH') == '03'", {3}), ("where a has 'b' and hourofday(t) !in (0, 1)", set(range(2, 24))),
    ("where hourofday(t) == 1 or a !has 'b'", set(EVERY)), ("where a matches regex 'b' or hourofday(t) > 3", {*EVERY}),
])  # fmt: skip
def test_conditions_of_kusto(query: str, expected: set[int]) -> None:
    assert kept(f"AzureActivity | {query}", "hourofday") == expected


@pytest.mark.parametrize("text", [
    "(" * 5000, "a+" * 5000, "a and " * 250 + "a", "f(" * 29 + "1" + ")" * 29, "{" + "a" * 50_000, "'" * 50_001,
    "1" * 50_000 + "x", "a " * 50_000, "[1m" * 20_000,
])  # fmt: skip
def test_long_expressions_are_read_in_linear_time(text: str) -> None:
    with within(0.5):
        node = parse(text)
        assert node is None or may_ring(node, Moment({"hour": 1.0}))


def test_aliases_of_aliases_are_read_once() -> None:
    rules = "a0: &a0 {alert: Never, expr: vector(0) > 0}\n" + "".join(
        f"a{level}: &a{level} [*a{level - 1}, *a{level - 1}, *a{level - 1}]\n" for level in range(1, 40)
    )
    given = Resource("urn", "kubernetes:core/v1:ConfigMap", "rules", {"data": {"rules.yaml": rules}})
    with within(0.5):
        assert [rule.path for rule in alert_rules(given)] == ["data.rules.yaml.a0.expr"]


def test_rules_of_each_document_of_a_text_are_read() -> None:
    rules = "- {alert: One, expr: a > 1}\n---\n- {alert: Two, expr: b > 1}\n"
    given = Resource("urn", "kubernetes:core/v1:ConfigMap", "rules", {"data": {"rules.yaml": rules}})
    assert [rule.expression for rule in alert_rules(given)] == ["a > 1", "b > 1"]
