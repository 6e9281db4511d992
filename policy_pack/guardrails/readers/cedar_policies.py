"""Policies of Cedar that permit everything, because what is to limit them always holds.

Cedar permits what one `permit` matches, if all its `when` hold and none of its `unless` (cedar-policy/
cedar-docs 588535e docs/collections/_policies/syntax-policy.md and syntax-operators.md, read 2026-11-30): a comparison
of something with itself, `like "*"`, a constant, and a number of things that is not below nought limit nothing.
"""

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"//[^\n]*")
_OPEN_PERMIT = re.compile(r"\bpermit\s*\(\s*principal\s*,\s*action\s*,\s*resource\s*,?\s*\)\s*")
_CLAUSE = re.compile(r"\s*(when|unless)\s*(?=\{)")
_QUANTITY = (
    r"(?:[\w.\"\[\]]{1,200}[._\"])?(?:\w{0,60}(?:amount|count|quantity|size|price|length|fee)\w{0,9})"
    r"\"?\]?"
)
"""A value of which there is nothing below nought, by its name; decided here. A balance may be below."""
_ALWAYS = re.compile(
    rf"(?:true|{_QUANTITY}\s*>=\s*(?:0|-\s*\d{{1,18}})|{_QUANTITY}\s*>\s*-\s*\d{{1,18}}"
    rf"|(?:0|-\s*\d{{1,18}})\s*<=\s*{_QUANTITY}|-\s*\d{{1,18}}\s*<\s*{_QUANTITY}|[\w.]{{1,200}}\s+like\s+\"\*\")",
    re.IGNORECASE,
)
_NEVER = re.compile(
    rf"(?:false|{_QUANTITY}\s*<\s*(?:0|-\s*\d{{1,18}})|{_QUANTITY}\s*<=\s*-\s*\d{{1,18}}"
    rf"|(?:0|-\s*\d{{1,18}})\s*>\s*{_QUANTITY})",
    re.IGNORECASE,
)
_COMPARISON = re.compile(r"(?P<left>[^=!<>]{1,200}?)\s*(?P<sign>==|!=|>=|<=|<|>|\bin\b)\s*(?P<right>[^=!<>]{1,200})")
_NUMBER = re.compile(r"-?\d{1,18}")
_DEEPEST = 20
_LONGEST = 1_500
"""Characters of a clause that is read; a longer one is one that says something."""


def permits_everything(text: str) -> bool:
    """Returns whether one of the policies of a text permits every principal every action on every resource."""
    plain = _COMMENT.sub("", text)
    return any(_is_unlimited(plain, match.end()) for match in _OPEN_PERMIT.finditer(plain))


def _is_unlimited(text: str, start: int) -> bool:
    """Returns whether the clauses after the head of a permit limit nothing."""
    while (match := _CLAUSE.match(text, start)) is not None:
        end = _closing(text, match.end())
        if end < 0 or end - match.end() > _LONGEST:
            return False
        held = _truth(text[match.end() + 1 : end])
        if held is not (match[1] == "when"):
            return False
        start = end + 1
    return text[start:].lstrip()[:1] in (";", "")


def _closing(text: str, start: int) -> int:
    """Returns where a bracket is closed; -1 if nowhere. Brackets in texts are none."""
    depth, is_text = 0, False
    for index in range(start, min(len(text), start + _LONGEST + 2)):
        char = text[index]
        if char == '"' and text[index - 1] != "\\":
            is_text = not is_text
        elif not is_text and char in "({[":
            depth += 1
        elif not is_text and char in ")}]":
            depth -= 1
            if depth == 0:
                return index
    return -1


def _truth(expression: str, depth: int = 0) -> bool | None:
    """Returns whether an expression always holds (True) or never (False); None if that depends on the request."""
    text = _bare(expression)
    if depth > _DEEPEST:
        return None
    for sign, decisive in (("||", True), ("&&", False)):
        parts = list(_split(text, sign))
        if len(parts) > 1:
            found = [_truth(part, depth + 1) for part in parts]
            if decisive in found or (decisive and _has_opposites(parts)):
                return decisive
            return (not decisive) if all(item is (not decisive) for item in found) else None
    if text.startswith("!") and not text.startswith("!="):
        held = _truth(text[1:], depth + 1)
        return None if held is None else not held
    if _ALWAYS.fullmatch(text):
        return True
    return False if _NEVER.fullmatch(text) else _compared(text)


def _has_opposites(parts: list[str]) -> bool:
    """Returns whether one part is that another does not hold."""
    bare = {_bare(part) for part in parts}
    return any(part.startswith("!") and _bare(part[1:]) in bare for part in bare)


def _compared(text: str) -> bool | None:
    """Returns what a comparison of one thing with itself gives, or of two numbers."""
    match = _COMPARISON.fullmatch(text)
    if match is None:
        return None
    left, right, sign = _bare(match["left"]), _bare(match["right"]), match["sign"]
    if left == right:
        return sign in ("==", ">=", "<=", "in")
    if _NUMBER.fullmatch(left) and _NUMBER.fullmatch(right):
        one, other = int(left), int(right)
        return {"==": one == other, "!=": one != other, "<": one < other, ">": one > other,
                "<=": one <= other, ">=": one >= other}.get(sign)  # fmt: skip
    return None


def _bare(text: str) -> str:
    """Returns an expression without the parentheses around all of it."""
    text = text.strip()
    while text.startswith("(") and _closing(text, 0) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def _split(text: str, sign: str) -> Iterator[str]:
    """Yields the parts of an expression between signs that stand in no bracket and in no text."""
    depth, is_text, start = 0, False, 0
    for index, char in enumerate(text):
        if char == '"' and text[index - 1 : index] != "\\":
            is_text = not is_text
        elif not is_text:
            depth += (char in "({[") - (char in ")}]")
            if depth == 0 and text.startswith(sign, index) and index >= start:
                yield text[start:index]
                start = index + len(sign)
    yield text[start:]
