# Sourced by the steps that work in real accounts, with PYTHON and STEPS: the programs by which the kubeconfigs sign in,
# and their credentials. A kubeconfig holds no secret: EKS's calls `aws eks get-token`, AKS's calls `kubelogin get-token`.
# The engine takes every option from a variable too (PULUMI_OPTION_SKIP_PREVIEW, PULUMI_OPTION_TARGET ...): here they are
# those of the steps, and of nobody else.
for option in $(env | sed -n 's/^\(PULUMI_OPTION_[A-Za-z0-9_]*\)=.*/\1/p'); do unset "$option"; done
# What programs leave in the temporary folder goes with it: the plug-in of Kubernetes leaves each kubeconfig there, and that
# of a cluster on premises may hold a token (pulumi-kubernetes v4, provider/pkg/provider, Configure; read 2026-11-28).
# A shell such as dash ends without its EXIT trap at a signal that it does not trap: a cancelled job sends one. bash runs
# it at once, and with a trap of the signal would wait for the program first.
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR" || true' EXIT
[ -n "${BASH_VERSION:-}" ] || { trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM; }
tools=$("$PYTHON" -m falaj.pipelines.tools "${XDG_CACHE_HOME:-$HOME/.cache}/falaj/tools")
export PATH="$tools:$PATH"
if [ -n "${ARM_CLIENT_ID:-}" ]; then
    # kubelogin takes the identity of the Pulumi provider. On GitHub it requests tokens itself; where the host gives a token
    # to the job, it reads it from a file. The Azure pipeline sets `azurepipelines`, whose tokens can be renewed.
    export AAD_LOGIN_METHOD="${AAD_LOGIN_METHOD:-workloadidentity}"
    export AZURE_CLIENT_ID="$ARM_CLIENT_ID" AZURE_TENANT_ID="$ARM_TENANT_ID"
    if [ -n "${ARM_OIDC_TOKEN:-}" ]; then
        export AZURE_FEDERATED_TOKEN_FILE="$TMPDIR/token"
        (umask 077 && printf '%s' "$ARM_OIDC_TOKEN" >"$AZURE_FEDERATED_TOKEN_FILE")
    fi
fi
# The project's own policy pack, or the one that comes with Falaj.
pack=policy_pack
[ -f "$pack/PulumiPolicy.yaml" ] || pack=$("$PYTHON" -m falaj guardrails path)
