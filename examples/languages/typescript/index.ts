// A small site on AWS, a vault for results and a budget alarm.
import { aws } from "@falaj/falaj";

const tags = {
    "project": "arabic-llm",
    "business-unit": "retail-banking",
    "environment": "dev",
    "cost-centre": "cc-4711",
    "owner": "ml-platform-team",
    "data-classification": "confidential",
};
const [region, aedPerUsd, notify, start] = ["me-central-1", 3.6725, ["finops@example.ae"], "2027-01-01"] as const;

const site = new aws.Site("uae", {
    region,
    network: { cidr: "10.20.0.0/16", zones: 2, egress: "nat-single" },
    kubernetesVersion: "1.36",
    pools: { system: { profile: "system", machines: ["m7g.large"], min: 2, max: 3 } },
    vaults: ["models"],
    budget: { aedPerMonth: 10_000, notify: [...notify], start },
    aedPerUsd,
    tags,
});
const results = new aws.Vault("results", { region, purpose: "artifacts", retentionDays: 365, tags });
new aws.BudgetAlarm("spend", { scope: "arabic-llm", aedPerMonth: 4_000, aedPerUsd, notify: [...notify], start, tags });

export const cluster = site.clusterName;
export const uri = results.uri;
