"""Commands and calls of libraries that create, change or delete what a plan declares: no guardrail sees the result.

A command that reads, waits, or writes data of a service that is in the plan (an object, a message, a record, a metric)
is none. Commands are those of argoproj/argo-cd 37ee0097 cmd/argocd/commands, fluxcd/flux2 da2d22d3 cmd/flux,
karmada-io/karmada f8fdd02d pkg/karmadactl and velero-io/velero d2241adb pkg/cmd, and kapp, kluctl, skaffold, werf,
clusterctl, azd, func, oc adm policy, kubectl auth reconcile, terraform state rm and pulumi state delete as strings in
public repositories, read 2026-11-29; those of the AWS CLI, and methods of boto3, which are the same with underscores,
by the actions of botocore 1.44.8, and of the Azure CLI what enables, disables, approves, consents and deploys, and `az
rest`, as strings in public repositories, and those of kubectl by kubernetes/website 006ccb4
content/en/docs/reference/kubectl/_index.md and kubernetes.io, "kubectl debug", read 2026-11-30; the other groups of az
by MicrosoftDocs/azure-docs-cli e97b361d docs-ref-autogen/Latest-version, read 2026-12-01. What approves or merges a
change, ends the protection of a branch, or says which policies evaluate a stack changes what is deployed next: commands
of gh, glab, tea, az repos and pulumi policy, and pulumi stack import and watch, as strings in public repositories, read
2026-12-02; so are cmctl, talosctl and kn. Commands of argocd by docs/user-guide/commands of its commit, aliases by
cmd/argocd/commands; those of tkn by tektoncd/cli 95ae329e docs/cmd and pkg/cmd, with those of older versions
(clustertask, create), read 2026-12-02: what removes runs of a pipeline changes none. Repetitions are bounded, so that
the time is linear in the length of a text.
"""

import re
from itertools import pairwise

from ..engine.lazy_regex import lazy_regex
from .cluster_requests import changing_request

