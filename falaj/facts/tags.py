"""The mandatory cost tags. Keys and values are valid on AWS, on Azure and as Kubernetes labels."""

import re
from dataclasses import dataclass

_WORD = r"[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?"
WORD_FORM = "at most 63 lower-case letters, digits, dots, dashes and underscores, first and last a letter or digit"
"""The same in words."""


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
