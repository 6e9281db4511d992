"""Variables that are put into commands, commands whose failure is of no account, and the time that reading takes."""

import json

import pytest
from guardrails.cost.endless_runs import check_endless_runs
from guardrails.engine.reading import Resource
from guardrails.readers.joined_texts import joined
from guardrails.readers.stated_variables import with_variables
from guardrails.readers.texts import Leaf
from guardrails.unverifiable.cost_splits import check_cost_splits
from guardrails.unverifiable.ignored_checks import check_ignored
from guardrails.unverifiable.skipped_stages import check_skipped_stages

from tests.processor_time import within

from .blind import TAGS, aws, k8s, meta
from .harness import Given, Pack, blocking

POD = "spec.containers[0]"
PACK = Pack()
HOSTILE = (
    "$(",
    "$A",
    "${",
    "$$(A)",
    "$(A",
    "a=$",
    "|| ",
    "pulumi ",
    "sleep 9",
    "while ",
    "SKIP=",
    "falaj-",
    "#{a.",
    "-",
)


def _leaf(path: str, value: str, key: str = "") -> Leaf:
    return Leaf(path, key or path.rpartition(".")[2], value, False)


def _read(text: str, path: str = f"{POD}.args[0]", **variables: str) -> str:
    stated = [_leaf(f"{POD}.env[{index}].value", value, name) for index, (name, value) in enumerate(variables.items())]
    return str(with_variables([*stated, _leaf(path, text)])[-1].value)


@pytest.mark.parametrize(("text", "expected"), [
    ("https://$(A).$(B)/v1", "https://api.example/v1"), ("https://$A.${B}/v1", "https://api.example/v1"),
    ("$$(A)", "$$(A)"), (r"\$A", r"\$A"), ("$(C)", "$(C)"), ("$ABC", "$ABC"), ("$(D)", "api.example"), ("$(E)", "$(E)"),
])  # fmt: skip
def test_variables_are_put_in(text: str, expected: str) -> None:
    assert _read(text, A="api", B="example", D="$(A).$(B)", E="$(E)") == expected


def test_variables_of_other_containers_are_not_put_in() -> None:
    other = "spec.containers[1]"
    leaves = [_leaf(f"{POD}.env[0].value", "a", "A"), _leaf(f"{other}.env[0].value", "b", "A")]
    read = with_variables([*leaves, _leaf(f"{other}.command[1]", "$A"), _leaf(f"{POD}.command[1]", "$A"),
                           _leaf("spec.other.command[0]", "$A"), _leaf(f"{POD}.image", "$A")])  # fmt: skip
    assert [leaf.value for leaf in read[2:]] == ["b", "a", "$A", "$A"]


def test_a_build_has_one_list_of_variables() -> None:
    stated = _leaf("environment.environmentVariables[0].value", "io", "ENDING")
    read = with_variables(
        [stated, _leaf("source.buildspec.phases.build.commands[0]", "curl https://drop.tools.$ENDING")]
    )
    assert read[1].value == "curl https://drop.tools.io"


def _build(*commands: str, **phase: object) -> Given:
    spec = {"phases": {"build": {**phase, "commands": list(commands)}}}
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"spec.json": json.dumps(spec)}})


@pytest.mark.parametrize(("given", "is_refused"), [
    (_build("cosign verify --key k image || true"), True), (_build("falaj check || echo refused"), True),
    (_build("falaj check || exit 1"), False), (_build("falaj check || { echo refused; exit 1; }"), False),
    (_build("falaj check || echo refused && exit 1"), False), (_build("falaj check", "rm -rf /tmp/x || true"), False),
    (_build("trivy image x || true"), False), (_build("falaj check", **{"on-failure": "CONTINUE"}), True),
    (_build("falaj check", **{"on-failure": "ABORT"}), False), (_build("ls", **{"on-failure": "CONTINUE"}), False),
    (_build("conftest test plan.json", **{"continue-on-error": True}), True),
    (_build("PULUMI_OPTION_SKIP_PREVIEW=1 make"), True), (_build("PULUMI_OPTION_SKIP_PREVIEW=0 make"), False),
    (_build("SKIP=ruff,falaj-guardrails git push"), True), (_build("SKIP=ruff git push"), False),
])  # fmt: skip
def test_commands_whose_failure_is_of_no_account(given: Given, *, is_refused: bool) -> None:
    assert ("FJ-ESC-115" in blocking(PACK.evaluate_plan(given))) is is_refused


@pytest.mark.parametrize("mark", HOSTILE)
def test_reading_takes_linear_time(mark: str) -> None:
    text = (mark * 20_000)[:20_000]
    job = k8s("batch/v1:CronJob", {"metadata": meta(), "spec": {"schedule": "* * * * *", "jobTemplate": {"spec": {
        "template": {"spec": {"containers": [{"name": "a", "command": ["sh", "-c", text]}]}}}}}})  # fmt: skip
    pipeline = aws("codepipeline/Pipeline", {"stages": [
        {"name": "a", "actions": [], "beforeEntry": {"condition": {"result": "SKIP", "rules": [
            {"name": "x", "configuration": {"Variable": text}}]}}}, {"name": "b", "actions": []}]})  # fmt: skip
    category = aws("costexplorer/CostCategory", {"tags": TAGS, "rules": [{"value": "a", "rule": {"dimension": {
        "key": "SERVICE_CODE", "values": [text], "matchOptions": ["CONTAINS"]}}}] * 2})  # fmt: skip
    build = _build(f"cosign verify {text}", text)
    with within(0.5):
        with_variables([_leaf(f"{POD}.env[0].value", "x" * 300, "A"), _leaf(f"{POD}.args[0]", text)])
    with within(0.5):
        list(joined(f"https://'a' {text}"))
    for check, given in ((check_endless_runs, job), (check_skipped_stages, pipeline), (check_cost_splits, category),
                         (check_ignored, build)):  # fmt: skip
        resource = Resource(given.urn, given.type, given.name, dict(given.props))  # type: ignore[arg-type]
        with within(0.5):
            list(check(resource))


def test_many_containers_take_linear_time() -> None:
    names = range(10_000)
    stated = [_leaf(f"spec.containers[{index}].env[0].value", "x", "A") for index in names]
    used = [_leaf(f"spec.containers[{index}].args[0]", "$A") for index in names]
    with within(1):
        assert with_variables([*stated, *used])[-1].value == "x"


@pytest.mark.parametrize(("text", "expected"), [
    ("'https://' + host + '.io'; host = 'a'", "https://a.io"), ("{% 'https://a.' & 'io' %}", "https://a.io"),
    ("\"https://a\" .. \".io\"", "https://a.io"), ("@concat('https://', 'a', '.io')", "https://a.io"),
    ("States.Format('https://{}.{}', 'a', 'io')", "https://a.io"), ("format('https://{1}.{0}', 'io', 'a')", "https://a.io"),
    ("'https://%s.io' % 'a'", "https://a.io"), ("printf \"https://%s.%s\" a io | sh", "https://a.io"),
    ("fmt.Sprintf(\"https://%v.io\", \"a\")", "https://a.io"), ("curl https://a.'i'o", "https://a.io"),
    ("'https://' + unknown + '.io'", ""), ("'https://' + os.environ['a'] + 'b.io'", ""), ("'a' + x # https://b", ""),
])  # fmt: skip
def test_texts_that_are_put_together(text: str, expected: str) -> None:
    found = {item for item in joined(text) if item.endswith(".io")}
    assert found == ({expected} if expected else set())
