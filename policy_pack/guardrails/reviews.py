"""Reviews of programs: compares the findings of a run with the file of reviews, and writes that file.

What is written and printed is the digest of a program and its place, and never the program.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from itertools import takewhile
from pathlib import Path

import yaml
from pydantic import ValidationError

from .engine.lazy_regex import lazy_regex
from .engine.reviewed_programs import FILE, ReviewedProgram, reviews_in
from .engine.settings_files import SetupError, describe_errors
from .engine.verdicts import Verdict
from .reports import EvidenceRow, rows_of
from .unverifiable.reviewed_programs import RULE_ID

_DIGEST = lazy_regex(r"\(sha256:([0-9a-f]{64})\)")
_STOPPED = ".part"
"""Suffix of the evidence of a run that did not end."""

Place = Mapping[str, str]
"""`digest` of a program, and `where` it is: the URN and the path."""


@dataclass(frozen=True)
class _Found:
    """What evidence says of programs: place by digest, places of those that were not known, and stacks."""

    places: Mapping[str, str]
    unknown: tuple[str, ...]
    stacks: frozenset[str]


def _found(rows: Iterable[EvidenceRow]) -> _Found:
    places: dict[str, str] = {}
    unknown: dict[str, None] = {}
    stacks = set[str]()
    for row in rows:
        if row["rule"] != RULE_ID:
            continue
        where = f"{row['urn']}#{row['path']}"
        stacks.add(_stack(where))
        digest = _DIGEST.search(row["says"])
        if digest is not None:
            places[digest[1]] = min(where, places.get(digest[1], where))
        elif row["verdict"] == Verdict.UNDETERMINED:
            unknown[where] = None
    return _Found(places, tuple(sorted(unknown)), frozenset(stacks))


def _stack(where: str) -> str:
    return where.removeprefix("urn:pulumi:").partition("::")[0]


@dataclass(frozen=True)
class Reviews:
    """The programs of a run, and the reviews of a file."""

    file: Path
    reviewed: Mapping[str, ReviewedProgram]
    found: _Found
    is_complete: bool

    @classmethod
    def of(cls, evidence: Iterable[Path], settings: Path) -> "Reviews":
        """Reads evidence files, and the reviews in a folder of settings. Raises SetupError if one is malformed."""
        files, file = tuple(evidence), settings / FILE
        is_complete = all(each.suffix != _STOPPED for each in files)
        return cls(file, reviews_in(settings), _found(rows_of(files)), is_complete)

    @property
    def unreviewed(self) -> list[Place]:
        """The programs without a review, by place."""
        missing = [(where, digest) for digest, where in self.found.places.items() if digest not in self.reviewed]
        return [{"digest": digest, "where": where} for where, digest in sorted(missing)]

    @property
    def unused(self) -> list[Place]:
        """The reviews of the evaluated stacks that no program has."""
        others = [review for digest, review in self.reviewed.items() if digest not in self.found.places]
        judged = [review for review in others if self._is_of_run(review)]
        return [{"digest": review.digest, "where": review.where} for review in judged]

    def _is_of_run(self, review: ReviewedProgram) -> bool:
        return any(fnmatchcase(stack, _stack(review.where)) for stack in self.found.stacks)

    def add(self, by: str, reason: str) -> int:
        """Adds a review of each program without one, and returns their number. Raises SetupError for a name or a reason
        that the file may not have."""
        today = datetime.now(UTC).date()
        try:
            added = [
                ReviewedProgram.model_validate({**place, "reason": reason, "reviewed_by": by, "date": today})
                for place in self.unreviewed
            ]
        except ValidationError as error:
            raise describe_errors(self.file, error) from None
        if added:
            _write(self.file, [*self.reviewed.values(), *added])
        return len(added)

    def prune(self) -> int:
        """Removes the reviews that no program of the evaluated stacks has, and returns their number. Raises SetupError
        for evidence of a run that did not end, which does not have every program."""
        if not self.is_complete:
            raise SetupError("--prune: the evidence is of a run that was stopped (.part); name that of a complete one")
        unused = {place["digest"] for place in self.unused}
        if unused:
            _write(self.file, [review for digest, review in self.reviewed.items() if digest not in unused])
        return len(unused)


def _write(file: Path, reviews: Iterable[ReviewedProgram]) -> None:
    """Writes the reviews by place, an entry a block, so that two changes of the file can be merged, below the comments
    at the beginning of the file."""
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    comments = "".join(takewhile(lambda line: line.startswith("#"), before.splitlines(keepends=True)))
    entries = [review.model_dump() for review in sorted(reviews, key=lambda item: (item.where, item.digest))]
    text = yaml.safe_dump({"reviewed_programs": entries}, sort_keys=False, allow_unicode=True, width=10_000)
    file.write_text(comments + text, encoding="utf-8")
