"""The mandatory cost tags. Keys and values are valid on AWS, on Azure and as Kubernetes labels."""

import re
from dataclasses import dataclass

_WORD = r"[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?"
WORD_FORM = "at most 63 lower-case letters, digits, dots, dashes and underscores, first and last a letter or digit"
"""The same in words."""

_SHORTEST = 2
"""Fewest characters of a value: `hr` is a business unit, `x` is nothing."""
_PLACEHOLDERS = frozenset((
    "abc", "any", "anybody", "anyone", "asdf", "bar", "baz", "be", "blank", "change", "changeme", "confirmed",
    "decided", "default", "defined", "determined", "dummy", "empty", "example", "fill", "filler", "fixme", "foo",
    "foobar", "generic", "here", "in", "insert", "later", "me", "misc", "n", "na", "name", "nil", "no", "nobody",
    "none", "not", "null", "other", "pending", "placeholder", "qwerty", "random", "replace", "sample", "set",
    "some", "somebody", "someone", "something", "tba", "tbc", "tbd", "temp", "temporary", "test", "testing", "tmp",
    "to", "todo", "unassigned", "undefined", "unknown", "unset", "value", "whatever", "xyz", "your",
))  # fmt: skip
"""Words of which a value must not consist. Digits after a word, and repeated letters, do not make it say more."""


@dataclass(frozen=True)
class CostTag:
    """One mandatory tag: its key, the full-match pattern of its value, that in words, an example and its meaning."""

    key: str
    pattern: str
    form: str
    example: str
    meaning: str

    def accepts(self, value: str) -> bool:
        """Returns whether a value is valid for this tag in every cloud."""
        return re.fullmatch(self.pattern, value) is not None

    def is_placeholder(self, value: str) -> bool:
        """Returns whether a value says nothing, such as `tbd`, `xxx`, `cc-000` or the key of the tag."""
        if "[" not in self.pattern:
            return False  # a choice, in which `test` is an environment
        words = [re.sub(r"\d+$", "", word) or word for word in re.split(r"[^a-z0-9]+", value.lower()) if word]
        own_words = {*_PLACEHOLDERS, *self.key.split("-"), "cc"}
        return len(value) < _SHORTEST or all(word in own_words or len(set(word)) == 1 for word in words)


COST_TAGS: tuple[CostTag, ...] = (
    CostTag("project", _WORD, WORD_FORM, "arabic-llm", "the project that the spending serves"),
    CostTag("business-unit", _WORD, WORD_FORM, "retail-banking", "the business unit that pays"),
    CostTag("environment", "dev|test|staging|prod", "dev, test, staging or prod", "prod", "dev, test, staging or prod"),
    CostTag(
        "cost-centre",
        r"cc-[0-9]{3,8}",
        "cc- and 3 to 8 digits",
        "cc-4711",
        "the number the finance department books on",
    ),
    CostTag(
        "owner", _WORD, WORD_FORM, "ml-platform-team", "the team that answers for the resource (a name, not an address)"
    ),
    CostTag(
        "data-classification",
        "open|sensitive|confidential|secret",
        "open, sensitive, confidential or secret",
        "confidential",
        "class of the data handled, in the words of the UAE national data classification",
    ),
)

MANDATORY_KEYS: tuple[str, ...] = tuple(tag.key for tag in COST_TAGS)
