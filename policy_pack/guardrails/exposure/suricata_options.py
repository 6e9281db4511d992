"""Options of rules of Suricata that look into the traffic, and those that whatever comes meets.

A pattern limits a rule if each name that it matches has some letters of its choosing: `pcre:"/^[a-z.]+$/"`,
`content:"."` and `content:!"one.example"` are met by nearly every name (OISF/suricata 0130ed7c, doc/userguide/rules,
payload-keywords.rst and intro.rst, read 2026-11-30).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex

_OPTION = lazy_regex(r'(?:[^;"]|"(?:[^"\\]|\\[\s\S])*(?:"|\Z))+')
_COMPARING = lazy_regex(
    r"(?:content|pcre|(?:tls|http|dns)\.[\w.]+[ \t]*:|geoip|aws_(?:url|domain)_category"
    r"|app-layer-protocol|ip_proto|flowbits|xbits|dotprefix|dataset|iprep|ja[34]|flow:[^;]*not_established)",
    re.IGNORECASE,
)
"""Options that compare. The name of a buffer alone, such as `tls.sni`, compares nothing."""
_PATTERN = lazy_regex(r'(content|pcre)\s*+:\s*+(!?)\s*"((?:[^"\\]|\\[\s\S])*)"', re.IGNORECASE)
_MODIFIER = lazy_regex(r"dotprefix\s*", re.IGNORECASE)
_PCRE = lazy_regex(r"/([\s\S]*)/\w*")
_OF_EVERY_REQUEST = lazy_regex(r"\s*(?:http\.(?:method|protocol|request_line)|tls\.version)\s*", re.IGNORECASE)
"""Buffers that say nothing of where a request goes."""
_TOP = lazy_regex(r"\.?(?:com|net|org|io|info|co|app|dev|ae|cloud|www)\.?", re.IGNORECASE)
"""Ends and beginnings of names that anybody registers."""
_BYTES = lazy_regex(r"\|((?:[0-9a-f]{2} ?)+)\|", re.IGNORECASE)
"""Characters of a pattern by their numbers, such as `|2e|` for a dot."""
_LETTERS = 3
"""Letters and digits that a name must have for a pattern to say something about it; decided here."""
_DEEPEST = 30
"""Groups in groups that are looked into; what is deeper says nothing."""


def is_limited(options: str) -> bool:
    """Returns whether one of the options of a rule is met by some traffic only."""
    buffer = ""
    for option in _options(options):
        pattern = _PATTERN.match(option)
        if pattern is not None:
            is_of_every = _OF_EVERY_REQUEST.fullmatch(buffer) is not None
            if not is_of_every and not pattern[2] and _says_something(pattern[1].lower(), pattern[3]):
                return True
        elif _COMPARING.match(option) and not _MODIFIER.fullmatch(option) and not _OF_EVERY_REQUEST.match(option):
            return True
        elif "." in option:
            buffer = option
    return False


def _options(text: str) -> Iterator[str]:
    """Yields the options of a rule. A semicolon in quotes separates none."""
    return (match[0].strip() for match in _OPTION.finditer(text))


def _says_something(kind: str, pattern: str) -> bool:
    if kind == "content":
        text = _BYTES.sub(lambda found: bytes.fromhex(found[1].replace(" ", "")).decode("latin-1"), pattern)
        return _TOP.fullmatch(text) is None and len(re.sub(r"[\W_]", "", text)) >= _LETTERS
    match = _PCRE.fullmatch(pattern)
    if match is None:
        return True
    text, is_known = _Expression(match[1]).fixed()
    return not is_known or (len(re.sub(r"[\W_]", "", text)) >= _LETTERS and _TOP.fullmatch(text) is None)


class _Expression:
    """A regular expression, read for the letters that whatever it matches has."""

    def __init__(self, text: str) -> None:
        """Reads from the beginning of an expression."""
        self._text, self._at = text, 0

    def fixed(self, depth: int = 0) -> tuple[str, bool]:
        """Returns the letters that each match has, in their order, and whether the expression was understood."""
        branches, parts, is_known = list[str](), list[str](), depth <= _DEEPEST
        while is_known and self._at < len(self._text):
            char = self._text[self._at]
            self._at += 1
            if char == ")":
                break
            if char == "|":
                branches.append("".join(parts))
                parts.clear()
            elif char == "(":
                found, is_known = self._group(depth)
                parts.append(self._quantified(found))
            else:
                parts.append(self._quantified(self._one(char)))
        return min((*branches, "".join(parts)), key=len), is_known

    def _group(self, depth: int) -> tuple[str, bool]:
        """Reads a group, whose parenthesis was read. What looks ahead or behind must not count."""
        match = re.compile(r"\?(?:[:>|]|<?[!=]|P?<\w+>|[imsx-]+[:)])").match(self._text, self._at)
        self._at = match.end() if match else self._at
        if match is not None and match[0].endswith(")"):
            return "", True
        found, is_known = self.fixed(depth + 1)
        return ("" if match is not None and match[0].endswith(("!", "=")) else found), is_known

    def _one(self, char: str) -> str:
        """Reads a character, a class of them or an escape; returns the character if it is that one only."""
        if char == "[":
            end = re.compile(r"\^?\]?(?:[^\]\\]|\\[\s\S])*\]?").match(self._text, self._at)
            inner, self._at = (end[0], end.end()) if end else ("", self._at)
            return inner[0] if len(inner) == len("a]") and inner[0].isalnum() else ""
        if char == "\\":
            escaped = self._text[self._at : self._at + 1]
            self._at += 1
            return "" if escaped.isalnum() else escaped
        return "" if char in "^$." else char

    def _quantified(self, text: str) -> str:
        """Reads what says how often a part comes; nothing is fixed of one that may be left out."""
        match = re.compile(r"(?:[*+?]|\{(\d*)(?:,\d*)?\})[+?]?").match(self._text, self._at)
        if match is None:
            return text
        self._at = match.end()
        is_left_out = match[0][0] in "*?" or (match[0][0] == "{" and match[1] in ("", "0"))
        return "" if is_left_out else text
