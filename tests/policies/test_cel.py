"""The truth of conditions of admission policies: every truth of the parts is tried, whatever their spelling."""

from itertools import product

import pytest
from guardrails.readers.cel import always_true, never_true
from guardrails.readers.rego import refuses_nothing
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.processor_time import within
from tests.thorough import many

PARTS = {
    "a": "has(object.spec.nodeName)",
    "b": "object.spec.replicas >= 2",
    "c": "object.metadata.labels['a'] == 'x ? true : true'",
}
"""Name in the oracle -> a part of a condition that says something about the object."""
CONSTANTS = {
    True: ("true", "1 == 1", "'a' != 'b'", "size(object.metadata.name) >= 0", "2 in [1, 2]", "[].all(x, x.y)",
           "1 < 2.5", "object.metadata.name.startsWith('')", "object.spec.containers.all(c, c == c)", "count([]) == 0"),
    False: ("false", "1 == 2", "'a' == 'b'", "size(object.spec.containers) < 0", "3 in [1, 2]", "[].exists(x, x.y)",
            "object.metadata.name != object.metadata.name", "count([]) > 0", "1 in []", "bool(1 > 2)"),
}  # fmt: skip


@st.composite
def leaves(draw: st.DrawFn) -> tuple[str, str]:
    """Draws a part or a constant: its text in CEL, and in Python."""
    if draw(st.booleans()):
        name = draw(st.sampled_from(sorted(PARTS)))
        return PARTS[name], name
    value = draw(st.booleans())
    return draw(st.sampled_from(CONSTANTS[value])), str(value)


def joined(inner: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    """Returns conditions of other conditions."""
    either = st.tuples(inner, inner).map(lambda two: (f"({two[0][0]} || {two[1][0]})", f"({two[0][1]} or {two[1][1]})"))
    both = st.tuples(inner, inner).map(lambda two: (f"({two[0][0]}&&{two[1][0]})", f"({two[0][1]} and {two[1][1]})"))
    negated = inner.map(lambda one: (f"!({one[0]})", f"(not {one[1]})"))
    chosen = st.tuples(inner, inner, inner).map(
        lambda three: (f"({three[0][0]} ? {three[1][0]} : {three[2][0]})",
                       f"({three[1][1]} if {three[0][1]} else {three[2][1]})")
    )  # fmt: skip
    return st.one_of(either, both, negated, chosen)


@settings(max_examples=many(200), deadline=None)
@given(st.recursive(leaves(), joined, max_leaves=8))
def test_a_condition_is_constant_if_it_is_so_for_every_truth_of_its_parts(condition: tuple[str, str]) -> None:
    text, oracle = condition
    values = {
        eval(oracle, {}, dict(zip(PARTS, truth, strict=True)))  # noqa: S307 - words that the strategy writes
        for truth in product((True, False), repeat=len(PARTS))
    }
    assert always_true(text) is (values == {True})
    assert never_true(text) is (values == {False})


@pytest.mark.parametrize(
    "text",
    [
        "x ? true : true",
        "x > 5 || x <= 5",
        "has(a.b) || !has(a.b)",
        "x.matches('.*')",
        "!(x == 'a') || 'a' == x",
    ],
)
def test_a_part_and_its_opposite_are_known(text: str) -> None:
    assert always_true(text)


def test_variables_stand_for_their_expressions() -> None:
    variables = {"named": "size(object.metadata.name) >= 0", "safe": "variables.named || false"}
    assert always_true("variables.safe", variables)
    assert not always_true("variables.safe", {**variables, "named": "has(object.spec.x)"})
    assert not always_true("variables.safely", variables)


def never_met(body: str) -> bool:
    """Returns whether a rule in Rego with these lines refuses nothing."""
    return refuses_nothing(f"package a\nviolation[msg] {{\n{body}\n}}\n")


@pytest.mark.parametrize(
    "body", ["count([]) > 0", "1 > 2", "not true", "input.a.b != input.a.b", "x == 1\nnot x == 1", "a; 1 == 2"]
)
def test_a_rule_whose_lines_are_never_met_together(body: str) -> None:
    assert never_met(body)
    assert never_met(f"msg := input.name\n  {body} # of each object\n")


@pytest.mark.parametrize(
    "body",
    [
        "input.a.b == 1",
        'not input.review.object.metadata.labels["owner"]',
        "count(missing) > 0",
        "x == 1\ny != 1",
        "containers[_].image != containers[_].image",
        'labels[_] == "a"\nlabels[ _ ] != "a"',
        "not count(input.x) >= 0",
    ],
)
def test_a_rule_that_says_something_may_be_met(body: str) -> None:
    assert not never_met(body)


@pytest.mark.parametrize("text", ["(" * 4000, "a||" * 2600, "!" * 7999, "x?" * 3000, "'" * 7999, "a.all(b," * 900])
def test_what_is_no_condition_is_read_in_short_time_and_is_no_constant(text: str) -> None:
    assert not always_true(text)
    assert not never_true(text)


@pytest.mark.parametrize("size", ["size(object.spec.containers)", "object.spec.containers.size()",
                                  "object.spec.template.spec.containers.size()"])  # fmt: skip
def test_a_pod_has_at_least_one_container(size: str) -> None:
    """Any other list may be empty (Kubernetes, PodSpec)."""
    assert always_true(f"{size} >= 1")
    assert never_true(f"{size} < 1")
    other = size.replace("containers", "volumes")
    assert not always_true(f"{other} >= 1")
    assert not never_true(f"{other} < 1")


SUMS = {"limit": "variables.limit - object.spec.containers.size() >= 0", "sizes": "size(a) - size(b) >= 0"}
DEEP = "(" * 70 + "x" + ")" * 70


@pytest.mark.parametrize("text", [
    *SUMS.values(), "x.matches('^$')", "x.matches('.')", "name.matches('^...$')", "object.spec.x == 'a' // || true",
])  # fmt: skip
def test_a_condition_that_says_something_is_no_constant(text: str) -> None:
    assert not always_true(text)
    assert not never_true(text)
    assert not never_true(f"!({text})")


@pytest.mark.parametrize("text", [
    "x.matches('')", "x.matches('^.*$')", "0 <= x.y.size()", "object.?spec.x.hasValue() || true",
    "// is it? yes\nobject.spec.x == 'a' || true", "true || x" + " " * 8000, f"true || {DEEP}",
    "x || !x || " + " || ".join(f"a{number}" for number in range(10)),
])  # fmt: skip
def test_comments_spaces_depth_and_optional_fields_hide_no_constant(text: str) -> None:
    assert always_true(text)


@pytest.mark.parametrize(("text", "variables"), [
    ("(" * 3_900 + "x" + ")" * 3_900 + " == 1", 0), ("'" + "\\'" * 40_000, 0), ('"' + '\\"' * 40_000, 0),
    ("variables.v1", 3_000),
])  # fmt: skip
def test_a_condition_takes_no_time_that_grows_faster_than_it(text: str, variables: int) -> None:
    with within(1):
        assert not always_true(text, {f"v{number}": "x" for number in range(variables)})


def test_a_variable_without_room_hides_no_constant() -> None:
    assert always_true("variables.long || variables.sure", {"long": "x" * 7_990, "sure": "true"})


def test_every_truth_of_many_parts_is_tried_in_short_time() -> None:
    with within(1):
        assert always_true("&&".join(f"(a{number % 14}||!a{number % 14})" for number in range(550)))
