"""Every enumeration of AWS with a word that may weaken something has a row, or was reviewed.

pulumi-aws takes words as plain texts, so the words are those of AWS's own service models (`aws_enumerations`). A newer
botocore or SDK with a new word fails here until somebody has read what it does: add a row to `data/switches/aws.csv`,
or, if it is harmless, needed by good teams or the default, the name and the words to
`enumerations_without_row_aws.csv` (reviewed on 2026-11-29, pulumi-aws 7.51.1 and botocore 1.44.8).
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from guardrails.registry import ALL
from guardrails.unverifiable.reviewed_types import evaluated_types, reviewed_types
from guardrails.unverifiable.switch_rows import table

from falaj.sandbox.clouds.sdk_schema import sdk

from .aws_enumerations import allowed
from .enumerations import checked_paths, types_in

SDK = sdk("pulumi_aws")
KNOWN = evaluated_types(ALL) | reviewed_types().keys()
REVIEWED = Path(__file__).with_name("enumerations_without_row_aws.csv")
_REASONS = {
    "choice": "AWS's default, or one of several ways of good teams",
    "elsewhere": "another guardrail evaluates it where it matters",
    "form": "says how data or machines are laid out, or how a search compares",
    "records": "fewer or more records of how something runs than by default; records of who did what have rules",
    "safer": "the other position is the weaker one",
    "state": "switches the thing itself off, or is its state",
}
"""Reason in the list -> why a name needs no row."""
_DEPTH = 6
_NO_PROTECTION = frozenset({"chime", "elastictranscoder", "gamelift", "medialive", "mediaconvert", "quicksight"})
"""Modules whose words say how sounds, pictures, games and charts look."""
_MAY_WEAKEN = re.compile(
    r"off|none|no_?op|audit(?:_only)?|\w*log_?only|report_?only|detect\w*|allow\w*|disabled?|ignore\w*|optional"
    r"|permissive|anonymous|\w*public\w*|\w*unrestricted|skip\w*|bypass\w*|pass_?through|pass|warn|alert|monitor"
    r"|count|http|plain_?text|plain|not_?required|open\w*|inactive|suspended|guest\w*|\w*access_?key|api_?key|basic"
    r"|\w*password\w*|\w*fallback\w*|tls\W?v?1[._]?[01]\w*|ssl\w*|internet\w*|external|full\w*|\w*everyone|all|any"
    r"|all_\w+|accept|continue\w*|unlimited|automatic\w*|legacy\w*|md5|sha-?1|des\w*|rc4|\w*1024\w*|\w*unauth\w*"
    r"|\w*_owned\w*|no_\w+|never|delivery|unsafe\w*|self_\w+|\w*unredacted\w*",
    re.IGNORECASE,
)


def _without_row() -> Iterator[tuple[str, str, str]]:
    """Yields the type, the name and the words of each enumeration that may weaken and that no row or check covers."""
    checked = checked_paths()
    for token in sorted(KNOWN & SDK.tokens.keys()):
        module = token.split(":")[1].split("/")[0]
        if module in _NO_PROTECTION:
            continue
        for path, kind in types_in(SDK, SDK.schema(token).inputs, _DEPTH):
            if kind.kind not in ("string", "enum"):
                continue
            name = path.rpartition(".")[2]
            weak = sorted(word for word in allowed(module, name) if _MAY_WEAKEN.fullmatch(word))
            if weak and table().find(token, path) is None and path not in checked.get(token, ()):
                yield token, name, "|".join(weak)


def test_words_that_may_weaken_something_were_reviewed() -> None:
    with REVIEWED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reviewed = {(row["name"], row["words"]) for row in rows}
    assert {row["reason"] for row in rows} == _REASONS.keys()
    found = {(name, weak): token for token, name, weak in _without_row()}
    assert {key: token for key, token in found.items() if key not in reviewed} == {}
    assert sorted(reviewed - found.keys()) == []
