"""Reads expressions of alarms: metric math of CloudWatch, PromQL, and conditions of Kusto.

The three share operators, calls and brackets, so that one reader of operators by their precedence does for all. What a
selector, a range, an offset and the labels of a grouping choose is part of a name: two calls are equal only if they
read the same. Words
between two values (`has`, `in~`, `startswith`) are operators of which nothing is known. An expression with a form that
is not read gives None.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ..engine.lazy_regex import lazy_regex

_TOKEN = lazy_regex(
    r"\s++|#[^\n]*+|//[^\n]*+"
    r"|(?P<selector>\{(?:[^{}\"']|\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+')*+\})"
    r"|(?P<range>\[\s*+\d++(?:ms|[smhdwy])[^\[\]]*+\])"
    r"|(?P<text>@?(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'))"
    r"|(?P<number>\d++(?:\.\d++)?(?:e[+-]?\d++)?(?P<unit>d(?:ays?)?|h(?:ours?)?|m(?:inutes?)?|s)?(?![\w.]*\w))"
    r"|(?P<name>!?[A-Za-z_](?:[\w:$]|\.(?!\.))*+~?)"
    r"|(?P<sign>>=|<=|==|!=|=~|!~|<>|\.\.|&&|\|\||[-+*/%^<>=(),\[\].@|])"
)
_HOURS = {"d": 24.0, "h": 1.0, "m": 1 / 60, "s": 1 / 3600}
"""Unit of a span -> hours."""
_WORDS = {"and": 2, "unless": 2, "or": 1}
_SIGNS = {"||": 1, "&&": 2, "+": 4, "-": 4, "*": 5, "/": 5, "%": 5, "^": 6}
_COMPARED, _COMPARISONS = 3, frozenset({">=", "<=", "==", "!=", "=~", "!~", "<>", "<", ">", "="})
_GROUPS = frozenset({"by", "without", "on", "ignoring", "group_left", "group_right"})
_MOST_TOKENS, _DEEPEST = 600, 30


class Node(NamedTuple):
    """A part of an expression: a number, a text, a name, a call, a list, or an operation on parts."""

    kind: str
    name: str = ""
    number: float = 0.0
    parts: "tuple[Node, ...]" = ()


class _Token(NamedTuple):
    kind: str
    text: str
    number: float = 0.0


class _UnreadError(Exception):
    """The expression has a form that is not read."""


def parse(text: str) -> Node | None:
    """Returns an expression as a tree; None if it has a form that is not read."""
    try:
        reader = _Reader(_tokens(text))
        node = reader.operation(0, 0)
        return node if reader.is_at_end else None
    except _UnreadError:
        return None


def _tokens(text: str) -> Sequence[_Token]:
    """Returns the tokens of an expression, without spaces and comments."""
    tokens: list[_Token] = []
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None or len(tokens) > _MOST_TOKENS:
            raise _UnreadError
        place = found.end()
        kind = found.lastgroup if found.lastgroup != "unit" else "number"
        if kind == "number":
            unit = found["unit"]
            digits = found["number"].removesuffix(unit or "")
            tokens.append(_Token("number", digits, float(digits) * (_HOURS[unit[0]] if unit else 1.0)))
        elif kind is not None:
            tokens.append(_Token(kind, found[kind]))
    return tokens


class _Reader:
    """Reads tokens from the first to the last."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        """Starts before the first token."""
        self._tokens = tokens
        self._place = 0

    @property
    def is_at_end(self) -> bool:
        """Whether no token is left."""
        return self._place >= len(self._tokens)

    def _next(self) -> _Token:
        """Returns the next token, which stays; an empty one at the end."""
        return self._tokens[self._place] if not self.is_at_end else _Token("", "")

    def _takes(self, *texts: str) -> bool:
        """Returns whether the next token is one of some words or signs, and passes it if so."""
        is_it = self._next().kind in ("sign", "name") and self._next().text.lower() in texts
        self._place += is_it
        return is_it

    def _must_take(self, text: str) -> None:
        """Passes a word or a sign that must follow."""
        if not self._takes(text):
            raise _UnreadError

    def operation(self, least: int, depth: int) -> Node:
        """Returns what stands before an operator that binds less than `least`."""
        if depth > _DEEPEST:
            raise _UnreadError
        left = self._value(depth)
        while (rank := self._rank()) is not None and rank >= least:
            name = self._next().text.lower()
            self._place += 1
            left = self._right(name, rank, left, depth + 1)
        return left

    def _rank(self) -> int | None:
        """Returns how the next operator binds; None if no operator follows."""
        token, word = self._next(), self._next().text.lower()
        if token.kind == "sign":
            return _COMPARED if word in _COMPARISONS else _SIGNS.get(word)
        return _WORDS.get(word, _COMPARED) if token.kind == "name" and word not in _GROUPS else None

    def _right(self, name: str, rank: int, left: Node, depth: int) -> Node:
        """Returns an operation with what stands after its operator."""
        if name.lstrip("!") == "between":
            self._must_take("(")
            first = self.operation(0, depth)
            self._must_take("..")
            last = self.operation(0, depth)
            self._must_take(")")
            return Node("operation", name, parts=(left, first, last))
        is_bool = self._takes("bool")
        while self._takes(*_GROUPS):
            self._group()
        right = self.operation(rank + 1, depth)
        return Node("operation", f"{name} bool" if is_bool else name, parts=(left, right))

    def _group(self) -> str:
        """Passes the labels of a grouping, which may be missing, and returns them with the word before them."""
        first = self._place - 1
        if self._takes("("):
            while not self._takes(")"):
                if self.is_at_end:
                    raise _UnreadError
                self._place += 1
        return " ".join(token.text for token in self._tokens[first : self._place])

    def _value(self, depth: int) -> Node:
        """Returns the next value: a number, a text, a name, a call, a list or what stands in brackets."""
        token = self._next()
        self._place += 1
        if token.kind == "number":
            return Node("number", number=token.number)
        if token.kind == "text":
            return Node("text", token.text.strip("@").strip("\"'"))
        if token.kind == "name":
            return self._named(token.text, depth + 1)
        if token.kind == "selector":
            return self._chosen(Node("call", token.text))
        if token.text == "-":
            return Node("operation", "-", parts=(Node("number"), self.operation(_SIGNS["^"], depth + 1)))
        if token.text in ("(", "["):
            parts = self._list(")" if token.text == "(" else "]", depth + 1)
            return self._chosen(parts[0] if len(parts) == 1 and token.text == "(" else Node("list", parts=parts))
        raise _UnreadError

    def _named(self, name: str, depth: int) -> Node:
        """Returns a name, or a call with its arguments and its grouping."""
        group = self._group() if self._takes("by", "without") else ""
        if not self._takes("("):
            return self._chosen(Node("name", name))
        call = Node("call", name, parts=self._list(")", depth))
        group = self._group() if self._takes("by", "without") else group
        return self._chosen(Node("chosen", group, parts=(call,)) if group else call)

    def _list(self, end: str, depth: int) -> tuple[Node, ...]:
        """Returns the items up to a closing bracket."""
        parts: list[Node] = []
        while not self._takes(end):
            parts.append(self.operation(0, depth))
            if not self._takes(","):
                self._must_take(end)
                break
        return tuple(parts)

    def _chosen(self, node: Node) -> Node:
        """Returns a value with what its selector, range and offset choose."""
        name = node.name
        while self._next().kind in ("selector", "range") or self._next().text in ("offset", "@"):
            token = self._next()
            self._place += 1
            name += token.text
            if token.text in ("offset", "@"):
                name += str(self.operation(_SIGNS["^"], _DEEPEST))
        return node if name == node.name else Node("chosen", name, parts=(node,))
