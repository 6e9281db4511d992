"""A pack that judges nothing: it writes every question of the engine to `FALAJ_RECORD`, one a line, in base64."""

import base64
import os
from pathlib import Path

from pulumi_policy import PolicyPack, ResourceValidationPolicy, StackValidationPolicy, policy

RECORD = Path(os.environ["FALAJ_RECORD"])


def recorded(name, answer):
    def asked(self, request, context):
        with RECORD.open("a") as file:
            file.write(f"{name} {base64.b64encode(request.SerializeToString()).decode()}\n")
        return answer(self, request, context)

    return asked


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