_GAP = r"[ \t]{1,9}"
_OPTIONS = rf"(?:{_GAP}-{{1,2}}[\w-]{{1,30}}(?:=[^\s;&|]{{1,99}}|{_GAP}[^\s;&|-][^\s;&|]{{0,99}})?){{0,6}}{_GAP}"
"""Options between a program and its command."""
_VERBS = (
    "allocate", "associate", "attach", "authorize", "create", "delete", "detach", "disable", "disassociate", "enable",
    "grant", "import", "modify", "purchase", "put", "restore", "revoke", "run", "set", "terminate", "update",
)  # fmt: skip
"""First words of the actions of AWS that change resources. What starts or stops a resource of a plan changes none."""
_OF_DATA = (
    "address", "archive", "client", "compliance-items", "data", "data-key", "events?", "export-task", "image",
    "instance-health", "instance-protection", "inventory", "item", "kubeconfig", "lifecycle-hook-status",
    "log-events", "log-stream", "message", "message-batch", "metric-data", "multipart-upload", "objects?",
    r"object-(?:tagging|retention|legal-hold)", "parameters?", r"presigned-[\w-]{1,40}", "private-ip-addresses",
    "query", "records?", "scheduled-query", "secret", "secret-value", "session", "snapshots?", "statement", "tags",
    "tags-for-resource", "volume", "waiter",
)  # fmt: skip
"""What follows such a word where only data, a name or a volume of the machine itself changes."""
_OTHERS = (
    r"accept-(?:handshake|transit-gateway-|vpc-|resource-share-|shared-directory)[\w-]{0,60}",
    r"add-(?!tags)[\w-]{2,60}",
    r"apply-security-groups-to-[\w-]{2,60}", "close-account", "deactivate-mfa-device", "launch-instances",
    "leave-organization", r"merge-pull-request-by-[\w-]{2,20}", "move-account", "open-instance-public-ports",
    "override-pull-request-approval-rules", r"remove-(?!tags)[\w-]{2,60}",
    r"register-(?:delegated-administrator|image|job-definition|scalable-target|task-definition)",
    r"replace-[\w-]{2,60}", r"replicate-(?:key|secret-to-regions)", "resize-cluster", "schedule-key-deletion",
    r"stop-(?:configuration-recorder|logging|monitoring-members)",
    r"upload-(?:server-certificate|signing-certificate|ssh-public-key)",
)  # fmt: skip
"""Actions with other first words that change rights, keys, accounts, networks, records or what is paid for: chosen
from all actions of botocore 1.44.8 that the words above leave out, read 2026-11-30."""
_DATA_COMMAND = rf"(?:{'|'.join(_OF_DATA)})(?![\w-])"
_DATA_METHOD = _DATA_COMMAND.replace("-", "_").replace(r"(?![\w_])", r"(?!\w)")
_GUARDS = (
    r"[\w./,-]{0,200}(?:webhookconfiguration|polic(?:y|ies)|rolebinding|clusterrole|namespace|customresourcedefinition"
    r"|nodepool|quota|limitrange|constraint|exception)[\w./,-]{0,99}|(?:ns|no|nodes?|crds?|quota|limits|netpol|pdb|all)(?:/\S{1,99})?"
)
"""Objects that confine others, and all of them."""
_COPIES = (
    r"[\w.,-]{0,200}(?:backups?(?:repositor(?:y|ies)|storagelocations?|locations?)?|snapshots?(?:contents?|locations?)?"
    r"|recurringjobs?|schedules?)(?![a-z])"
    rf"|[\w.,-]{{0,200}}(?:persistentvolume\w{{0,6}}|pvc?|secrets?)(?![\w-])[\w.,-]{{0,99}}{_GAP}"
    r"(?:[^\n;|&]{0,200}[ \t])?--all(?![\w-])"
)
"""Kinds of copies of data, and each disk or secret of a namespace: nothing that is left restores them."""
_KUBECTL = (
    rf"apply|create|replace|patch|edit|run|set|autoscale|expose|debug|certificate|auth{_GAP}reconcile"
    rf"|rollout{_GAP}undo|argo{_GAP}rollouts{_GAP}(?:set|undo|create)|new-(?:app|build|project)"
    rf"|(?:adm{_GAP})?policy{_GAP}(?:add|remove)-[\w-]{{2,30}}"
    r"|scale\b(?![^\n;|&]{0,300}--replicas[= ]0\b)"
    rf"|(?:delete|label|annotate|taint){_OPTIONS}(?:{_GUARDS})|delete{_OPTIONS}(?:{_COPIES})"
)
"""Commands of kubectl; a workload without copies takes no machine."""
_LOCAL_AZURE = (
    rf"account|login|extension|configure|config|cloud|tag|snapshot|keyvault{_GAP}secret|acr{_GAP}(?:manifest|repository)"
    rf"|storage{_GAP}(?:blob|fs|file|directory|queue|message|entity|copy)"
)
"""Groups of commands of az that change the tool's own settings, data, tags or copies of a disk."""
_COMMANDS = (
    rf"(?:terraform|tofu|terragrunt){_OPTIONS}(?:run-all{_GAP})?(?:apply|import|destroy|state{_GAP}(?:rm|mv|push))",
    rf"(?<!from )pulumi{_OPTIONS}(?:up|update|watch|import|deploy|destroy|state{_GAP}(?:delete|edit|move|rename"
    rf"|repair|unprotect)|stack{_GAP}(?:import|rm|change-secrets-provider)"
    rf"|policy{_GAP}(?:publish|enable|disable|rm|remove))",
    rf"gh{_OPTIONS}(?:pr{_GAP}merge|pr{_GAP}review(?=[^\n;|&]{{0,300}}\s(?:--approve|-a)(?!\w))|ruleset{_GAP}(?:edit|delete))"
    rf"|gh{_GAP}api(?=[^\n;|&]{{0,300}}\s(?:-X|--method)[= ]?(?:PUT|POST|PATCH|DELETE))"
    r"(?=[^\n;|&]{0,300}/(?:protection|rulesets|merge|reviews|collaborators|environments)\b)",
    rf"(?:glab{_GAP}mr|tea{_GAP}(?:pr|pulls?)){_GAP}(?:approve|merge|accept)",
    rf"(?-i:az){_GAP}repos{_GAP}pr{_GAP}set-vote(?=[^\n;|&]{{0,300}}\sapprove)",
    rf"(?:cdk|cdktf|sam|sls|serverless|copilot){_OPTIONS}(?:deploy|destroy)",
    rf"sam{_OPTIONS}(?:delete|sync)|(?:sls|serverless){_OPTIONS}remove",
    rf"azd{_OPTIONS}(?:up|provision|deploy|down)|func{_GAP}azure{_GAP}functionapp{_GAP}publish",
    rf"(?:kapp|kluctl|skaffold){_OPTIONS}(?:deploy|delete|run)|werf{_OPTIONS}(?:converge|dismiss)",
    rf"clusterctl{_OPTIONS}(?:init|move|upgrade|delete)|kubeadm{_OPTIONS}(?:init|join|reset|token{_GAP}create)",
    rf"karmadactl{_OPTIONS}(?:init|join|unjoin|apply|promote)",
    rf"eksctl{_OPTIONS}(?:create|scale|upgrade|delete)",
    rf"helm{_OPTIONS}(?:install|upgrade|rollback|uninstall|del|delete)",
    rf"helmfile{_OPTIONS}(?:apply|sync|delete|destroy)",
    rf"(?:kubectl|oc){_OPTIONS}(?:{_KUBECTL})",
    rf"flux{_OPTIONS}(?:bootstrap|install|uninstall|(?:create|delete)(?![^\n;|&]{{0,300}}--export\b))",
    rf"argocd{_OPTIONS}(?:app(?:set)?{_GAP}(?:create|sync|set|unset|edit|patch(?:-resource)?|delete(?:-resource)?"
    rf"|rollback|add-source|remove-source)|(?:cluster|repo|repocreds|cert|gpg){_GAP}(?:add(?:-[\w-]{{2,20}})?|rm|set)"
    rf"|app{_GAP}(?:confirm-deletion|actions{_GAP}run\b(?![^\n;|&]{{0,300}}\srestart\b))"
    rf"|admin{_GAP}(?:import|proj{_GAP}update-role-policy|cluster{_GAP}namespaces{_GAP}(?:dis|en)able-[\w-]{{3,30}})"
    rf"|proj(?:ect)?{_GAP}(?:create|set|edit|delete|(?:add|allow|deny|remove)-[\w-]{{3,40}}"
    rf"|(?:windows|source-integrity{_GAP}git{_GAP}policies){_GAP}(?:add|delete|update|(?:dis|en)able-[\w-]{{3,30}})"
    rf"|role{_GAP}(?:create|delete|(?:add|remove)-[\w-]{{3,30}})))",
    rf"(?:cmctl{_OPTIONS}|kubectl{_GAP}cert-manager{_GAP})approve|talosctl{_OPTIONS}(?:apply-config|bootstrap|edit|patch"
    r"|reset|rollback|upgrade(?:-k8s)?|wipe)",
    rf"kn{_OPTIONS}(?:service|source|trigger|broker){_GAP}(?:create|apply|update|delete|import)",
    rf"tkn{_OPTIONS}(?:(?:p|pipelines?|t|tasks?|ct|clustertasks?|el|eventlisteners?|tt|triggertemplates?|c?tb"
    rf"|(?:cluster)?triggerbindings?){_OPTIONS}(?:start|create|delete|rm)"
    rf"|hub{_OPTIONS}(?:install|reinstall|upgrade|downgrade))",
    r"ansible-(?:playbook|pull)",
    rf"velero{_OPTIONS}(?:(?:restore|backup-location|schedule){_GAP}(?:create|set|delete)|(?:create|delete){_GAP}"
    rf"(?:restore|backup|schedule)|backup{_GAP}delete|install|uninstall)",
    rf"cilium{_OPTIONS}(?:config{_GAP}(?:set|delete)|install|upgrade|uninstall|clustermesh{_GAP}(?:enable|connect))",
    rf"calicoctl{_OPTIONS}(?:apply|create|replace|patch|delete)",
    rf"istioctl{_OPTIONS}(?:(?:x|experimental){_GAP})?(?:install|upgrade|uninstall|create-remote-secret)",
    rf"argo{_OPTIONS}(?:submit|resubmit|(?:cron|template){_GAP}(?:create|update))",
    rf"(?-i:az){_GAP}(?!(?:{_LOCAL_AZURE})\b)(?:[a-z][\w-]{{1,40}}{_GAP}){{1,5}}"
    r"(?:add|admin-consent|approve|assign|attach|create|delete|disable(?:-addons)?|enable(?:-addons|-for-\w{2,20})?"
    r"|grant"
    r"|grant-access|import|invoke|purge|remove|reset|restore|rotate|scale|set|update|upgrade"
    r"|(?:assign|delete|remove|set|update)-(?:access-policy|identity|permission|policy))(?![\w-])",
    rf"(?-i:az){_GAP}(?:webapp|functionapp|logicapp|containerapp){_GAP}(?:up|deploy|deployment{_GAP}source{_GAP}config-zip)",
    rf"(?-i:az){_GAP}rest\b(?:[^\n;|&]|&(?![&\s])){{0,300}}?[ \t](?:-m|--method)[= \t]{{1,9}}[\"']?"
    r"(?:put|patch|delete)",
    r"(?:new|set|remove|update)-az\w{1,40}",
    rf"aws{_OPTIONS}[\w-]{{2,30}}{_GAP}(?:deploy|mb|rb|request-spot-[\w-]{{1,20}}|execute-change-set"
    rf"|put-(?:bucket|object)-acl|{'|'.join(_OTHERS)}"
    r"|send-command|start-automation-execution|execute-command"
    rf"|(?:{'|'.join(_VERBS)})-(?!{_DATA_COMMAND})[\w-]{{2,60}})",
)
_COMMAND = lazy_regex(rf"\b(?:{'|'.join(_COMMANDS)})(?!\w)", re.IGNORECASE)

