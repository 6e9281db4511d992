"""Whose rules judge a change: attacks on the rules by a pull request, and changes that leave the rules alone."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from falaj.cli import rules as command
from falaj.cli.common import CommandError
from falaj.cli.rules import Packs, Ref, packs_of
from falaj.finops.report.rule_changes import RuleSet
from falaj.sandbox.base_pack import CHECK, RULES, changed_files, pack_at
from falaj.sandbox.previews import CommitNotFound

ROOT = Path(__file__).parents[3]
WRITER = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.ae", "-c", "core.autocrlf=false")
ENFORCEMENT, EXEMPTIONS = "policy_pack/enforcement.yaml", "policy_pack/exemptions.yaml"
REGISTRY, FACTS = "policy_pack/guardrails/registry.py", "falaj/facts/services.py"
NEVER = RuleSet({"FJ-TAG-001": "mandatory"})


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *WRITER, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one commit: some of this project's files of each kind."""
    folder = tmp_path_factory.mktemp("rules") / "project"
    names = ["policy_pack/PulumiPolicy.yaml", "policy_pack/__main__.py", ENFORCEMENT, EXEMPTIONS, REGISTRY, FACTS]
    names += ["falaj/__init__.py", "falaj/facts/data/regions/aws.csv", "falaj/facts/data/machines.csv"]
    names += ["falaj/finops/estimate.py", "falaj/cli/report.py", "falaj/sandbox/previews.py", "falaj/bootstrap.sh"]
    names += ["falaj/pipelines/check.sh", "requirements.txt", "Pulumi.yaml", "Pulumi.dev.yaml", "__main__.py"]
    names += ["README.md", "docs/pipelines.md", "components/__init__.py", "pyproject.toml"]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "base")
    return folder


