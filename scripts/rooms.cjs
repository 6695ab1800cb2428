// Who may import whom: the one source of .dependency-cruiser.cjs and of the table in
// docs/architecture.md.
"use strict";

/** Each room, what it holds, and the rooms that it may import besides itself. */
const ROOMS = [
  [
    "launch",
    "starts TypeScript without a build: the program (named in Pulumi.yaml), the plan and the local commands",
    [],
  ],
  [
    "index.ts",
    "the program: reads the configuration, builds components, exports",
    ["stack", "components"],
  ],
  [
    "stack",
    "what only this program needs: configuration, network, cluster, check app",
    ["components"],
  ],
  ["components", "the library: SecureDatabase, DatabaseUser, CsiSecretsDriver, CsiSecretsApp", []],
  [
    "components/plugin",
    "the library for other languages: the schema, and the provider that makes the components",
    ["components"],
  ],
  [
    "preflight/delivery",
    "pure: what driver and AWS provider make of a SecretProviderClass; recorded cases of the real ones",
    [],
  ],
  [
    "preflight/simulation",
    "pure stand-in for AWS and Kubernetes: values on the wire, models of resource types, mocks, evaluation of a program",
    ["launch"],
  ],
  [
    "preflight/doctor",
    "facts, IAM evaluation, rules, readers of each secret",
    ["preflight/delivery", "preflight/simulation"],
  ],
  [
    "preflight/plan",
    "an app's chain from secret to pod, and the reports",
    ["preflight/doctor", "preflight/delivery", "preflight/simulation"],
  ],
  [
    "preflight/rights",
    "the least rights on AWS that a stack takes: a table of actions by resource type, and IAM policies of it",
    ["preflight/doctor", "preflight/simulation"],
  ],
  [
    "preflight/engine",
    "resources as the engine tells of them, in its analyzer protocol and in a state, for the doctor",
    ["preflight/doctor", "preflight/simulation/wire"],
  ],
  [
    "preflight/policy",
    "the doctor's rules as a policy pack: the engine's analyzer protocol",
    [
      "preflight/engine",
      "preflight/doctor",
      "preflight/simulation/wire",
      "launch",
      "preflight/plan/report/printable.ts",
      "preflight/package.json",
    ],
  ],
  [
    "preflight/cli",
    "the command lines of plan, doctor and the recorded cases",
    ["preflight", "launch"],
  ],
  [
    "local",
    "the stack on this machine: provider servers, databases, functions, secrets, kubelet, engine, commands",
    [
      "launch",
      "preflight/delivery",
      "preflight/simulation",
      "preflight/doctor",
      "preflight/plan",
      "functions",
    ],
  ],
  [
    "functions",
    "the Lambda functions, each bundled into one file: the rotation of a database user",
    [],
  ],
];

module.exports = { ROOMS };
