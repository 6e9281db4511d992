"""Settings that name a destination without an address: keys of vendors whose programs send to a host of their own,
accounts that are names below a vendor's domain, and types and schemes of stores.

`data/default_destinations.csv` has a row a vendor: the variable that makes its program send, the variables that set
another address (which FJ-RES-003 evaluates), and where it sends without them. An address counts only beside the key,
and if the vendor's own client or a known gateway reads its variable: one that no program reads changes nothing. Each
row has the source that was read, with its commit or version. None of the hosts
is in the country.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..engine.data_folder import DATA
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.beside import MOST, is_beside
from ..readers.leaf_cache import cached_by_leaf
from ..readers.setting_lines import setting_lines
from ..readers.texts import Leaf, read_texts


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor whose program sends to `host` if a variable of `variable` is set and none of `elsewhere` is."""

    name: str
    variable: re.Pattern[str]
    elsewhere: re.Pattern[str] | None
    """None if no variable sets another address."""
    host: str


@cache
def vendors() -> tuple[Vendor, ...]:
    """Returns the reviewed vendors."""
    with (DATA / "default_destinations.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Vendor(
                name=row["vendor"],
                variable=lazy_regex(row["variable"]),
                elsewhere=lazy_regex(row["elsewhere"]) if row["elsewhere"] else None,
                host=row["host"],
            )
            for row in csv.DictReader(file)
        )


@cache
def _any_variable() -> re.Pattern[str]:
    """Returns a pattern of the variables of all vendors: most resources have none of them."""
    return re.compile("|".join(f"(?:{vendor.variable.pattern})" for vendor in vendors()))


_LISTED_NAMES = ("].name", "].Name")
"""End of the path of the name of a variable in a list, whose value may come from a secret."""
_SWITCHED_OFF = ("", "0", "false", "off", "no", "offline", "disabled", "dryrun")
_MODE = lazy_regex(r"(?:WANDB|LANGSMITH|LANGCHAIN|COMET|DD|LANGFUSE|POSTHOG|NEW_RELIC)_"
                   r"(?:MODE|DISABLED|TRACING(?:_V2|_ENABLED)?|ENABLED|MONITOR_MODE|TRACE_ENABLED)")  # fmt: skip
"""Variables that switch such a program off."""
_SECRETS = ("kubernetes:core/v1:Secret", "kubernetes:external-secrets.io/", "kubernetes:bitnami.com/",
            "kubernetes:secrets-store.csi.x-k8s.io/", "aws:secretsmanager/", "aws:ssm/parameter",
            "azure-native:keyvault:")  # fmt: skip
"""Types that keep keys. What uses them sets the address."""

_IN_ARGUMENTS = {
    "OpenAI": lazy_regex(r"(?:^|[\s,\"'])(?:base_url=|--openai[-_]api[-_]base[= ])[\"']?https?://\w"),
    "Tailscale": lazy_regex(r"--login-server[= ][\"']?https?://\w"),
}
"""Vendor -> an argument with another address, of a program that takes the vendor's key from the variable: `base_url` of
`lm_eval --model_args` (EleutherAI/lm-evaluation-harness 0064c3a0, lm_eval/models/openai_completions.py), the option of
aider, and that of Tailscale in TS_EXTRA_ARGS (found as strings); read 2026-11-30."""
_IN_SPECS = {("kubernetes:trustyai.opendatahub.io/", "OpenAI"): "base_url"}
"""Objects of which one property makes those arguments, and the name of the argument: an LMEvalJob has `modelArgs`
(trustyai-explainability/trustyai-service-operator, LMEvalJob)."""

_RCLONE_TYPE = lazy_regex(r"RCLONE_CONFIG_\w{1,60}_TYPE", re.IGNORECASE)
_WITH_ADDRESS = frozenset({
    "alias", "archive", "azureblob", "azurefiles", "cache", "chunker", "combine", "compress", "crypt", "ftp", "hasher",
    "hdfs", "http", "local", "memory", "s3", "seafile", "sftp", "smb", "swift", "union", "webdav",
})  # fmt: skip
"""Types of remotes of rclone whose account or address is a setting, or that only wrap another (rclone/rclone 64ab1ac3,
backend, read 2026-11-28). All others are a vendor's own store."""
_REPOSITORY = lazy_regex(r"RESTIC_REPOSITORY2?|(?:-r|--repo|--repository)")
_STORE = lazy_regex(
    r"\b(?:b2|bigquery|cosn?|dropbox|gcs|gdrive|gs|obs|oss|r2)://[^\s\"']{1,200}"
    r"|(?<![\w:/.-])(?:-r|--repo)[ \t=]{1,9}(?:b2|gs|rclone):[^\s\"']{1,200}"
)
"""Address of a store of a vendor abroad, by a scheme that names no host."""
_RCLONE_REMOTE = lazy_regex(
    r"(?<![\w/])rclone[ \t]{1,9}config[ \t]{1,9}create[ \t]{1,9}\S{1,60}[ \t]{1,9}(\w{1,40})"
    r"|\[[\w.-]{1,60}\]\s{1,9}(?:\w{1,40}[ \t]{0,9}=[^\n]{0,300}\n\s{0,9}){0,9}?"
    r"type[ \t]{0,9}=[ \t]{0,9}(\w{1,40})[ \t]*$",
    re.MULTILINE,
)
"""Remotes that a script makes, by the command or by the file of rclone (rclone/rclone 64ab1ac3,
docs/content/docs.md and commands/rclone_config_create.md, read 2026-11-28)."""
_RCLONE_COMMAND = lazy_regex(r"(?<![\w/])rclone\b([^\n|;]{0,300})")
_ON_THE_FLY = lazy_regex(r"[ \t\"']:([a-z][a-z0-9]{1,30})[:,]")
"""Remotes without a name, with their options ("Connection strings", the same)."""
_VENDOR_REPOSITORY = lazy_regex(r"(?:b2|gs|rclone):.*")
_ARGUMENT = lazy_regex(r"(?:^|\.)(?:args|command|arguments|entryPoint)\[\d{1,4}\]$")
"""Path of one argument of a command, of which the program stands elsewhere in the list."""
_ONE_ARGUMENT = lazy_regex(r":([a-z][a-z0-9]{1,30})[:,]\S{0,300}|(b2|gs|rclone):[^\s/]\S{0,300}")
"""A remote of rclone without a name, or a repository of restic, as the whole of an argument."""


