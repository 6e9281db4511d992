"""The report of an estimate: one model, rendered as HTML, pull-request comment, terminal tables, SARIF and JSON."""
