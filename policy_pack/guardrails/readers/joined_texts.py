"""Texts that a program, a workflow or a shell puts together from literal parts, such as an address.

Parts are literals, and names to which the same text assigns a literal: joined by an operator of JSONata, Python,
JavaScript, Lua or PHP, by functions of Azure (`concat`, `format`) and AWS Step Functions (`States.Format`), by `format`
and `%` of Python, by `printf` of shells, C and Go, or by quotes inside a word of a shell. What else computes a text is
not read (jsonata-js/jsonata 6c7e95fd docs/other-operators.md; awsdocs/aws-step-functions-developer-guide 59eba6f6
doc_source/amazon-states-language-intrinsic-functions.md; MicrosoftDocs/azure-docs 005f0552 articles/logic-apps/
workflow-definition-language-functions-reference.md (concat); read 2026-12-01; `format` by Microsoft Learn, "String
functions for ARM templates", read 2026-12-02).
Repetitions are bounded, so that the time is linear in the length.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex

_TEXT = r"(?:\"[^\"\\\n]{0,200}\"|'[^'\\\n]{0,200}')"
_NAME = r"(?<![\w.$])\$?[A-Za-z_]\w{0,60}"
_ANY = rf"(?:{_TEXT}|{_NAME})"
_LIST = rf"{_ANY}(?:\s{{0,9}},\s{{0,9}}{_ANY}){{0,20}}"
_LITERAL = lazy_regex(r"\"([^\"\\\n]{0,200})\"|'([^'\\\n]{0,200})'")
_PART = lazy_regex(rf"(?P<text>{_TEXT})|(?P<name>{_NAME})")
_JOIN = lazy_regex(r"([\"'])(?P<separator>[^\"'\n]{0,9})\1\.join\(\s{0,9}[\[(](?P<parts>[^\])\n]{1,500})[\])]")
"""The parts of a text that a program in Python joins."""
_PLUS = lazy_regex(rf"{_TEXT}(?:\s{{0,9}}\+\s{{0,9}}{_TEXT}){{1,20}}")
"""Literal texts with a plus between them, in most languages."""
_SUM = lazy_regex(rf"{_ANY}(?:\s{{0,9}}(?:\+|&|~|\.\.?)\s{{0,9}}{_ANY}){{1,20}}")
_ASSIGNED = lazy_regex(rf"(?P<name>{_NAME})\s{{0,9}}:?=\s{{0,9}}(?P<text>{_TEXT})(?!\s{{0,9}}[+&~.%])")
_CALL = lazy_regex(rf"\b(?P<name>concat|format|s?printf)\s{{0,3}}\(\s{{0,9}}(?P<parts>{_LIST})", re.IGNORECASE)
_METHOD = lazy_regex(rf"(?P<text>{_TEXT})(?:\.format\(|\s{{0,9}}%\s{{0,9}}\(?)\s{{0,9}}(?P<parts>{_LIST})")
_SHELL = lazy_regex(
    r"\bprintf\s{1,9}(?:--\s{1,9})?(?P<text>\"[^\"\n]{1,300}\"|'[^'\n]{1,300}')"
    r"(?P<words>(?:[ \t]{1,9}[^\s;|&)(]{1,200}){1,20})"
)
_QUOTED = lazy_regex(r"://[\w.-]{0,200}(?:[\"']{1,2}[\w.-]{1,100}){1,20}")
"""An address whose host has quotes inside, which a shell leaves out."""
_PLACE = lazy_regex(r"%[sv]|\{(?P<number>\d{0,2})\}")
_ADDRESS = "://"


def joined(text: str) -> Iterator[str]:
    """Yields the texts that are put together in a text; of those with names or by functions, addresses only."""
    for match in _JOIN.finditer(text):
        yield match["separator"].join(double or single for double, single in _LITERAL.findall(match["parts"]))
    if "+" in text:
        yield from ("".join(double or single for double, single in _LITERAL.findall(match[0]))
                    for match in _PLUS.finditer(text))  # fmt: skip
    if _ADDRESS in text and ('"' in text or "'" in text):
        yield from (found for found in _addresses(text) if _ADDRESS in found)


def _addresses(text: str) -> Iterator[str]:
    values = {match["name"]: _plain(match["text"]) for match in _ASSIGNED.finditer(text)}
    for match in _SUM.finditer(text):
        yield "".join(_parts(match[0], values))
    for match in _CALL.finditer(text):
        parts = _parts(match["parts"], values)
        is_joined = match["name"].lower() == "concat"
        yield "".join(parts) if is_joined else _filled(parts[0], parts[1:]) if parts else ""
    for match in _METHOD.finditer(text):
        yield _filled(_plain(match["text"]), _parts(match["parts"], values))
    for match in _SHELL.finditer(text):
        yield _filled(_plain(match["text"]), [word.strip("\"'") for word in match["words"].split()])
    for match in _QUOTED.finditer(text):
        yield "https" + re.sub("[\"']", "", match[0])


def _plain(literal: str) -> str:
    return literal[1:-1]


def _parts(text: str, values: Mapping[str, str]) -> list[str]:
    """Returns the literals of a list or a sum; nothing from the first name on that has none."""
    parts: list[str] = []
    for match in _PART.finditer(text):
        part = _plain(match["text"]) if match["text"] else values.get(match["name"])
        if part is None:
            break
        parts.append(part)
    return parts


def _filled(form: str, parts: list[str]) -> str:
    """Returns a form with its places filled; empty if a part is missing."""
    rest = iter(parts)

    def part(match: re.Match[str]) -> str:
        number = match["number"]
        return (parts[int(number)] if int(number) < len(parts) else "") if number else next(rest, "")

    return _PLACE.sub(part, form)
