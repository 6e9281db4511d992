"""Any stack file is answered: refused in sentences of one line, or good; and what is good is within bounds."""

import json
import re
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from falaj.components.core.network.azure_ids import GroupId
from falaj.components.core.site.aks_upgrades import NodeGroupName
from falaj.components.settings.load import platform_settings
from falaj.components.settings.stackfile import check, schema
from tests.thorough import many
from tests.unit.settings.mutants import TEXTS, mutant
from tests.unit.settings.stacks import ROOT, changed, problems

MARKUP = ("<script>alert(1)</script>", "[red]x", "a\u202eb", "a\nb", "`id`|x")
LONG = "x" * 5000

ABSURD: tuple[tuple[str, Any], ...] = (
    ("sites.awsuae.budget.aed_per_month", 1e308),
    ("sites.awsuae.budget.aed_per_month", "1e308"),
    ("sites.awsuae.budget.aed_per_month", float("nan")),
    ("sites.awsuae.budget.start", "2001-12-01"),
    ("sites.awsuae.budget.notify.0", "<b>@x.ae"),
    ("sites.awsuae.budget.notify.0", f"a@{'b' * 300}.ae"),
    ("ceilings.increase_percent", 1e308),
    ("ceilings.increase_aed", "1e300"),
    ("tenants.insurance.spaces.awsuae.cpu", 10**9),
    ("tenants.insurance.spaces.awsuae.memory_gib", 10**12),
    ("tenants.insurance.spaces.awsuae.storage_gib", 10**12),
    ("tenants.insurance.spaces.awsuae.gpus", 10**9),
    ("sites.awsuae.pools.cpu.min", 10**6),
    ("sites.awsuae.pools.cpu.labels", {"a": LONG}),
    ("tags", {"project": "a", **{f"k{n}": "v" for n in range(60)}}),
    ("tags.team", "<script>"),
    ("tenants", {f"t{n}": {} for n in range(5001)}),
)  # fmt: skip


@pytest.mark.parametrize(("path", "value"), ABSURD, ids=lambda item: str(item)[:40])
def test_an_absurd_value_is_refused_at_its_place(path: str, value: Any) -> None:
    found = problems(changed(path, value))
    assert any(problem.path.startswith(f"platform.{path}") for problem in found), [str(each) for each in found][:3]


@pytest.mark.parametrize("text", [*TEXTS, *MARKUP, LONG * 4], ids=lambda text: ascii(text)[:20])
def test_a_text_that_any_field_takes_has_only_characters_that_can_be_seen(text: str) -> None:
    given_settings = changed("tenants.research.runs.first-run.parameters", {"note": text}, "dev")
    if len(text) <= 16_384 and all(each.isprintable() or each == "\n" for each in text) and "${falaj" not in text:
        assert platform_settings(given_settings)
    else:
        assert all(str(problem).isprintable() for problem in problems(given_settings))


@settings(max_examples=many(40), deadline=None, derandomize=True)
@given(st.integers(0, 10**9))
def test_a_mutant_of_a_stack_file_is_answered_in_lines_and_at_once(number: int) -> None:
    made = mutant(7, number)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "Pulumi.mutant.yaml"
        file.write_bytes(made.data)
        started = time.process_time()
        answered = check(file)
    assert time.process_time() - started < 2, made.change
    for sentence in map(str, answered.problems):
        assert "report it to the maintainers" not in sentence, (made.base, made.change, sentence)
        assert sentence.isprintable(), made.change
        assert len(sentence) < 3000, made.change
    json.dumps([vars(problem) for problem in answered.problems], default=str)


UNBOUNDED = {
    "actual_percent": "each percentage is validated: 1 to 1000 (components/core/money/budgets.py)",
    "forecast_percent": "likewise",
    "scratch_gib": "sizes that Lustre has (components/core/storage)",
}
"""Field of numbers without bounds in the schema -> what bounds it."""


def test_every_number_of_the_settings_has_a_lower_and_an_upper_bound() -> None:
    found = set(_numbers(schema(), ""))
    assert len(found) > 50
    unbounded = {name for name, is_bounded in found if not is_bounded}
    assert unbounded == set(UNBOUNDED)


_LOW, _HIGH = ("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")


