"""Published lists of checks that the guardrails were held against: one table a list, `NAME.csv`.

Columns: the list's own id, what holds (`caught`, `not caught` or `out of scope`), and the rules or commands that refuse
or report it, or the reason. An entry is caught if a plan that violates it, and is otherwise compliant, has a finding
about it. `sources.csv` has the repository of each list, the version, the day of reading, the licence, and how many
entries were caught before what came of the list. Facts carry over, texts and code do not.

`python -m tests.policies.outside` writes the table of docs/published-lists.md.
"""
