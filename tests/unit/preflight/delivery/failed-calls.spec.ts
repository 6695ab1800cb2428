import * as assert from "node:assert/strict";
import {
  type Delivery,
  type DeliveryRequest,
  mountEventMessage,
} from "../../../../preflight/delivery";
import { type Change, contents, deliver, errorOf, secret, sm, ssm } from "./deliver";

describe("calls that fail", () => {
  const SERVICE =
    "us-west-2: Failed fetching secret s: operation error Secrets Manager: GetSecretValue, ";
  const MASKED =
    "Failed to fetch secret from all regions. Verify secret exists and required permissions are granted for: s";
  const HTTP = (status: number) =>
    `https response error StatusCode: ${status}, RequestID: <REQUEST_ID>, `;
  const TRIES = "exceeded maximum number of attempts, 3, ";
  const CREDENTIALS =
    "get identity: get credentials: failed to refresh cached credentials, failed to ";
  const STS = `${CREDENTIALS}retrieve credentials, operation error STS: AssumeRoleWithWebIdentity, `;

  type Action = NonNullable<DeliveryRequest["faults"]>[number]["action"];
  /** Action, status, code; what the SDK says of it, whether that reaches the pod, number of calls. */
  const faults: readonly [Action, number, string, string, boolean, number][] = [
    ["GetSecretValue", 400, "DecryptionFailure", `${HTTP(400)}DecryptionFailure: no`, true, 1],
    [
      "GetSecretValue",
      400,
      "InvalidParameterException",
      `${HTTP(400)}InvalidParameterException: no`,
      true,
      1,
    ],
    [
      "GetSecretValue",
      403,
      "AccessDeniedException",
      `${HTTP(403)}api error AccessDeniedException: no`,
      false,
      1,
    ],
    [
      "GetSecretValue",
      400,
      "UnrecognizedClientException",
      `${HTTP(400)}api error UnrecognizedClientException: no`,
      false,
      1,
    ],
    ["GetSecretValue", 400, "", `${HTTP(400)}api error UnknownError: no`, false, 1],
    ["GetSecretValue", 400, "decryptionfailure", `${HTTP(400)}DecryptionFailure: no`, true, 1],
    [
      "GetSecretValue",
      400,
      "com.amazonaws.secretsmanager#ResourceNotFoundException:http://x/y#z",
      `${HTTP(400)}ResourceNotFoundException: no`,
      true,
      1,
    ],
    [
      "GetSecretValue",
      400,
      "a#Throttling",
      `${TRIES}${HTTP(400)}api error Throttling: no`,
      false,
      3,
    ],
    ["GetSecretValue", 400, "throttling", `${HTTP(400)}api error throttling: no`, false, 1],
    ["AssumeRoleWithWebIdentity", 400, "a#b:c", `${STS}${HTTP(400)}api error a#b:c: no`, false, 1],
    ["GetSecretValue", 501, "NotImplemented", `${HTTP(501)}api error NotImplemented: no`, false, 1],
    [
      "GetSecretValue",
      500,
      "InternalServiceError",
      `${TRIES}${HTTP(500)}InternalServiceError: no`,
      false,
      3,
    ],
    [
      "GetSecretValue",
      400,
      "InternalServiceError",
      `${HTTP(400)}InternalServiceError: no`,
      false,
      1,
    ],
    ["GetSecretValue", 503, "X", `${TRIES}${HTTP(503)}api error X: no`, false, 3],
    [
      "GetSecretValue",
      400,
      "ThrottlingException",
      `${TRIES}${HTTP(400)}api error ThrottlingException: no`,
      false,
      3,
    ],
    [
      "GetSecretValue",
      400,
      "RequestTimeout",
      `${TRIES}${HTTP(400)}api error RequestTimeout: no`,
      false,
      3,
    ],
    ["GetSecretValue", 429, "Foo", `${HTTP(429)}api error Foo: no`, false, 1],
    [
      "GetSecretValue",
      400,
      "RequestTimeTooSkewed",
      `${TRIES}Probable clock skew error: ${HTTP(400)}api error RequestTimeTooSkewed: no`,
      false,
      3,
    ],
    [
      "GetSecretValue",
      500,
      "ResourceNotFoundException",
      `${TRIES}${HTTP(500)}ResourceNotFoundException: no`,
      true,
      3,
    ],
    ["PodIdentityCredentials", 404, "", `${CREDENTIALS}load credentials, : no`, true, 1],
    ["PodIdentityCredentials", 429, "", `${CREDENTIALS}load credentials, ${TRIES}: no`, true, 3],
    [
      "PodIdentityCredentials",
      500,
      "",
      `${TRIES}${CREDENTIALS}load credentials, ${TRIES}: no`,
      false,
      9,
    ],
    [
      "AssumeRoleWithWebIdentity",
      403,
      "AccessDenied",
      `${STS}${HTTP(403)}api error AccessDenied: no`,
      false,
      1,
    ],
    [
      "AssumeRoleWithWebIdentity",
      400,
      "ExpiredTokenException",
      `${STS}${HTTP(400)}ExpiredTokenException: no`,
      true,
      1,
    ],
    [
      "AssumeRoleWithWebIdentity",
      400,
      "InvalidIdentityToken",
      `${STS}${TRIES}${HTTP(400)}InvalidIdentityToken: no`,
      true,
      3,
    ],
    [
      "AssumeRoleWithWebIdentity",
      400,
      "IDPCommunicationError",
      `${STS}${HTTP(400)}IDPCommunicationError: no`,
      true,
      1,
    ],
    [
      "AssumeRoleWithWebIdentity",
      400,
      "Throttling",
      `${TRIES}${STS}${TRIES}${HTTP(400)}api error Throttling: no`,
      false,
      9,
    ],
  ];
  for (const [action, status, code, text, reachesPod, calls] of faults) {
    const cause = [action, status, code].filter(Boolean).join(" ");
    it(`${cause} ${reachesPod ? "reaches the pod" : "is masked"} after ${calls} calls`, () => {
      const delivery = deliver({
        parameters: { usePodIdentity: String(action !== "AssumeRoleWithWebIdentity") },
        faults: [{ action, status, code, message: "no" }],
      });
      assert.equal(errorOf(delivery), reachesPod ? SERVICE + text : MASKED);
      assert.deepEqual(
        delivery.log[0],
        `${reachesPod ? "E: Failure getting secret values from provider type secretsmanager" : "W"}: ${SERVICE}${text}`,
      );
      assert.equal(delivery.apiCalls[action], calls);
    });
  }

  it("an empty message is the code of an error that the SDK has no type for", () => {
    const logOf = (code: string) =>
      deliver({ faults: [{ action: "GetSecretValue", status: 400, code, message: "" }] }).log[0];
    assert.equal(
      logOf("AccessDeniedException"),
      `W: ${SERVICE}${HTTP(400)}api error AccessDeniedException: UnknownError`,
    );
    assert.equal(
      logOf("DecryptionFailure"),
      `E: Failure getting secret values from provider type secretsmanager: ${SERVICE}${HTTP(400)}DecryptionFailure: `,
    );
  });

  it("a failure that passes is retried", () => {
    const fault = { action: "GetSecretValue" as const, status: 500, message: "no", times: 2 };
    const delivery = deliver({ faults: [fault] });
    assert.deepEqual(contents(delivery), { s: "v" });
    assert.deepEqual(delivery.log, []);
    assert.equal(delivery.apiCalls.GetSecretValue, 3);
  });

  it("denied DescribeSecret masks a rotation", () => {
    const delivery = deliver({
      currentVersions: { s: "id-1" },
      faults: [
        { action: "DescribeSecret", status: 400, code: "AccessDeniedException", message: "no" },
      ],
    });
    assert.equal(errorOf(delivery), MASKED);
    assert.match(
      delivery.log[0] ?? "",
      /^W: us-west-2: Failed to describe secret s: operation error/,
    );
  });

  it("a parameter's key that cannot be used reaches the pod", () => {
    const delivery = deliver({
      entries: [ssm("p")],
      primary: { parameters: { p: { versions: ["v"] } } },
      faults: [{ action: "GetParameters", status: 400, code: "InvalidKeyId", message: "no" }],
    });
    assert.equal(
      errorOf(delivery),
      `us-west-2: Failed fetching parameters: operation error SSM: GetParameters, ${HTTP(400)}InvalidKeyId: no`,
    );
  });

  it("nothing is written unless everything was fetched", () => {
    const delivery = deliver({ entries: [sm("s"), sm("none")] });
    assert.deepEqual(delivery.files, []);
  });

  const DENIED = { action: "GetSecretValue", status: 400, code: "AccessDeniedException" } as const;
  const names = (delivery: Delivery) =>
    delivery.ok
      ? undefined
      : delivery.fetch && {
          ...delivery.fetch,
          descriptors: delivery.fetch.descriptors.map(({ objectName }) => objectName),
        };

  it("a failure of one entry strikes that entry alone", () => {
    const delivery = deliver({
      entries: [sm("s"), sm("t"), sm("u")],
      primary: { secrets: { s: secret("v"), t: secret("v"), u: secret("v") } },
      faults: [{ ...DENIED, message: "no", objectName: "t" }],
    });
    assert.equal(errorOf(delivery), MASKED.replace(/s$/, "t"));
    assert.deepEqual(delivery.apiCalls, { PodIdentityCredentials: 1, GetSecretValue: 2 });
    assert.deepEqual(names(delivery), {
      descriptors: ["t"],
      calls: [{ action: "GetSecretValue", region: "us-west-2" }],
    });
  });

  it("a failure of a parameter strikes its batch", () => {
    const entries = Array.from({ length: 11 }, (_, at) => ssm(`p${at}`));
    const delivery = deliver({
      entries,
      primary: {
        parameters: Object.fromEntries(
          entries.map(({ objectName }) => [objectName, { versions: ["v"] }] as const),
        ),
      },
      faults: [{ ...DENIED, action: "GetParameters", message: "no", objectName: "p10" }],
    });
    assert.equal(errorOf(delivery), "Failed to fetch parameters from all regions.");
    assert.deepEqual(delivery.apiCalls, { PodIdentityCredentials: 1, GetParameters: 2 });
    assert.deepEqual(names(delivery), {
      descriptors: ["p10"],
      calls: [{ action: "GetParameters", region: "us-west-2" }],
    });
  });

  it("credentials that fail are named in each region", () => {
    const delivery = deliver({
      parameters: { failoverRegion: "us-east-1", usePodIdentity: "false" },
      failover: { secrets: { s: secret("v") } },
      faults: [
        { action: "AssumeRoleWithWebIdentity", status: 403, code: "AccessDenied", message: "no" },
      ],
    });
    assert.deepEqual(names(delivery), {
      descriptors: ["s"],
      calls: [
        { action: "AssumeRoleWithWebIdentity", region: "us-west-2" },
        { action: "AssumeRoleWithWebIdentity", region: "us-east-1" },
      ],
    });
  });

  it("content that cannot be used is no failed call", () => {
    const entries = [sm("s", { jmesPath: [{ path: "a", objectAlias: "a" }] })];
    assert.deepEqual(names(deliver({ entries })), { descriptors: ["s"], calls: [] });
  });

  it("a refusal before anything is fetched has no entry", () => {
    assert.equal(names(deliver({ parameters: { pathTranslation: "--" } })), undefined);
  });
});

