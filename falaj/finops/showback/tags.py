"""Tags of a charge: the keys that say who pays."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from falaj.finops.showback.engine import text
from falaj.finops.showback.files import SourceFile
from falaj.finops.showback.scans import LONGEST_LINE
from falaj.finops.showback.staging import invalid_tags

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TAG_FIELDS = {
    "site": "site",
    "business-unit": "business_unit",
    "project": "project",
    "tenant": "tenant",
    "environment": "environment",
    "cost-centre": "cost_centre",
}
"""Key of a tag -> field of a charge."""

UNTAGGED = "(untagged)"


_BATCH = 10_000
_SHOWN = 40
"""Letters of a key that a note shows."""

_LONGEST_OBJECT = 12 * LONGEST_LINE
"""Longest line in bytes of the file of fields: JSON writes a byte as up to six, and a field repeats a tag's value."""

_DEFAULTS = {"site": "staged.region"}
"""Value of a field without a tag."""


_SPELT = {re.sub("[^a-z]", "", key): key for key in TAG_FIELDS}
"""Letters of a key -> the key: people write `BusinessUnit`, `cost_center` and `Cost Centre` too."""


def write_tag_fields(
    connection: "DuckDBPyConnection", files: Sequence[SourceFile], target: Path
) -> tuple[list[str], list[str]]:
    """Fills the table `tag_fields` with the fields of each different set of tags, and returns the expressions of the
    fields, and notes on keys that are not read because they are spelt differently. Few sets are different, so they are
    parsed here instead of in each row. Raises `BadInput`.
    """
    unread: set[tuple[str, str]] = set()
    distinct = connection.execute("SELECT tags, min(file) FROM staged WHERE tags IS NOT NULL GROUP BY tags")
    fields = tuple(TAG_FIELDS.values())
    with target.open("w", encoding="utf-8") as opened:
        while batch := distinct.fetchmany(_BATCH):
            for tags, path in batch:
                values = tag_values(tags)
                if values is None:
                    raise invalid_tags(connection, next(file for file in files if str(file.path) == path), tags)
                opened.write(json.dumps({"tags": tags, **dict.fromkeys(fields), **values}) + "\n")
                unread.update(_misspelt(tags))
    columns = ", ".join(f"{text(name)}: 'VARCHAR'" for name in ("tags", *fields))
    connection.execute(
        f"CREATE TABLE tag_fields AS SELECT * FROM read_json({text(str(target))}, columns = {{{columns}}}, "
        f"format = 'newline_delimited', maximum_object_size = {_LONGEST_OBJECT})"
    )
    notes = [f"tags with the key {given} are not read: the key is {key}" for given, key in sorted(unread)]
    return [f"coalesce(tag_fields.{name}, {_DEFAULTS.get(name, text(UNTAGGED))}) AS {name}" for name in fields], notes


def _parsed(text: str) -> object:
    """Returns the tags of a row. Azure's cost details omit the braces."""
    return json.loads(text if text.lstrip().startswith("{") else f"{{{text}}}")


def _key(given: str) -> str:
    """Returns the key of a tag. AWS prefixes those of users with `user:`."""
    return given.lower().removeprefix("user:")


def _misspelt(text: str) -> Iterator[tuple[str, str]]:
    """Yields the keys of a row's tags that are almost those that are read, with these."""
    for given in cast(Mapping[str, object], _parsed(text)):
        key = _SPELT.get(re.sub("[^a-z]", "", _key(given)).replace("center", "centre"), "")
        if key and key != _key(given) and given.isprintable():
            yield given[:_SHOWN], key


def _text(value: object) -> str:
    """Returns a value as the export writes it: `true` is a tag without a value (FOCUS 1.2, Tags)."""
    return value if isinstance(value, str) else json.dumps(value)


def tag_values(text: str) -> dict[str, str] | None:
    """Returns the fields in the JSON of a row's tags, or None if it is none. Half of a character (`\\ud800` alone) is a
    value that no file can hold.
    """
    try:
        tags = _parsed(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(tags, Mapping):
        return None
    by_key = ((_key(key), value) for key, value in tags.items() if value)
    fields = {TAG_FIELDS[key]: _text(value) for key, value in by_key if key in TAG_FIELDS}
    try:
        "".join(fields.values()).encode()
    except UnicodeEncodeError:
        return None
    return fields
