"""Rules of a sign-in server that leave out sign-in for every host of a domain.

A rule of Authelia applies to hosts, and if it says so only to paths, methods, queries or addresses of callers
(authelia/authelia 0475afc1, internal/authorization/access_control_rule.go, and 07b86d04, access_control_domain.go,
where `*.` at the beginning is every host of a domain; read 2026-11-28). `bypass` for one host, for named paths, for the
requests that browsers send before others, or for callers of a network is ordinary.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, reduce

from ..engine.lazy_regex import lazy_regex
from ..readers.texts import Leaf

_Moves = frozenset[tuple[int, int]]
"""From which positions of a path to which a part of an expression leads."""

_FIELD = lazy_regex(
    r"(?P<rule>.*access_?control\.rules\[\d+\])\.(?P<field>policy|domain|domain_?regex|resources|methods|networks|query)"
    r"(?:\[.*)?",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = r"(?:\[0-9\]|\\d)(?:\+|\{\d(?:,\d)?\})?"
_DOT = r"(?:\\\.|\[\.\])"
_LETTER = rf"(?>{_NUMBER}|[\w-]\.?\??|\\-|{_DOT}|\[[\w-]+\])"
_PART = rf"(?:{_LETTER}|\((?:\?:)?(?:{_LETTER}|\|)+\)\??)"
_HOST = rf"(?>\^(?:\(\?i\))?{_PART}+(?:\$|(?<=\.){_PART}*))"
_NAMED_HOSTS = lazy_regex(rf"{_HOST}(?:\|{_HOST})*")
"""An expression that names its hosts from their beginning. Authelia also looks for others inside of a host's name
(23572030, internal/authorization/regexp.go, `MatchString`; read 2026-11-29). Each letter and each host is
read in one way (`(?>`), so that no expression takes long."""
_OF_CALLERS = ("*", "{user}", "{group}")
"""Beginnings of every host of a domain: the latter two while nobody is signed in (access_control_domain.go)."""
_ORDINARY_PATHS = ("/q/", "/Z7")
"""Paths that no rule lists: what is met by both is met by about every path."""
_TOKEN = lazy_regex(
    r"(?P<flags>\(\?[imsU-]+\))|(?P<open>\((?:\?(?:P?<[A-Za-z_]\w*>|[imsU-]*:))?)|(?P<close>\))|(?P<or>\|)"
    r"|(?P<repeat>(?:[*+?]|\{(?P<least>\d+)(?P<range>,(?P<most>\d*))?\})\??)"
    r"|(?P<atom>\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|\\(?:[pP]\{\^?\w+\}|[pP]\w|x..|\d{1,3}|.)|.)",
    re.DOTALL,
)
"""A part of an expression of Go (pkg.go.dev/regexp/syntax). What is none of Go's, as `(?=`, leaves a `?` with nothing
before it, or an atom that Python does not know."""
_FROM_GO = ((r"\\z", r"\\Z"), (r"\[:\^?\w+:\]", r"\\w"), (r"\\[pP](?:\w|\{\^?\w+\})", r"\\w"))
"""What atoms of Go write otherwise than those of Python, whatever the case."""
_MAX_LENGTH = 500
_LONGEST = 4_000
_MAX_REPEATS = 1000
"""More repeats are an error in Go."""
_POSITIONS = range(max(map(len, _ORDINARY_PATHS)) + 1)
_NOTHING = frozenset((position, position) for position in _POSITIONS)
_REPEATS = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_OF_BROWSERS = frozenset({"OPTIONS", "HEAD", "TRACE", "CONNECT"})
"""Methods that return nothing that a user may read."""
_EVERY_ADDRESS = lazy_regex(r".*/[0-7]")
"""A network with as many addresses as nobody has."""


def _is_wide(rule: Mapping[str, list[str]]) -> bool:
    """Returns whether a rule is for all hosts of a domain."""
    hosts, expressions = rule["domain"], rule["domainregex"]
    is_every = any(host.lower().startswith(_OF_CALLERS) for host in hosts) or not all(
        len(text) <= _MAX_LENGTH and _NAMED_HOSTS.fullmatch(text) for text in expressions
    )
    return is_every or not (hosts or expressions)


@cache
def _moves(atom: str, path: str) -> _Moves:
    """Returns from which positions of a path to which an atom leads."""
    for pattern, python in _FROM_GO:
        atom = re.sub(pattern, python, atom)
    found = [re.compile(atom, re.IGNORECASE).match(path, position) for position in range(len(path) + 1)]
    return frozenset(match.span() for match in found if match)


def _then(first: _Moves, second: _Moves) -> _Moves:
    """Returns where two parts lead, one after the other."""
    return frozenset((start, end) for start, middle in first for begin, end in second if begin == middle)


def _either(branches: list[list[_Moves]]) -> _Moves:
    """Returns where any of some branches leads."""
    return frozenset[tuple[int, int]]().union(*(reduce(_then, parts, _NOTHING) for parts in branches))


def _repeated(moves: _Moves, repeat: re.Match[str]) -> _Moves:
    """Returns where a repeated part leads. More repeats than there are positions change nothing."""
    least, most = _REPEATS.get(repeat[0][0], (int(repeat["least"] or 0), None))
    if repeat["least"] and (repeat["most"] or not repeat["range"]):
        most = int(repeat["most"] or least)
    if max(least, most or 0) > _MAX_REPEATS:
        raise OverflowError
    result = _NOTHING
    for _ in _POSITIONS[:least]:
        result = _then(result, moves)
    for _ in _POSITIONS if most is None else _POSITIONS[: max(most - least, 0)]:
        result |= _then(result, moves)
    return result


def _is_met(path: str, expression: str) -> bool:
    """Returns whether an expression meets a path, by the positions that each part of it leads to.

    This takes as long as the expression is, whereas Python would try each of the ways to meet the path.
    """
    groups: list[list[list[_Moves]]] = [[[]]]
    for token in _TOKEN.finditer(expression):
        match token.lastgroup:
            case "open":
                groups.append([[]])
            case "close":
                moves = _either(groups.pop())
                groups[-1][-1].append(moves)
            case "or":
                groups[-1].append([])
            case "repeat":
                groups[-1][-1].append(_repeated(groups[-1][-1].pop(), token))
            case "atom":
                groups[-1][-1].append(_moves(token[0], path))
            case _:  # Flags for what follows.
                pass
    (branches,) = groups
    return bool(_either(branches))


@cache
def _paths(expression: str) -> frozenset[str]:
    """Returns the ordinary paths that an expression meets; all if it cannot be read, or is longer than any that is."""
    if len(expression) > _LONGEST:
        return frozenset(_ORDINARY_PATHS)
    try:
        return frozenset(path for path in _ORDINARY_PATHS if _is_met(path, expression))
    except (re.error, ValueError, IndexError, OverflowError):
        return frozenset(_ORDINARY_PATHS)


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
        if leaf.key and ".rules[" in leaf.path.lower() and (found := _FIELD.fullmatch(leaf.path)):
            rules[found["rule"]][found["field"].replace("_", "").lower()].append(str(leaf.value))
    for path, rule in rules.items():
        if rule["policy"] == ["bypass"] and _is_wide(rule) and not _is_limited(rule):
            yield f"{path}.policy"
