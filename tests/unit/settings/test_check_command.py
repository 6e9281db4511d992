"""Output of `falaj check`: one sentence for each problem; one file does not hide the problems of another."""

import copy
import io
import json
import re
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml

from falaj.components.settings import stackfile
from falaj.components.settings.stackfile import MODELS
from falaj.facts.tags import MANDATORY_KEYS
from tests.unit.settings.stacks import ROOT

FILES = sorted([*ROOT.glob("Pulumi.?*.yaml"), *ROOT.glob("examples/*/Pulumi.?*.yaml")])
GOOD = ROOT / "Pulumi.dev.yaml"


def printed(*files: Path) -> tuple[int, list[str]]:
    """Returns the exit status and lines of one call."""
    out = io.StringIO()
    with patch.object(sys, "argv", ["check", "check", *map(str, files)]), redirect_stdout(out):
        status = stackfile.main()
    return status, out.getvalue().splitlines()


def written(file: Path, text: dict, folder: Path) -> Path:
    changed = folder / file.name
    changed.write_text(yaml.safe_dump(text), encoding="utf-8")
    return changed


def test_there_are_files_to_check() -> None:
    assert {"Pulumi.dev.yaml", "Pulumi.prod-uae.yaml", "Pulumi.insurance.yaml"} <= {file.name for file in FILES}
    assert len(FILES) >= 8
    assert len(MANDATORY_KEYS) == 6


@pytest.mark.parametrize("tag", sorted(MANDATORY_KEYS))
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_missing_cost_tag_is_one_sentence(file: Path, tag: str, tmp_path: Path) -> None:
    text = yaml.safe_load(file.read_text(encoding="utf-8"))
    key = next(key for key in MODELS if key in text["config"])
    del text["config"][key]["tags"][tag]
    status, lines = printed(written(file, text, tmp_path))
    assert status == 2
    problems_shown = [line for line in lines if ": warning: " not in line]
    assert len(problems_shown) == 1
    assert problems_shown[0].startswith(
        f"{file.name}: {key.removeprefix('falaj:')}.tags.{tag}: required field is missing"
    )
    assert problems_shown[0].endswith(f"Fix: add `{tag}`.")


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe not text", b"config: [", b"- a list", b"", None],
    ids=["bytes", "yaml", "list", "empty", "none"],
)
def test_a_file_that_cannot_be_read_hides_no_other(content: bytes | None, tmp_path: Path) -> None:
    bad, wrong = tmp_path / "Pulumi.bad.yaml", yaml.safe_load(GOOD.read_text(encoding="utf-8"))
    if content is not None:
        bad.write_bytes(content)
    del wrong["config"]["falaj:platform"]["tags"]["owner"]
    status, lines = printed(bad, written(GOOD, wrong, tmp_path), ROOT / "Pulumi.prod-uae.yaml")
    assert status == 2
    assert sum(line.startswith("Pulumi.bad.yaml: ") for line in lines) == 1
    assert any(line.startswith("Pulumi.dev.yaml: platform.tags.owner: required") for line in lines)
    assert "Pulumi.prod-uae.yaml: good" in lines


def test_a_crash_is_a_problem_that_asks_to_report_it(tmp_path: Path) -> None:
    def crashes(raw: object) -> object:
        raise KeyError("data-classification")

    tenant = next(file for file in FILES if file.name == "Pulumi.insurance.yaml")
    with patch.object(stackfile, "VALIDATE", {**stackfile.VALIDATE, stackfile.TENANT_KEY: crashes}):
        status, lines = printed(tenant, GOOD)
    assert status == 2
    assert lines[0].startswith("Pulumi.insurance.yaml: Pulumi.insurance.yaml: \"KeyError: 'data-classification'\"")
    assert "report it to the maintainers" in lines[0]
    assert "Pulumi.dev.yaml: good" in lines


def _with_old_keys() -> dict:
    text = copy.deepcopy(yaml.safe_load(GOOD.read_text(encoding="utf-8")))
    pools = text["config"]["falaj:platform"]["sites"]["devaws"]["pools"]
    pools["cpuspot"]["sleeps"] = pools["gpuspot"]["sleeps"] = True
    return text