_IN_PODS = lazy_regex(
    r"\b(?:kubectl|oc)\b(?=(?:(?!\s--\s)[^\n;|&]){0,300}?\s(?:-n|--namespace)[= ]?(?P<option>[a-z0-9][\w-]{0,62}))"
    rf"{_OPTIONS}(?:exec|cp|attach|port-forward)\b"
    rf"|\b(?:kubectl|oc){_OPTIONS}cp\b[^\n;|&]{{0,200}}?[ \t](?P<prefix>[a-z0-9][\w-]{{0,62}})/[\w.-]{{1,99}}:"
    r"|:10250/(?:attach|checkpoint|containerLogs|exec|logs|portForward|run)/"
)
"""Commands that run programs in pods, or copy their files, in a namespace that they name, and paths by which the agent
of a machine does so in each pod, of which the API server knows nothing (kubernetes/kubernetes v1.36.3
pkg/kubelet/server/auth.go; /run/ found as a string in public repositories, read 2026-12-02)."""

_CLIENT = r"(?:boto3|session|self)?\.?(?:client|resource)\([^()\n]{0,200}\)"
_ASSIGNED = lazy_regex(rf"\b(?P<name>[A-Za-z_]\w{{0,60}})\s{{0,9}}=\s{{0,9}}(?:\w{{1,40}}\.){{0,3}}{_CLIENT}")
"""Variables that have a client of boto3."""
_OTHER_METHODS = "|".join(_OTHERS).replace("-", "_").replace(r"[\w_]", r"\w")
_METHODS = (
    rf"\.(?:request_spot_\w{{1,20}}|{_OTHER_METHODS}|(?:{'|'.join(_VERBS)})_(?!{_DATA_METHOD})\w{{2,60}})\s{{0,9}}\("
)
_OF_BOTO = lazy_regex(r"\b(?:aio)?boto3\b")
_OF_KUBERNETES = lazy_regex(
    r"\.(?:create|patch|replace)_(?:namespaced|cluster)_(?!event|lease|pod_eviction|service_account_token)\w{2,60}\("
    r"|\.delete_(?:collection_)?(?:namespaced|cluster)_(?!pod\b|job\b|event|lease)\w{2,60}\("
    r"|\.(?:create|patch|replace|delete)_(?:namespace|node|validating\w{1,60}|mutating\w{1,60}|api_service|csi_driver"
    r"|custom_resource_definition|(?:flow_)?schema|(?:ingress|priority|runtime|storage)_class|persistent_volume)\("
    r"|\.create_certificate_signing_request\(|\butils\.create_from_(?:yaml|dict|directory)\("
)
"""Methods of the Kubernetes client for Python, which are create_namespaced_KIND or create_KIND, and its functions for
files (kubernetes-client/python 02124c4e, kubernetes/utils/create_from_yaml.py, read 2026-11-30)."""
_OF_NODE = lazy_regex(r"@aws-sdk/client-")
_DATA_CLASS = "|".join("".join(word.capitalize() for word in item.split("-")) for item in _OF_DATA if "(" not in item)
_OTHER_CLASSES = "|".join(_OTHERS).replace(r"[\w-]", r"\w").replace("-", "")
_NODE_CALL = lazy_regex(
    rf"\bnew\s{{1,9}}(?:\w{{1,40}}\.)?(?:RequestSpot\w{{1,20}}|(?i:{_OTHER_CLASSES})"
    rf"|(?:{'|'.join(map(str.capitalize, _VERBS))})(?!(?:{_DATA_CLASS})Command)[A-Z]\w{{2,60}})Command\("
)
"""Commands of the third AWS SDK for JavaScript, whose classes are the actions' names (as public repositories call
them: `new ScheduleKeyDeletionCommand(`, `new UploadSSHPublicKeyCommand(`; read 2026-11-30)."""
_CAMEL_CASE = lazy_regex(
    r"\.(?:create|patch|replace)(?:Namespaced|Cluster)(?!Event|Lease|PodEviction|ServiceAccountToken)[A-Z]\w{2,60}\("
    r"|\.(?:create|patch|replace|delete)(?:Validating|Mutating)[A-Z]\w{2,60}\("
)
"""Calls of the Kubernetes client for JavaScript."""
_OF_AZURE = lazy_regex(r"\bazure\.mgmt\.")
_OF_PULUMI = lazy_regex(r"\bpulumi\.automation\b|\bfrom pulumi import automation\b|@pulumi/pulumi/automation\b")
_PULUMI_CALL = lazy_regex(r"\.(?:up|destroy|import_?resources)\(", re.IGNORECASE)
"""Methods of a stack in the automation API (pulumi 3.272.0, pulumi/automation/_stack.py; read 2026-12-01)."""
_AZURE_CALL = lazy_regex(r"\.(?:begin_\w{1,60}|create_or_update\w{0,60})\(")