def check_defaults(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each setting by which a program sends to its vendor."""
    every = read_texts(resource).leaves
    leaves = [leaf for leaf in every if isinstance(leaf.value, str)]
    yield from (failed(text, leaf.path) for leaf, text in _store.among(every) if isinstance(leaf.value, str))
    if not resource.type.startswith(_SECRETS):
        yield from _check_vendors([*leaves, *setting_lines(leaves)], resource.type)


@cached_by_leaf
def _store(leaf: Leaf) -> str:
    """Returns what a setting says of a store of a vendor; empty if it is none."""
    value = str(leaf.value).strip()
    if _RCLONE_TYPE.fullmatch(leaf.key) and value.lower() not in _WITH_ADDRESS:
        return f"{leaf.path} is a store of a vendor abroad ({value[:40]})"
    for kind in _remotes(value) if "rclone" in value or "rclone" in leaf.path else ():
        if kind not in _WITH_ADDRESS:
            return f"{leaf.path} makes a remote of rclone in a store of a vendor abroad ({kind})"
    argument = _ONE_ARGUMENT.fullmatch(value) if _ARGUMENT.search(leaf.path) else None
    if argument is not None and (argument[1] or argument[2]) not in _WITH_ADDRESS:
        return f"{leaf.path} names a store of a vendor abroad ({value[:40]!r})"
    match = _VENDOR_REPOSITORY.fullmatch(value) if _REPOSITORY.fullmatch(leaf.key) else _STORE.search(value)
    return f"{leaf.path} names a store of a vendor abroad ({match[0][:40]!r})" if match is not None else ""


def _remotes(text: str) -> Iterator[str]:
    """Yields the types of the remotes of rclone that a text makes."""
    yield from ("".join(types).lower() for types in _RCLONE_REMOTE.findall(text))
    yield from (kind for command in _RCLONE_COMMAND.findall(text) for kind in _ON_THE_FLY.findall(command))


def _variable(leaf: Leaf) -> str:
    """Returns the variable that a leaf sets: its key, or the name of an item of a list."""
    return str(leaf.value) if leaf.path.endswith(_LISTED_NAMES) else leaf.key


def _in_arguments(vendor: Vendor, leaves: list[Leaf], token: str) -> Iterator[str]:
    """Yields the paths of arguments that set another address than the vendor's."""
    argument = _IN_ARGUMENTS.get(vendor.name)
    if argument is not None:
        options = ((leaf, f"{leaf.key} " if leaf.key.startswith("--") else "") for leaf in leaves)
        yield from (leaf.path for leaf, option in options if argument.search(f"{option}{leaf.value}"))
    names = {name for (prefix, of), name in _IN_SPECS.items() if of == vendor.name and token.startswith(prefix)}
    yield from (leaf.path for leaf in leaves if ".modelArgs[" in leaf.path and _variable(leaf) in names)


def _check_vendors(leaves: list[Leaf], token: str) -> Iterator[Outcome]:
    variables = [(_variable(leaf), leaf.path) for leaf in leaves]
    if not any(map(_any_variable().fullmatch, {name for name, _ in variables})):
        return
    off = [(leaf.key.partition("_")[0], leaf.path) for leaf in leaves
           if _MODE.fullmatch(leaf.key) and _is_off(leaf.key, str(leaf.value).lower())]  # fmt: skip
    for vendor in vendors():
        elsewhere = [path for name, path in variables if vendor.elsewhere and vendor.elsewhere.fullmatch(name)]
        for name, path in variables:
            if vendor.variable.fullmatch(name) is None:
                continue
            elsewhere = elsewhere or list(_in_arguments(vendor, leaves, token))
            excuses = [*elsewhere[:MOST], *(place for prefix, place in off[:MOST] if name.startswith(prefix))]
            if not any(is_beside(path, place) for place in excuses):
                text = f"{path} sets {name}, and nothing another address than {vendor.name}'s ({vendor.host})"
                yield failed(text, path)
                break


def _is_off(name: str, value: str) -> bool:
    return (value not in _SWITCHED_OFF) if name.endswith("_DISABLED") else value in _SWITCHED_OFF
