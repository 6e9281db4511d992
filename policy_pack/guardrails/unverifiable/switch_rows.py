"""The table of switches: in which positions a property of a reviewed type neither opens, sends nor weakens anything.

`data/switches/<package>.csv` has the columns `type,path,safe,why,source`. `type` is a type token, or `*` for every type
of the package. `path` is a property's path without indices (`logging.enabled`), `*.name` or `*.parent.name` for a
property of the type at any depth, `name.*` for whatever is below a property (`*.name.*` at any depth, such as the keys
of a map), or for `*` a property's last name. The first that exists decides: the path, its longest end (`*.parent.name`,
`*.name`), `name.*`, and those of `*`. A required property may have marks of optional parents (`a?.b`).

`safe` is one of: `any`, no position matters; `elsewhere`, another guardrail evaluates it; `A|B`, one of the values;
`!A|B`, every other value; `~EXPRESSION`, every value in which the regular expression finds something; `!~EXPRESSION`,
every other value; `<P7D`, every duration up to that of ISO 8601. In front of the last five stands `+` if one value of
all that the resource has at the path is enough, and before it `=` if the property must also be set (`=!`: to whatever
it is, but not to an empty text). `why` says for values what a position that is not safe does.

`data/object_values.csv` lists, for fields of custom resources that switch a protection or a direction, the values that
do no harm: every other value is refused, also one that a later version of the kind knows. Its columns are groups and
kinds, which spaces separate, the path, the values in the form of `safe`, and what another value does (`otherwise`).
Group and kind `*` are every kind of object that is not a policy or a chart, whoever defines it. Its values are those of
the CRDs and API types below, read on 2026-11-28, and of grafana/loki 65e30f84, kyverno/kyverno 111e07bb,
projectcalico/api d4009e4d, cilium/cilium 3cc0b39a (pkg/policy/api), linkerd/linkerd2 b24cd405,
open-policy-agent/gatekeeper 15ac3f72 (pkg/drivers/k8scel/schema) and KubeRay 1.6 (its CRD API reference); those of
older versions of Strimzi, with `oauth`, `keycloak` and `opa`, by strimzi/strimzi-kafka-operator 8541da1e, CHANGELOG.md,
read on 2026-11-30; parameters of PostgreSQL and Kafka are in `data/parameters.csv`. Those of Kubernetes' own kinds are
of kubernetes/api 10b39a39 and kubernetes/website 3842a284 ("Well-Known Labels, Annotations and Taints"), of annotations
by kubernetes-sigs/aws-load-balancer-controller 225f4456 (docs/guide), kubernetes-sigs/external-dns 2bf1bf8a and
aws/amazon-eks-pod-identity-webhook 3bf80a34 (README.md), read on 2026-11-29.

Rows of `any` were written on 2026-11-28 from the properties' documentation in pulumi-aws 7.51.1 and pulumi-azure-native
3.29.0. Words of AWS that weaken something are those of its service models (botocore 1.44.8, the request of each
property's service), numbers those whose limits the models and pulumi-aws 7.51.1 state; both read on 2026-11-29. From
which number on a limit is none (days of a copy, requests a caller) was decided here. The texts, numbers, lists and maps
of the reviewed types of Azure were read on that day in the same way; the principal of Databricks as in its templates,
the settings of App Service environments by MicrosoftDocs/azure-docs 00d6985c (articles/app-service/environment/
app-service-app-service-environment-custom-settings.md, read on 2026-11-30), the values of server parameters as known.

Rows of Azure up to Event Grid were read a second time on that day against the SDK's descriptions; of properties that
must be set, the vendor's default is what the classes of the SDK set, or the source beside the row says.

The rows of machines, containers, networks, apps and backups of Azure that `tests/policies/attacks/fields_azura_*` name
were read in the same way on 2026-11-29, with Microsoft Learn, "ExpressRoute connectivity partners and peering
locations" (Dubai, Dubai2 and Abu Dhabi); that a key alone sends to the global endpoint of Application Insights by
MicrosoftDocs/azure-docs 00ae202d (articles/azure-monitor/app/sdk-connection-string.md, read on 2026-11-30); the price
of long-term support (0.6 USD an hour, not 0.1) by answers of Azure Retail Prices in public repositories; the keys of
UEFI by MicrosoftDocs/azure-compute-docs 8b668773 (articles/virtual-machines/trusted-launch-secure-boot-custom-uefi.md),
and publishers of extensions by the 130 in bicep and Terraform of public repositories, read on 2026-11-30; the tiers of
AKS by MicrosoftDocs/azure-aks-docs fb060abe (articles/aks/free-standard-pricing-tiers.md and long-term-support.md), and
versions of languages by MicrosoftDocs/azure-docs 040c7c73 (app-service/language-support-policy.md), read 2026-11-30.

Properties of AWS's machines, networks, files and APIs were read one by one on that day, with the guides that
`tests/policies/attacks/fields_awsa_*.py` name beside each row's attack. `settings.NAMESPACE.NAME`, with `_` for each
colon, is an option setting of Elastic Beanstalk. So were the names of all properties of AWS's data, analytics, AI,
identity and management (tests/policies/fields_read_aws.csv); logs that must be exported are those of Security Hub's
controls DocumentDB.4, Neptune.2, Opensearch.5, ES.5 and StepFunctions.1 (turbot/steampipe-mod-aws-compliance a1d0b446,
foundational_security, read on 2026-11-30), and the log of connections of RedshiftServerless.6 (AWS, "Security Hub CSPM
controls for Amazon Redshift Serverless", read on that day; it also asks for the log of users).
Findings that may not be switched off are those of severity Critical in its control reference, but for IAM.6: a team
without hardware for the second factor of the root user has IAM.9.

`data/object_fields.csv` lists the booleans of kinds that decide who is let in and where requests go, and of operators
that are used much, at any depth of their spec: those in which no position matters, or that another guardrail evaluates.
Parts of pods are left to the guardrails of pods (`containers.*`). Of these kinds an unknown boolean is refused, as with
types of AWS and Azure. Names are those of the projects' CRDs, read on 2026-11-28: argoproj/argo-cd 37ee0097,
argoproj/argo-workflows f016ad89, kserve/kserve aaac4e29, kyverno/kyverno 111e07bb, projectcalico/api d4009e4d,
grafana/loki 65e30f84, istio/api b8f8791d, projectcontour/contour 31c4bb38, nginx/kubernetes-ingress 0eb3072d,
envoyproxy/gateway d32f2829, strimzi/strimzi-kafka-operator 8541da1e, cloudnative-pg/cloudnative-pg a95a534d,
traefik/traefik fd5a576d, cert-manager/cert-manager 2d0d7f7f, kedacore/keda 8b4f083c, external-secrets/external-secrets
cc5bfbc2, open-policy-agent/gatekeeper dd8507eb, argoproj/argo-rollouts 9f8d111d, aws/karpenter-provider-aws 1d927085,
vmware-tanzu/velero d30d389b, kubernetes-sigs/aws-load-balancer-controller 225f4456, kubernetes-sigs/gateway-api
4564255a and prometheus-operator/prometheus-operator 6adcebc5. Policies of approver-policy, and that `*` is any name in
them, are those of cert-manager/approver-policy 0661b2f5 (pkg/apis/policy/v1alpha1), read on 2026-11-29.

On 2026-11-30 were read: fromParams of istio/api b8f8791d, cookieRewritePolicies of projectcontour/contour 31c4bb38, the
addresses of ROCm/gpu-operator 6df13c17 (api/v1alpha1/deviceconfig_types.go), and the label of objects of Connaisseur
("Namespaced Validation"), and extractFrom.params of envoyproxy/gateway d32f2829 (api/v1alpha1/jwt_types.go).
Tokens that KEDA asks for by kedacore/keda-docs, and JobSet's FailurePolicy, were found as strings on 2026-12-02.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ..engine.conditions import Condition
from ..engine.data_folder import DATA
from ..engine.durations import at_most_duration
from ..engine.reading import Plain
from ..engine.table_words import with_words
from ..engine.verdicts import Verdict
from ..readers.kubernetes_objects import KUBERNETES_TYPES, TYPES_WITHOUT_PODS

FOLDER = DATA / "switches"
EVERY_TYPE = "*"
EVERY_KIND = "kubernetes:*/v1:*"
"""Type of the rows of `object_values.csv` that stand for every kind of object, also those that nobody has listed."""
_WITHOUT_VALUES = ("any", "elsewhere")
_ANY_CASE = {
    "kubernetes:storage.k8s.io/": "parameters.",
    "kubernetes:snapshot.storage.k8s.io/": "parameters.",
    "aws:backup/restoreTestingSelection:": "restoreMetadataOverrides.",
}
"""Names that are read in any case: those of parameters of classes of volumes and copies (kubernetes-sigs/
azurefile-csi-driver 7b5ae18e and azuredisk-csi-driver d983d613, docs/driver-parameters.md) and of what tests of backups
restore (botocore 1.44.8, backup, RestoreTestingSelectionForCreate), both read on 2026-11-29."""
_PATTERNS, _AT_MOST = ("~", "!~"), "<"
_LONGEST_SHOWN = 60
"""Characters of an expression that a message shows. What a longer one refuses is said by the reason of its row."""
_NO_SPECS = (*TYPES_WITHOUT_PODS, "kubernetes:constraints.gatekeeper.sh/", "kubernetes:rbac.authorization.k8s.io/")
_CONTENTS = ("data.", "stringData.", "binaryData.")
"""Types of objects, and beginnings of paths, that the rows of every kind do not evaluate: charts, policies whose
patterns have the names of what they compare, and roles and bindings, which have rules of their own; texts of files."""


@dataclass(frozen=True)
class SwitchRow:
    """One row of the table."""

    type: str
    """Type token, or `*`."""
    path: str
    """Path, `*.name`, `name.*`, `*.name.*` or a last name."""
    safe: str
    """The positions that pass, as the table writes them."""
    why: str
    """What another position does; empty if every one passes."""
    source: str = ""
    """Who says so, and when it was read; empty if the description of the property in the pinned SDK does, or the
    sources that this module lists."""

    @property
    def must_be_set(self) -> bool:
        """Whether the vendor's default is not safe."""
        return self.safe.startswith("=")

    @property
    def is_evaluated_where_set(self) -> bool:
        """Whether the row evaluates a value wherever it is set: others let every value pass, or are evaluated where the
        property is missing too."""
        return self.safe not in _WITHOUT_VALUES and not self.must_be_set

    @property
    def covers_every_key(self) -> bool:
        """Whether the row is of whatever is below a property: one that is not known is most often none that matters."""
        return self.path.endswith(".*")

    @property
    def one_is_enough(self) -> bool:
        """Whether one safe value among several at the path makes the others harmless."""
        return self.safe.lstrip("=").startswith("+")