def changing(text: str) -> str:
    """Returns the first command or call of a text that creates, changes or deletes resources; empty if none does."""
    of_azure = _AZURE_CALL.search(text) if _OF_AZURE.search(text) else None
    of_pulumi = _PULUMI_CALL.search(text) if _OF_PULUMI.search(text) else None
    of_node = _NODE_CALL.search(text) if _OF_NODE.search(text) else None
    of_kubernetes = _OF_KUBERNETES.search(text) or _CAMEL_CASE.search(text)
    command = next((match for match in _COMMAND.finditer(text) if not _only_shows(text, match)), None)
    found = command or _call_of_boto(text) or of_node or of_kubernetes or of_azure or of_pulumi
    return found[0] if found else changing_request(text)


_SHOWS = lazy_regex(
    r"(?:kubectl|oc|helm|helmfile|argocd|velero|flux|cilium|istioctl|kubeadm|eksctl|aws)\b", re.IGNORECASE
)
_SHOWING = lazy_regex(r"--help|--dry-?run(?:=(?:client|server|true))?")
_CHANGING = lazy_regex(r"--(?:no-dry-?run|dry-?run=(?:none|false))")
_WITHOUT_VALUE = lazy_regex(
    r"[^-].*|-|--[^=]+=.*|-[aiyAR]|--(?:install|atomic|wait|force|yes|all|recursive|prune|server-side|debug)"
)
"""Words before such an option that do not take it as their value."""
_REST = lazy_regex(r"[^\n;|&#\"'`]{0,300}")


