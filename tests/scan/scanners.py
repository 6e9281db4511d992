"""Runs the independent scanners on planned resources, and returns their findings in one format."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from tests.scan import arm, cloudformation, manifests, terraform
from tests.scan.counterparts import COUNTERPARTS
from tests.scan.documents import Document, documents
from tests.scan.plan import Planned

HERE = Path(__file__).parent


class Folders(Protocol):
    """Creates folders for the scanners' input: pytest's `tmp_path_factory`."""

    def mktemp(self, basename: str) -> Path: ...


@dataclass(frozen=True, order=True)
class Finding:
    """A scanner's finding for one resource; `where` is the resource's label."""

    scanner: str
    id: str
    where: str
    message: str


def all_findings(plans: list[Planned], tools: Path, trivy_program: Path, folders: Folders) -> list[Finding]:
    """Returns the findings of all scanners."""
    folder = folders.mktemp("scan")
    return [
        *cfn_lint(plans, tools, folder),
        *parliament(documents(plans), tools),
        *checkov(plans, tools, folder / "checkov"),
        *trivy(plans, trivy_program, folder / "trivy"),
    ]


def cfn_lint(plans: Iterable[Planned], tools: Path, folder: Path) -> list[Finding]:
    """Checks the planned AWS resources against AWS's schemas and cfn-lint's rules. Raises `UnknownProperties`."""
    by_region: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for (region, stack), template in cloudformation.templates(plans, _schemas(tools)).items():
        file = folder / f"{region}-{stack}.json"
        file.write_text(json.dumps(template))
        by_region[region][str(file)] = template
    findings: list[Finding] = []
    for region, templates in by_region.items():
        # W3010 forbids literal zone names, but a plan for one account contains them. E3019 forbids equal names, but
        # several Terraform resources may be one resource in CloudFormation.
        command = [tools / "cfn-lint", "-t", *templates, "-r", region, "-f", "json", "-i", "W3010", "E3019"]
        for match in json.loads(_output(command) or "[]"):
            resource = templates[match["Filename"]]["Resources"][match["Location"]["Path"][1]]
            where = resource["Metadata"]["planned"]
            findings.append(Finding("cfn-lint", match["Rule"]["Id"], where, f"{resource['Type']}: {match['Message']}"))
    return findings


@cache
def _schemas(tools: Path) -> cloudformation.Schemas:
    """Returns AWS's schemas of the types that have a counterpart: to load cfn-lint takes two seconds."""
    types = sorted({f"{row.region}/{row.cloudformation}" for row in COUNTERPARTS.values()})
    return json.loads(_output([tools / "python", HERE / "dump_schemas.py", *types]))


def parliament(all_documents: Iterable[Document], tools: Path) -> list[Finding]:
    """Checks policy documents with Parliament, except trust policies, which only cfn-lint supports."""
    policies = [
        {"label": document.label, "content": document.content} for document in all_documents if not document.trust
    ]
    findings = json.loads(_output([tools / "python", HERE / "lint_documents.py"], json.dumps(policies)))
    return [Finding("parliament", issue, where, detail) for issue, where, detail in findings]


def checkov(plans: Iterable[Planned], tools: Path, folder: Path) -> list[Finding]:
    """Checks all planned resources with Checkov; every failure counts, as severities require its online service."""
    labels = _write(list(plans), folder)
    command = [tools / "checkov", "-d", folder, "--framework", "terraform_plan", "arm", "kubernetes", "--quiet"]
    output = json.loads(_output([*command, "--compact", "--skip-download", "-o", "json"]))
    reports = output if isinstance(output, list) else [output]
    failed = [check for report in reports for check in report.get("results", {}).get("failed_checks", [])]
    return [
        Finding(
            "checkov", check["check_id"], _label_of(check["resource"], check["file_path"], labels), check["check_name"]
        )
        for check in failed
    ]


def trivy(plans: Iterable[Planned], program: Path, folder: Path) -> list[Finding]:
    """Checks all planned resources with Trivy; every severity counts."""
    labels = _write(list(plans), folder)
    findings = []
    for framework in ("terraform", "arm", "kubernetes"):
        for line in _output([program, framework, folder / framework]).splitlines():
            result = json.loads(line)
            where = _label_of(result["resource"], result["file"], labels)
            findings.append(Finding("trivy", result["id"], where, f"{result['severity']}: {result['message']}"))
    return findings


def _write(plans: list[Planned], folder: Path) -> Mapping[str, str]:
    """Writes the plans in the scanners' formats; returns the labels by the names that scanners use for resources."""
    azure, objects = arm.resources(plans), manifests.manifests(plans)
    for framework, files in {
        "terraform": {"plan.json": terraform.plan(plans)},
        "arm": {"template.json": arm.template(resource for _, resource in azure)},
        "kubernetes": {f"{number}.json": object_ for number, object_ in enumerate(objects.values())},
    }.items():
        (folder / framework).mkdir(parents=True)
        for name, content in files.items():
            (folder / framework / name).write_text(json.dumps(content, indent=1))
    return dict(_labels(plans, azure, list(objects)))


def _labels(
    plans: list[Planned], azure: list[tuple[Planned, arm.Json]], objects: list[str]
) -> Iterator[tuple[str, str]]:
    for item in plans:
        if item.type.startswith("aws:"):
            yield terraform.address(item), item.label
    for number, (item, resource) in enumerate(azure):
        yield f"{resource['type']}.{resource['name']}", item.label
        yield f"resources[{number}]", item.label
    for number, label in enumerate(objects):
        yield f"{number}.json", label


def _label_of(resource: str, file: str, labels: Mapping[str, str]) -> str:
    """Returns the label of the resource that a scanner reports, by its address, a path in it, or its file."""
    for word in resource.split():
        segments = word.split(".")
        for candidate in (word, ".".join(segments[:2]), segments[0]):
            if candidate in labels:
                return labels[candidate]
    return labels.get(Path(file).name, resource)


def _output(command: list[Any], stdin: str | None = None) -> str:
    """Returns a scanner's output. Raises AssertionError if the scanner fails for another reason than its findings."""
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)
    if not done.stdout and done.returncode not in (0, 1):
        raise AssertionError(f"{command[0]} failed: {done.stderr[-2000:]}")
    return done.stdout
