"""Conditions of Cedar that limit a permit: the forms that are listed here, and combinations of them.

What good policies ask, by 150 policies of cedar-policy/cedar-examples, 71 of cedar-policy/cedar-docs 588535e and those
of public repositories, read 2026-11-30: who owns a resource, in which group a principal is, an attribute with one
value, two attributes of different sides that are equal, a list that contains something, an address in a network, a
number up to a bound, a level from a bound. A negation limits only if what it negates is the opposite of such a form.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from .cidrs import cover_any_address

_STEP = (
    r"(?:\s{0,9}\.\s{0,9}(?:getTag\(\s{0,9}\"[^\"]{1,200}\"\s{0,9}\)|[A-Za-z_]\w{0,99})"
    r"|\s{0,9}\[\s{0,9}\"[^\"]{1,200}\"\s{0,9}\])"
)
_ROOT = r"(?:principal|action|resource|context)"
_ATTRIBUTE = lazy_regex(rf"{_ROOT}{_STEP}{{1,9}}")
_SIDE = lazy_regex(rf"{_ROOT}{_STEP}{{0,9}}")
_ENTITY = lazy_regex(r"(?:[A-Za-z_]\w{0,99}\s{0,9}::\s{0,9}){1,9}\"[^\"]{1,500}\"|\?(?:principal|resource)")
_VALUE = lazy_regex(
    r"\"[\s*]*[^\"\s*][^\"]*\"|true|-?\d{1,18}|(?:ip|decimal|datetime|duration)\(\s*\"[^\"]{1,99}\"\s*\)"
)
"""A value that is not empty. That something is false, such as `suspended`, holds of nearly everybody."""
_CALL = lazy_regex(
    rf"(?P<side>{_ROOT}{_STEP}{{0,9}})\s{{0,9}}\.\s{{0,9}}(?P<name>[A-Za-z]{{1,40}})\s{{0,9}}\((?P<given>[\s\S]*)\)"
)
_ONE_OF = lazy_regex(
    rf"(?P<list>\[[^\]]{{1,2000}}\])\s{{0,9}}\.\s{{0,9}}contains\(\s{{0,9}}{_ROOT}{_STEP}{{1,9}}\s{{0,9}}\)"
)
_OF_A_LIST = frozenset({"contains", "containsAny", "containsAll"})
_UP_TO = frozenset({"lessThan", "lessThanOrEqual"})
_CLAIMED = lazy_regex(r"ip\(\s*\"(?P<network>[^\"]{1,99})\"\s*\)")
_LIKE = lazy_regex(rf"(?P<side>{_ROOT}{_STEP}{{1,9}})\s+like\s+\"(?P<pattern>[^\"]{{0,500}})\"")
_COMPARISON = lazy_regex(r"(?P<left>[^=!<>]{1,2000}?)(?P<sign>==|!=|>=|<=|<|>|\bin\b)(?P<right>[^=!<>]{1,2000})")
_OF_A_TYPE = lazy_regex(r"(?P<side>principal|resource)\s++is\s++[\w:\s]{1,200}\sin\s++(?P<group>[\s\S]{1,600})")
_IF, _THEN, _ELSE = lazy_regex(r"if\b"), lazy_regex(r"\bthen\b"), lazy_regex(r"\belse\b")
_NUMBER = lazy_regex(r"-?\d{1,18}")
_DECIMAL = lazy_regex(r"decimal\(\s*\"(\d{1,18})\.\d{1,4}\"\s*\)")
_FAR = lazy_regex(r"datetime\(\s*\"(?:20[5-9]|2[1-9]|[3-9])|duration\(\s*\"\d{4}")
"""A day that nobody waits for, and a time of three years and more."""
_ENDING = lazy_regex(r"^\*@?\*?\.[a-z]{2,6}$")
"""A pattern of an address that names only the last part of its domain."""
_QUOTED = lazy_regex(r"\"(?:[^\"\\]|\\[\s\S])*\"")
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_OPPOSITE = {"!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_LEVELS = lazy_regex(
    r"(?:level|clearance|rank|grade|tier|trust|score|assurance|age|seniority|mfa|aal|loa)", re.IGNORECASE
)
"""Names of numbers of which a lower bound asks something: others, such as amounts, are hardly ever below it."""
_DEEPEST, _HIGHEST, _LETTERS = 20, 10**9, 3
"""Brackets in brackets that are read, the highest upper bound that is one, and letters that a pattern must have;
decided here."""


def is_limit(expression: str, *, is_negated: bool = False, depth: int = 0) -> bool:
    """Returns whether an expression, or its opposite, only holds for some requests, by the listed forms."""
    text = _bare(expression)
    if depth > _DEEPEST:
        return False
    if _IF.match(text):
        return _is_choice_limit(text, is_negated=is_negated, depth=depth)
    for sign, every in (("||", True), ("&&", False)):
        parts = list(_split(text, sign))
        if len(parts) > 1:
            found = (is_limit(part, is_negated=is_negated, depth=depth + 1) for part in parts)
            return all(found) if every is not is_negated else any(found)
    if text.startswith("!"):
        return _is_operand(text[1:].strip()) and is_limit(text[1:], is_negated=not is_negated, depth=depth + 1)
    if text == ("true" if is_negated else "false"):
        return True
    return _is_opposite(text) if is_negated else _is_listed(text)


def _is_choice_limit(text: str, *, is_negated: bool, depth: int) -> bool:
    """Returns whether both branches of a choice, or what leads to them, limit. A choice in a choice is not read."""
    asked, _, rest = _cut(text[2:], _THEN)
    one, is_whole, other = _cut(rest, _ELSE)
    if not is_whole:
        return False
    return (
        is_limit(one, is_negated=is_negated, depth=depth + 1) or is_limit(asked, depth=depth + 1)
    ) and (
        is_limit(other, is_negated=is_negated, depth=depth + 1) or is_limit(asked, is_negated=True, depth=depth + 1)
    )  # fmt: skip


def _cut(text: str, word: re.Pattern[str]) -> tuple[str, bool, str]:
    """Returns what stands before and after the first of a word, and whether there is one."""
    found = word.search(_QUOTED.sub(lambda quoted: "_" * len(quoted[0]), text))
    return (text[: found.start()], True, text[found.end() :]) if found else (text, False, "")


def _is_opposite(text: str) -> bool:
    """Returns whether the opposite of a comparison has a listed form."""
    match = _COMPARISON.fullmatch(text)
    sign = _OPPOSITE.get(match["sign"]) if match else None
    return match is not None and sign is not None and _compares(_bare(match["left"]), sign, _bare(match["right"]))


def _is_listed(text: str) -> bool:
    """Returns whether a condition has one of the forms that limit."""
    if _ATTRIBUTE.fullmatch(text):
        return True
    if (match := _ONE_OF.fullmatch(text)) is not None:
        return _names(match["list"])
    match = _CALL.fullmatch(text)
    if match is not None and closing(text, match.start("given") - 1, len(text)) == len(text) - 1:
        return _asks(match["side"], match["name"], _bare(match["given"]))
    if (match := _LIKE.fullmatch(text)) is not None:
        return len(re.sub(r"[\W_]", "", _ENDING.sub("", match["pattern"]))) >= _LETTERS
    if (match := _OF_A_TYPE.fullmatch(text)) is not None:
        return _compares(match["side"], "in", _bare(match["group"]))
    match = _COMPARISON.fullmatch(text)
    return match is not None and _compares(_bare(match["left"]), match["sign"], _bare(match["right"]))


def _is_operand(text: str) -> bool:
    """Returns whether a text is all that a sign of negation before it denies, which binds more tightly than others."""
    is_bracket = text.startswith("(") and closing(text, 0, len(text)) == len(text) - 1
    return text.startswith("!") or is_bracket or _ATTRIBUTE.fullmatch(text) is not None


def _asks(side: str, name: str, given: str) -> bool:
    """Returns whether a call of an attribute asks for something that not everybody has, nor states himself."""
    if any(_is_of_one_root(side, part.strip()) for part in _split(given.strip("[]"), ",")):
        return False
    if name == "hasTag":
        return _ATTRIBUTE.fullmatch(given) is not None
    if name in _OF_A_LIST:
        return bool(given.strip("[] \n\t"))
    if name == "isInRange":
        network = _CLAIMED.fullmatch(given)
        return _ATTRIBUTE.fullmatch(given) is not None or (
            network is not None and not cover_any_address([network["network"]])
        )
    return name in _UP_TO and _is_bound(given)


def _names(text: str) -> bool:
    """Returns whether a text is an entity, a side of the request, or a list of these."""
    if text.startswith("[") and text.endswith("]"):
        parts = [part.strip() for part in _split(text[1:-1], ",")]
        return all(part and (_ENTITY.fullmatch(part) or _VALUE.fullmatch(part)) for part in parts)
    return _ENTITY.fullmatch(text) is not None or _SIDE.fullmatch(text) is not None


def _compares(left: str, sign: str, right: str) -> bool:
    """Returns whether a comparison limits: sides of it are never the same, and one is a part of the request."""
    if _SIDE.fullmatch(left) is None:
        left, right, sign = right, left, _TURNED.get(sign, sign)
    if _SIDE.fullmatch(left) is None or left == right:
        return False
    if sign == "in":
        return _names(right) and not _is_of_one_root(left, right)
    if sign == "==":
        is_value = _VALUE.fullmatch(right) is not None and _ATTRIBUTE.fullmatch(left) is not None
        return is_value or (_names(right) and not _is_of_one_root(left, right))
    return sign in _TURNED and _is_bounded(left, sign, right)


def _is_bounded(left: str, sign: str, right: str) -> bool:
    """Returns whether a comparison of order limits: with an attribute of another side, up to a number that is not huge,
    or, for levels and the like, from one on."""
    if _ATTRIBUTE.fullmatch(right):
        return not _is_of_one_root(left, right)
    is_number = _NUMBER.fullmatch(right) is not None
    if sign.startswith("<"):
        return (is_number and 0 <= int(right) < _HIGHEST) or (not is_number and _is_bound(right))
    return is_number and int(right) >= 1 and _LEVELS.search(left.rpartition(".")[2]) is not None


def _is_bound(text: str) -> bool:
    """Returns whether a decimal, a time or another value is an upper bound that some exceed."""
    if (number := _DECIMAL.fullmatch(text)) is not None:
        return int(number[1]) < _HIGHEST
    return _VALUE.fullmatch(text) is not None and _FAR.match(text) is None


def _is_of_one_root(left: str, right: str) -> bool:
    """Returns whether both sides are of one part of the request, so that one thing is compared with itself, or what a
    caller states with what it states. Groups of a principal are in others."""
    roots = [re.match(_ROOT, text) for text in (left, right)]
    return all(roots) and roots[0] is not None and roots[1] is not None and roots[0][0] == roots[1][0]


def closing(text: str, start: int, longest: int) -> int:
    """Returns where a bracket is closed; -1 if nowhere within so many characters. Brackets in texts are none."""
    depth, is_text, is_escaped = 0, False, False
    for index in range(start, min(len(text), start + longest + 2)):
        char = text[index]
        if is_escaped:
            is_escaped = False
        elif is_text and char == "\\":
            is_escaped = True
        elif char == '"':
            is_text = not is_text
        elif not is_text and char in "({[":
            depth += 1
        elif not is_text and char in ")}]":
            depth -= 1
            if depth == 0:
                return index
    return -1


def _bare(text: str) -> str:
    """Returns an expression without the parentheses around all of it."""
    text = text.strip()
    for _ in range(_DEEPEST):
        if not text.startswith("(") or closing(text, 0, len(text)) != len(text) - 1:
            break
        text = text[1:-1].strip()
    return text


def _split(text: str, sign: str) -> Iterator[str]:
    """Yields the parts of an expression between signs that stand in no bracket and in no text."""
    depth, is_text, is_escaped, start = 0, False, False, 0
    for index, char in enumerate(text):
        if is_escaped:
            is_escaped = False
        elif char == '"':
            is_text = not is_text
        elif is_text and char == "\\":
            is_escaped = True
        elif not is_text:
            depth += (char in "({[") - (char in ")}]")
            if depth == 0 and text.startswith(sign, index) and index >= start:
                yield text[start:index]
                start = index + len(sign)
    yield text[start:]
