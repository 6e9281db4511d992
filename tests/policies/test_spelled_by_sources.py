"""Words that rules compare with those of clouds are spelled as the clouds' own SDKs spell them: a misspelled one is
never met."""

import re
from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path

import botocore.session
import pytest
from guardrails.residency import connectors
from guardrails.unverifiable import machine_documents

_EXPECTED = re.compile(r"Expected value is '([^']+)'")


@pytest.mark.parametrize(
    ("module", "words"), [("streamanalytics", connectors._STREAM_OUTPUTS), ("botservice", connectors._CHANNELS)]
)
def test_kinds_of_azure_are_those_of_the_sdk(module: str, words: Collection[str]) -> None:
    spec = find_spec("pulumi_azure_native")
    assert spec is not None
    assert spec.origin is not None
    text = (Path(spec.origin).parent / module / "_inputs.py").read_text(encoding="utf-8")
    assert set(words) <= set(_EXPECTED.findall(text))


def test_kinds_of_documents_are_those_of_systems_manager() -> None:
    kinds = botocore.session.get_session().get_service_model("ssm").shape_for("DocumentType").enum
    assert set(kinds) >= machine_documents._HARMLESS_DOCUMENTS
