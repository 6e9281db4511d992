"""Programs in Rego of which every rule that refuses can never be met (FJ-ESC-119)."""

import pytest
from guardrails.readers.cel import always_true, never_true
from guardrails.readers.rego import refuses_nothing

from tests.processor_time import within

PROGRAM = """package a
violation[{"msg": msg}] {
  c := input.review.object.spec.containers[_]
  CONDITION
  msg := "no"
}
default ok = true
bad { false }
is_bad(x) = false { x.a }
is_bad(x) { x.b; 1 == 2 }
fine(x) = true
chain { bad }
default never_default = false
empty[x] { x := input.review.object.a[_]; false }
default always_default := true
default by_default = false
by_default { input.review.object.spec.x }
good(c) { c.a == true }
missing[x] { x := input.review.object.y[_] }
exempt { input.parameters.e }
one_of(c) { not c.q }
one_of(c) { c.q == 1 }
otherwise(c) = true { c.x } else = false { true }
twice { true }
twice { input.x }
ends { begins }
begins { ends }
fine_for("a") = true
changed = false { input.parameters.x }
changed = true { input.parameters.y }
same(x, x) { true }
strict(true) { true }
of_anything(_, _) { true }
in_list { count(input.x) >= 0 }
is_pod { count(input.review.object.spec.containers) > 0 }
"""
_SPEC = "input.review.object.spec"
_CONTAINERS = f"{_SPEC}.containers"
_IN_TEMPLATES = f"{_SPEC}.template.spec.hostNetwork"
_NAMESPACE = "input.review.object.metadata.namespace"
_EXEMPT = 'exempt := {"kube-system"}\n'
_LISTED_ONES = "ex := {n | n := input.parameters.namespaces[_]}\n"
_FLAGS = 'flags := {"a": true, "b": false}\n'


@pytest.mark.parametrize("condition", [
    "not count(input.review.object.spec.containers)", "not count([x | x := c.a])", "count(c.args) < 0",
    "c.image != c.image", "y := c.image; y != c.image", "x := []; x[_] == c.image", "some x in []", "some x in set()",
    "not 1", 'not "x"', "1 = 2", "count([]) > 0", "count([1, 2]) == 0", "not ok", "bad", "is_bad(c)", "not fine(c)",
    "count(input.review.object.spec.containers) == 0", "not input.review.object", "false == true", "not true",
    "x := {l | l := c.a}; not count(x)", "n := 1; n == 2", 'c.image == "a"; c.image == "b"', "chain", "never_default",
    "x := input.parameters.x; x == true; not x == true", "[][_] == c", "is_bad(c) == true",
    "empty[c.name]", "not always_default", "not count(missing)",
    "not twice", "bad = true", "ok = false", "c.image == \"x\" # or not\n  false", "not of_anything(c.a, c.b)",
    "([])[_] == c", "set()[x]", "x := (([]))[_]", "f((([]))[_])", f"not {_CONTAINERS}", "not is_pod",
    'not ["a", "b"]', "not [c]",
    'not {"a": 1, "b": [2]}', "not [x | x := c.a[_]]", 'not {x: [y | y := c.b] | x := c.a}',
    f'not {_CONTAINERS}; msg == "spec.template"',
])  # fmt: skip
def test_conditions_that_are_never_met(condition: str) -> None:
    assert refuses_nothing(PROGRAM.replace("CONDITION", condition))


@pytest.mark.parametrize("condition", [
    "not count(input.parameters.a)", "not c.securityContext.runAsNonRoot", "not good(c)", "count(missing) > 0",
    "gone := {l | l := input.parameters.l[_]}; count(gone) > 0", 'x := c.a; x == "b"', "some k in input.parameters.l",
    "not startswith(c.image, input.parameters.r)", 'c.image == "a"; c.name == "b"', "not exempt", "one_of(c)",
    "by_default", "not by_default", 'c.image != "a"; c.image != "b"', "count(c.args) == 0", "missing[m]",
    'input.parameters.x[_] == "a"; input.parameters.x[_] == "b"', 'x = c.image; x == "b"', "not otherwise(c)",
    "ends", "not fine_for(c.name)", "not changed", "changed", 'msg == "#{false}"', "false with input as {}",
    "ok", "not bad", "fine(c)", "not c.image == c.image", "not count(c.args) >= 0",
    f'v := object.get({_SPEC}, "volumes", [])[_]; v.hostPath', 'object.get(c, "env", [])[_].name == "a"',
    'labels := object.get(input.review.object.metadata, "labels", {}); labels["team"] == "x"',
    f'i := object.get({_SPEC}, "initContainers", []); i[_].securityContext.privileged',
    f'cs := array.concat({_CONTAINERS}, object.get({_SPEC}, "initContainers", [])); cs[i].securityContext.privileged',
    "not same(c.a, c.b)", "not strict(c.a)", "not in_list", 'not ["a", "b"][input.x]', "not [input.x]",
    "not [x | x := c.a[_]; x.bad] == []", f"not {{x | x := input.parameters.allowed[_]}}[{_SPEC}.type]",
    'not {"a": c.a}', f"not {_CONTAINERS}; {_IN_TEMPLATES}", f"not is_pod; {_IN_TEMPLATES}",
    f'not {_CONTAINERS}; {_SPEC}["template"].x', 'not is_pod; input.review.kind.kind == "Deployment"',
    f"not {_CONTAINERS}; walk(input.review.object, [p, v])",
])  # fmt: skip
def test_conditions_that_may_be_met(condition: str) -> None:
    assert not refuses_nothing(PROGRAM.replace("CONDITION", condition))


