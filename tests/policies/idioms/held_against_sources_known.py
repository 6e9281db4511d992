"""Good idioms beside what the sources of stated facts say: labels by which a web firewall knows verified callers."""

from ..attacks.after_twenty_first_clusters import run
from . import Idiom
from .listed_sentences import WAF, _acl, _allow

_OF_ROBOTS = "awswaf:managed:aws:bot-control:bot"
VERIFIED = tuple(
    given
    for kind in ("user_triggered", "developer_platform", "web_bot_auth")
    for given in _acl(_allow({"labelMatchStatement": {"scope": "LABEL", "key": f"{_OF_ROBOTS}:{kind}:verified"}}))
)
IDIOMS: tuple[Idiom, ...] = (
    Idiom("the web firewall lets in robots whose owner AWS has verified, by each of its labels", _acl(
        _allow({"orStatement": {"statements": [
            {"labelMatchStatement": {"scope": "LABEL", "key": f"{_OF_ROBOTS}:{kind}:verified"}}
            for kind in ("developer_platform", "web_bot_auth")]}})), WAF),
    Idiom("a workflow puts what its caller names into the bucket of the plan, under a name of his", run(
        "sh", "-c", "gsutil rsync -r s3://{{inputs.parameters.to}} /data && aws s3api put-object --body /data/in.csv "
        "--bucket bank-rows --key {{inputs.parameters.to}} --region me-central-1"), "AWS CLI, 's3api put-object'",
        settings={"residency": {"known": {"bank-rows": "the bank's"}}}),
)  # fmt: skip
