"""Runs the independent scanners over planned resources and gives their findings in one form."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tests.scan import arm, cloudformation, manifests, terraform
from tests.scan.counterparts import COUNTERPARTS
from tests.scan.documents import Document, documents
from tests.scan.plan import Planned

HERE = Path(__file__).parent


class Folders(Protocol):
    """Makes folders for what the tools read: pytest's `tmp_path_factory`."""

    def mktemp(self, basename: str) -> Path: ...


@dataclass(frozen=True, order=True)
class Finding:
    """What a scanner says of one resource; `where` is the resource's label."""

    scanner: str
    id: str
    where: str
    message: str


def everything(plans: list[Planned], tools: Path, trivy_program: Path, folders: Folders) -> list[Finding]:
    """What all of them say."""
    folder = folders.mktemp("scan")
    return [
        *cfn_lint(plans, tools, folder),
        *parliament(documents(plans), tools),
        *checkov(plans, tools, folder / "checkov"),
        *trivy(plans, trivy_program, folder / "trivy"),
    ]


def cfn_lint(plans: Iterable[Planned], tools: Path, folder: Path) -> list[Finding]:
    """AWS's own schemas and cfn-lint's rules of services over the planned AWS resources. Raises `Strays`."""
    types = sorted({f"{row.region}/{row.cloudformation}" for row in COUNTERPARTS.values()})
    schemas = json.loads(_output([tools / "python", HERE / "dump_schemas.py", *types]))
    found: list[Finding] = []
    for (region, stack), template in cloudformation.templates(plans, schemas).items():
        file = folder / f"{region}-{stack}.json"
        file.write_text(json.dumps(template))
        # W3010: an account's zones should not be written down; a plan of one account has them. E3019: what Terraform
        # has as several resources is one in CloudFormation, so here several with the same name.
        command = [tools / "cfn-lint", "-t", file, "-r", region, "-f", "json", "-i", "W3010", "E3019"]
        for said in json.loads(_output(command) or "[]"):
            resource = template["Resources"][said["Location"]["Path"][1]]
            where = resource["Metadata"]["planned"]
            found.append(Finding("cfn-lint", said["Rule"]["Id"], where, f"{resource['Type']}: {said['Message']}"))
    return found


def parliament(given_documents: Iterable[Document], tools: Path) -> list[Finding]:
    """Parliament over policy documents; it does not know trust policies, which cfn-lint judges."""
    given = [{"label": one.label, "content": one.content} for one in given_documents if not one.trust]
    said = json.loads(_output([tools / "python", HERE / "lint_documents.py"], json.dumps(given)))
    return [Finding("parliament", issue, where, detail) for issue, where, detail in said]


def checkov(plans: Iterable[Planned], tools: Path, folder: Path) -> list[Finding]:
    """Checkov over all that is planned; it has no severities without its makers' service, so every failure counts."""
    places = _write(list(plans), folder)
    command = [tools / "checkov", "-d", folder, "--framework", "terraform_plan", "arm", "kubernetes", "--quiet"]
    said = json.loads(_output([*command, "--compact", "--skip-download", "-o", "json"]))
    reports = said if isinstance(said, list) else [said]
    failed = [one for report in reports for one in report.get("results", {}).get("failed_checks", [])]
    return [
        Finding("checkov", one["check_id"], _place(one["resource"], one["file_path"], places), one["check_name"])
        for one in failed
    ]


def trivy(plans: Iterable[Planned], program: Path, folder: Path) -> list[Finding]:
    """Trivy over all that is planned: every severity counts."""
    places = _write(list(plans), folder)
    found = []
    for framework in ("terraform", "arm", "kubernetes"):
        for line in _output([program, framework, folder / framework]).splitlines():
            one = json.loads(line)
            where = _place(one["resource"], one["file"], places)
            found.append(Finding("trivy", one["id"], where, f"{one['severity']}: {one['message']}"))
    return found


def _write(plans: list[Planned], folder: Path) -> Mapping[str, str]:
    """Write the plans in the scanners' forms; gives the label for each name that a scanner may call a resource."""
    azure, objects = arm.resources(plans), manifests.manifests(plans)
    for framework, files in {
        "terraform": {"plan.json": terraform.plan(plans)},
        "arm": {"template.json": arm.template(resource for _, resource in azure)},
        "kubernetes": {f"{number}.json": object_ for number, object_ in enumerate(objects.values())},
    }.items():
        (folder / framework).mkdir(parents=True)
        for name, content in files.items():
            (folder / framework / name).write_text(json.dumps(content, indent=1))
    return dict(_places(plans, azure, list(objects)))


def _places(
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


def _place(resource: str, file: str, places: Mapping[str, str]) -> str:
    """The label of what a scanner named: an address, a path that starts with one, or an object's own file."""
    for named in resource.split():
        steps = named.split(".")
        for start in (named, ".".join(steps[:2]), steps[0]):
            if start in places:
                return places[start]
    return places.get(Path(file).name, resource)


def _output(command: list[Any], given: str | None = None) -> str:
    """What a scanner writes; a scanner that fails, other than by finding something, is an error of the test."""
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if not done.stdout and done.returncode not in (0, 1):
        raise AssertionError(f"{command[0]} failed: {done.stderr[-2000:]}")
    return done.stdout