def _spelling(value: Plain) -> str:
    """Returns a value as the table writes it. The engine passes every number as a float."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip().lower()


PHRASES = {"": "must have another value", "~^$": "must be empty", "~.": "must be set", "!~.": "must not be set"}
"""Expressions of the table that say in a few words what they ask for, and what those ask for that are too long."""


@cache
def condition(safe: str) -> Condition:
    """Returns the condition of a row's `safe`, which has values; words in braces are those of `table_words`."""
    missing = Verdict.FAIL if safe.startswith("=") else Verdict.PASS
    values = safe.lstrip("=+")
    if values.startswith(_AT_MOST):
        return at_most_duration(values.removeprefix(_AT_MOST), missing)
    if values.startswith(_PATTERNS):
        pattern = re.compile(with_words(values.lstrip("!").removeprefix("~")), re.IGNORECASE)
        wanted = not values.startswith("!")
        is_shown = wanted or len(pattern.pattern) <= _LONGEST_SHOWN
        otherwise = f"must {'' if wanted else 'not '}match {pattern.pattern}" if is_shown else PHRASES[""]
        text = PHRASES.get(values, otherwise)
        return Condition(text, lambda value: bool(pattern.search(_spelling(value))) is wanted, missing)
    listed = frozenset(values.removeprefix("!").lower().split("|"))
    if values.startswith("!") and missing is Verdict.FAIL:
        listed |= {""}
    text = " or ".join(item or "empty" for item in values.removeprefix("!").split("|")) if values.strip("!") else ""
    if values.startswith("!"):
        requirement = f"must not be {text}" if text else "must be set"
        return Condition(requirement, lambda value: _spelling(value) not in listed, missing)
    return Condition(f"must be {text}", lambda value: _spelling(value) in listed, missing)


