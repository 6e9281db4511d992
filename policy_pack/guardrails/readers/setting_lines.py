"""Settings inside texts that are neither JSON nor YAML: lines of INI, TOML, properties and unit files, assignments of a
shell, properties of a Java program (`-Dname=value`), lines `name: value` of files with blocks, and options without a
value, which are switched on by their name.

INI's sections by Python, "configparser", TOML's tables by toml.io v1.0.0, properties by Java SE, `Properties.load`,
`Environment=` by systemd.exec(5); read 2026-11-28. In HOCON and in files of NATS a value stands behind `=`, `:` or a
space, and a block is a name with braces (nats-io/nats.docs 9885608 running-a-nats-service/configuration/README.md; read
2026-11-29). Properties of Hadoop, Hive and HBase are elements with a name and a value (apache/hadoop, hdfs-site.xml,
found as strings in public repositories; read 2026-12-02). Repetitions are bounded, so that the time is linear in the
length.
"""

import re
from collections.abc import Iterable, Iterator

from ..engine.lazy_regex import lazy_regex
from .texts import Leaf

_COMMENTS = ("#", ";", "//")
_SECTION = lazy_regex(r"[ \t]{0,40}\[{1,2}[ \t]{0,9}[\"']?(?P<name>[\w. -]{1,80}?)[\"']?[ \t]{0,9}\]{1,2}[ \t]{0,40}")
_LINE = lazy_regex(
    r"[ \t]{0,40}(?:(?:export|set|env)[ \t]{1,9}|Environment=[\"']?)?(?P<name>[A-Za-z_][\w.-]{2,100})"
    r"[ \t]{0,40}=[ \t]{0,40}(?P<value>[^\n]*)",
    re.IGNORECASE,
)
_BLOCK = lazy_regex(r"^[ \t]{0,40}[A-Za-z_][\w.-]{0,100}[ \t]{0,9}[:=]?[ \t]{0,9}\{", re.MULTILINE)
_LINE_OF_BLOCK = lazy_regex(
    r"[ \t]{0,40}(?P<name>[A-Za-z_][\w.-]{2,100})[ \t]{0,9}:[ \t]{0,9}(?P<value>[^\s{\[][^\n{}]{0,500}?),?[ \t]{0,9}"
)
_DOCKER_LINE = lazy_regex(r"[ \t]{0,40}ENV[ \t]{1,9}(?P<name>[A-Za-z_]\w{2,100})[ \t=]{1,9}(?P<value>[^\n]*)")
_WORD = lazy_regex(
    r"(?:(?<![^\s;&|(,\"'\[])(?:-D|--?)?)(?P<name>[A-Za-z_][\w.-]{2,100})="
    r"(?P<value>[BbFfRrUu]{0,2}(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}')|[^\s\"';&|,]{0,200})"
)
_ELEMENT = lazy_regex(
    r"<name>\s{0,99}(?P<name>[A-Za-z_][\w.-]{2,100})\s{0,99}</name>\s{0,99}"
    r"<value>\s{0,99}(?P<value>[^<]{0,500})</value>",
    re.IGNORECASE,
)
"""A name and a value in XML, one behind the other."""
_NAME = lazy_regex(r"<name>\s{0,99}(?P<name>[A-Za-z_][\w.-]{2,100})\s{0,99}</name>")
_XML_VALUE = lazy_regex(r"<value>(?:\s{0,99}<!\[CDATA\[)?(?P<value>[^<\]]{0,500})(?:\]\]>\s{0,99})?</value>")
"""Elements of a property in XML, in any order, with a description or without (org.apache.hadoop.conf.Configuration, as
known)."""
_QUOTED = lazy_regex(r"[bfru]{0,2}(?P<quote>[\"'])(?P<text>.*)(?P=quote)", re.IGNORECASE)
"""A text in quotes, perhaps with a prefix of Python."""
_SWITCH = lazy_regex(r"(?<![\w-])--(?P<name>[A-Za-z][\w.-]{2,60}+)(?=\s{0,9}(?:$|[-;&|)\"'\]\n\\]))")


def setting_lines(leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """Yields the settings in the texts of leaves, by their name, and by the section before it and the name."""
    for leaf in leaves:
        if not isinstance(leaf.value, str):
            continue
        if "=" in leaf.value or "--" in leaf.value or "ENV " in leaf.value:
            yield from dict.fromkeys(_settings(leaf.path, leaf.value))
        if ":" in leaf.value and "\n" in leaf.value and _BLOCK.search(leaf.value):
            yield from dict.fromkeys(_settings_of_blocks(leaf.path, leaf.value))
        if "<value>" in leaf.value:
            yield from dict.fromkeys(_settings_of_elements(leaf.path, leaf.value))


def _settings_of_elements(path: str, text: str) -> Iterator[Leaf]:
    """Yields the properties in XML that are no comment."""
    first, *others = text.split("<!--")
    plain = "".join((first, *(part.partition("-->")[2] for part in others)))
    yield from (Leaf(path, match["name"], match["value"].strip(), True) for match in _ELEMENT.finditer(plain))
    for part in plain.split("<property>")[1:]:
        inside = part.partition("</property>")[0]
        if (name := _NAME.search(inside)) and (value := _XML_VALUE.search(inside)):
            yield Leaf(path, name["name"], value["value"].strip(), True)


def _settings_of_blocks(path: str, text: str) -> Iterator[Leaf]:
    """Yields the lines `name: value` of a file with blocks."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith(_COMMENTS))
    found = (match for line in lines if (match := _LINE_OF_BLOCK.fullmatch(line)))
    yield from (Leaf(path, match["name"], _unquoted(match["value"]), True) for match in found)


def _settings(path: str, text: str) -> Iterator[Leaf]:
    section = ""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(_COMMENTS)]
    for line in lines:
        heading = _SECTION.fullmatch(line)
        section = f"{heading['name']}." if heading else section
        setting = _LINE.fullmatch(line) or _DOCKER_LINE.fullmatch(line)
        if setting:
            for name in dict.fromkeys((section + setting["name"], setting["name"])):
                yield Leaf(path, name, _unquoted(setting["value"]), True)
    plain = "\n".join(lines)
    yield from (Leaf(path, match["name"], _unquoted(match["value"]), True) for match in _WORD.finditer(plain))
    yield from (Leaf(path, match["name"], "true", True) for match in _SWITCH.finditer(plain))


def _unquoted(value: str) -> str:
    """Returns a value without the quotes around it, a comment after it, or the end of a statement."""
    plain = value.split(" #")[0].strip().rstrip(";")
    quoted = _QUOTED.fullmatch(plain)
    return quoted["text"] if quoted else plain.strip("\"'")
