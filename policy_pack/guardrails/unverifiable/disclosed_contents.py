"""What services show to more people than need it: secrets in the history of runs, error pages for developers, and
packets of a machine in full.

A run of a workflow keeps what each action got, which its readers see unless `secureData` names the outputs (a German
copy of "Secure access and data in Azure Logic Apps", MicrosoftDocs, logic-apps-securing-a-logic-app.md); an activity of
Data Factory, unless `secureOutput` is true (@azure/arm-datafactory, SecureInputOutputPolicy). Programs of ASP.NET Core
show code and requests with an error where `ASPNETCORE_ENVIRONMENT` is Development (UseDeveloperExceptionPage after
IsDevelopment, in ten programs of public repositories); all read 2026-11-30. The connector of Key Vault gets a secret by
the path /secrets/NAME/value (in ten public programs, read 2026-12-01). A capture of packets without filters and with 0
bytes, which is its default, has whatever a machine sends and gets (pulumi-azure-native 3.29.0 docs,
network:PacketCapture, bytesToCapturePerPacket, read 2026-11-30).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import UNKNOWN, Plain, Resource, from_json, leaves, one_or_many
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed
from ..readers.setting_names import setting_names
from ..readers.texts import read_texts

_WORKFLOWS, _PIPELINES = azure("logic:Workflow"), azure("datafactory:Pipeline")
_CAPTURES = azure("network:PacketCapture")
_FILTERED = ("IPAddress", "IpAddress", "Port")
_ALL = frozenset({"*", "0.0.0.0/0", "0-65535", "1-65535", "0.0.0.0-255.255.255.255"})
_HEADERS = 256
"""Bytes of a packet that have its addresses and ports, and hardly any of what it carries; decided here."""
_SECRET_PATH = lazy_regex(r"/secrets/[^\s?]{1,500}/value\b", re.IGNORECASE)
_VAULT = lazy_regex(r"\bvault\.azure\.net\b[^\n]{0,200}?/secrets\b|@Microsoft\.KeyVault\(", re.IGNORECASE)
_LONGEST, _DEEPEST = 4000, 24
_OUTPUTS = lazy_regex(r"\b(?:body|outputs|actions)\s{0,9}\(\s{0,9}'([^']{1,200})'", re.IGNORECASE)
"""An action whose outputs an expression has (copies of Azure Logic Apps, "Reference guide to functions", read
2026-12-01)."""
_DEVELOPERS = lazy_regex(r"aspnetcoreenvironment|aspnetcoredetailederrors|dotnetenvironment")
_SHOWS = frozenset({"development", "true", "1"})
_PRODUCTION = ("prod", "production", "live")
"""Environments of stacks: in those of developers the page is what it is for."""


def _packets(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for a capture of every packet as a whole. A filter names an address or a port."""
    size, path = number_of(resource.get("bytesToCapturePerPacket")), "bytesToCapturePerPacket"
    filters = [item for item in one_or_many(resource.get("filters")) if isinstance(item, dict)]
    named = (item.get(f"{side}{kind}") for item in filters for side in ("local", "remote") for kind in _FILTERED)
    is_limited = resource.get("filters") is UNKNOWN or any(str(value or "*").strip() not in _ALL for value in named)
    is_whole = resource.get(path) is not UNKNOWN and (not size or size > _HEADERS)
    if is_whole and not is_limited:
        text = f"{path} must be {_HEADERS} at most, or filters name an address or a port: packets have data and tokens"
        yield failed(text, path)


def check_disclosed(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each secret that a run keeps for its readers, and for each page for developers."""
    if resource.type in _WORKFLOWS:
        for path, action in _steps(from_json(resource.get("definition")), "definition"):
            if _gets_secret(action) and not _hides_outputs(action):
                yield failed(f"{path} gets a secret that readers of the run see: name outputs in secureData of its "
                             "runtimeConfiguration", path)  # fmt: skip
        yield from _check_answers(resource)
    if resource.type in _CAPTURES:
        yield from _packets(resource)
    if resource.type in _PIPELINES:
        for path, activity in _steps(resource.get("activities"), "activities"):
            policy = activity.get("policy")
            is_hidden = isinstance(policy, dict) and str(policy.get("secureOutput")).lower() == "true"
            is_call = str(activity.get("type")) == "WebActivity" and _VAULT.search(_text(activity.get("url")))
            if is_call and not is_hidden:
                text = f"{path} gets a secret that readers of the run see: set secureOutput of its policy to true"
                yield failed(text, path)
    if resource.environment in _PRODUCTION:
        yield from _pages(resource)


def _check_answers(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each answer to a caller that has what an action got from a vault."""
    steps = list(_steps(from_json(resource.get("definition")), "definition"))
    secrets = {path.rpartition(".")[2].lower() for path, action in steps if _gets_secret(action)}
    for path, action in steps:
        if str(action.get("type")).lower() == "response" and not secrets.isdisjoint(_named(action.get("inputs"))):
            yield failed(f"{path} answers callers with a secret of a vault: use it in a call of the flow", path)


def _named(value: Plain) -> set[str]:
    """Returns the names of actions, in lower case, whose outputs a value has."""
    return {name.lower() for _, _, text in leaves(value) for name in _OUTPUTS.findall(str(text)[:_LONGEST])}


def _pages(resource: Resource) -> Iterator[Outcome]:
    for leaf in read_texts(resource).leaves:
        is_on = isinstance(leaf.value, str | bool) and str(leaf.value).strip(" \"'").lower() in _SHOWS
        if is_on and any(map(_DEVELOPERS.fullmatch, setting_names(leaf))):
            yield failed(f"{leaf.path}: an error page shows code, headers and cookies to callers in production: leave "
                         "it out, or set Production", leaf.path)  # fmt: skip


def _steps(value: Plain, path: str, depth: int = 0) -> Iterator[tuple[str, dict[str, Plain]]]:
    """Yields each action or activity, also those in loops and branches, with its path."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield path, value
        for name, item in value.items():
            yield from _steps(item, f"{path}.{name}", depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _steps(item, f"{path}[{index}]", depth + 1)


def _gets_secret(action: dict[str, Plain]) -> bool:
    inputs = action.get("inputs")
    if not isinstance(inputs, dict):
        return False
    is_connector = str(action.get("type")) == "ApiConnection" and _SECRET_PATH.match(_text(inputs.get("path")))
    is_call = str(action.get("type")).lower() == "http" and _VAULT.search(_text(inputs.get("uri")))
    return bool(is_connector or is_call)


def _hides_outputs(action: dict[str, Plain]) -> bool:
    settings = action.get("runtimeConfiguration")
    secure = settings.get("secureData") if isinstance(settings, dict) else None
    named = secure.get("properties") if isinstance(secure, dict) else None
    return any(str(item).lower() == "outputs" for item in one_or_many(named))


def _text(value: Plain) -> str:
    """Returns a text, or that of an expression of Data Factory."""
    return str(value.get("value") if isinstance(value, dict) else value)[:_LONGEST]
