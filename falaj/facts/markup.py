"""Text that others wrote, such as names and tags, as plain text in Markdown, spreadsheets and terminals."""

import unicodedata

_MARKDOWN = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "\\|", "@": "@<!-- -->"} | {
    letter: "\\" + letter for letter in "\\`*_[]#~"
}

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters with which spreadsheets read a cell as a formula (OWASP, CSV Injection, 2026-11)."""


def visible(text: str) -> str:
    """Returns a text in which each control character, and each that turns the direction of a text, is its escape. Line
    breaks and tabs remain, and so do the joiners of Arabic words."""
    if text.isprintable():
        return text
    return "".join(ascii(each)[1:-1] if _is_hidden(each) else each for each in text)


def one_line(text: str) -> str:
    """Returns a visible text in which line breaks and tabs are their escapes too."""
    return (
        text if text.isprintable() else "".join(ascii(each)[1:-1] if each in "\n\t" else visible(each) for each in text)
    )


def in_markdown(text: str) -> str:
    """Returns a text on one line with Markdown, HTML and @-mentions escaped."""
    return "".join(_MARKDOWN.get(each, each) for each in visible(" ".join(text.split())))


def in_spreadsheet(text: str) -> str:
    """Returns the text of a CSV cell, visible, and after an apostrophe if a spreadsheet would read it as a formula."""
    text = visible(text)
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text) else text


def _is_hidden(character: str) -> bool:
    return character not in "\n\t\u200c\u200d" and unicodedata.category(character) in ("Cc", "Cf", "Cs")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
