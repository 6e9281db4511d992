"""Attacks that pass and good idioms that are refused today. A name is removed as soon as the rules are mended."""

ATTACKS: frozenset[str] = frozenset(
    {
        # The twenty-fourth set, of 2026-12-02. Operators of one group start jobs: a good idiom has the same role, and
        # the operation does not say whether a request brings an image of its own.
        "operators of jobs run an image of their own as each job",
        # A value at _dnsauth is what one's own front door asks for too, and Pulumi programs write it down.
        "a stranger's front door gets a certificate for the host at which customers pay",
        # The eighteenth set, of 2026-11-30. Tiers that pass what they do not name are how Calico's tiers and
        # AdminNetworkPolicies are used (projectcalico/calico 87c15906f2, api/pkg/apis/projectcalico/v3/tier.go).
        "what policies of the security tier do not name passes it",
        # Passwords that a generator makes, and those that a program keeps for itself, are read once by good teams.
        "a password that was changed after a leak stays in use",
        # A queue is stopped for maintenance of its machines, and no plan says for how long.
        "trainings of payments are ended and none starts",
        # All tables are what a database is moved with (CloudNativePG, "Logical replication").
        "each table of payments is published, those to come too",
        # Strimzi's own examples name no path (strimzi-kafka-operator 8541da1e33, documentation,
        # proc-loading-config-from-file.adoc); a list of everything is refused.
        "who writes a connector reads each file of the workers",
        # A cluster that only restores has its store as one that may only be read (velero.io, "Cluster migration").
        "copies of the cluster are never written",
        # A vault is of unknown owner only where the settings list those of one's own.
        "a database is encrypted with a key in a vault of unknown owner",
        # Their prices are known since 2026-12-02, so that the ceiling of the stack and the verdict count them.
        "a bastion keeps fifty machines for its sessions",
        "a gateway to a line keeps ten units",
        "a hub keeps fifty units of routing",
        "a table reserves forty thousand reads and writes a second",
        "cost of dynamodb/table:Table with provisioned capacity",
        "twenty private certificate authorities",
        # The fifth set, of 2026-11-28: a number, which says nothing of the owner.
        "machines start from an image of unknown owner",
        # The eleventh set, of 2026-11-29: the number of a signature does not say what it finds, and one that finds what
        # an app does every day is switched off by good teams.
        "signatures of attacks are switched off one by one",
        # The thirteenth set, of 2026-11-29: a network without encryption controls passes, so one that is observed by
        # them, as AWS begins (Amazon VPC, "Encryption controls"; pulumi-aws 7.51.1, the example of the type), is none
        # to refuse.
        "a network only watches who sends in plain text",
        # The fourteenth set, of 2026-11-29: an empty list takes away every inline policy, as teams do that have managed
        # ones only (pulumi-aws 7.51.1, GroupPoliciesExclusive, "Disallow Inline Policies"); which of them denied
        # something stands in no plan.
        "every policy of a group is deleted that denies it something",
        # One cookie for the hosts of the bank's domain is its single sign-on, which
        # a good idiom of oauth2-proxy has too ("a proxy that asks for sign-in before an app"): no object says what else
        # the domain has.
        "tokens of signed-in customers go to each host of the bank's domain",
        # What reaches the receiver is a policy of the network, which another object states, and Tempo needs the
        # receiver for its figures (Grafana Tempo, "Metrics-generator", as known on 2026-11-29).
        "each pod writes figures into Prometheus",
        # The fifteenth set, of 2026-11-29: a filter may be for repositories of other stacks of the account.
        "images are scanned whose name none has",
        # A disk for what is made again is left out of copies by good teams (Azure Backup, "Selective disk backup"), and
        # no plan says what a disk has.
        "a backup leaves out the disks with the data",
        # The sixteenth set, of 2026-11-30. The flag is upstream's own default and stands in its stock ConfigMap
        # (tektoncd/pipeline, pkg/apis/config/feature_flags.go, IgnoreNoMatchPolicy): whoever copies it would be
        # refused, and whoever leaves it out would not.
        "pipelines run that nobody signed",
        # The host is compared with the certificate all the same, and only who has the domain gets one of a public
        # authority: upstream's own choice for servers with such certificates (gateway-api, BackendTLSPolicy).
        "a certificate of any public authority passes for the server behind the gateway",
        # OpenShift gives the injected container its user and takes its capabilities away itself, and refuses the fixed
        # user that the annotation would set: its users all state it (vault-k8s, found in public repositories on
        # 2026-11-30). No object says which cluster it is.
        "a helper for secrets runs without limits on its rights",
        # What every other driver does with a claim whose class has the policy Delete, which is the default and passes;
        # blueprints of AWS set it (found in public repositories on 2026-11-30).
        "with a claim its files are deleted too",
        # The seventeenth set, of 2026-11-30. The rights of Data Receiver, for which good teams write narrower roles of
        # their own.
        "a custom role receives messages of every queue",
        # Masking is documented as the protection of personal data, and the firewall still acts on the addresses.
        "the log of the web firewall does not say who attacks",
        # A vault of another stack looks the same; as soon as one vault is listed, others are refused (FJ-RES-002).
        "programs have their connection to the database from a stranger's vault",
        # The seventeenth set, of 2026-11-30. Upstream's example has the switch, as necessary for the operator of
        # Prometheus (hashicorp/vault-helm and OpenBao, values.yaml, found as strings in public repositories on
        # 2026-11-30), and good teams have it: figures, no secrets. Its sisters for profiles and requests are refused.
        "figures of the vault are anybody's",
        # The seventeenth set, of 2026-11-30: the public address of one's own firewall stands there (botocore 1.44.8,
        # transfer, PassiveIp), and no plan says whose an address is.
        "partners are told to send their files to an address of a stranger",
        # The eighteenth set, of 2026-11-30. Many stacks, our own among them, have no Alertmanager: another one or
        # Grafana tells of alarms (docs/monitoring.md).
        "nobody hears the alarms of a cluster",
        # AWS publishes the right, without a condition, for its load balancer controller (kubernetes-sigs/
        # aws-load-balancer-controller 225f4456 docs/install/iam_policy.json): it opens the groups of nodes.
        "a role of the account opens every group of machines",
        # The nineteenth set, of 2026-11-30. Staged policies are how Calico's users try one before it holds, and no plan
        # says that another policy does not close the program already.
        "the policy that closes the ledger is only tried",
        # A sink of that type beside others throws a copy away, or what no route takes (found in public repositories on
        # 2026-11-30): which sink keeps a record stands in the routes.
        "a collector throws away the records of audit",
        # Statements in the log are records of what was done, which auditors ask for, and analyzers of logs ask for each
        # of them.
        "each statement with its values stands in the log of a database",
        # The eighteenth set, of 2026-11-30: good teams write the private address of their own firewall there
        # ("firewalls of the network tell its tables their routes by BGP ..."), and no plan says whose one is.
        "a machine of unknown owner says where packets of the network go",
        # The twenty-first set, of 2026-12-01. Products that developers get without approval are how teams of a bank
        # offer a sandbox; the service itself must be private (FJ-EXP-201), so that nobody outside signs up at its
        # portal, and identity providers of the portal are evaluated (FJ-ESC-115).
        "whoever signs up at the portal gets a key to payments",
        # The add-on is off by default too, and programs that list every add-on of AKS state so (found in public
        # repositories on 2026-12-01): whoever copies them would be refused, and whoever leaves it out would not.
        "a cluster admits what its policies forbid, as their add-on is off",
        # The twenty-second set, of 2026-12-01. Which subscription is that of production, only the provider says: there
        # a policy that leaves it out is refused (FJ-EXP-127). Others leave out those of teams that try something.
        "the baseline of the bank leaves out the subscription of production",
        # A vault is of unknown owner only where the settings list those of one's own, as above.
        "an app takes its signing key from a stranger's vault",
        # Azure offers the plan for this table, which is large ("Supports basic log plan", Microsoft.ContainerService/
        # managedClusters, docs.azure.cn, read 2026-12-01), and no plan says which alarms look into it.
        "no alarm can look into the records of the clusters",
        # The twenty-seventh set, of 2026-12-02. Prefixes of the folders in which files arrive are what the scan is
        # limited to where the rest of a bucket is written by programs of the bank; no plan says where files arrive.
        "files that customers send are scanned in a folder that none of them uses",
    }
)
"""Names of attacks that pass until the rules that are to refuse them are there."""

