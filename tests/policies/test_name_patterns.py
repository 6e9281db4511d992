"""Patterns that are looked up fit the names that `fnmatchcase` says, also those with stars within."""

from fnmatch import fnmatchcase
from itertools import product

from guardrails.readers.known_namespaces import Known
from guardrails.readers.name_patterns import NamePatterns
from guardrails.unverifiable.admission_namespaces import _is_nowhere

from tests.processor_time import within

_PATTERNS = ["".join(item) for length in range(4) for item in product("ab*?", repeat=length)]
_NAMES = ["".join(item) for length in range(4) for item in product("ab", repeat=length)]


def test_each_pattern_fits_what_it_fits_by_itself() -> None:
    for pattern, name in product(_PATTERNS, _NAMES):
        assert NamePatterns([pattern]).fit(name) is fnmatchcase(name, pattern), (pattern, name)


def test_several_patterns_fit_what_one_of_them_fits() -> None:
    patterns = NamePatterns(["a", "b*", "*ab"])
    assert {name for name in _NAMES if patterns.fit(name)} == {"a", "ab", "aab", "bab"} | {
        name for name in _NAMES if name.startswith("b")
    }
    assert patterns
    assert not NamePatterns([])


def test_namespaces_are_found_as_each_pattern_and_each_name_says() -> None:
    for pattern, name in product(_PATTERNS, (*_NAMES, "a*", "*b", "a?b")):
        meets = fnmatchcase(name, pattern) or fnmatchcase(pattern, name)
        assert _is_nowhere([pattern], frozenset({name, "c"})) is not (meets or fnmatchcase("c", pattern)), (
            pattern,
            name,
        )


def test_many_policies_are_joined_with_many_namespaces() -> None:
    known: Known = frozenset(f"team-{number}" for number in range(4_000))
    with within(1):
        assert not any(_is_nowhere([f"team-{number}", f"team-{number}*"], known) for number in range(4_000))
        assert all(_is_nowhere([f"bank-{number}", f"bank-{number}*"], known) for number in range(4_000))
