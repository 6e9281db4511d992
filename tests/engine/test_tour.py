"""`falaj tour`: a second run of an unchanged stack is a preview with the policy pack, and no update."""

from tests.engine.conftest import MakeProject


def test_an_unchanged_stack_is_previewed_only(make_project: MakeProject) -> None:
    project = make_project(name="tour-again")
    first = project.falaj("tour", "--stack", "dev")
    assert first.status == 0, first.output
    assert "Deployed in" in first.output
    state = project.session.checkpoint("dev").read_bytes()

    again = project.falaj("tour", "--stack", "dev")
    assert again.status == 0, again.output
    assert "Found nothing to change in" in again.output
    assert again.changes.keys() == {"unchanged"}
    assert again.changes["unchanged"] > 50
    assert len(list(project.session.paths.evidence.glob("guardrails-*.jsonl"))) == 3, "preview, update, preview"
    for title in ("API server", "resources in the emulated clouds", "Guardrails", "Estimated monthly cost"):
        assert title in first.output
        assert title in again.output
    assert project.session.checkpoint("dev").read_bytes() == state


def test_a_changed_stack_is_deployed(make_project: MakeProject) -> None:
    project = make_project(name="tour-changed")
    assert project.falaj("tour", "--stack", "dev").status == 0
    program = project.folder / "__main__.py"
    program.write_text(f'{program.read_text()}\npulumi.export("more", "of an output")\n')
    again = project.falaj("tour", "--stack", "dev")
    assert again.status == 0, again.output
    assert "Deployed in" in again.output, "a preview does not compare outputs"
    assert '"more": "of an output"' in project.pulumi("stack", "output", "--json", "--stack", "dev").output
