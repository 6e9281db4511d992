"""`falaj recover --cloud`: what real accounts list under a stack's tags, against the stack's real state. Read-only."""

import json as json_format
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from falaj.cli.common import (
    EXIT_FAILED,
    EXIT_INVALID,
    EXIT_UNAVAILABLE,
    CommandError,
    err,
    out,
    paths_of,
    require_extra,
)
from falaj.cli.progress import status
from falaj.facts.markup import one_line

if TYPE_CHECKING:
    from falaj.components.settings.stack import Settings
    from falaj.reconcile.compare import Comparison
    from falaj.reconcile.listed import Listing
    from falaj.reconcile.state import State


def compare_with_accounts(stack: str, states: Sequence[Path], json: bool, project: Path) -> None:
    """Prints the comparison. Raises `CommandError`: status 1 if a side lacks something, 2 for invalid input, 3 if the
    state or an account cannot be read."""
    require_extra("recover --cloud", "preflight")
    from falaj.reconcile.compare import OtherAccount, compare
    from falaj.reconcile.listed import stack_tags

    settings = _settings(stack, project)
    state = _state(stack, states, project)
    listings, unanswered = _listings(stack, settings)
    tags = stack_tags(settings.tags)
    try:
        found = compare(listings, state, tags)
    except OtherAccount as error:
        raise CommandError(str(error), EXIT_UNAVAILABLE) from None
    if json:
        document = _document(stack, tags, listings, found, state, unanswered)
        out.file.write(json_format.dumps(document, indent=1) + "\n")
    elif listings:
        _show(tags, listings, found, state)
        if found.is_equal and not state.pending_creates and not unanswered:
            out.print("State and accounts match.", highlight=False)
    if unanswered:
        raise CommandError("; ".join(unanswered), EXIT_UNAVAILABLE)
    if not found.is_equal or state.pending_creates:
        count = len(found.lacking) + len(found.not_seen) + len(state.pending_creates)
        raise CommandError(f"{count} resources need a manual decision", EXIT_FAILED)


def _settings(stack: str, project: Path) -> "Settings":
    """Returns the settings of a stack, whose name may have its organisation and project before it."""
    from falaj.components.settings.load import SettingsRefused
    from falaj.preflight.stack import NoPlatform, read

    path = paths_of(project).stack_file(stack.rpartition("/")[2])
    if not path.is_file():
        raise CommandError(
            f"no stack {stack!r}: {path.name} does not exist; name a stack of this project", EXIT_INVALID
        )
    try:
        return read(path)
    except (NoPlatform, SettingsRefused) as error:
        raise CommandError(str(error), EXIT_INVALID) from None


def _state(stack: str, files: Sequence[Path], project: Path) -> "State":
    from falaj.finops.errors import BadInput
    from falaj.finops.input_files import read_text
    from falaj.reconcile.export import ExportFailed, NoSuchStack, export
    from falaj.reconcile.state import State, read

    try:
        if files:
            return sum((read(read_text(file), str(file)) for file in files), State((), ()))
        with status(f"Exporting the state of {stack}"):
            return read(export(stack, paths_of(project).project), f"state of {stack}")
    except (BadInput, NoSuchStack) as error:
        raise CommandError(str(error), EXIT_INVALID) from None
    except ExportFailed as error:
        raise CommandError(str(error), EXIT_UNAVAILABLE) from None


def _listings(stack: str, settings: "Settings") -> tuple[list["Listing"], list[str]]:
    """Returns the answers of all accounts, and a sentence for each reason why some did not answer."""
    from falaj.reconcile.listed import CannotAsk
    from falaj.reconcile.stack import stack_questions

    questions = stack_questions(stack, settings)
    if not questions:
        raise CommandError(f"stack {stack!r} has no site on a cloud: there is no account to ask", EXIT_INVALID)
    listings: list[Listing] = []
    unanswered: dict[str, list[str]] = {}
    for question in questions:
        try:
            with status(f"Asking {question.about}"):
                listings.append(question.ask())
        except CannotAsk as error:
            unanswered.setdefault(str(error), []).append(question.about)
    return listings, [f"{', '.join(abouts)}: {reason}" for reason, abouts in unanswered.items()]


def _document(
    stack: str,
    tags: Mapping[str, str],
    listings: Sequence["Listing"],
    found: "Comparison",
    state: "State",
    unanswered: Sequence[str],
) -> dict[str, Any]:
    return {
        "stack": stack,
        "tags": {**tags},
        "asked": [asdict(answer.place) for answer in listings],
        "unanswered": [*unanswered],
        "known": found.known,
        "state_lacks": [asdict(item) for item in found.lacking],
        "not_seen": [{"urn": item.urn, "type": item.type, "ids": [*item.ids]} for item in found.not_seen],
        "pending_creates": [*state.pending_creates],
        "owned_by_others": [asdict(item) for item in found.owned_by_others],
        "not_comparable": found.not_comparable,
    }


def _show(tags: Mapping[str, str], listings: Sequence["Listing"], found: "Comparison", state: "State") -> None:
    """Prints the findings as a table, and what was compared in lines."""
    from rich.table import Table

    rows = [("the state lacks", item.type, item.id, item.name) for item in found.lacking]
    rows += [("not seen", item.type, item.ids[0], _named(item.urn)[1]) for item in found.not_seen]
    rows += [("create was interrupted", *_named(urn), "") for urn in state.pending_creates]
    if rows:
        table = Table("finding", "type", "resource", "name")
        for row in rows:
            table.add_row(*map(one_line, row))
        out.print_table(table)
    under = ", ".join(f"{key}={value}" for key, value in tags.items())
    lines = (
        f"{', '.join(str(answer.place) for answer in listings)}: {found.known} resources with {under} are in the state",
        f"created by controllers of clusters or by services, and in no state: {len(found.owned_by_others)}",
        f"of the state, not comparable with a list by tags: {found.not_comparable}",
    )
    for line in lines:
        out.print(line, highlight=False, soft_wrap=True)
    for place in found.silent:
        hint = f"{place} lists nothing of what the state has there: the caller may lack the right to read resources"
        err.print(hint, highlight=False, soft_wrap=True)


def _named(urn: str) -> tuple[str, str]:
    """Returns type and name at the end of a URN."""
    kinds, _, name = urn.rpartition("::")
    return kinds.rsplit("::", 1)[-1].rsplit("$", 1)[-1], name
