"""Good idioms that put addresses of their own together (2026-12-01)."""

from ..attacks.after_twenty_second_texts import activity, node, python, sends, shell
from ..blind import k8s, meta
from ..harness import Given
from . import Idiom, Settings
from .after_eighteenth_mclu import BUDGET

OWN: Settings = {"residency": {"known": {"dc1.example.ae": "our own domain, in our data centre in Abu Dhabi"}}}
KUBERNETES, PYTHON = (
    "kubernetes.io/docs, 'Configure a Pod to Use a ConfigMap'",
    "docs.python.org, 'Format String Syntax'",
)
PARTS = k8s(
    "core/v1:ConfigMap",
    {
        "metadata": meta("parts"),
        "data": {
            "SERVICE": "models",
            "ZONE": "dc1.example.ae",
            "DATABASE": "orders-rw.team-a.svc",
            "words": "a.b $SERVICE",
        },
    },
    "parts",
)


def _running(name: str, given: Given, *more: Given, source: str = KUBERNETES) -> Idiom:
    return Idiom(name, (given, *more, BUDGET), source, OWN)


IDIOMS: tuple[Idiom, ...] = (
    _running("the parts of an own address stand in a config map", shell(
        "curl -fsS https://$SERVICE.$ZONE/v1 && psql -h $DATABASE", envFrom=[{"configMapRef": {"name": "parts"}}]),
        PARTS),
    _running("a name comes from a config map that another stack has", shell(
        "curl -fsS https://$SERVICE.dc1.example.ae/v1", envFrom=[{"configMapRef": {"name": "theirs"}}]), PARTS),
    _running("a shell fills in the address of a service and a line of a log", shell(
        "curl -fsS $(printf 'https://%s.%s/v1' models dc1.example.ae); printf '%s: %s\\n' done 'https://models.team-a.svc'")),
    _running("a program fills in addresses of its own", python(
        "'https://{}.{}/v1'.format('models', 'dc1.example.ae')"), source=PYTHON),
    _running("a program joins an address with what it is told", python(
        "'https://' + os.environ['HOST'] + '/v1?' + 'a.b'", "import os\nhost = 'x'\n"), source=PYTHON),
    _running("a program of Node joins an address of its own", node(
        "const zone = 'dc1.example.ae', paths = ['a', 'b'].join('/'); fetch('https://models.' + zone + '/' + paths)")),
    Idiom("a workflow joins the address of an interface of the account", (sends(
        "{% 'https://a1b2c3d4e5' & '.execute-api.me-central-1.amazonaws.com' & '/live/claims' %}"),),
        "AWS Step Functions, 'Call HTTPS APIs'", {"residency": {"known": {
            "a1b2c3d4e5.execute-api.me-central-1.amazonaws.com": "our own interface of claims"}}}),
    Idiom("a pipeline of Data Factory joins the address of an own app", (
        activity("@concat('https://models.dc1.example.ae', '/v1?day=', formatDateTime(utcnow(), 'yyyy.MM.dd'))"),),
        "Azure Data Factory, 'Expressions and functions'", OWN),
)  # fmt: skip
