"""Values whose harm another field decides, which a row of one path in the table of switches cannot state.

Numbers of `sslMode` mean something else for each linked service of Data Factory. A filter of a model that only notes
what it finds is usual for text and code that others own; for harm, and for prompts that take a model over, it is none.
A site of Direct Line believes whatever user and origin a page names, unless enhanced authentication is switched on
(MicrosoftDocs/bot-docs, "Connect a bot to Direct Line"); a page of Web Chat has no such choice, as known.
Properties by their descriptions in pulumi-azure-native 3.29.0, read on 2026-11-29; names of filters as known.
"""

from collections.abc import Iterator

from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Resource, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, undetermined

_SOURCE = azure("datafactory:LinkedService")[0]
_POSTGRES = frozenset({"azurepostgresql", "postgresqlv2", "greenplum"})
_PREFER = 2
"""Of these services, whose numbers are those of libpq: TLS if the server offers it. Of others it is required."""

_MODELS = azure("cognitiveservices:RaiPolicy", "cognitiveservices:SubscriptionRaiPolicy",
                "machinelearningservices:RaiPolicy")  # fmt: skip
_HARMS = frozenset({"hate", "sexual", "violence", "selfharm", "jailbreak", "indirectattack"})

_CHANNEL = azure("botservice:Channel")[0]


def check_decided_values(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each value that does harm beside the field that decides on it."""
    if resource.type == _SOURCE:
        yield from _check_source(resource)
    elif resource.type in _MODELS:
        yield from _check_filters(resource)
    elif resource.type == _CHANNEL:
        yield from _check_sites(resource)


def _check_source(resource: Resource) -> Iterator[Outcome]:
    kinds = {str(kind).strip().lower() for _, kind in walk(resource.props, "properties.type")}
    for path, mode in walk(resource.props, "properties?.sslMode?") if kinds & _POSTGRES else ():
        if number_of(mode) == _PREFER:
            yield failed(f"{path} must not be {_PREFER}: otherwise the source may be reached without TLS", path)


def _check_filters(resource: Resource) -> Iterator[Outcome]:
    for path, item in walk(resource.props, "properties?.contentFilters[*]"):
        for index, one in enumerate(item if isinstance(item, list) else [item]):
            if not isinstance(one, dict) or _plain(one.get("name")) not in _HARMS:
                continue
            place = f"{path}[{index}].blocking"
            if one.get("blocking") is UNKNOWN:
                yield undetermined(f"{place} must be true, and this is not known before deployment", place)
            elif _plain(one.get("blocking")) == "false":
                yield failed(f"{place} must be true: otherwise what the filter finds passes", place)


def _check_sites(resource: Resource) -> Iterator[Outcome]:
    kinds = {_plain(kind) for _, kind in walk(resource.props, "properties.channelName")}
    sites = walk(resource.props, "properties?.properties?.sites?.isSecureSiteEnabled")
    for path, value in sites if "directlinechannel" in kinds else ():
        if value is MISSING:
            yield failed(f"{path} must be true: otherwise a page speaks for any user", path)


def _plain(value: object) -> str:
    return str(value).lower().replace(" ", "").replace("_", "")
