"""Run by the scanners' own Python: Parliament over the documents on standard input, its findings to standard output."""

import json
import sys

from parliament import analyze_policy_string  # pyright: ignore[reportMissingImports]

found = set()
for document in json.load(sys.stdin):
    policy = analyze_policy_string(json.dumps(document["content"]), ignore_private_auditors=True)
    found |= {(finding.issue, document["label"], str(finding.detail)) for finding in policy.findings}
json.dump(sorted(found), sys.stdout)
