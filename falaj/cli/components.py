"""`falaj components`: the reference of the components."""

from pathlib import Path
from typing import Annotated

import typer

import falaj
from falaj.cli.common import out, require_extra
from falaj.cli.progress import status

app = typer.Typer(no_args_is_help=True, help="The components: document.")

FOLDER = Path("docs", "components")


@app.callback()
def components() -> None:
    """The components: document."""


@app.command()
def document(
    folder: Annotated[Path, typer.Argument(help="Where to write; pages of removed components are deleted.")] = FOLDER,
) -> None:
    """Write the reference of all components in Markdown: an index, a page a component, and the nested classes."""
    for extra in ("aws", "azure", "kubernetes"):
        require_extra("the reference", extra)
    from falaj.cli.guardrails import types_by_rule

    with status("Reading the components"):
        from falaj.components.reference.pages import GENERATED, Pages

        pages = Pages(Path(falaj.__file__).parents[1], folder, types_by_rule()).text()
    for path, text in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    for file in folder.rglob("*.md"):
        if file.relative_to(folder).as_posix() not in pages and file.read_text(encoding="utf-8").startswith(GENERATED):
            file.unlink()
    out.print(f"{folder}: {len(pages)} pages", highlight=False, soft_wrap=True)
