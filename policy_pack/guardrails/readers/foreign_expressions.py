"""Regular expressions that programs in other languages read."""

import re
import warnings


def compiled(expression: str) -> re.Pattern[str] | None:
    """Returns an expression of Java or Go as Python reads it; None if Python cannot."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python warns of classes that they have and that it may have one day.
            return re.compile(expression)
    except (re.error, OverflowError, RecursionError):
        return None
