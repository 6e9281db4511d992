"""A showback report as Markdown: the summary, notes, then tables. Names are code, so that nothing in them is markup."""

from falaj.finops.report.markdown import escaped, summary_list, titled
from falaj.finops.showback.report import ShowbackReport
from falaj.finops.showback.summary import headline, rows
from falaj.finops.showback.tables import tables


def markdown(result: ShowbackReport) -> str:
    """Returns the whole report."""
    notes = (f"> {escaped(note)}" for note in result.notes)
    parts = (f"# {escaped(headline(result))}", summary_list(rows(result)), *notes, *map(titled, tables(result)))
    return "\n\n".join(parts) + "\n"