def _numbers(form: Any, name: str) -> Any:
    """Yields the name of each field of numbers, and whether it has both bounds."""
    if isinstance(form, list):
        for item in form:
            yield from _numbers(item, name)
    elif isinstance(form, dict):
        if form.get("type") in ("integer", "number") and "enum" not in form:
            yield name, any(low in form for low in _LOW) and any(high in form for high in _HIGH)
        for key, item in form.items():
            if key in ("properties", "$defs"):
                for field, inner in item.items():
                    yield from _numbers(inner, field)
            elif key not in ("default", "examples", "enum"):
                yield from _numbers(item, name)


PATTERNS = {
    "a pattern refuses markup": ("<script>", "[red]x", "a\u202eb", "a\nb"),
    "a pattern refuses thousands of letters": ("x" * 5000, "a@" + "b" * 5000 + ".ae", "https://" + "a" * 5000),
}


@pytest.mark.parametrize("texts", PATTERNS.values(), ids=PATTERNS)
def test_a_text_with_a_pattern_is_bounded(texts: tuple[str, ...]) -> None:
    found = list(_patterns(schema()))
    assert len(found) > 100
    for form in found:
        for text in texts:
            fits = len(text) <= form.get("maxLength", 10**9) and re.search(form["pattern"], text)
            assert not fits, (form["pattern"], text[:20])


GROUP = f"/subscriptions/{'1' * 36}/resourceGroups/%s"


@pytest.mark.parametrize("name", ["شبكة-دبي", "réseau_(1).a", "ai-platform"])
def test_editors_take_the_ids_of_azure_that_the_check_takes(name: str) -> None:
    """Azure takes letters of any script in names of groups. Editors read `\\w` and `\\d` as ASCII (ECMA-262,
    CharacterClassEscape), the check reads them as Unicode."""
    group = TypeAdapter(GroupId)
    assert group.validate_python(GROUP % name) == GROUP % name
    assert re.search(group.json_schema()["pattern"], GROUP % name, re.ASCII)
    assert TypeAdapter(NodeGroupName).validate_python(name) == name
    assert re.search(TypeAdapter(NodeGroupName).json_schema()["pattern"], name, re.ASCII)


@pytest.mark.parametrize("name", ["a b", "a/b", "a\nb", "a#b", "a*b", "<g>", "[g]", "a\u00a0b", "a…", "a\u202eb", "a."])
def test_other_characters_are_in_no_name_of_a_group(name: str) -> None:
    forms: list[tuple[Any, str]] = [(NodeGroupName, name)]
    forms += [(GroupId, GROUP % name)] if name != "a." else []
    for form, text in forms:
        with pytest.raises(ValidationError):
            TypeAdapter(form).validate_python(text)
        assert not re.search(TypeAdapter(form).json_schema()["pattern"], text)


def test_no_pattern_means_one_thing_to_editors_and_another_to_the_check() -> None:
    assert not [form["pattern"] for form in _patterns(schema()) if re.search(r"\\[wWdDbB]", form["pattern"])]


def _patterns(form: Any) -> Any:
    if isinstance(form, list):
        for item in form:
            yield from _patterns(item)
    elif isinstance(form, dict):
        if isinstance(form.get("pattern"), str):
            yield form
        for item in form.values():
            yield from _patterns(item)


SALT = "v1:wiTViBVKFMY=:v1:QTe58l1/l80AblyT:tMoep1dKYH1hIdqve6KwwMAipgFi7A=="
OTHER_SALT = "v1:5Q4r3HvNbcM=:v1:23UnjgqAnx8lYZXW:CADSFa4SouiP9YX9RLIIJYFtaa+u3w=="


@pytest.mark.parametrize(
    ("salt", "secret", "paths"),
    [
        (SALT, {"secure": "v1:a:b"}, ["config.falaj:token"]),
        (SALT, {"a": [{"secure": "v1:a:b"}]}, ["config.falaj:token.a.0"]),
        (OTHER_SALT, {"secure": "v1:a:b"}, []),
        ("v1:none", {"secure": "v1:a:b"}, []),
        (SALT, "plain", []),
    ],
    ids=["of the sandbox", "nested", "of another passphrase", "no salt", "no secret"],
)
def test_a_secret_under_the_public_passphrase_is_refused(
    salt: str, secret: object, paths: list[str], tmp_path: Path
) -> None:
    content = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))
    content["config"]["falaj:token"] = secret
    file = tmp_path / "Pulumi.dev.yaml"
    file.write_text(yaml.safe_dump({**content, "encryptionsalt": salt}), encoding="utf-8")
    found = check(file).problems
    assert [problem.path for problem in found] == paths
    assert all("v1:a:b" not in str(problem) for problem in found)