@pytest.mark.parametrize(("program", "expected"), [
    ('violation contains {"msg": msg} if {\n  msg := "x"\n  false\n}\n', True),
    ('violation contains {"msg": "x"} if false\n', True),
    ('violation contains {"msg": "x"} if input.review.object.a\n', False),
    ('violation[{"msg": "}"}] { # {\n  false\n}\n', True),
    ('violation[{"msg": m}] { all[{"msg": m}] }\nall[{"msg": m}] { m := "x"; false }\n', True),
    ('violation[{"msg": m}] { all[{"msg": m}] }\nall[{"msg": m}] { m := "x" }\n', False),
    ('violation[{"msg": "x"}]\n', False),
    ('violation[{"msg": m}] { m := "x"; false } { m := "y" }\n', False),
    ('violation[{"msg": m}] { false }\nviolation[{"msg": m}] { m := "y" }\n', False),
    ('deny[m] { m := "x"; false }\n', True), ("helper { false }\n", False), ("", False),
    ('violation[{"msg": m}] { false }\ndeny[m] { m := "x" }\n', True),
    (_EXEMPT + f'violation[{{"msg":m}}] {{ not exempt[{_NAMESPACE}]; m := "x" }}\n', False),
    (_EXEMPT + f'violation[{{"msg": m}}] {{\n  not exempt[{_NAMESPACE}]\n  m := "x"\n}}\n', False),
    ('allowed := {"Pod"}\nviolation contains {"msg": "x"} if not allowed[input.review.kind.kind]\n', False),
    (_LISTED_ONES + f'violation[{{"msg": m}}] {{ ns := {_NAMESPACE}; not ex[ns]; m := "x" }}\n', False),
    (_FLAGS + f'violation[{{"msg": m}}] {{ ns := {_NAMESPACE}; flags[ns] == false; m := "x" }}\n', False),
    ('bad(x,\n  y) = false { x.a }\nviolation[{"msg": m}] { bad(1, 2); m := "x" }\n', True),
    ('f(x) = "a"\nviolation[{"msg": m}] { not f(1) == g(input.review.object); m := "x" }\n', False),
])  # fmt: skip
def test_forms_of_rules(program: str, expected: bool) -> None:
    assert refuses_nothing("package a\n" + program) is expected


def test_long_programs_are_read_in_time() -> None:
    line = "  input.review.object.spec.containers[_].image == input.parameters.images[_]\n"
    assert not refuses_nothing('package a\nviolation[{"msg": m}] {\n' + line * 1_000 + "}\n")
    chain = "".join(f"h{index} {{ h{index + 1} }}\n" for index in range(2_000))
    assert not refuses_nothing('package a\nviolation[{"msg": "x"}] { h0 }\n' + chain)
    assert refuses_nothing("package a\n" + "# a comment\n" * 20_000 + 'violation[{"msg": "x"}] { false }\n')
    for line in ("a {}" + "{}" * 10_000, "a = [" + "|" * 90_000, "a(" + ")" * 90_000, "a =" + " " * 90_000 + "{x}"):
        assert not refuses_nothing(f'package a\nviolation[{{"msg": "x"}}] {{ a }}\n{line}\n')


_HEAD = 'package a\nviolation[{"msg": "x"}] {\n'


@pytest.mark.parametrize("text", [
    _HEAD + 'not f(c, "x") }\nf(' + "a" * 60 + ', "x") { true }\n',
    _HEAD + "not f }\nf = 1" + " " * 1_900 + "x { true }\n",
    _HEAD + '"' + '\\"' * 45_000 + "\n}\n",
    _HEAD + "".join(f"x{index} := y\n" for index in range(7_000)) + "}\n",
    _HEAD + ("a" + "(" * 1_900 + "\n") * 40 + "}\n",
    _HEAD + ("not [" + "|" * 1_900 + "]\n") * 40 + "}\n",
    _HEAD + ('not f("' + ")" * 1_900 + '")\nnot f["' + "] " * 900 + '"]\n') * 20 + "}\nf(x) = 1\n",
], ids=["arguments", "value", "text", "variables", "parentheses", "comprehensions", "calls"])  # fmt: skip
def test_a_program_takes_no_time_that_grows_faster_than_it(text: str) -> None:
    with within(1):
        refuses_nothing(text)


@pytest.mark.parametrize(("expression", "never", "always"), [
    ("x == 'a' && x == 'b'", True, False), ("!(x == 1 && 2 == x)", False, True), ("x == 'a' && y == 'b'", False, False),
    ("x == 'a' || x == 'b'", False, False), ("x == 1 && x == 1.0", False, False),
    ("size(object.spec.containers) > 0", False, True), ("object.spec.containers.size() == 0", True, False),
    ("size(object.spec.containers) > 1", False, False), ("size(object.spec.volumes) > 0", False, False),
])  # fmt: skip
def test_conditions_in_cel(expression: str, never: bool, always: bool) -> None:
    assert (never_true(expression), always_true(expression)) == (never, always)