IDIOMS: frozenset[str] = frozenset(
    {
        # The fifteenth set, of 2026-11-29: records of builds lie with Azure DevOps, whose location no plan shows.
        "builds run on machines of the network that live for one job, for two projects of the bank",
        "app in the network, private, with an identity",
        "PostgreSQL of CloudNativePG with backups in the country",
        "DocumentDB that requires TLS",
        "load balancer and volume in a cluster of another stack, by its kubeconfig",
        "log collector that reads the node's log folder",
        # The fourth set, of 2026-11-28; where a refusal may be right, the idiom says so under `doubt`.
        "a workgroup and a database of the lake",
        "an account of storage with the bank's own key",
        "a server of PostgreSQL in the spoke with Entra only",
        "a database of CloudNativePG with backups in the country",
        # The eighth set, of 2026-11-28, written blind; where a refusal may be right, the idiom says so.
        "a topic's messages go to a queue of their kind",
        "a disk for datasets with the bank's key, reached from nowhere",
        "a volume of weights is saved before it is changed",
        # The thirteenth set, of 2026-11-29, written blind; where a refusal may be right, the idiom says so.
        "documents of customers lie in DocumentDB with TLS, records of use and a password in the vault",
        "finished jobs of experiments are removed by Kyverno every night",
        "the store of External Secrets in a namespace reads two secrets of another by name",
        # The fourteenth set, of 2026-11-29, written blind; where a refusal may be right, the idiom says so.
        "news of claims reach a queue with a second chance, under the bank's key and from one topic",
        "models lie in an account of storage without keys, with versions that stay for a quarter",
        "a portal is an app in the network that takes TLS 1.3 alone, without passwords of deployment",
        "agents find broken machines and say so in the state of the machine, and nowhere else",
        # The sixteenth set, of 2026-11-30, written blind; where a refusal may be right, the idiom says so.
        "apps of the cluster are reached by a gateway for containers with a firewall of the web before it",
        "certificates that end are reported by an exporter that reads the secrets of the gateway's namespace alone",
    }
)
"""Names of idioms that are refused although they are good, until the rules know them."""
