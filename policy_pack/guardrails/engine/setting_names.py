"""Which names sections of enforcement.yaml may list. All names that may not are reported at once."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from pydantic import AfterValidator

from .lazy_regex import lazy_regex

Listed = TypeVar("Listed", bound=Mapping[str, object] | tuple[str, ...])


def names(pattern: str | re.Pattern[str], otherwise: str, *refused: tuple[re.Pattern[str], str]) -> AfterValidator:
    """Returns a validator of a field: each key of a mapping, or item of a tuple, matches `pattern` as a whole, and none
    of the patterns in `refused`.

    `otherwise`, and the text beside each refused pattern, continue a sentence that begins with the name in quotes, and
    have it again for `{name}`.
    """
    wanted = lazy_regex(pattern) if isinstance(pattern, str) else pattern

    def harm(name: str) -> str | None:
        if not wanted.fullmatch(name):
            return otherwise
        return next((text for unwanted, text in refused if unwanted.fullmatch(name)), None)

    return AfterValidator(_checked(harm))


def _checked(harm: Callable[[str], str | None]) -> Callable[[Listed], Listed]:
    def check(listed: Listed) -> Listed:
        if wrong := list(_sentences(listed, harm)):
            raise ValueError("; ".join(wrong))
        return listed

    return check


def _sentences(listed: Iterable[str], harm: Callable[[str], str | None]) -> Iterable[str]:
    texts = ((name, harm(name)) for name in listed)
    return (f"'{name}' {text.replace('{name}', name)}" for name, text in texts if text is not None)
