"""The report of an estimate: one model, rendered as page, comment, tables, SARIF and JSON."""
