// Who may import whom: the one source of .dependency-cruiser.cjs and of the table in
// docs/architecture.md.
"use strict";

/** Each room, what it holds, and the rooms that it may import besides itself. */
const ROOMS = [
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
  ["components", "the library: SecureDatabase, CsiSecretsDriver, CsiSecretsApp", []],
  [
    "preflight/delivery",
    "pure: what driver and AWS provider make of a SecretProviderClass; recorded cases of the real ones",
    [],
  ],
  [
    "preflight/simulation",
    "pure stand-in for AWS and Kubernetes: values on the wire, models of resource types, mocks, evaluation of a program",
    [],
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
  ["preflight/cli", "the command lines of plan, doctor and the recorded cases", ["preflight"]],
  [
    "local",
    "the stack on this machine: provider servers, databases, kubelet, engine, commands",
    ["preflight/delivery", "preflight/simulation", "preflight/doctor", "preflight/plan"],
  ],
  [
    "functions",
    "the Lambda functions, each bundled into one file: the rotation of a database user",
    [],
  ],
];

module.exports = { ROOMS };
