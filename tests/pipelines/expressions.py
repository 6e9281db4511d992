"""Evaluates the expressions of GitHub's workflows, once, as GitHub does: values are not evaluated again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.pipelines.steps import EXPRESSION

_CALL = re.compile(r"format\('([^']*)',(.*)\)")


def evaluate(text: str, values: Mapping[str, str]) -> str:
    """Returns the value of an expression of names, texts, `format`, `&&` and `||`; an unknown name is empty."""
    match = EXPRESSION.fullmatch(text)
    return text if match is None else _value(match[1], values)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Returns a text with the values of its expressions."""
    return EXPRESSION.sub(lambda match: _value(match[1], values), text)


def _value(expression: str, values: Mapping[str, str]) -> str:
    result = ""
    for alternative in expression.split("||"):
        result = ""
        for operand in alternative.split("&&"):
            result = _operand(operand.strip(), values)
            if not result:
                break
        if result:
            break
    return result


def _operand(text: str, values: Mapping[str, str]) -> str:
    if call := _CALL.fullmatch(text):
        arguments = [values.get(name.strip(), "") for name in call[2].split(",")]
        return call[1].format(*arguments)
    if text.startswith("'"):
        return text.strip("'")
    return values.get(text, "")