class SwitchTable:
    """The rows of all packages, found by type and path."""

    def __init__(self, rows: Mapping[str, Iterable[SwitchRow]], complete: Mapping[str, Iterable[str]]) -> None:
        """Indexes the rows. `rows`: package -> the rows of its file; `complete`: type of objects whose every boolean is
        known -> the names of the harmless ones."""
        self._complete = frozenset(complete)
        self._paths: dict[str, dict[str, SwitchRow]] = defaultdict(dict)
        for token, names in complete.items():
            self._paths[token] = {f"*.{name}": SwitchRow(token, f"*.{name}", "any", "") for name in names}
        for package, items in rows.items():
            for row in items:
                token = f"{package}:" if row.type == EVERY_TYPE else row.type
                self._paths[token][_in_case(token, row.path.replace("?", ""))] = row

    def find(self, token: str, path: str) -> SwitchRow | None:
        """Returns the row that decides on a property, or None if no row covers it."""
        name = path.rpartition(".")[2]
        own, every = self._paths.get(token, {}), self._paths.get(f"{token.partition(':')[0]}:", {})
        path = _in_case(token, path)
        row = own.get(path) or _below(own, path)
        if row is None and _has_every_kind(token) and not path.startswith(_CONTENTS):
            row = _below(self._paths.get(EVERY_KIND, {}), path)
        return row or _above(own, path) or _above(every, path) or every.get(name)

    def knows_every_boolean(self, token: str) -> bool:
        """Returns whether a boolean of a type of Kubernetes objects that has no row is one that nobody reviewed."""
        return token in self._complete

    def token_of_rows(self, token: str) -> str:
        """Returns the token under which a type has rows: its own, or that of every kind of its group,
        `kubernetes:GROUP/v1:*`, or else its own again if the rows of every kind evaluate it; empty if there is none."""
        group = f"{token.rpartition(':')[0]}:*"
        return next((name for name in (token, group) if name in self._paths), token if _has_every_kind(token) else "")

    def required(self, token: str) -> list[SwitchRow]:
        """Returns the rows of a type whose properties must be set."""
        return [row for row in self._paths.get(token, {}).values() if row.must_be_set]


