"""Programs that somebody has reviewed, by their digest: the lock file of texts whose meaning no rule decides."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from .exemptions import AHEAD, Clock, Reason, Text, today_utc
from .settings_files import SetupError, describe_errors, read_yaml

FILE = "reviewed_programs.yaml"
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""The SHA-256 of a program, its type and its path, as a finding of FJ-ESC-127 states it."""


class ReviewedProgram(BaseModel):
    """One review. `where` says to people which resource it was, by its URN or a pattern; nothing compares it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    digest: Digest
    where: Text
    reason: Reason
    reviewed_by: Text
    date: date


class _ReviewsFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    reviewed_programs: tuple[ReviewedProgram, ...] = ()


def load_reviewed_programs(path: Path, clock: Clock = today_utc) -> Mapping[str, ReviewedProgram]:
    """Returns the reviews by digest.

    Raises SetupError if the file is missing or malformed, has a digest twice, or has a review that has not taken place.
    """
    try:
        reviews = _ReviewsFile.model_validate(read_yaml(path)).reviewed_programs
    except ValidationError as error:
        raise describe_errors(path, error) from None
    counts = Counter(review.digest for review in reviews)
    for index, review in enumerate(reviews):
        place = f"{path.name}: reviewed_programs.{index}"
        if counts[review.digest] > 1:
            raise SetupError(f"{place}.digest: {review.digest} is listed {counts[review.digest]} times; list it once")
        if review.date > (latest := clock() + AHEAD):
            raise SetupError(f"{place}.date: {review.date} is in the future; allowed are days up to {latest}")
    return {review.digest: review for review in reviews}


def reviews_in(folder: Path) -> Mapping[str, ReviewedProgram]:
    """Returns the reviews in a folder of settings; none if it has no such file, with which nothing is reviewed."""
    file = folder / FILE
    return load_reviewed_programs(file) if file.exists() else {}
