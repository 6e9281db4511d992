"""Policy pack without rules that records every request of the engine in the file `FALAJ_RECORD`: a line of base64
each."""

import base64
import os
from pathlib import Path

from pulumi_policy import PolicyPack, ResourceValidationPolicy, StackValidationPolicy, policy

RECORD = Path(os.environ["FALAJ_RECORD"])


def recorded(name, answer):
    def record(self, request, context):
        with RECORD.open("a") as file:
            file.write(f"{name} {base64.b64encode(request.SerializeToString()).decode()}\n")
        return answer(self, request, context)

    return record


for method in ("Analyze", "AnalyzeStack"):
    servicer = policy._PolicyAnalyzerServicer
    setattr(servicer, method, recorded(method, getattr(servicer, method)))

PolicyPack(
    "recording",
    [
        ResourceValidationPolicy("resource", "Asks for resources", lambda args, report: None),
        StackValidationPolicy("stack", "Asks for the stack", lambda args, report: None),
    ],
)