describe("what kills the provider", () => {
  const EVENT =
    "failed to mount secrets store objects for pod ns/pod, err: rpc error: code = Unavailable desc = error reading from server: EOF";
  const parameters = { "/shop/url": { versions: ["v"], labels: { live: 1 } } };
  const crashing: readonly [string, Change, string][] = [
    [
      "a version in the name of a parameter",
      { entries: [ssm("/shop/url:1")], primary: { parameters } },
      "panic: runtime error: invalid memory address or nil pointer dereference",
    ],
    [
      "a label in the ARN of a parameter",
      {
        entries: [ssm("arn:aws:ssm:us-west-2:1:parameter/shop/url:live")],
        primary: { parameters },
      },
      "panic: runtime error: invalid memory address or nil pointer dereference",
    ],
    [
      "an expression on a secret",
      { entries: [sm("s", { jmesPath: [{ path: "merge(a)", objectAlias: "a" }] })] },
      "panic: interface conversion: interface {} is nil, not map[string]interface {}",
    ],
    [
      "an expression on a parameter",
      {
        entries: [ssm("p", { jmesPath: [{ path: "merge(a)", objectAlias: "a" }] })],
        primary: { parameters: { p: { versions: ["{}"] } } },
      },
      "panic: interface conversion: interface {} is nil, not map[string]interface {}",
    ],
  ];
  for (const [what, change, panic] of crashing) {
    it(`is ${what}`, () => {
      const delivery = deliver({ primary: { secrets: { s: secret("{}") } }, ...change });
      assert.ok(!delivery.ok);
      assert.deepEqual(
        { ...delivery, fetch: delivery.fetch?.calls, apiCalls: undefined },
        {
          ...{ ok: false, refusedBy: "provider", error: "error reading from server: EOF" },
          ...{ code: "UNAVAILABLE", files: [], fetch: [], log: [panic], apiCalls: undefined },
        },
      );
      assert.equal(mountEventMessage(delivery, { namespace: "ns", name: "pod" }), EVENT);
    });
  }

  it("is not a parameter with version or label beside its name", () => {
    for (const more of [{ objectVersion: "1" }, { objectVersionLabel: "live" }]) {
      const delivery = deliver({ entries: [ssm("/shop/url", more)], primary: { parameters } });
      assert.deepEqual(contents(delivery), { _shop_url: "v" });
    }
  });
});

describe("the version of a parameter", () => {
  for (const version of ["01", "1.0", "0x1", "1e0", "+1", " 1", "", "2", "constructor"]) {
    it(`is not ${JSON.stringify(version)}`, () => {
      const delivery = deliver({
        entries: [ssm("p", { objectVersion: version || "0" })],
        primary: { parameters: { p: { versions: ["v"] } } },
      });
      assert.equal(errorOf(delivery), `400: us-west-2: invalid parameters: p:${version || "0"}`);
    });
  }
});
