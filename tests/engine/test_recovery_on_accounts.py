"""The sequence of docs/recovery.md for real clouds, with the real engine: what the state has lost is listed, imported
and then unchanged; and what the page says of other ways holds."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from falaj.facts.clouds import Cloud
from falaj.reconcile.compare import Comparison, compare
from falaj.reconcile.listed import Listed, Listing, Place
from falaj.reconcile.state import read
from tests.engine.conftest import MakeProject
from tests.engine.harness import Project

pytestmark = pytest.mark.engine

TAGS = {"project": "arabic-llm", "environment": "dev"}
PROGRAM = f"""
import pulumi, pulumi_aws as aws

uae = pulumi.ResourceOptions(provider=aws.Provider("uae", region="me-central-1"))


class Alarms(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("test:index:Alarms", name)
        within = pulumi.ResourceOptions.merge(uae, pulumi.ResourceOptions(parent=self))
        aws.sns.Topic(f"{{name}}-topic", tags={TAGS}, opts=within)


Alarms("budget")
aws.ec2.Vpc("net", cidr_block="10.0.0.0/16", tags={TAGS}, opts=uae)
"""
TOPIC = "urn:pulumi:dev::falaj::test:index:Alarms$aws:sns/topic:Topic::budget-topic"
PAGE = (Path(__file__).parents[2] / "docs" / "recovery.md").read_text()


@pytest.fixture(scope="module", name="project")
def lost_topic(make_project: MakeProject) -> Project:
    """A deployed stack whose state has lost the topic."""
    project = make_project(PROGRAM, "recovered")
    assert project.run("up", "dev").status == 0
    lost = project.pulumi("state", "delete", "--yes", "--stack", "dev", TOPIC)
    assert lost.status == 0, lost.output
    return project


def compared(project: Project) -> Comparison:
    """Compares the state with the inventory, as if that were what an account lists."""
    exported = project.session.pulumi("stack", "export", "--stack", "dev", quiet=True).stdout
    items = [Listed(str(item.outputs["arn"]), item.type) for item in project.inventory()]
    place = Place(Cloud.AWS, items[0].id.split(":")[4], "me-central-1")
    return compare([Listing(place, items)], read(exported, "state"), TAGS)


def option(name: str) -> str:
    """Returns the command of the page with an option."""
    [command] = re.findall(rf"^ +(pulumi [^\n]*{name}[^\n]*)$", PAGE, re.MULTILINE)
    return command.replace("prod-uae", "dev")


def test_the_documented_sequence_brings_the_topic_back(project: Project) -> None:
    before = compared(project)
    [topic] = before.lacking
    assert (topic.type, before.known, before.not_seen) == ("aws:sns/topic:Topic", 1, [])
    refreshed = project.pulumi("refresh", "--stack", "dev", "--clear-pending-creates", "--yes", "--non-interactive")
    assert refreshed.status == 0, refreshed.output
    planned = project.pulumi(*option("--import-file").split()[1:])
    assert planned.status == 0, planned.output
    file = project.folder / "import.json"
    content = json.loads(file.read_text())
    assert [(row["name"], row["id"]) for row in content["resources"]] == [("budget-topic", "<PLACEHOLDER>")]
    file.write_text(file.read_text().replace("<PLACEHOLDER>", topic.id))
    imported = project.pulumi(*option("--generate-code=false").split()[1:], "--yes")
    assert imported.status == 0, imported.output
    after = compared(project)
    assert (after.is_equal, after.known) == (True, 2)
    assert project.run("up", "dev", "--expect-no-changes").status == 0


def test_the_documented_form_of_pending_creates_is_refused(project: Project) -> None:
    given = ("refresh", "--stack", "dev", "--yes", "--import-pending-creates", TOPIC, "arn")
    refused = project.pulumi(*given)
    assert refused.status != 0
    assert re.search(r"accepts 0 arg\(s\), received 1", refused.output)
    assert "accepts 0 arg(s), received 1" in PAGE


def test_the_other_form_of_pending_creates_loses_the_resource(project: Project) -> None:
    """When this fails, the engine imports them: then the page can say so instead of `pulumi import`."""
    [topic] = [row for row in project.state("dev") if row["urn"] == TOPIC]
    interrupt_create_of(project, topic)
    assert compared(project).lacking != []
    pairs = ("--import-pending-creates", TOPIC, "--import-pending-creates", topic["id"])
    done = project.pulumi("refresh", "--stack", "dev", "--yes", "--non-interactive", *pairs)
    assert done.status == 0, done.output
    exported = project.session.pulumi("stack", "export", "--stack", "dev", quiet=True).stdout
    assert read(exported, "state").pending_creates == ()
    assert TOPIC not in [row["urn"] for row in project.state("dev")]


def interrupt_create_of(project: Project, resource: dict[str, Any]) -> None:
    """Changes the state to that of an engine which was killed while it created a resource."""
    [file] = project.session.paths.state.glob(".pulumi/stacks/*/dev.json")
    content = json.loads(file.read_text())
    latest = content["checkpoint"]["latest"]
    latest["resources"] = [row for row in latest["resources"] if row["urn"] != resource["urn"]]
    begun = {key: value for key, value in resource.items() if key not in ("id", "outputs")}
    latest["pending_operations"] = [{"type": "creating", "resource": begun}]
    file.write_text(json.dumps(content))
