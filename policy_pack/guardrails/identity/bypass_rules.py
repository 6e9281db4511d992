"""Rules of a sign-in server that leave out sign-in for every host of a domain.

A rule of Authelia applies to hosts, and if it says so only to paths, methods, queries or addresses of callers
(authelia/authelia 0475afc1, internal/authorization/access_control_rule.go, and 07b86d04, access_control_domain.go,
where `*.` at the beginning is every host of a domain; read 2026-11-28). `bypass` for one host, for named paths, for the
requests that browsers send before others, or for callers of a network is ordinary.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from ..readers.texts import Leaf

_FIELD = re.compile(
    r"(?P<rule>.*access_?control\.rules\[\d+\])\.(?P<field>policy|domain|domain_?regex|resources|methods|networks|query)"
    r"(?:\[.*)?",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = r"(?:\[0-9\]|\\d)(?:\+|\{\d(?:,\d)?\})?"
_DOT = r"(?:\\\.|\[\.\])"
_LETTER = rf"(?:{_NUMBER}|[\w-]\.?\??|\\-|{_DOT}|\[[\w-]+\])"
_PART = rf"(?:{_LETTER}|\((?:\?:)?(?:{_LETTER}|\|)+\)\??)"
_HOST = rf"\^(?:\(\?i\))?{_PART}+(?:\$|(?<=\.){_PART}*)"
_NAMED_HOSTS = re.compile(rf"{_HOST}(?:\|{_HOST})*")
"""An expression that names its hosts from their beginning. Authelia also looks for others inside of a host's name
(23572030, internal/authorization/regexp.go, `MatchString`; read 2026-11-29)."""
_OF_CALLERS = ("*", "{user}", "{group}")
"""Beginnings of every host of a domain: the latter two while nobody is signed in (access_control_domain.go)."""
_ORDINARY_PATHS = ("/q/", "/Z7")
"""Paths that no rule lists: what is met by both is met by about every path. They are short, so that no expression takes
long."""
_FROM_GO = ((r"\(\?[imsU]+\)", ""), (r"\\z", r"\\Z"), (r"\[:\^?\w+:\]", r"\\w"), (r"\\[pP](?:\w|\{\^?\w+\})", r"\\w"))
"""What expressions of Go (pkg.go.dev/regexp/syntax) write otherwise than those of Python, whatever the case."""
_MAX_LENGTH = 500
_LIMITS = {
    re.compile(r"(?<![\\(])[*+?{]|\|(?=[.\[\\()|]|$)"): 40,
    re.compile(r"\)(?:[*+]|\{)"): 1,
    re.compile(r"\)\{\d*,?\d{2}"): 0,
}
"""What an expression may have how often: choices, repeated groups, and groups that are repeated ten times or more. With
more, it may take long even for a short path."""
_OF_BROWSERS = frozenset({"OPTIONS", "HEAD", "TRACE", "CONNECT"})
"""Methods that return nothing that a user may read."""
_EVERY_ADDRESS = re.compile(r".*/[0-7]")
"""A network with as many addresses as nobody has."""


def _is_wide(rule: Mapping[str, list[str]]) -> bool:
    """Returns whether a rule is for all hosts of a domain."""
    hosts, expressions = rule["domain"], rule["domainregex"]
    is_every = any(host.lower().startswith(_OF_CALLERS) for host in hosts) or not all(
        len(text) <= _MAX_LENGTH and _NAMED_HOSTS.fullmatch(text) for text in expressions
    )
    return is_every or not (hosts or expressions)


@cache
def _paths(expression: str) -> frozenset[str]:
    """Returns the ordinary paths that an expression meets; all if it cannot be tried."""
    for pattern, python in _FROM_GO:
        expression = re.sub(pattern, python, expression)
    counts = [(len(pattern.findall(expression)), limit) for pattern, limit in _LIMITS.items()]
    if len(expression) > _MAX_LENGTH or any(count > limit for count, limit in counts):
        return frozenset(_ORDINARY_PATHS)
    try:
        compiled = re.compile(expression, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError):
        return frozenset(_ORDINARY_PATHS)
    return frozenset(filter(compiled.search, _ORDINARY_PATHS))


def _is_limited(rule: Mapping[str, list[str]]) -> bool:
    """Returns whether a rule is for named paths, harmless methods, some networks or some queries only."""
    paths, networks, methods = rule["resources"], rule["networks"], rule["methods"]
    return (
        (bool(paths) and len(frozenset[str]().union(*map(_paths, paths))) < len(_ORDINARY_PATHS))
        or (bool(networks) and not any(map(_EVERY_ADDRESS.fullmatch, networks)))
        or (bool(methods) and {method.upper() for method in methods} <= _OF_BROWSERS)
        or bool(rule["query"])
    )


def open_domains(leaves: Iterable[Leaf]) -> Iterator[str]:
    """Yields the path of each rule that leaves every host of a domain without sign-in."""
    rules: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for leaf in leaves:
        # A leaf without a key is the joined text of a list whose items are leaves too.
        if leaf.key and (found := _FIELD.fullmatch(leaf.path)):
            rules[found["rule"]][found["field"].replace("_", "").lower()].append(str(leaf.value))
    for path, rule in rules.items():
        if rule["policy"] == ["bypass"] and _is_wide(rule) and not _is_limited(rule):
            yield f"{path}.policy"
