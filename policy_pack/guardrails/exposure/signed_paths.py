"""Files at the edge that need a signature, except for whoever asks by a path that an earlier behaviour takes.

A distribution takes the first behaviour, in their order, whose pattern the path meets, and the default one last (Amazon
CloudFront, "Cache behavior settings", Path pattern, read 2026-12-02; `*` is any text and `?` one character there, with
or without a slash at the beginning). Only behaviours that lead to the same origin show the same files. What each page
loads before anybody has signed in is no secret by its kind.
"""

from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, items_of
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

DISTRIBUTIONS = aws("cloudfront/Distribution")
_KEY, _SIGNERS = "orderedCacheBehaviors", ("trustedKeyGroups", "trustedSigners")
_OF_EACH_PAGE = lazy_regex(r".*\*\.(?:css|js|mjs|map|ico|svg|woff2?|ttf|otf|eot|webmanifest|wasm)")
"""Patterns of what a page is made of: styles, programs, fonts and signs; decided here."""
_LONGEST = 255
"""Characters of a pattern (awsdocs/amazon-cloudfront-developer-guide 00d8e2c9
doc_source/distribution-web-values-specify.md, read 2026-12-02)."""


def check_signed_paths(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each behaviour without a signature that takes what a later one asks a signature for."""
    behaviours = [item for item in items_of(resource.get(_KEY)) if isinstance(item, dict)]
    for index, item in enumerate(behaviours):
        pattern = _pattern(item)
        if _is_signed(item) or pattern is None or _OF_EACH_PAGE.fullmatch(pattern):
            continue
        later = (other for other in behaviours[index + 1 :] if _is_signed(other) and _are_of_one(item, other))
        found = next((text for other in later if (text := _pattern(other)) is not None and meet(pattern, text)), None)
        if found is not None:
            path = f"{_KEY}[{index}].pathPattern"
            yield failed(f"{path} takes files of {found} first, for which a later behaviour asks a signature", path)


def _pattern(behaviour: Mapping[str, Plain]) -> str | None:
    value = behaviour.get("pathPattern")
    return value.lstrip("/") if isinstance(value, str) and len(value) <= _LONGEST else None


def _is_signed(behaviour: Mapping[str, Plain]) -> bool:
    """Returns whether a behaviour asks for a signature, perhaps by keys that are not known yet."""
    return any(behaviour.get(key) not in (None, MISSING, []) for key in _SIGNERS)


def _are_of_one(first: Mapping[str, Plain], second: Mapping[str, Plain]) -> bool:
    origins = [item.get("targetOriginId") for item in (first, second)]
    return UNKNOWN in origins or origins[0] == origins[1]


def meet(first: str, second: str) -> bool:
    """Returns whether some path meets two patterns, in time for the product of their lengths."""
    reached = [[False] * (len(second) + 1) for _ in range(len(first) + 1)]
    reached[0][0] = True
    for row, line in enumerate(reached):
        for column, is_here in enumerate(line):
            if not is_here:
                continue
            left, right = first[row : row + 1], second[column : column + 1]
            if left == "*":
                reached[row + 1][column] = True
            if right == "*":
                line[column + 1] = True
            if left and right:
                _step(reached, row, column, left, right)
    return reached[-1][-1]


def _step(reached: list[list[bool]], row: int, column: int, left: str, right: str) -> None:
    """Marks what is reached by one character that both patterns take."""
    if left == right or "?" in (left, right) or "*" in (left, right):
        reached[row + (left != "*")][column + (right != "*")] = True
