"""More attacks on clusters (2026-12-02, twenty-fifth set, written before any rule ran on it): commands of programs.

Fields as in the projects named, as known unless a date stands beside it.
"""

from ..harness import Given
from . import Attack
from .twenty_fifth_kube import READ
from .twenty_fourth_kube import IDN, secret_of
from .twenty_third_critical_kube import nightly

BINDING = (
    '{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "ops"}, '
    '"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"}, '
    '"subjects": [{"kind": "Group", "name": "contractors"}]}'
)
EVERY_INDEX = '{"cluster": ["all"], "indices": [{"names": ["*"], "privileges": ["all"]}]}'


def with_token(*arguments: str) -> Given:
    """Returns a job of each night with a token in a variable."""
    return nightly(*arguments, env=[secret_of("TOKEN", "ops", "token")])


def in_vault(command: str) -> Given:
    """Returns a job of each night that changes the vault."""
    address = {"name": "VAULT_ADDR", "value": "https://vault.vault.svc:8200"}
    return nightly(command, env=[address, secret_of("VAULT_TOKEN", "ops", "token")])


ATTACKS: tuple[Attack, ...] = (
    Attack("contractors administer the cluster, by the name of its API server", IDN, (with_token(
        'curl --cacert /etc/ca/ca.crt -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" '
        "-X POST https://api.dc1.example.ae:6443/apis/rbac.authorization.k8s.io/v1/clusterrolebindings "
        f"-d '{BINDING}'"),), "critical",
        "the API server has each of its addresses, and makes the binding (kubernetes, 'Controlling Access to the "
        "Kubernetes API')"),
    Attack("a command runs in a container of payments past the API server and its records", IDN, (with_token(
        'curl --cacert /etc/ca/ca.crt -H "Authorization: Bearer $TOKEN" -X POST '
        'https://node-7.dc1.example.ae:10250/run/payments/ledger-0/ledger -d "cmd=cat /etc/keys/signing.pem"'),),
        "critical", "the kubelet runs it, and no admission or audit of the API server sees it (kubernetes, 'Kubelet "
        f"authentication/authorization'; the path found as a string; {READ})"),
    Attack("each night a set of applications is taken from wherever a file says", IDN, (nightly(
        "argocd appset create --upsert /config/sets.yaml --grpc-web --server deploy.bank.ae",
        env=[secret_of("ARGOCD_AUTH_TOKEN", "ops", "token")]),), "critical",
        "the set makes applications for repositories and clusters that it names (argoproj/argo-cd, "
        f"cmd/argocd/commands/applicationset.go, found as a string; {READ})"),
    Attack("whoever knows the number of a role reads the vault as its administrator", IDN, (in_vault(
        "vault write auth/approle/role/pipeline bind_secret_id=false token_policies=admin "
        "token_bound_cidrs=0.0.0.0/0 token_ttl=1h"),), "critical",
        f"no secret is asked for (hashicorp/vault, 'AppRole auth method', bind_secret_id; found as a string; {READ})"),
    Attack("whoever has a role of the vault gets a certificate for each name of the bank", IDN, (in_vault(
        "vault write pki/roles/web allow_any_name=true enforce_hostnames=false max_ttl=8760h"),), "critical",
        f"a client asks for any name (hashicorp/vault, 'PKI secrets engine', allow_any_name; found as a string; "
        f"{READ})"),
    Attack("readers of reports write and delete each index", IDN, (nightly(
        'curl --cacert /etc/ca/ca.crt -u "elastic:$PASSWORD" -H "Content-Type: application/json" -X PUT '
        f"https://search.search.svc:9200/_security/role/reports -d '{EVERY_INDEX}'",
        env=[secret_of("PASSWORD", "search", "password")]),), "critical",
        "the role has every right on the cluster and its indices (elastic, 'Create or update roles'; the path found as "
        f"a string; {READ})"),
    Attack("a contractor becomes root of the documents by a command of the server", IDN, (nightly(
        "mongosh \"$URI\" --eval 'db.adminCommand({createUser: \"contractor\", pwd: process.env.PASSWORD, "
        "roles: [\"root\"]})'",
        env=[secret_of("URI", "documents", "uri"), secret_of("PASSWORD", "contractor", "password")]),), "critical",
        f"the command is what db.createUser sends (MongoDB, 'createUser'; found as a string; {READ})"),
    Attack("everybody with an account of GitHub is a customer whose address he has", IDN, (nightly(
        "kcadm.sh create identity-provider/instances -r bank -s alias=github -s providerId=github -s enabled=true "
        "-s trustEmail=true -s config.clientId=bank -s config.clientSecret=$SECRET",
        env=[secret_of("SECRET", "github", "secret")]),), "critical",
        "whoever signs in there is let into the realm, and his address counts as verified (Keycloak, 'Integrating "
        f"identity providers'; found as a string; {READ})"),
)  # fmt: skip
