"""Rights of Jenkins that everybody has who signs in, or nobody: in matrices and roles of its Configuration as Code.

A right and whom it is for stand in one entry, so a setting by itself says nothing: `authenticated` may well look at
jobs, and a group of administrators administers. Entries and permissions of Configuration as Code by jenkinsci/
matrix-auth-plugin 56ab385a and role-strategy-plugin c050ed24, src/test/resources, read 2026-11-29; `assignments`, of
former releases of the latter, by Security2374Test/casc.yaml there.
"""

import re
from collections.abc import Iterator, Sequence

from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf

_PERMISSION = lazy_regex(r"(?P<entry>.{1,300})\.permissions\[\d+\]")
_STRONG = lazy_regex(
    r"Overall/(?:Administer|RunScripts|ConfigureUpdateCenter|UploadPlugins|Manage)"
    r"|(?:Credentials|Job|Agent|Run|SCM|View)/(?:Create|Update|Delete|Configure|ManageDomains|Replay|Connect)",
    re.IGNORECASE,
)
"""Rights that lead to the keys of each pipeline."""
_ANY = lazy_regex(r"(?!Overall/Read$|Job/(?:Read|Discover)$|View/Read$).+", re.IGNORECASE)
"""Rights that nobody has who did not sign in, on a page that is for everybody."""
_WHO = tuple(map(re.compile, (
    r"(?<=\.group)\.name$", r"(?<=\.user)\.name$", r"\.entries\[\d+\]\.(?:group|user|either)(?:\.name)?$",
    r"\.assignments\[\d+\]$", r"\.(?:group|user)$",
)))  # fmt: skip
"""Ends of the paths of whom an entry, or a role, is for; `either` is a user or a group (jenkinsci/role-strategy-plugin,
c050ed24 casc/RoleDefinition.java, setEither, read 2026-11-29). The name of a role itself names nobody."""
_REFUSED = {"anonymous": _ANY, "authenticated": _STRONG}


def check_jenkins_rights(leaves: Sequence[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each entry that gives everybody a right that leads to the keys of each pipeline."""
    named: dict[str, set[str]] = {}
    for leaf in leaves:
        who = leaf.value.strip().lower() if isinstance(leaf.value, str) and len(leaf.value) <= _LONGEST else ""
        ends = (end.search(leaf.path[-_LONGEST:]) for end in _WHO if who in _REFUSED)
        for found in ends:
            if found is not None:
                named.setdefault(leaf.path[: -len(found[0])], set()).add(who)
    for leaf in leaves if named else ():
        found = _PERMISSION.fullmatch(leaf.path) if isinstance(leaf.value, str) else None
        for who in sorted(named.get(found["entry"], ())) if found is not None else ():
            right = str(leaf.value).strip()
            if _REFUSED[who].fullmatch(right[:_LONGEST]):
                yield failed(f"{leaf.path}: {who} has the right {right}, with the keys of each pipeline", leaf.path)


_LONGEST = 100
"""Characters of a name, of a right and of the end of a path that are compared."""
