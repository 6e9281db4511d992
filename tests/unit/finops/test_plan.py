"""Plans are read from previews, state exports and plain rows; malformed ones are rejected in one sentence."""

import json

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.plan import UNKNOWN, ResourceChange, of_plain, read
from tests.unit.finops.plans import UNKNOWN_WORD, preview, step, urn

BUCKET = "aws:s3/bucket:Bucket"
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "x"}


def test_a_preview_says_what_will_be_and_what_was() -> None:
    result = read(
        preview(
            step(BUCKET, "made", {"bucket": "a", "__defaults": ["bucket"]}),
            step(BUCKET, "kept", {"bucket": "b"}, op="same", provider=f"{urn('pulumi:providers:aws', 'uae')}::id-1"),
            step(BUCKET, "changed", {"bucket": "c"}, op="update"),
            step(BUCKET, "gone", {"bucket": "d"}, op="delete"),
            step(BUCKET, "moved", {"bucket": "e"}, op="create-replacement"),
            step(BUCKET, "moved", {"bucket": "e"}, op="delete-replaced"),
        )
    )
    assert result.stack == "prod"
    assert {item.name: item.change for item in result.resources} == {
        "made": ResourceChange.CREATE,
        "kept": ResourceChange.SAME,
        "changed": ResourceChange.UPDATE,
        "moved": ResourceChange.REPLACE,
    }
    assert result.resources[0].props == {"bucket": "a"}
    assert result.resources[1].provider == urn("pulumi:providers:aws", "uae")
    earlier = result.earlier()
    assert earlier is not None
    assert {item.name for item in earlier.resources} == {"kept", "changed", "gone", "moved"}


def test_a_preview_that_leaves_out_what_stays_is_refused() -> None:
    whole = preview(step(BUCKET, "kept", {}, op="same"), changeSummary={"same": 1})
    assert len(read(whole).resources) == 1
    with pytest.raises(BadInput, match=r"omits 4 unchanged resources; .* --show-sames"):
        read(preview(step(BUCKET, "made", {}), changeSummary={"same": 4, "create": 1}))


def test_what_the_engine_says_behind_its_json_is_not_read() -> None:
    assert len(read(preview(step(BUCKET, "made", {})) + "\nwarning: a new version\n").resources) == 1


def test_what_is_not_known_or_secret_is_unknown() -> None:
    (item,) = read(preview(step(BUCKET, "made", {"a": UNKNOWN_WORD, "b": [UNKNOWN_WORD], "c": SECRET}))).resources
    assert item.props == {"a": UNKNOWN, "b": [UNKNOWN], "c": UNKNOWN}
    assert not UNKNOWN


def test_a_state_export_without_what_waits_to_be_deleted() -> None:
    rows = [
        {"urn": urn(BUCKET, "here"), "type": BUCKET, "inputs": {"bucket": "a"}, "parent": urn("falaj:aws:Site", "uae")},
        {"urn": urn(BUCKET, "going"), "type": BUCKET, "inputs": {}, "delete": True},
    ]
    result = read(json.dumps({"version": 3, "deployment": {"resources": rows}}))
    assert [(item.name, item.change, item.parent) for item in result.resources] == [
        ("here", ResourceChange.SAME, urn("falaj:aws:Site", "uae"))
    ]
    assert read(json.dumps({"version": 3, "deployment": {}})).resources == ()


def test_rows_of_a_policy_pack() -> None:
    result = of_plain([(urn(BUCKET, "b"), BUCKET, "b", {"bucket": "a"})])
    assert (result.stack, result.resources[0].props) == ("prod", {"bucket": "a"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "plan: not JSON"),
        ("{", "plan: not JSON"),
        ("[]", "plan: neither `steps`"),
        ("{}", "plan: neither `steps`"),
        ('{"steps": {}}', "plan: neither `steps`"),
        ('{"deployment": null}', "plan: neither `steps`"),
        ('{"steps": [4]}', r"plan: steps\[0\]: `op` is missing"),
        ('{"steps": [{"op": "create", "newState": {}}]}', r"plan: steps\[0\].newState: `urn` is missing"),
        ('{"steps": [{"op": "create", "newState": {"urn": "x", "type": "t"}}]}', "'x' is not a URN"),
        ('{"steps": [{"op": "create", "urn": "a::b::c::d"}]}', r"steps\[0\].newState: is missing for `create`"),
        ('{"steps": [{"op": "same", "newState": "x"}]}', r"steps\[0\].newState: is missing for `same`"),
        ('{"deployment": {"resources": 4}}', "deployment.resources must be a list, not int"),
        ('{"deployment": {"resources": [7]}}', r"deployment.resources\[0\]: a resource must be an object, not int"),
        (
            '{"deployment": {"resources": [{"urn": "a::b::c::d", "type": "t", "inputs": []}]}}',
            "inputs: must be an object, not list",
        ),
    ],
)
def test_malformed_plans(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as refused:
        read(text)
    assert "\n" not in str(refused.value)
