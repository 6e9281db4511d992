"""Checks policy documents from standard input with Parliament, in the scanners' environment; prints its findings."""

import json
import sys

from parliament import analyze_policy_string  # pyright: ignore[reportMissingImports]

findings = set()
for document in json.load(sys.stdin):
    policy = analyze_policy_string(json.dumps(document["content"]), ignore_private_auditors=True)
    findings |= {(finding.issue, document["label"], str(finding.detail)) for finding in policy.findings}
json.dump(sorted(findings), sys.stdout)
