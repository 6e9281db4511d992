"""Whose something is, by its name: a convention, so that only what names another namespace, or a team, counts.

Names of roles, of copies and of paths in a vault seldom are those of the namespace that uses them. So a name is
another team's only if the plan or the settings know a namespace whose words are in it, or if it says `team-` or
`tenant-` itself. Names of what each platform has (databases, queues, controllers) say nothing.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from ..engine.lazy_regex import lazy_regex
from ..readers.shared_namespaces import is_shared

_FORM = lazy_regex(r"(?:teams?|tenants?|squads?|customers?)[-_.](?P<name>[\w.-]{1,60})", re.IGNORECASE)
_WORD = lazy_regex(r"[a-z0-9]{1,60}")
_SHORTEST = 3
"""Letters of a word that may be the beginning of another: `pay` of `payments`."""
_OF_NOBODY = frozenset({
    "access", "admin", "airflow", "api", "app", "application", "apps", "archive", "argo", "assume", "aws", "azure",
    "backup", "backups", "base", "batch", "block", "ceph", "cluster", "content", "copy", "cron", "csi", "daily", "data",
    "database", "databases", "db", "default", "dev", "disk", "dr", "eks", "elasticsearch", "events", "flux", "gitlab",
    "golden", "group", "handle", "iam", "identity", "image", "images", "import", "imported", "jenkins", "job", "jobs",
    "kafka", "latest", "lite", "logs", "longhorn", "main", "manual", "metrics", "minio", "mlflow", "mongodb", "monthly",
    "mysql", "namespace", "nightly", "opensearch", "operator", "platform", "pod", "pods", "policies", "pool",
    "postgres", "postgresql", "primary", "prod", "production", "pull", "puller", "push", "pvc", "queue", "rabbitmq",
    "read", "reader", "readonly", "readwrite", "redis", "restore", "restored", "role", "rook", "scaler", "secondary",
    "server", "service", "services", "session", "shared", "snap", "snapshot", "snapshots", "source", "spark", "stage",
    "staging", "storage", "store", "team", "teams", "tenant", "tenants", "test", "tests", "token", "tools", "uat",
    "volume", "volumes", "web", "weekly", "worker", "workers", "workload", "workloads", "write", "writer",
})  # fmt: skip
"""Words of a name that say nothing about whose it is."""
_OF_TOOLS = lazy_regex(
    r"external-?secrets?|(?<![a-z])(?:eso|ecr|acr|keda|irsa)(?![a-z])|registry|vault|secrets?-?(?:reader|store|manager)"
    r"|cert-?manager|acme|route-?53|(?<![a-z])dns|zones?(?![a-z])",
    re.IGNORECASE,
)
"""Names of what takes a role for all teams: they say nothing about whose the rest is."""


def without_form(name: str) -> str:
    """Returns a name without `team-` or what else says that it is a team's."""
    found = _FORM.fullmatch(name)
    return (found["name"] if found else name).lower()


def team_of(name: str) -> str:
    """Returns the team in a name that says that it is a team's; empty if it says none, or the platform's."""
    team = without_form(name)
    return "" if _FORM.fullmatch(name) is None or is_shared(team) or not _tells(team) else team


def is_another_team(namespace: str, own: str, known: Collection[str]) -> bool:
    """Returns whether a namespace is a team's other than the own one: by its form, or as the plan knows it."""
    if namespace in ("", own) or is_shared(namespace) or not _tells(namespace):
        return False
    return without_form(namespace) != without_form(own) and (bool(team_of(namespace)) or namespace in known)


@lru_cache(4)
def _by_word(known: frozenset[str]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Returns the namespaces, each with a text of its name, by the first word in this that tells whose it is."""
    found: dict[str, list[tuple[str, str]]] = {}
    for other in known:
        for text in {other, without_form(other)}:
            word = next(filter(_tells, _words(text)), "")
            if word and not is_shared(text):
                found.setdefault(word, []).append((other, text))
    return found


def is_of_others(name: str, own: str, known: Collection[str]) -> bool:
    """Returns whether a name is that of another namespace that is known, or of a team, and not of the own one."""
    words = _words(_OF_TOOLS.sub("-", name.lower()))
    if any(_has(words, _words(mine)) for mine in (own, without_form(own))) or _is_kin(words, _words(own)):
        return False
    by_word = _by_word(frozenset(known))
    is_named = any(_has(words, _words(text)) and is_another_team(other, own, known)
                   for word in set(words) for other, text in by_word.get(word, ()))  # fmt: skip
    follows = [after for word, after in pairwise(words) if word in ("team", "tenant")]
    return is_named or any(_tells(word) and not is_shared(word) for word in follows)


def _words(name: str) -> Sequence[str]:
    return _WORD.findall(name.lower())


def _tells(name: str) -> bool:
    """Returns whether a name has a word that may say whose something is."""
    return any(word not in _OF_NOBODY and not word.isdigit() for word in _words(name))


def _has(words: Sequence[str], part: Sequence[str]) -> bool:
    return bool(part) and f"-{'-'.join(part)}-" in f"-{'-'.join(words)}-"


def _is_kin(words: Sequence[str], own: Sequence[str]) -> bool:
    """Returns whether a word is, or begins with, one of the own name, or the other way around."""
    mine, theirs = ([word for word in some if len(word) >= _SHORTEST and _tells(word)] for some in (own, words))
    return any(word.startswith(ours) or ours.startswith(word) for word in theirs for ours in mine)
