"""Rules in Rego that can never be met, as far as it follows from their text alone.

Operators by Open Policy Agent, "Policy Language", as known on 2026-11-28.
"""

import re
from collections.abc import Iterator
from itertools import count

from .cel import never_true

_QUOTED = re.compile(r"'[^'\\]*'|\"[^\"\\]*\"|`[^`]*`")
_ANY_ELEMENT = re.compile(r"\[\s*_\s*\]")
_COUNTS = re.compile(r"not\s+count\(")
"""Such a line is met too where what is counted is not defined."""


def never_met(body: str) -> bool:
    """Returns whether the lines of a rule in Rego, all of which must be met, can never be met."""
    numbers = count()
    lines = [line.partition("#")[0].strip().rstrip(",") for line in re.split(r"[\n;]", body)]
    read = [line for line in lines if line and ":=" not in line and _is_balanced(line) and not _COUNTS.match(line)]
    conditions = [f"({_condition(line, numbers)})" for line in read]
    return bool(conditions) and never_true(" && ".join(conditions))


def _condition(line: str, numbers: Iterator[int]) -> str:
    """Returns a line as a condition in CEL. Each `_` is an element of its own."""
    named = _ANY_ELEMENT.sub(lambda _: f"[any_{next(numbers)}]", line)
    return f"!({named.removeprefix('not ')})" if named.startswith("not ") else named


def _is_balanced(line: str) -> bool:
    bare = _QUOTED.sub("", line)
    return all(bare.count(opening) == bare.count(closing) for opening, closing in ("()", "[]", "{}"))
