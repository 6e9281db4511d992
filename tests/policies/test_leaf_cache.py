"""What is found in a leaf is kept for equal leaves, and only for those that are the same as texts."""

from guardrails.identity.program_switches import _thrown_and_not_limited
from guardrails.identity.sign_in import _is_off
from guardrails.readers.leaf_cache import MAX_CHARACTERS, cached_by_leaf, cached_by_text
from guardrails.readers.texts import Leaf
from guardrails.residency.vendor_words import _word_of, vendor_words

from .harness import Given, Pack, blocking

CONFIG_MAP = "kubernetes:core/v1:ConfigMap"


def test_equal_short_leaves_are_read_once() -> None:
    read: list[object] = []
    find = cached_by_leaf(lambda leaf: read.append(leaf.value))
    for value in ("a", "a", True, 1, True, "x" * MAX_CHARACTERS, "x" * MAX_CHARACTERS):
        find(Leaf("data.key", "key", value, False))
    assert read == ["a", True, 1, True, "x" * MAX_CHARACTERS, "x" * MAX_CHARACTERS]


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
    assert not list(_thrown_and_not_limited([leaf], []))
