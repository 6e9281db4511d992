"""Command line of the pack: lists and documents the guardrails, and converts evidence files. Run `python -m guardrails`
in the pack's folder.

`list` prints every guardrail as JSON with its level in a stack, `document` prints the reference in Markdown or
writes a page for each guardrail, `report` converts evidence files to SARIF or JUnit XML, and `review` compares the
programs in evidence with the reviews of the settings, adds reviews or removes unused ones, and prints both as JSON.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from .engine.controls import descriptions
from .engine.enforcement import load_enforcement
from .engine.settings_files import SetupError
from .reference import document, example_texts
from .reference_pages import pages
from .registry import ALL, IDS
from .reports import FORMATS, rows_of, write
from .reviews import Reviews

HOME = Path(__file__).parents[1]
"""The folder of the policy pack, with its settings files."""


def catalogue(stack: str, settings: Path = HOME) -> list[dict[str, object]]:
    """Returns every guardrail as plain data, with its level in a stack and the setting that decides the level."""
    enforcement = load_enforcement(settings / "enforcement.yaml", IDS)
    return [
        {
            "id": row.id,
            "concern": row.concern,
            "severity": row.severity,
            "level": enforcement.level(stack, row),
            "set_by": enforcement.set_by(stack, row),
            "undetermined": "blocks" if row.undetermined_blocks else "advises",
            "what": row.what,
            "why": row.why,
            "remedy": row.remedy,
            "controls": row.all_controls,
            "control_texts": {control: descriptions()[control] for control in row.all_controls},
            "types": sorted({token for check in row.checks for token in check.tokens} | set(row.types)),
            **example_texts(row.id),
        }
        for row in ALL
    ]


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m guardrails", description=__doc__)
    parser.add_argument("--settings", type=Path, default=HOME, help="folder of the settings files")
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list")
    listing.add_argument("--stack", default=os.environ.get("PULUMI_STACK", ""))
    commands.add_parser("document").add_argument("--pages", type=Path)
    report = commands.add_parser("report")
    report.add_argument("files", nargs="+", type=Path)
    report.add_argument("--format", choices=FORMATS, required=True)
    report.add_argument("--output", type=Path, required=True)
    review = commands.add_parser("review")
    review.add_argument("files", nargs="+", type=Path)
    review.add_argument("--by", default="")
    review.add_argument("--reason", default="")
    review.add_argument("--prune", action="store_true")
    return parser.parse_args(argv)


def _document(folder: Path | None, settings: Path) -> None:
    """Prints the reference, or writes a page for each guardrail to a folder, without those of former guardrails."""
    enforcement = load_enforcement(settings / "enforcement.yaml", IDS)
    if folder is None:
        sys.stdout.write(document(enforcement))
        return
    folder.mkdir(parents=True, exist_ok=True)
    texts = pages(enforcement)
    for former in folder.glob("FJ-*.md"):
        if former.name not in texts:
            former.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def _review(options: argparse.Namespace) -> None:
    """Prints the programs of the evidence that had no review, and the reviews that had no program, after it has added
    those, if there is a name or a reason, or removed these."""
    reviews = Reviews.of(options.files, options.settings)
    result = {"unreviewed": reviews.unreviewed, "unused": reviews.unused, "unknown": reviews.found.unknown,
              "added": 0, "removed": 0}  # fmt: skip
    if options.prune:
        result["removed"] = reviews.prune()
        reviews = Reviews.of(options.files, options.settings)
    if options.by or options.reason:
        result["added"] = reviews.add(options.by, options.reason)
    json.dump(result, sys.stdout)


def main(argv: list[str]) -> None:
    """Runs one command. Raises SetupError if the settings of the pack have errors."""
    options = _arguments(argv)
    if options.command == "list":
        json.dump(catalogue(options.stack, options.settings), sys.stdout, indent=2)
    elif options.command == "document":
        _document(options.pages, options.settings)
    elif options.command == "review":
        _review(options)
    else:
        write(FORMATS[options.format](rows_of(options.files)), options.output)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (SetupError, OSError) as error:
        sys.exit(str(error))
