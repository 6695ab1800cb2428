import * as assert from "node:assert/strict";
import { problemsOf } from "../../../../support/csi-secrets-app-problems";

type Problems = Parameters<typeof problemsOf>[0];

const QUANTITY = 'must be a quantity of Kubernetes, such as "500m", "1.5" or "128Mi"';
const IMAGE =
  "must be a container image: REGISTRY/REPOSITORY:TAG or REGISTRY/REPOSITORY@sha256:DIGEST";
const DIGEST = 'must have "sha256:" and 64 hexadecimal digits in lower case after "@"';
const HOST =
  "must be a DNS name in lower-case letters, such as orders.example.com; the first part may be " +
  "'*', and an IP address is none";
const ONE_HANDLER = "must have exactly one of exec, httpGet, tcpSocket, grpc";
const ANNOTATION =
  "must have a key of 1 to 63 letters, digits, '-', '_' and '.', with a letter or digit at both " +
  "ends, after a DNS name and '/' where there is one";
const HEX = "0123456789abcdef".repeat(4);

const shownShort = (text: string): string => `"${text.slice(0, 80)}"… (${text.length} characters)`;

const ingress = (more: object): Problems => ({
  containerPort: 8080,
  ingress: { className: "nginx", ...more },
});
const REFUSED: readonly [Problems, string[]][] = [
  [
    { resources: { limits: { memory: "1GB" } } },
    [`resources.limits.memory ${QUANTITY}; did you mean "1Gi"?; got "1GB"`],
  ],
  ...[
    ["512mb", "512Mi"],
    ["1.25 g", "1.25Gi"],
    ["10tib", "10Ti"],
  ].map(([given, meant]): [Problems, string[]] => [
    { resources: { limits: { memory: given } } },
    [`resources.limits.memory ${QUANTITY}; did you mean "${meant}"?; got "${given}"`],
  ]),
  ...["x1GB", "1GBx"].map((given): [Problems, string[]] => [
    { resources: { limits: { memory: given } } },
    [`resources.limits.memory ${QUANTITY}; got "${given}"`],
  ]),
  [
    { resources: { requests: { "example.com/gpu": 1 } } },
    ['resources.requests["example.com/gpu"] needs a limit, and must be what that is'],
  ],
  [
    {
      containerPort: 80,
      probes: {
        readiness: {
          httpGet: {
            port: 80,
            httpHeaders: [
              { name: "X-A", value: "" },
              { name: "a b", value: "" },
              { name: "ä", value: "" },
            ],
          },
        },
        liveness: { tcpSocket: { port: "http" } },
      },
    },
    [
      'probes.readiness.httpGet.httpHeaders[1].name must be letters, digits and hyphens; got "a b"',
      'probes.readiness.httpGet.httpHeaders[2].name must be letters, digits and hyphens; got "ä"',
      'probes.liveness.tcpSocket.port must name a port of the app, which has "app"; got "http"',
    ],
  ],
  [
    { image: `app@sha256:${HEX}@sha256:${HEX}` },
    [`image ${DIGEST}; got ${shownShort(`app@sha256:${HEX}@sha256:${HEX}`)}`],
  ],
  [
    { resources: { requests: { cpu: "half" } } },
    [`resources.requests.cpu ${QUANTITY}; got "half"`],
  ],
  [
    { resources: { requests: { cpu: "-1" } } },
    ['resources.requests.cpu must not be negative; got "-1"'],
  ],
  [
    { resources: { requests: { memory: "1Gi" }, limits: { memory: "512Mi" } } },
    ["resources.requests.memory must not be more than the limit; got 1Gi and 512Mi"],
  ],
  [
    { resources: { limits: { mem: "1Gi" } } },
    [
      "resources.limits.mem is no resource of a container; there are cpu, memory, " +
        'ephemeral-storage, hugepages-SIZE and extended ones such as example.com/gpu; got "mem"',
    ],
  ],
  [
    { resources: { requests: { "example.com/gpu": 1 }, limits: { "example.com/gpu": 2 } } },
    ['resources.requests["example.com/gpu"] must be what the limit is'],
  ],
  [
    { resources: { limits: { "example.com/gpu": "500m" } } },
    [
      'resources.limits["example.com/gpu"] must be a whole number: nothing divides an extended resource',
    ],
  ],
  [
    { probes: { liveness: { exec: { command: ["a"] }, tcpSocket: { port: 1 } } } },
    [`probes.liveness ${ONE_HANDLER}; got exec and tcpSocket`],
  ],
  [{ probes: { startup: { periodSeconds: 3 } } }, [`probes.startup ${ONE_HANDLER}; got none`]],
  [
    { probes: { liveness: { tcpSocket: { port: 1 }, successThreshold: 3 } } },
    [
      "probes.liveness.successThreshold must be 1, or left out: only a readiness probe may ask for " +
        "several successes; got 3",
    ],
  ],
  [
    { probes: { readiness: { tcpSocket: { port: 1 }, terminationGracePeriodSeconds: 3 } } },
    ["probes.readiness.terminationGracePeriodSeconds must be left out of a readiness probe"],
  ],
  [
    { containerPort: 80, probes: { readiness: { httpGet: { port: "http" } } } },
    ['probes.readiness.httpGet.port must name a port of the app, which has "app"; got "http"'],
  ],
  [
    { probes: { readiness: { httpGet: { port: "8080" } } } },
    ['probes.readiness.httpGet.port must be the number of a port without quotes; got "8080"'],
  ],
  [
    { probes: { readiness: { httpGet: { port: "app" } } } },
    [
      "probes.readiness.httpGet.port needs a port of that name: 'ports', or 'containerPort' for " +
        '"app"; got "app"',
    ],
  ],
  [
    { probes: { readiness: { exec: { command: [] } } } },
    ["probes.readiness.exec.command must not be empty"],
  ],
  [ingress({ host: "Orders.example.com" }), [`ingress.host ${HOST}; got "Orders.example.com"`]],
  [ingress({ host: "10.0.0.1" }), [`ingress.host ${HOST}; got "10.0.0.1"`]],
  [
    ingress({ annotations: { "a b": "x" } }),
    [`ingress.annotations["a b"] ${ANNOTATION}; got "a b"`],
  ],
  [
    ingress({ annotations: { a: "x".repeat(262_144) } }),
    ["ingress.annotations must not hold more than 256 KiB in all"],
  ],
  [
    ingress({ path: "/a//b" }),
    [
      "ingress.path must hold neither '//' nor '%2f', and no part of it may be '.' or '..'; " +
        'got "/a//b"',
    ],
  ],
  [
    { environment: { A: "a\0b" } },
    ['environment.A must not have a NUL character, which no process can be given; got "a\\u0000b"'],
  ],
  [
    { environment: { A: "x".repeat(131_070) } },
    [
      "environment.A must be shorter than 128 KiB: Linux starts no process with a longer string; " +
        `use a file; got "${"x".repeat(80)}"… (131070 characters)`,
    ],
  ],
  [
    { command: ["a\0"] },
    ['command[0] must not have a NUL character, which no process can be given; got "a\\u0000"'],
  ],
  [
    { image: "registry/App:1" },
    ['image must have a repository in lower-case letters; got "registry/App:1"'],
  ],
  [{ image: "registry//app" }, [`image ${IMAGE}; got "registry//app"`]],
  [{ image: "app@sha256:abc" }, [`image ${DIGEST}; got "app@sha256:abc"`]],
  [
    { image: "app:-1" },
    [
      "image must have a tag of 1 to 128 letters, digits, '_', '.' and '-', not starting with '.' " +
        `or '-'; got "app:-1"`,
    ],
  ],
];

