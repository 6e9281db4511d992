"""Settings in the terms of Erlang, such as advanced.config of RabbitMQ: `[{rabbit, [{ssl_options, [{verify, …}]}]}].`

By rabbitmq/rabbitmq-server 5b09e556 deps/rabbit/docs/advanced.config.example, read on 2026-11-30, and erlang/otp
28117b48 system/doc/reference_manual/data_types.md, read on 2026-12-01. A setting is a tuple whose first element is its
name; its path has the names of the tuples around it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..engine.lazy_regex import lazy_regex

_TOKEN = lazy_regex(
    r"(?P<comment>%[^\n]*)|\"(?:[^\"\\]|\\.)*\"?|'(?:[^'\\]|\\.)*'?|[\[\]{}]|[^\s\[\]{},\"'%]+", re.DOTALL
)
_BRACKETS = frozenset("[]")
_DEEPEST = 40


@dataclass
class _Tuple:
    """A tuple that is read: its name, what else stands in it, and whether there is another tuple in it."""

    name: str = ""
    others: list[str] = field(default_factory=list)
    has_tuples: bool = False

    @property
    def is_setting(self) -> bool:
        """Whether it has a value of its own, next to the tuples in it."""
        return bool(self.name) and (not self.has_tuples or not _BRACKETS.issuperset(self.others))


def settings_of(text: str) -> Iterator[tuple[str, str]]:
    """Yields the path and the value of each tuple inside another one, without the tuples in it."""
    read: list[_Tuple] = []
    is_first = False
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if token["comment"]:
            continue
        if sign == "{" and len(read) < _DEEPEST:
            if read:
                read[-1].has_tuples = True
            read.append(_Tuple())
        elif sign == "}" and read:
            path = ".".join(item.name for item in read if item.name)
            last = read.pop()
            if last.is_setting and read:
                yield path, " ".join(last.others)
        elif is_first and sign not in _BRACKETS:
            read[-1].name = sign.strip("'\"")
        elif read:
            read[-1].others.append(sign)
        is_first = sign == "{" and bool(read)
