"""`falaj drift`: what a read-only refresh of the engine has found changed in the clouds."""

import json as json_format
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from falaj.cli.bill_options import input_of
from falaj.cli.common import EXIT_FAILED, EXIT_INVALID, EXIT_UNAVAILABLE, CommandError, JsonOption, out

Output = Annotated[
    Path, typer.Argument(help="Output of `pulumi refresh --preview-only --json`; `-` reads standard input.")
]


def drift(output: Output, json: JsonOption = False) -> None:
    """Report what has changed in the clouds since the last update, from a read-only refresh.

    Changes that a cloud makes by itself, such as an automatic patch of Kubernetes, are not reported. Ends with exit
    status 1 if something has drifted, and 3 if the refresh did not read everything.
    """
    from falaj.drift import NoRefresh, drift
    from falaj.finops.errors import BadInput

    try:
        changes = drift(input_of(output))
    except BadInput as error:
        raise CommandError(str(error), EXIT_INVALID) from None
    except NoRefresh as error:
        raise CommandError(f"{output}: {error}", EXIT_UNAVAILABLE) from None
    if json:
        out.print_json(json_format.dumps([asdict(change) for change in changes]))
    else:
        for change in changes:
            out.print(str(change), markup=False, highlight=False, soft_wrap=True)
        counted = f"{len(changes)} change{'' if len(changes) == 1 else 's'} outside of this stack"
        out.print(counted if changes else "no drift", highlight=False)
    if changes:
        raise typer.Exit(EXIT_FAILED)