def test_an_old_key_is_a_warning_once(tmp_path: Path) -> None:
    status, lines = printed(written(GOOD, _with_old_keys(), tmp_path))
    assert status == 0
    assert [line for line in lines if "deprecated" in line] == [
        "Pulumi.dev.yaml: warning: NodePoolSpec: `sleeps` is deprecated and goes in the next minor version; "
        "write `aws.sleeps`"
    ]


def test_an_old_key_is_told_beside_problems_too(tmp_path: Path) -> None:
    text = _with_old_keys()
    del text["config"]["falaj:platform"]["tags"]["owner"]
    status, lines = printed(written(GOOD, text, tmp_path))
    assert status == 2
    assert sum("deprecated" in line for line in lines) == 1
    assert sum("platform.tags.owner" in line for line in lines) == 1


def test_a_program_logs_an_old_key_once_and_not_as_raw_text(tmp_path: Path) -> None:
    settings = json.dumps(_with_old_keys()["config"]["falaj:platform"])
    program = (
        "import json, pulumi\n"
        "told = []\n"
        "pulumi.log.warn = told.append\n"
        "from falaj.components.settings.load import platform_settings\n"
        f"platform_settings(json.loads({settings!r}))\n"
        "print(json.dumps(told))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    problems_shown = json.loads(done.stdout)
    assert len(problems_shown) == 1
    assert problems_shown[0].startswith("NodePoolSpec: `sleeps` is deprecated")


@pytest.mark.parametrize(
    ("config", "status", "message"),
    [
        ({"aws:region": "me-central-1", "falaj:owner": "speech-team"}, 0, "so nothing to check"),
        ({"falaj:platfrom": {"tags": {}}}, 2, "config.falaj:platfrom: "),
        ({"FALAJ:PLATFORM": {"tags": {}}}, 2, "config.FALAJ:PLATFORM: "),
        ({}, 0, "so nothing to check"),
        ({"platform": {"tags": {}, "sites": {}}}, 2, "Fix: write them below `falaj:platform`."),
        ({"${falaj:platform}": {"tags": {}, "onprem": {}}}, 2, "config.${falaj:platform}: "),
        ({"0": {"tags": {}, "name": "x", "tier": "smb"}}, 2, "Fix: write them below `falaj:tenant`."),
        ({"shop:values": {"tags": {}, "colour": "x"}, "shop:tags": {"tags": {}}}, 0, "so nothing to check"),
        ({"shop:staff": {"name": "x", "sites": []}}, 0, "so nothing to check"),
        ({"shop:svc": {"name": "api", "tags": {"a": "b"}}}, 0, "so nothing to check"),
        ({"shop:network": {"tags": {"a": "b"}, "sites": ["a"]}}, 0, "so nothing to check"),
        ({True: {"a": 1}}, 2, "config.True: "),
        ({5: "x"}, 2, "allowed: `namespace:name`. Fix: write it in quotes."),
        ({"shop:a:b": "x"}, 2, "allowed: `namespace:name`. Fix: leave only one colon."),
        ({"shop:config:b": "x", "b": "y"}, 0, "so nothing to check"),
    ],
    ids=str,
)
def test_a_file_without_settings_of_falaj(
    config: dict[object, object], status: int, message: str, tmp_path: Path
) -> None:
    ran, lines = printed(written(GOOD, {"config": config}, tmp_path))
    assert (ran, message in lines[-1]) == (status, True), lines


def test_a_program_of_components_learns_what_was_not_checked_and_what_does(tmp_path: Path) -> None:
    """`falaj check` does not run the program, in which such a stack has its arguments."""
    file = tmp_path / "Pulumi.my-team.yaml"
    file.write_text("config:\n  aws:region: me-central-1\n", encoding="utf-8")
    sentence = "Not checked: what the program gives to components, and the guardrails; `falaj preview --stack my-team`"
    for options in ((), ("--json",)):
        command = [sys.executable, "-m", "falaj.components.settings.stackfile", "check", str(file), *options]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        assert sentence in (done.stderr if options else done.stdout)
    assert json.loads(done.stdout) == {str(file): []}


@pytest.mark.parametrize("key", ["CONFIG", "configuration", "`id`", 5])
def test_settings_below_a_key_that_the_engine_does_not_read_are_refused(key: object, tmp_path: Path) -> None:
    text = yaml.safe_load(GOOD.read_text(encoding="utf-8"))
    settings = text.pop("config")
    for others in ({}, {"config": {"aws:region": "me-central-1"}}):
        status, lines = printed(written(GOOD, text | others | {key: settings}, tmp_path))
        assert status == 2
        assert f"{key}: " in lines[-1]
        assert "Fix: write its values below `config`." in lines[-1]
    assert printed(written(GOOD, text | {"config": settings, "x-owners": {"a": {"falaj": "b"}}}, tmp_path))[0] == 0


def test_settings_that_config_takes_over_by_an_anchor_are_read(tmp_path: Path) -> None:
    changed = tmp_path / GOOD.name
    text = GOOD.read_text(encoding="utf-8").replace("config:", "x-platform: &platform", 1)
    changed.write_text(f"{text}\nconfig:\n  <<: *platform\n", encoding="utf-8")
    assert printed(changed)[0] == 0
    changed.write_text(text, encoding="utf-8")
    assert printed(changed)[0] == 2


@pytest.mark.parametrize("key", ["secretsprovider", "encryptedkey", "encryptionsalt"])
def test_keys_of_the_engine_are_texts(key: str, tmp_path: Path) -> None:
    text = yaml.safe_load(GOOD.read_text(encoding="utf-8"))
    for value in ([None], {"a": "b"}):
        status, lines = printed(written(GOOD, text | {key: value}, tmp_path))
        assert (status, f"{key}: " in lines[-1], "allowed: a text" in lines[-1]) == (2, True, True), lines


def test_keys_that_the_engine_ignores_are_a_warning(tmp_path: Path) -> None:
    text = yaml.safe_load(GOOD.read_text(encoding="utf-8"))
    misspelt = {"ENCRYPTIONSALT": "v1:x", "secretprovider": "awskms://alias/falaj", "x-config": "x"}
    status, lines = printed(written(GOOD, text | misspelt, tmp_path))
    (warning,) = (line for line in lines if "ignores" in line)
    assert status == 0
    assert "the engine ignores the key 'ENCRYPTIONSALT' and 1 more outside `config`" in warning
    assert not any("ignores" in line for line in printed(written(GOOD, text, tmp_path))[1])


def test_an_anchor_of_a_plain_value_is_no_misspelt_key(tmp_path: Path) -> None:
    text, owner = GOOD.read_text(encoding="utf-8"), re.compile("(?<= owner: ).+")
    assert owner.search(text)
    changed = tmp_path / GOOD.name
    changed.write_text(f"owner: &owner platform-team\n5: x\n{owner.sub('*owner', text)}", encoding="utf-8")
    status, lines = printed(changed)
    assert status == 0, lines
    assert not any("ignores" in line for line in lines)


@pytest.mark.parametrize(
    ("written_as", "instead", "message"),
    [
        ('start: "2026-12-01"', "start: 2026-12-01", "Fix: write it like 2026-12-01, in quotes."),
        (
            "owner: ml-platform-team",
            "owner: 2026-12-01",
            'owner: "2026-12-01" is not allowed; allowed: text. Fix: write it in quotes.',
        ),
        ("owner: ml-platform-team", "owner: team: speech", "not allowed here. Fix: put a value that contains `: ` in"),
        ("owner: ml-platform-team", "owner:", "owner: null is not allowed; allowed: text. Fix: write text."),
        ("cidr: 10.10.0.0/18", "cidr: 10.10.1.0/18", "Fix: write 10.10.0.0/18, the block that has this address."),
        ("cidr: 10.10.0.0/18", "cidr: 10.10.0.0/33", "Fix: write it like 10.20.0.0/16."),
        (
            "            site: devaws",
            "            site: prod",
            "Fix: choose one of these, or give it a space in `spaces`.",
        ),
        ("memory_gib: 12\n", "memory_gib: 900\n", "has left for pods: 3.7 vCPU, 13.5 GiB and 1 GPU at most."),
    ],
)
def test_the_fix_is_that_of_the_value(written_as: str, instead: str, message: str, tmp_path: Path) -> None:
    """The text as people write it: YAML reads a date, a number and nothing otherwise than the page shows them."""
    text = GOOD.read_text(encoding="utf-8")
    assert written_as in text
    changed = tmp_path / GOOD.name
    changed.write_text(text.replace(written_as, instead, 1), encoding="utf-8")
    status, lines = printed(changed)
    assert status == 2
    assert any(message in line for line in lines), lines
