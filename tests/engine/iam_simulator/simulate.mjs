// Reads {documents, account, requests} from standard input, and writes for each request "Allowed", another result of
// IAM's evaluation, or "error: ..." if the request or a document is not valid. A request may bring its own `documents`,
// its `principal` and the `policy` of its resource; `scps` and `rcps` are control policies of the organisation.
import { readFileSync } from "node:fs";
import { runSimulation } from "@cloud-copilot/iam-simulate";

const { documents, account, requests, scps = [], rcps = [] } = JSON.parse(readFileSync(0, "utf8"));
const named = (policies) => policies.map((policy, index) => ({ name: `policy-${index}`, policy }));
const controls = (policies) => (policies.length ? [{ orgIdentifier: "r-root", policies: named(policies) }] : []);
// A key policy must let the account's identity policies decide, as those of the components do.
const root = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" };
const keyPolicy = { Version: "2012-10-17", Statement: [root] };

const results = [];
for (const { action, resource, context, documents: own, principal, policy } of requests) {
  const simulation = {
    request: {
      principal: principal ?? `arn:aws:iam::${account}:role/falaj`,
      action,
      resource: { resource, accountId: account },
      contextVariables: context,
    },
    identityPolicies: named(own ?? documents),
    serviceControlPolicies: controls(scps),
    resourceControlPolicies: controls(rcps),
    resourcePolicy: policy ?? (resource.includes(":kms:") ? keyPolicy : undefined),
  };
  const found = await runSimulation(simulation, {});
  results.push(found.resultType === "error" ? `error: ${JSON.stringify(found.errors)}` : found.result?.analysis?.result ?? found.overallResult);
}
process.stdout.write(JSON.stringify(results));
