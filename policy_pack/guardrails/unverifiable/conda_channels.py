"""Channels of conda from which an environment of Azure Machine Learning takes its programs.

Everybody may open a channel at anaconda.org. Those that pass are of projects and vendors whose packages are reviewed or
their own; a package may name a channel too, as `channel::package`, as `package[channel=NAME]`, or be an address itself
(conda/conda 0f64223f, docs/source/user-guide/concepts/pkg-specs.rst and conda/models/match_spec.py; read 2026-11-30).
"""

import re
from collections.abc import Iterator

import yaml

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource, items_of, one_or_many, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, undetermined

_VERSIONS = azure(
    "machinelearningservices:EnvironmentVersion", "machinelearningservices:EnvironmentSpecificationVersion",
    "machinelearningservices:RegistryEnvironmentVersion",
)  # fmt: skip
_KNOWN = lazy_regex(
    r"(?:(?:https://conda\.anaconda\.org/)?(?:conda-forge|defaults|main|anaconda|nodefaults|microsoft"
    r"|pytorch(?:-lts|-nightly)?|nvidia|bioconda|rapidsai|huggingface|intel|xformers|fastai|pyg)(?:/label/[\w.-]+)?"
    r"|(?:https://repo\.anaconda\.com/)?pkgs/(?:main|r|msys2))(?:/(?:linux-64|noarch))?/?"
)
_BRACKETED = lazy_regex(r"[\[,(\s](?:channel|url)\s?=\s?[\"']?([^\s,\"'\])]{1,300})", re.IGNORECASE)
"""The channel, or the address of the file, in the brackets behind the name of a package."""
_LONGEST_TEXT = 65_536
"""Characters of a file that are read; longer ones are refused."""


def _channels(text: str) -> list[str] | None:
    """Returns the channels that a file names; None if it cannot be read."""
    try:
        data = yaml.safe_load(text) if len(text) <= _LONGEST_TEXT else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None if len(text) > _LONGEST_TEXT else []
    channels, needs = data.get("channels"), data.get("dependencies")
    named = [name for item in items_of(needs) if isinstance(item, str) for name in _named(item)]
    return [str(item) for item in one_or_many(channels) if item is not None] + named


def _named(package: str) -> Iterator[str]:
    """Yields the channels that a package names; its folder if it is an address. What stands behind `#` is no part."""
    text = package.partition("#")[0].strip()
    if "://" in text.partition("[")[0] and "::" not in text:
        yield text.rpartition("/")[0]
    elif "::" in text.partition("[")[0]:
        yield text.partition("::")[0]
    yield from _BRACKETED.findall(text)


def _problem(text: Plain) -> str:
    """Returns why a file must not be used; empty if it may be."""
    if not isinstance(text, str):
        return ""
    channels = _channels(text)
    if channels is None:
        return f"cannot be read as YAML of at most {_LONGEST_TEXT} characters"
    strangers = [item for item in channels if not _KNOWN.fullmatch(item.strip().lower())]
    return f"names {strangers[0]}: a channel that everybody may open decides which programs run" if strangers else ""


def check_channels(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for a file of an environment that cannot be read or names a channel that is not listed."""
    for path, text in walk(resource.props, "properties.condaFile?") if resource.type in _VERSIONS else ():
        if text is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment", path)
        elif problem := _problem(text):
            yield failed(f"{path} {problem}", path)
