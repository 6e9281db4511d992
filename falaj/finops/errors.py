"""Errors in the input."""

import reprlib

MAX_LENGTH = 2500
"""Longest message; a longer one, of thousands of digits or of thousands of errors, is cut."""

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 120


class BadInput(Exception):
    """A plan, usage file, price or rate is invalid. The message is one sentence with its location."""

    def __init__(self, location: str, sentence: str) -> None:
        self.location = location
        message = " ".join((f"{location}: {sentence}" if location else sentence).splitlines())
        super().__init__(message if len(message) <= MAX_LENGTH else f"{message[:MAX_LENGTH]} ...")


def shown(value: object) -> str:
    """Returns a value for a message, shortened: an alias of YAML may repeat a large one many times."""
    try:
        return _SHORT.repr(value)
    except ValueError:  # an integer of thousands of digits
        return "a number of thousands of digits"