def _only_shows(text: str, command: re.Match[str]) -> bool:
    """Returns whether a command only shows its help, or what it would do (helm/helm e9b85e4d, pkg/cmd; argoproj/argo-cd
    37ee0097, cmd/argocd/commands/app.go; velero-io/velero d2241adb, pkg/cmd/cli/install; DryRun of botocore 1.44.8, ec2
    and kms: others refuse the option; read 2026-11-30). What stands behind `--` are words of another program."""
    if not _SHOWS.match(command[0]):
        return False
    rest = _REST.match(text, command.end())
    words = f"{command[0]}{rest[0] if rest else ''}".partition(" -- ")[0].split()
    shows = any(_SHOWING.fullmatch(word) and _WITHOUT_VALUE.fullmatch(before)
                for before, word in pairwise(words))  # fmt: skip
    return shows and not any(map(_CHANGING.fullmatch, words))


def in_pods_of_others(text: str, namespace: str) -> str:
    """Returns the first command of a text that runs a program in pods of another namespace, or copies their files;
    empty if none does. `namespace`: that of the resource."""
    named = ((match[0], match["option"] or match["prefix"]) for match in _IN_PODS.finditer(text))
    return next((command for command, name in named if name != namespace), "")


def _call_of_boto(text: str) -> re.Match[str] | None:
    if not _OF_BOTO.search(text):
        return None
    names = "|".join({re.escape(match["name"]) for match in _ASSIGNED.finditer(text)} | {_CLIENT})
    return re.search(rf"(?:{names}){_METHODS}", text)