const TAKEN: readonly Problems[] = [
  { resources: { requests: { cpu: 1, memory: "128Mi" }, limits: { memory: "1e9" } } },
  { environment: { A: "x".repeat(131_069) } },
  { resources: { requests: { cpu: "0", memory: "1Gi" }, limits: { cpu: "500m", memory: "1Gi" } } },
  { resources: { requests: { "example.com/gpu": 1 }, limits: { "example.com/gpu": "1" } } },
  { replicas: { min: 2, max: 2, cpu: 70 } },
  { containerPort: 80, probes: { liveness: { tcpSocket: { port: 80 }, successThreshold: 0 } } },
  { containerPort: 80, probes: { readiness: { httpGet: { port: "app", path: "/" } } } },
  { probes: { liveness: { grpc: { port: 9000 }, successThreshold: 1 } } },
  { image: `registry.example.com:5000/team/app:1@sha256:${HEX}` },
  { image: "[2001:db8::1]:5000/app" },
  ingress({ host: "*.example.com", annotations: { "Example.com/a": "" } }),
];

describe("what Kubernetes would refuse of an app", () => {
  for (const [args, expected] of REFUSED) {
    it(`is a problem of its argument: ${expected[0]?.slice(0, 60)}`, () =>
      assert.deepEqual(problemsOf(args), expected));
  }

  it("is nothing that Kubernetes takes", () =>
    assert.deepEqual(
      TAKEN.map((args) => problemsOf(args)),
      TAKEN.map(() => []),
    ));
});
