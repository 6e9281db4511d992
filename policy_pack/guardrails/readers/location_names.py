"""Finds regions and zones outside the UAE in one text: alone, assigned to a key, in ARNs, and in host names.

A region in prose counts for nothing. The time is linear in the length of the text: expressions start at the beginning
of a word, and look back at most `_LOOK_BACK` characters.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from falaj.facts.region_names import AWS_REGION, AWS_ZONE_ID, AZURE_REGIONS, GOOGLE_REGION
from falaj.facts.regions import REGIONS, Cloud, normalise_azure, uae_regions

from ..engine.lazy_regex import lazy_regex

AWS_UAE = uae_regions(Cloud.AWS)
AZURE_UAE = uae_regions(Cloud.AZURE)
UAE = uae_regions()
_ZONE_IDS = frozenset(zone for region in REGIONS.values() for zone in region.zone_ids)
AZURE_ABROAD = AZURE_REGIONS - AZURE_UAE


class Form(StrEnum):
    """How a text names a place."""

    NAME = "names"
    ARN = "is an ARN in"
    HOST = "is an address in"


class Location(NamedTuple):
    """A place outside the UAE, and how the text names it."""

    form: Form
    name: str


_ALONE = lazy_regex(rf"({AWS_REGION.pattern})((?:-[a-z0-9]{{2,4}}){{0,5}}?(?:-[0-9])?)[a-z]?")
"""A region, availability zone, local zone or Wavelength zone of AWS, such as `us-east-1-wl1-bos-wlz-1`."""
_ANY_REGION = lazy_regex(r"[a-z]{2,4}(?:-[a-z]{1,12}){1,3}-[0-9]{1,2}")
"""Region of AWS, or of a cloud that names regions alike, such as `eu-frankfurt-1`."""
LOCATION_KEY = lazy_regex(r"region|location|zone", re.IGNORECASE)

_WITH_UNDERLINES = lazy_regex(
    r"(?:us|eu|ap|europe|asia|australia|africa|north_?america|south_?america|middle_east)"
    r"(?:_(?:north|south|east|west|central)\w{0,4}){1,2}(?:_\d{1,2})?"
    r"|(?:north|south|east|west|central)\w{0,8}_(?:us|europe|asia|asia_pacific|america|africa|australia)(?:_\d{1,2})?"
)
"""Names of regions of a service that writes them with underlines, such as `WESTERN_EUROPE` (MongoDB Atlas,
"Cloud Providers and Regions": those of AWS are its own, `EU_WEST_1`, and the others ones of Atlas; read 2026-11-30)."""
_LOOK_BACK = 64
_ARN_BEFORE = lazy_regex(r"arn:[a-z-]{1,20}:[a-z0-9-]{0,30}:$")
_ASSIGNED_BEFORE = lazy_regex(
    r"[=@]\s?$"
    r"|(?:region|zone|location)[a-z0-9_.\]-]{0,20}[\"']?(?:\s?[:=]|\s|>)[^\n;&|]{0,30}$"
    r"|(?:^|\n)[ \t]{0,40}-[ \t]{1,9}$"
)
"""What stands before a value: `=`, the `@` of `s3://bucket@region/`, a key of a place, or the dash of a list."""
_DIRECTIONS = ("west-", "east-", "central-", "north-", "south-")
_WORD = lazy_regex(r"[a-z0-9._-]+")
_AZURE_ASSIGNED = lazy_regex(
    r"(?:=|\s-l\s|(?:location|region|zone)[a-z_.-]{0,20}[\"']?[ \t]{0,4}[:= \t>])[ \t]{0,4}[\"'\[]{0,2}"
    r"([a-z]{2,26}(?: [a-z]{2,12}){0,2}(?: ?[0-9]{1,2})?)"
)
"""A word or a display name that is assigned. `-l` is the location in commands of the Azure CLI."""
_CACHE_HOST = lazy_regex(r"\.([a-z]{2,4}[0-9])\.cache\.amazonaws\.com")
"""Hosts of ElastiCache have short names of regions, such as `euw1`."""
CACHE_UAE = frozenset(zone_id.partition("-")[0] for zone_id in _ZONE_IDS)
AZURE_HOSTS = (
    ".azure.com", ".azure.net", ".windows.net", ".azmk8s.io", ".azurecr.io", ".azurewebsites.net", ".microsoft.com",
    ".azurecontainerapps.io", ".azure-api.net", ".azurefd.net", ".trafficmanager.net",
    ".azure.privatelinkservice",
)  # fmt: skip


def foreign_aws_region(name: str) -> str:
    """Returns the region outside the UAE that is all of a text, or to which a zone belongs; empty if there is none.

    Local zones may be in another country than their region, such as that of Lagos, and none is known in the UAE.
    """
    match = _ALONE.fullmatch(name)
    if match is None:
        return name if AWS_ZONE_ID.fullmatch(name) and name not in _ZONE_IDS else ""
    is_local_zone = match[2] != ""
    return name if is_local_zone else "" if match[1] in AWS_UAE else match[1]


def foreign_azure_region(name: str) -> str:
    """Returns the region of Azure outside the UAE that is all of a text, or to which a zone such as `westeurope-2`
    belongs; empty if there is none."""
    region, dash, zone = name.rpartition("-")
    return next((item for item in (name, region if dash and zone.isdigit() else "") if item in AZURE_ABROAD), "")


def locations_in(text: str, key: str) -> tuple[Location, ...]:
    """Returns the places outside the UAE that a text names; `key` is the key of the text."""
    if len(text) < _SHORTEST:
        return ()
    is_location = _is_location_key(key)
    return (
        _locations_in_short(text, is_location)
        if len(text) <= _LONGEST_KEPT
        else tuple(_locations(text.lower(), is_location))
    )


@cache
def _is_location_key(key: str) -> bool:
    return LOCATION_KEY.search(key) is not None


_LONGEST_KEPT = 256
"""Length of texts whose places are kept: resources repeat ARNs, names and addresses."""


@lru_cache(maxsize=4096)
def _locations_in_short(text: str, is_location: bool) -> tuple[Location, ...]:
    return tuple(_locations(text.lower(), is_location))


def _locations(text: str, is_location: bool) -> Iterator[Location]:
    names = [text.strip(), *(_SEPARATORS.split(text) if is_location else ())]
    found = dict.fromkeys(name for item in names if (name := _location_alone(item, is_location)))
    if found:
        yield from (Location(Form.NAME, name) for name in found)
        return
    if "\\" in text:
        text = text.replace("\\", "")
    if any(direction in text for direction in _DIRECTIONS):
        yield from _aws_locations(text)
    if "." in text:
        yield from _azure_hosts(text)
        yield from (Location(Form.HOST, name) for name in _CACHE_HOST.findall(text) if name not in CACHE_UAE)
    for match in _AZURE_ASSIGNED.finditer(text):
        words = match[1].split(" ")
        beginnings = ("".join(words[:count]) for count in range(len(words), 0, -1))
        yield from (Location(Form.NAME, name) for name in beginnings if name in AZURE_ABROAD)


_SEPARATORS = lazy_regex(r"[,;\s\[\]\"'|]+")


def _location_alone(text: str, is_location: bool) -> str:
    """Returns the text if it is a place outside the UAE, or the region of its zone; else an empty text."""
    if not _SHORTEST <= len(text) <= _LOOK_BACK:
        return ""
    found = foreign_aws_region(text) or foreign_azure_region(text)
    if found or not is_location:
        return found
    if "_" in text and (
        foreign_aws_region(text.replace("_", "-"))
        or foreign_azure_region(text.replace("_", ""))
        or _WITH_UNDERLINES.fullmatch(text)
    ):
        return text
    is_region = normalise_azure(text) in AZURE_ABROAD or GOOGLE_REGION.fullmatch(text) is not None
    return text if is_region or (_ANY_REGION.fullmatch(text) and text not in UAE) else ""


_SHORTEST = 5
"""Length of the shortest name of a place, such as `arlem`."""


def _aws_locations(text: str) -> Iterator[Location]:
    for match in AWS_REGION.finditer(text):
        region = match[0]
        if region in AWS_UAE:
            continue
        start, end = match.span()
        before, after = text[max(0, start - _LOOK_BACK) : start], text[end : end + 2]
        if after[:1] == ":" and _ARN_BEFORE.search(before):
            yield Location(Form.ARN, region)
        elif after[:1] == "." and after[1:].isalnum():
            yield Location(Form.HOST, region)
        elif _ASSIGNED_BEFORE.search(before) or (before[-1:] in "\"'" and after[:1] in "\"'" and before and after):
            yield Location(Form.NAME, region)


def _azure_hosts(text: str) -> Iterator[Location]:
    for word in _WORD.findall(text):
        if word.rstrip(".").endswith(AZURE_HOSTS):
            for part in re.split(r"[.-]", word):
                if part in AZURE_ABROAD:
                    yield Location(Form.HOST, part)
