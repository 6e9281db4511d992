"""Attributes and metrics of OpenTelemetry with the form of a host, such as service.instance.id and system.disk.io.

Their last labels are top-level domains, below which anybody registers a name: only where a setting speaks of
attributes, labels or metrics are they no hosts, and never in commands or below a key of a host.
"""

import re

from ..engine.data_folder import DATA
from ..engine.lazy_regex import lazy_regex
from ..readers.texts import Leaf

_NAMES = frozenset((DATA / "telemetry_names.txt").read_text(encoding="utf-8").split())
"""open-telemetry/semantic-conventions 384d6616, model, read 2026-11-29."""
_LONGEST_PATH = 400
_OF_TELEMETRY = lazy_regex(
    r"(?:\w+[_-])?(?:keys?|attributes?(?:_as_index_labels)?|labels?|dimensions?|metrics?|metric_?names?|tags?)"
    r"|\w*(?:Attributes?|Labels?|Dimensions?|Metrics?|MetricNames?)"
)
_INSIDE = lazy_regex(r"name|include|exclude|metadata|new_name|label|tag_name|value")
"""Keys that are of telemetry below a key of it, below a processor, or below `extract`."""
_ABOVE = lazy_regex(r"extract|transforms?|group_by\w*|fields")
_OF_HOSTS = lazy_regex(
    r"(?:.*[_.-])?(?:hosts?(?:_?name)?|servers?|remotes?|endpoints?|ur[il]s?|addr(?:ess(?:es)?)?|upstreams?|peers?|proxy"
    r"|targets?|backends?|destinations?|brokers?|forward|sinks?|connect)",
    re.IGNORECASE,
)
_OF_COMMANDS = lazy_regex(r"(?:args|arguments|commands?|cmd|entry_?points?|scripts?|run)", re.IGNORECASE)
_PART = lazy_regex(r"[^.\[\]]+")
_BETWEEN = lazy_regex(r"[\s,]+")
_QUOTED = lazy_regex(
    r"(?P<before>\battributes\s{0,3}(?:\[|,)\s{0,3}|\bname\s{0,3}[!=]=\s{0,3})(?P<quote>[\"'])(?P<name>[\w.]{1,99})"
    r"(?P=quote)"
)
"""Attribute or metric in a statement of a collector, as in `delete_key(attributes, "service.instance.id")`."""


def _parts(leaf: Leaf) -> list[str]:
    return [part for part in _PART.findall(leaf.path[-_LONGEST_PATH:]) if not part.isdecimal()]


def _speaks_of_telemetry(key: str, parts: list[str]) -> bool:
    above = parts[-2] if len(parts) > 1 else ""
    is_inside = _OF_TELEMETRY.fullmatch(above) is not None or _ABOVE.fullmatch(above) is not None
    return _OF_TELEMETRY.fullmatch(key) is not None or (_INSIDE.fullmatch(key) is not None and is_inside)


def without_telemetry(leaf: Leaf) -> str:
    """Returns a text without the names in it that are attributes or metrics."""
    text = str(leaf.value)
    if "." not in text:
        return text
    parts = _parts(leaf)
    if any(map(_OF_HOSTS.fullmatch, (leaf.key, *parts[-3:]))) or any(map(_OF_COMMANDS.fullmatch, parts[-2:])):
        return text
    if len(text) <= _LONGEST_PATH and _speaks_of_telemetry(leaf.key, parts):
        words = _BETWEEN.split(text)
        text = " ".join(word for word in words if word.strip("\"'") not in _NAMES)
    if '"' not in text and "'" not in text:
        return text
    return _QUOTED.sub(lambda found: found["before"] if found["name"] in _NAMES else found[0], text)