@pytest.fixture
def project(base: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The repository for one change, which is undone after the test. Its rules are not listed, which takes time."""
    monkeypatch.setattr(command, "rules_of", lambda *_: NEVER)
    yield base
    git(base, "reset", "--quiet", "--hard", "main")
    git(base, "clean", "-ffdxq")
    git(base, "checkout", "--quiet", "main")


def judged(project: Path, look: Callable[[Packs], object] = lambda packs: packs) -> object:
    commit = Ref("main", git(project, "rev-parse", "main"))
    with packs_of(project, "dev", commit, commit) as packs:
        return look(packs)


def written(name: str, text: str) -> Callable[[Path], object]:
    def write(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)

    return write


def appended(name: str, text: str) -> Callable[[Path], object]:
    def append(folder: Path) -> None:
        with (folder / name).open("a") as file:
            file.write(text)

    return append


def removed(name: str) -> Callable[[Path], object]:
    def remove(folder: Path) -> None:
        (shutil.rmtree if (folder / name).is_dir() else Path.unlink)(folder / name)

    return remove


def linked(name: str) -> Callable[[Path], object]:
    def link(folder: Path) -> None:
        shutil.copytree(folder / name, folder / "elsewhere")
        removed(name)(folder)
        (folder / name).symlink_to(folder / "elsewhere")

    return link


def moved(name: str, target: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).rename(folder / target)


def together(*changes: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda folder: [change(folder) for change in changes]


EXEMPTION = (
    "exemptions:\n  - {rule: FJ-RES-101, urn: '*stray*', owner: a, ticket: T-1, reason: one of ours, approved_by: b}\n"
)
REVIEW = (
    f"reviewed_programs:\n  - {{digest: {'a' * 64}, where: 'urn:pulumi:prod::*', reason: read with the team, "
    "reviewed_by: b, date: 2026-11-20}\n"
)
ATTACKS: dict[str, Callable[[Path], object]] = {
    "all rules of the stack disabled": appended(ENFORCEMENT, "\n"),
    "the settings replaced": written(ENFORCEMENT, "default: {all: disabled}\n"),
    "the settings deleted": removed(ENFORCEMENT),
    "an exemption": written(EXEMPTIONS, EXEMPTION),
    "a review of a program": written("policy_pack/reviewed_programs.yaml", REVIEW),
    "a rule that returns at once": appended(REGISTRY, "\nALL = ()\n"),
    "a rule deleted": removed(REGISTRY),
    "an empty pack": written("policy_pack/__main__.py", "PolicyPack('falaj', [])\n"),
    "the pack deleted": removed("policy_pack"),
    "the pack no longer a pack": removed("policy_pack/PulumiPolicy.yaml"),
    "the pack elsewhere": moved("policy_pack", "old_pack"),
    "the pack a link": linked("policy_pack"),
    "another interpreter of the pack": written("policy_pack/PulumiPolicy.yaml", "runtime: nodejs\n"),
    "a module of the pack that shadows the SDK": written("policy_pack/pulumi_policy.py", "PolicyPack = print\n"),
    "a module of the pack that shadows yaml": written("policy_pack/yaml.py", "safe_load = dict\n"),
    "facts inside the pack": written("policy_pack/falaj/facts/regions.py", "AWS_UAE = 'eu-west-1'\n"),
    "compiled code beside a rule": written("policy_pack/guardrails/__pycache__/registry.cpython-311.pyc", "x"),
    "a region more": appended("falaj/facts/data/regions/aws.csv", "aws,eu-west-1\n"),
    "a cheaper machine": appended("falaj/facts/data/machines.csv", "p5en.48xlarge,0\n"),
    "a service more without a region": appended(FACTS, "GLOBAL_AWS['s3'] = 'x'\n"),
    "the facts a link": linked("falaj/facts"),
    "an estimate of nought": written("falaj/finops/estimate.py", "def estimate(*_): return 0\n"),
    "code in the package": appended("falaj/__init__.py", "import sys\n"),
    "the pack hidden from archives": together(
        written(".gitattributes", "policy_pack/** export-ignore\n"), appended(EXEMPTIONS, "#\n")
    ),
    "differences hidden from git": together(
        written(".gitattributes", "policy_pack/** -diff -text binary\n"), appended(EXEMPTIONS, "#\n")
    ),
    "a new rule file that is ignored": together(
        written(".gitignore", "policy_pack/guardrails/evil.py\n"),
        written("policy_pack/guardrails/evil.py", "#\n"),
        lambda folder: git(folder, "add", "--force", "policy_pack/guardrails/evil.py"),
    ),
    "an exemption in the working tree": written(EXEMPTIONS, EXEMPTION),
    "a new rule file in the working tree": written("policy_pack/guardrails/evil.py", "#\n"),
    "facts deleted in the working tree": removed("falaj/facts"),
    "an executable bit": lambda folder: (folder / REGISTRY).chmod(0o755),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_change_of_the_rules_is_judged_by_those_of_the_base(project: Path, name: str) -> None:
    ATTACKS[name](project)
    if "working tree" not in name:
        git(project, "checkout", "--quiet", "--detach")
        git(project, "add", "--all", "--force")
        git(project, "commit", "--quiet", "--message", "a change")
    expected = {
        file: git(project, "show", f"main:{file}")
        for file in git(project, "ls-tree", "-r", "--name-only", "main", "--", *RULES).splitlines()
    }

    def look(packs: Packs) -> None:
        assert packs.judge.parent not in (project, project / "policy_pack")
        assert packs.own is not None
        assert packs.changes is not None
        assert packs.changes.changes
        extracted = {file.relative_to(packs.judge).as_posix() for file in packs.judge.rglob("*") if file.is_file()}
        assert extracted == {name.removeprefix("policy_pack/") for name in expected}
        for file, text in expected.items():
            assert (packs.judge / file.removeprefix("policy_pack/")).read_text().strip() == text

    judged(project, look)


CHECKED = (
    *("falaj/pipelines/check.sh", "requirements.txt", "pyproject.toml", "falaj/cli/report.py", ".github/CODEOWNERS"),
    *("falaj/sandbox/previews.py", "falaj/bootstrap.sh", ".gitlab-ci.yml", "CODEOWNERS", ".github/workflows/x.yml"),
    *("azure-pipelines.yml", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
)


@pytest.mark.parametrize("name", CHECKED)
def test_a_change_of_the_check_itself_is_a_finding(project: Path, name: str) -> None:
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    appended(name, "\n#\n")(project)
    packs = judged(project)
    assert isinstance(packs, Packs)
    assert packs.changes is not None
    assert [change.where for change in packs.changes.changes] == [name]
    assert packs.own is None
    assert packs.judge == project / "policy_pack"


GOOD = (
    *("__main__.py", "Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.staging.yaml", "README.md", "docs/pipelines.md"),
    *("components/__init__.py", "components/aws/new.py", "tests/test_x.py", "CHANGELOG.md", "docs/policy_pack.md"),
    *("examples/policy_pack/notes.md", "my_policy_pack/x.py", "falaj/rights/x.py", "falaj/preflight/x.py"),
    *("infra/falaj/facts/x.py", ".gitignore", ".editorconfig", "docs/CODEOWNERS.md", "policy_pack.md"),
    *("src/enforcement.yaml", "falaj/components.md"),
)


@pytest.mark.parametrize("name", GOOD)
def test_a_change_of_anything_else_is_judged_by_its_own_rules_which_are_the_same(project: Path, name: str) -> None:
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    appended(name, "\n# more\n")(project)
    assert judged(project) == Packs(project / "policy_pack")


def test_compiled_files_of_a_run_are_no_change(project: Path) -> None:
    written(".gitignore", "__pycache__/\n")(project)
    written("policy_pack/guardrails/__pycache__/registry.cpython-311.pyc", "x")(project)
    assert judged(project) == Packs(project / "policy_pack")


def test_an_old_branch_is_judged_by_the_rules_of_today_and_is_no_change_of_them(project: Path) -> None:
    before = git(project, "rev-parse", "main")
    appended(EXEMPTIONS, "# stricter since\n")(project)
    git(project, "checkout", "--quiet", "-b", "newer")
    git(project, "commit", "--quiet", "--all", "--message", "newer rules")
    today = git(project, "rev-parse", "HEAD")
    git(project, "checkout", "--quiet", "main")
    with packs_of(project, "dev", Ref("main", before), Ref("newer", today)) as packs:
        assert packs.judge != project / "policy_pack"
        assert (packs.judge / "exemptions.yaml").read_text().endswith("# stricter since\n")
        assert packs.own is None
        assert packs.changes is None


def test_the_pack_of_the_base_runs_with_the_facts_of_the_base(project: Path) -> None:
    appended("falaj/__init__.py", "\nCHANGED = True\n")(project)
    with pack_at(project, "main") as pack:
        assert pack is not None
        program = "import falaj, falaj.facts; print(falaj.__file__, hasattr(falaj, 'CHANGED'))"
        done = subprocess.run(["python3", "-c", program], cwd=pack, check=True, capture_output=True, text=True)
        assert done.stdout.split() == [str(pack / "falaj/__init__.py"), "False"]
    assert not pack.exists()


def test_a_project_below_the_top_of_its_repository(tmp_path: Path) -> None:
    top, project = tmp_path / "top", tmp_path / "top/platform"
    project.mkdir(parents=True)
    for name in (ENFORCEMENT, "policy_pack/PulumiPolicy.yaml", "falaj/facts/services.py", "falaj/__init__.py"):
        written(name, "runtime: python\n")(project)
    git(top, "init", "--quiet", "--initial-branch", "main")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message", "base")
    appended(ENFORCEMENT, "#\n")(project)
    assert changed_files(project, "main", RULES) == (ENFORCEMENT,)
    with pack_at(project, "main") as pack:
        assert pack is not None
        assert (pack / "enforcement.yaml").read_text() == "runtime: python\n"
        assert (pack / "falaj/facts/services.py").is_file()


def test_a_base_without_a_pack_is_judged_by_the_one_that_comes_with_falaj(project: Path) -> None:
    shutil.copytree(project / "policy_pack", project / "kept")
    removed("policy_pack")(project)
    git(project, "checkout", "--quiet", "-b", "without")
    git(project, "commit", "--quiet", "--all", "--message", "no pack")
    without = Ref("without", git(project, "rev-parse", "HEAD"))
    moved("kept", "policy_pack")(project)
    with packs_of(project, "dev", without, without) as packs:
        assert packs.judge == command.BUNDLED_PACK
        assert packs.own == project / "policy_pack"


def test_without_a_commit_the_own_rules_judge(project: Path) -> None:
    appended(ENFORCEMENT, "#\n")(project)
    with packs_of(project, "dev", Ref(None, None), Ref(None, None)) as packs:
        assert packs == Packs(project / "policy_pack")


def test_a_commit_that_git_cannot_read_is_one_sentence(project: Path) -> None:
    with pytest.raises(CommitNotFound), pack_at(project, "0" * 40):
        pass
    appended(ENFORCEMENT, "#\n")(project)
    missing = Ref("x", "0" * 40)
    with pytest.raises(CommandError, match="--rules"), packs_of(project, "dev", missing, missing):
        pass


def test_the_owners_approve_everything_that_judges_a_change() -> None:
    lines = (ROOT / "pipelines/CODEOWNERS").read_text().splitlines()
    assert {line.split()[0].strip("/") for line in lines if not line.startswith("#")} == {*RULES, *CHECK}
