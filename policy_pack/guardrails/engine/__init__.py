"""The machinery: rows and predicates are evaluated on plain data, and verdicts become messages and evidence."""
