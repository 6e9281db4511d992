"""The policy pack of the base where the project's pack is a link: into its repository, and out of it."""

from pathlib import Path

from falaj.sandbox.base_pack import changed_rules, pack_at

from .test_rules_of_base import ENFORCEMENT, appended, git, written


def test_a_link_to_the_pack_of_the_repository_is_followed_at_the_base(tmp_path: Path) -> None:
    top, project = tmp_path / "top", tmp_path / "top/examples/small"
    project.mkdir(parents=True)
    for name in (ENFORCEMENT, "policy_pack/PulumiPolicy.yaml"):
        written(name, "runtime: python\n")(top)
    (project / "policy_pack").symlink_to("../../policy_pack")
    git(top, "init", "--quiet", "--initial-branch", "main")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message", "base")
    assert changed_rules(project, "main") == ()
    appended(ENFORCEMENT, "#\n")(top)
    assert changed_rules(project, "main") == (ENFORCEMENT,)
    with pack_at(project, "main") as pack:
        assert pack is not None
        assert (pack / "enforcement.yaml").read_text() == "runtime: python\n"


def test_a_link_to_a_pack_outside_the_repository_is_used_as_it_is(tmp_path: Path) -> None:
    outside, project = tmp_path / "policy_pack", tmp_path / "top"
    project.mkdir()
    written(ENFORCEMENT, "{}\n")(tmp_path)
    (project / "policy_pack").symlink_to(outside)
    git(project, "init", "--quiet", "--initial-branch", "main")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "base")
    assert changed_rules(project, "main") == ()
    with pack_at(project, "main") as pack:
        assert pack == outside
    (project / "policy_pack").unlink()
    (project / "policy_pack").symlink_to(tmp_path / "own")
    assert changed_rules(project, "main") == ("policy_pack",)
