"""What is found in a leaf is kept for equal leaves, and only for those that are the same as texts."""

from collections import defaultdict

import pytest
from guardrails.identity.program_switches import _thrown_and_not_limited
from guardrails.identity.sign_in import _is_off
from guardrails.readers import leaf_cache, texts
from guardrails.readers.leaf_cache import MAX_CHARACTERS, cached_by_leaf, cached_by_leaf_and_type, cached_by_text
from guardrails.readers.texts import Leaf, Leaves
from guardrails.residency.vendor_words import _word_of, vendor_words

from .cases import bad_cases, good_cases
from .harness import Given, Pack, blocking

CONFIG_MAP = "kubernetes:core/v1:ConfigMap"


def test_equal_short_leaves_are_read_once() -> None:
    read: list[object] = []
    find = cached_by_leaf(lambda leaf: read.append(leaf.value))
    for value in ("a", "a", True, 1, True, "x" * MAX_CHARACTERS, "x" * MAX_CHARACTERS):
        find(Leaf("data.key", "key", value, False))
    assert read == ["a", True, 1, True, "x" * MAX_CHARACTERS, "x" * MAX_CHARACTERS]


@pytest.mark.parametrize("value", ["a", 1, True])
def test_leaves_with_a_long_key_are_not_kept(value: str | bool) -> None:
    leaf = Leaf("env[0].value", "x" * MAX_CHARACTERS, value, False)
    assert texts.is_long(leaf)
    read: list[object] = []
    find = cached_by_leaf(lambda leaf: read.append(leaf.value))
    find_of_type = cached_by_leaf_and_type(lambda leaf, _: read.append(leaf.value))
    for _ in range(2):
        find(leaf)
        find_of_type(leaf, CONFIG_MAP)
        list(find.among(Leaves([leaf])))
    assert len(read) == 6
    assert not any(isinstance(key, Leaf) and key == leaf for key in texts._NUMBERS)


def test_leaves_in_which_nothing_was_found_are_left_out() -> None:
    read: list[object] = []

    def is_found(leaf: Leaf) -> bool:
        read.append(leaf.value)
        return leaf.value == "b"

    find = cached_by_leaf(is_found)
    long = "x" * MAX_CHARACTERS
    leaves = Leaves(Leaf("data.key", "key", value, False) for value in ("b", "a", True, 1, "b", 1.0, long))
    for _ in range(2):
        assert list(find.among(leaves)) == [(leaves[0], True), (leaves[4], True)]
    assert sorted(map(repr, read)) == sorted(map(repr, ("b", "a", True, 1, 1.0, long, "b", long)))


def test_few_leaves_are_kept_and_no_number_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "KEPT_LEAVES", 3)
    monkeypatch.setattr(leaf_cache, "MAX_ENTRIES", 3)
    find = cached_by_leaf(lambda leaf: leaf.value in ("3", "7"))
    for _ in range(3):
        leaves = Leaves(Leaf("data.key", "key", str(number), False) for number in range(10))
        assert [leaf.value for leaf, _ in find.among(leaves)] == ["3", "7"]
        assert len(leaves.numbers) == 10
        assert len(texts._NUMBERS) <= 3


def test_equal_short_leaves_of_a_type_are_read_once() -> None:
    read: list[object] = []
    find = cached_by_leaf_and_type(lambda leaf, token: read.append((leaf.value, token)))
    for value, token in (("a", CONFIG_MAP), ("a", CONFIG_MAP), ("a", "aws:ecs/x"), (1, CONFIG_MAP), (True, CONFIG_MAP)):
        find(Leaf("data.key", "key", value, False), token)
    assert read == [("a", CONFIG_MAP), ("a", "aws:ecs/x"), (1, CONFIG_MAP), (True, CONFIG_MAP)]


def test_equal_short_texts_are_read_once() -> None:
    read: list[str] = []
    find = cached_by_text(read.append)
    for text in ("a", "a", "x" * MAX_CHARACTERS, "x" * (MAX_CHARACTERS + 1), "x" * (MAX_CHARACTERS + 1)):
        find(text)
    assert [len(text) for text in read] == [1, MAX_CHARACTERS, MAX_CHARACTERS + 1, MAX_CHARACTERS + 1]


def test_true_as_a_text_and_as_a_value_are_both_found() -> None:
    for value in ("true", 1, True):
        assert _is_off(Leaf("data.gf_auth_anonymous_enabled", "gf_auth_anonymous_enabled", value, False))
    assert not _is_off(Leaf("data.gf_auth_anonymous_enabled", "gf_auth_anonymous_enabled", 0, False))


def test_a_repeated_leaf_is_found_in_every_resource() -> None:
    pack = Pack()
    for name in ("first", "second"):
        given = Given(CONFIG_MAP, {"data": {"GF_AUTH_ANONYMOUS_ENABLED": "true", "report": "--report_to=wandb"}}, name)
        assert {"FJ-IDN-308", "FJ-RES-114"} <= blocking(pack.evaluate_resource(given))


def test_what_limits_a_switch_is_read_in_each_resource() -> None:
    leaf = Leaf("data.callbacks", "callbacks", "langfuse", False)
    assert _word_of(leaf) in vendor_words()
    assert not list(_thrown_and_not_limited(Leaves([leaf]), []))


def test_findings_are_the_same_without_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {
        "url": "https://collect.example.com/v1", "GF_AUTH_ANONYMOUS_ENABLED": "true", "report": "--report_to=wandb",
        "issuer": "https://sts.example.org", "role": "arn:aws:iam::210987654321:role/x", "PGHOST": "10.1.2.3",
        "args": "pip install git+https://github.com/example/x@main", "sslmode": "disable", "image": "example/x:1",
        "values": "tracing:\n  address: traces.example.com:4317\n", "config": "c.NotebookApp.token = ''",
    }  # fmt: skip
    given = [
        Given(CONFIG_MAP, {"data": settings}),
        Given("aws:ecs/taskDefinition:TaskDefinition", {"environment": settings}),
    ]
    given += [case.resource for cases in (good_cases(), bad_cases()) for case in [*cases][::30]]
    with_cache, again = ([Pack().evaluate_resource(item) for item in given] for _ in range(2))
    monkeypatch.setattr(leaf_cache, "MAX_CHARACTERS", -1)
    monkeypatch.setattr(texts, "LONGEST_KEPT", -1)
    monkeypatch.setattr(leaf_cache, "_NOTHING", defaultdict(set))
    assert with_cache == again == [Pack().evaluate_resource(item) for item in given]
    assert len({report.rule for report in with_cache[0]}) > 5