def _has_every_kind(token: str) -> bool:
    """Returns whether the rows of every kind evaluate a type."""
    return token.startswith(KUBERNETES_TYPES) and not token.startswith(_NO_SPECS)


def _in_case(token: str, path: str) -> str:
    """Returns a path as the table finds it: names that are read in any case in lower case."""
    found = any(token.startswith(start) and path.startswith(below) for start, below in _ANY_CASE.items())
    return path.lower() if found else path


def _below(rows: Mapping[str, SwitchRow], path: str) -> SwitchRow | None:
    """Returns the row `*.parent.name` or `*.name` of a path: the one that has most of its parents."""
    while path:
        if row := rows.get(f"*.{path}"):
            return row
        path = path.partition(".")[2]
    return None


def _above(rows: Mapping[str, SwitchRow], path: str) -> SwitchRow | None:
    """Returns the row `name.*` or `*.name.*` of the nearest property above a path."""
    while path := path.rpartition(".")[0]:
        if row := rows.get(f"{path}.*") or rows.get(f"*.{path.rpartition('.')[2]}.*"):
            return row
    return None


def packages() -> tuple[str, ...]:
    """Returns the prefixes of the types whose packages have a table of every boolean."""
    return tuple(f"{file.stem}:" for file in sorted(FOLDER.glob("*.csv")))


def read_rows() -> dict[str, list[SwitchRow]]:
    """Returns the rows of each package."""
    return {
        file.stem: [SwitchRow(**row) for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())]
        for file in sorted(FOLDER.glob("*.csv"))
    }


def read_object_rows() -> list[SwitchRow]:
    """Returns the rows of Kubernetes objects, in tokens of version 1 whatever the object's version.

    Those of `object_switches.csv` state single values, most of them dangerous ones; those of `object_values.csv` state
    every harmless value.
    """
    text = DATA.joinpath("object_switches.csv").read_text(encoding="utf-8")
    return [*(SwitchRow(**row) for row in csv.DictReader(text.splitlines())), *read_object_values()]


def read_object_values() -> list[SwitchRow]:
    """Returns the rows of the allow-lists of values, one for each kind."""
    text = DATA.joinpath("object_values.csv").read_text(encoding="utf-8")
    return [
        SwitchRow(f"kubernetes:{group}/v1:{kind}", row["path"], row["values"], row["otherwise"])
        for row in csv.DictReader(text.splitlines())
        for group in row["group"].split()
        for kind in row["kinds"].split()
    ]


def read_object_fields() -> dict[str, list[str]]:
    """Returns the harmless booleans of the types of Kubernetes objects whose every boolean is known."""
    text = DATA.joinpath("object_fields.csv").read_text(encoding="utf-8")
    return {row["type"]: row["names"].split() for row in csv.DictReader(text.splitlines())}


@cache
def table() -> SwitchTable:
    """Returns the table. It is read when the first resource is evaluated."""
    return SwitchTable({**read_rows(), "kubernetes": read_object_rows()}, read_object_fields())
