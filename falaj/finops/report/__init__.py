"""The report of an estimate: one model, and what makes a page, a comment, tables, SARIF and JSON of it."""
