"""`falaj comment`: which comment of a pull request has the report."""

import json as json_format
from pathlib import Path
from typing import Annotated

import typer

from falaj.cli.bill_options import input_of
from falaj.cli.common import EXIT_INVALID, CommandError, StackOption, out

CommentsOption = Annotated[
    Path, typer.Option("--comments", help="Comments of the pull request as JSON, oldest first; - reads standard input.")
]
AuthorOption = Annotated[
    str | None,
    typer.Option(
        "--author",
        help="Login that writes the report's comments; comments of others are ignored; default: every login.",
    ),
]


def comment(stack: StackOption, comments: CommentsOption, author: AuthorOption = None) -> None:
    """Print the ID of the existing pull-request comment, or null if there is none, as JSON (`update`)."""
    from falaj.finops.errors import BadInput
    from falaj.finops.input_files import parse_json
    from falaj.finops.report.markdown import placement

    try:
        comment_ids = placement(parse_json(input_of(comments), str(comments)), stack, author)
    except BadInput as error:
        raise CommandError(str(error), EXIT_INVALID) from None
    except (ValueError, TypeError, AttributeError, KeyError):
        sentence = f"{comments}: must be a JSON list of comments, each with `id` and `body`"
        raise CommandError(sentence, EXIT_INVALID) from None
    out.file.write(json_format.dumps({"update": comment_ids.update, "surplus": list(comment_ids.surplus)}) + "\n")
