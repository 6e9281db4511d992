"""Rules of a sign-in server that leave out sign-in for every host of a domain.

A rule of Authelia applies to hosts, and if it says so only to paths, methods, queries or addresses of callers
(authelia/authelia 0475afc1, internal/authorization/access_control_rule.go, and 07b86d04, access_control_domain.go,
where `*.` at the beginning is every host of a domain; read 2026-11-28). `bypass` for one host, for named paths, for the
requests that browsers send before others, or for callers of a network is ordinary.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ..readers.texts import Leaf

_FIELD = re.compile(
    r"(?P<rule>.*access_?control\.rules\[\d+\])\.(?P<field>policy|domain|domain_?regex|resources|methods|networks|query)"
    r"(?:\[.*)?",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TEXT = re.compile(r"(?<!\\)[*+{]")
"""What a regular expression has that is met by more than one text."""
_EVERY_PATH = re.compile(r"\^?(?:\\?/)?(?:\(?(?:\.|\[[^\]]*\]|\\[DSWw])[*+]\)?\$?)?")
_OF_BROWSERS = frozenset({"OPTIONS", "HEAD", "TRACE", "CONNECT"})
"""Methods that return nothing that a user may read."""
_EVERY_ADDRESS = re.compile(r".*/[0-7]")
"""A network with as many addresses as nobody has."""


def _is_wide(rule: Mapping[str, list[str]]) -> bool:
    """Returns whether a rule is for all hosts of a domain."""
    hosts, expressions = rule["domain"], rule["domainregex"]
    is_every = any(host.startswith("*") for host in hosts) or any(map(_ANY_TEXT.search, expressions))
    return is_every or not (hosts or expressions)


def _is_limited(rule: Mapping[str, list[str]]) -> bool:
    """Returns whether a rule is for named paths, harmless methods, some networks or some queries only."""
    paths, networks, methods = rule["resources"], rule["networks"], rule["methods"]
    return (
        (bool(paths) and not any(map(_EVERY_PATH.fullmatch, paths)))
        or (bool(networks) and not any(map(_EVERY_ADDRESS.fullmatch, networks)))
        or (bool(methods) and {method.upper() for method in methods} <= _OF_BROWSERS)
        or bool(rule["query"])
    )


def open_domains(leaves: Iterable[Leaf]) -> Iterator[str]:
    """Yields the path of each rule that leaves every host of a domain without sign-in."""
    rules: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for leaf in leaves:
        if found := _FIELD.fullmatch(leaf.path):
            rules[found["rule"]][found["field"].replace("_", "").lower()].append(str(leaf.value))
    for path, rule in rules.items():
        if rule["policy"] == ["bypass"] and _is_wide(rule) and not _is_limited(rule):
            yield f"{path}.policy"
