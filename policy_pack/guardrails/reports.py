"""The evidence of a run as other programs read it: SARIF 2.1.0 for code scanning, JUnit XML for pipelines."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from .engine.rows import Guardrail
from .engine.verdicts import Verdict
from .registry import ALL

EvidenceRow = Mapping[str, Any]
"""One line of an evidence file."""

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"mandatory": "error", "advisory": "warning", "disabled": "none"}
_SPOKEN = {verdict.value for verdict in Verdict} - {Verdict.PASS.value, Verdict.NOT_APPLICABLE.value}


def rows_of(files: Iterable[Path]) -> list[EvidenceRow]:
    """All lines of evidence files, without an incomplete last line."""
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").split("\n")[:-1]]


def sarif(rows: Iterable[EvidenceRow]) -> str:
    """SARIF 2.1.0: one result for each finding that is not a pass; an exemption is a suppression."""
    spoken = [row for row in rows if row["verdict"] in _SPOKEN]
    used = {row["rule"] for row in spoken}
    rules = [_rule(item) for item in ALL if item.id in used]
    rules += [{"id": name} for name in sorted(used - {item.id for item in ALL})]
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {"name": "falaj guardrails", "rules": rules}
    run = {"tool": {"driver": driver}, "results": [_result(row, index) for row in spoken]}
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Guardrail) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": f"{rule.what}."},
        "fullDescription": {"text": f"Why: {rule.why}."},
        "help": {"text": f"{rule.remedy}."},
        "properties": {"tags": [rule.concern.value, *rule.all_controls], "problem.severity": rule.severity.value},
    }


def _result(row: EvidenceRow, index: Mapping[str, int]) -> dict[str, Any]:
    urn, path = str(row["urn"]), str(row["path"])
    stack = urn.split("::", 1)[0].rsplit(":", 1)[-1]
    name = urn.rsplit("::", 1)[-1]
    result: dict[str, Any] = {
        "ruleId": row["rule"],
        "ruleIndex": index[row["rule"]],
        "level": _LEVELS[row["level"]],
        "message": {"text": f"[{row['rule']}] resource '{name}': {row['says']}."},
        "locations": [
            {
                # A resource has no source line, and code scanning requires a file: the stack's settings file is used.
                "physicalLocation": {
                    "artifactLocation": {"uri": f"Pulumi.{stack}.yaml"},
                    "region": {"startLine": 1},
                },
                "logicalLocations": [{"name": name, "fullyQualifiedName": f"{urn}#{path}", "kind": "resource"}],
            }
        ],
        "partialFingerprints": {
            "resource/v1": hashlib.sha256(f"{row['rule']} {urn} {path}".encode()).hexdigest(),
        },
        "properties": {"verdict": row["verdict"], "controls": list(row["controls"])},
    }
    if row["verdict"] == Verdict.EXEMPT.value:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": str(row["says"])}]
    return result


def junit(rows: Iterable[EvidenceRow]) -> str:
    """JUnit XML: a suite for each concern, a case for each finding; blocking ones fail, exempt ones are skipped."""
    root = ElementTree.Element("testsuites", name="falaj guardrails")
    suites: dict[str, ElementTree.Element] = {}
    for row in rows:
        concern = str(row["concern"])
        if concern not in suites:
            suites[concern] = ElementTree.SubElement(root, "testsuite", name=concern)
        _case(suites[concern], row)
    for suite in suites.values():
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
        suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ElementTree.Element, row: EvidenceRow) -> None:
    at = f"{row['urn']}#{row['path']}" if row["path"] else str(row["urn"])
    case = ElementTree.SubElement(suite, "testcase", classname=str(row["rule"]), name=at)
    if row["verdict"] not in _SPOKEN:
        return
    if row["verdict"] == Verdict.EXEMPT.value:
        ElementTree.SubElement(case, "skipped", message=str(row["says"]))
    elif row["level"] == "mandatory":
        ElementTree.SubElement(case, "failure", type=str(row["verdict"]), message=str(row["says"]))
    else:
        ElementTree.SubElement(case, "system-out").text = f"{row['level']}: {row['says']}"


FORMATS = {"sarif": sarif, "junit": junit}
"""Name of a format -> the function that creates it from evidence."""


def write(text: str, file: Path) -> None:
    """Writes to a temporary file and renames it, so that no reader sees half a report."""
    aside = file.with_name(f"{file.name}.part")
    aside.write_text(text, encoding="utf-8")
    aside.replace(file)
