"""Converts evidence files to formats that other programs read: SARIF 2.1.0 for code scanning, JUnit XML for
pipelines."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

from falaj.facts import strict_json, strict_text
from falaj.facts.markup import visible

from .engine.rows import Guardrail
from .engine.settings_files import SetupError
from .engine.verdicts import Verdict
from .registry import ALL

EvidenceRow = Mapping[str, Any]
"""One line of an evidence file."""

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"mandatory": "error", "advisory": "warning", "disabled": "none"}
_REPORTED = {verdict.value for verdict in Verdict} - {Verdict.PASS.value, Verdict.NOT_APPLICABLE.value}
"""Verdicts that appear in reports."""


_TEXTS = ("rule", "concern", "urn", "path", "says")


def rows_of(files: Iterable[Path]) -> list[EvidenceRow]:
    """Returns all rows of evidence files. Ignores an incomplete last line of a file. Raises `SetupError` for what is no
    evidence."""
    return [row for file in files for row in _rows(file)]


def _rows(file: Path) -> Iterator[EvidenceRow]:
    try:
        lines = strict_text.read(file).split("\n")[:-1]
    except ValueError as error:
        raise SetupError(f"{file}: cannot be read: {error}; name a file of the folder `evidence`") from None
    for number, line in enumerate(lines, start=1):
        try:
            yield _evidence_row(strict_json.parse(line))
        except ValueError as error:
            raise SetupError(
                f"{file}: line {number} is no finding of evidence: {error}; name a file as a run of the pack wrote it"
            ) from None


def _evidence_row(row: Any) -> EvidenceRow:
    """Returns a row with all that reports need. Raises `ValueError`."""
    if not isinstance(row, dict):
        raise ValueError("it is no object")
    found = cast(EvidenceRow, row)
    if wrong := [name for name in _TEXTS if not isinstance(found.get(name), str)]:
        raise ValueError(f"{wrong[0]} is no text")
    for name, allowed in (("verdict", {verdict.value for verdict in Verdict}), ("level", set(_LEVELS))):
        if str(found.get(name)) not in allowed:
            raise ValueError(f"{name} is none of {', '.join(sorted(allowed))}")
    controls = found.get("controls")
    if not isinstance(controls, list) or not all(isinstance(each, str) for each in cast(list[Any], controls)):
        raise ValueError("controls is no list of texts")
    return found


def sarif(rows: Iterable[EvidenceRow]) -> str:
    """Returns a SARIF 2.1.0 document: one result for each finding that is not a pass. An exemption is a suppression."""
    reported = [row for row in rows if row["verdict"] in _REPORTED]
    rule_ids = {row["rule"] for row in reported}
    rules = [_rule(item) for item in ALL if item.id in rule_ids]
    rules += [{"id": name} for name in sorted(rule_ids - {item.id for item in ALL})]
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {"name": "falaj guardrails", "rules": rules}
    run = {"tool": {"driver": driver}, "results": [_result(row, index) for row in reported]}
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
    """Returns a JUnit XML document: a suite for each concern, and a case for each finding. Blocking findings fail, and
    exempt findings are skipped."""
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
    # XML 1.0 has no control characters, not even as references.
    row = {key: visible(value) if isinstance(value, str) else value for key, value in row.items()}
    target = f"{row['urn']}#{row['path']}" if row["path"] else str(row["urn"])
    case = ElementTree.SubElement(suite, "testcase", classname=str(row["rule"]), name=target)
    if row["verdict"] not in _REPORTED:
        return
    if row["verdict"] == Verdict.EXEMPT.value:
        ElementTree.SubElement(case, "skipped", message=str(row["says"]))
    elif row["level"] == "mandatory":
        ElementTree.SubElement(case, "failure", type=str(row["verdict"]), message=str(row["says"]))
    else:
        ElementTree.SubElement(case, "system-out").text = f"{row['level']}: {row['says']}"


FORMATS = {"sarif": sarif, "junit": junit}
"""Name of a format -> the function that converts evidence rows to it."""


def write(text: str, file: Path) -> None:
    """Writes to a temporary file and renames it, so that no reader sees an incomplete report."""
    temporary = file.with_name(f"{file.name}.part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(file)
