import * as assert from "node:assert/strict";
import { onNode, type Plant, policy, refusal, ROLE, ROLE_POLICY } from "./pods";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const OUTSIDE = "arn:aws:iam::123456789012:role/made-elsewhere";

const everything = policy({ Effect: "Allow", Action: "*", Resource: "*" });
const nothing = policy();

/** The answers of AWS in the provider's log, without what is the same in all. */
async function answers(plant: Plant): Promise<readonly string[]> {
  const refused = await refusal({ plant });
  return (refused?.log ?? []).map((line) => line.replace(/^.*api error /, ""));
}

const reading = async (): Promise<{ readonly role: string; readonly secret: string }> =>
  onNode({}, ({ store }) => ({
    role: String(store.all("aws:iam/role:Role")[0]?.outputs.name),
    secret: String(store.all("aws:secretsmanager/secret:Secret")[0]?.outputs.arn),
  }));

const denied = async (explicit = ""): Promise<readonly string[]> => {
  const { role, secret } = await reading();
  return [
    `AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/${role}/<SESSION> is not ` +
      `authorized to perform: secretsmanager:GetSecretValue on resource: ${secret}${explicit}`,
  ];
};

const attach =
  (name: string, document: string): Plant =>
  (draft) => {
    const arn = `arn:aws:iam::123456789012:policy/${name}`;
    return draft
      .add("aws:iam/policy:Policy", name, { name, arn, policy: document })
      .add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", `${name}-attached`, {
        role: roleName(draft),
        policyArn: arn,
      });
  };

const roleName = (draft: Parameters<Plant>[0]): string =>
  String(draft.registrations.find(({ name }) => name === ROLE)?.outputs.name);

describe("what the role of a local pod may read", () => {
  it("depends on its inline policy", async () => {
    assert.deepEqual(await answers((draft) => draft), []);
    assert.deepEqual(
      await answers((draft) => draft.set(ROLE_POLICY, ["policy"], nothing)),
      await denied(),
    );
  });

  it("depends on the customer policies attached to it", async () => {
    const without: Plant = (draft) => draft.remove(ROLE_POLICY);
    assert.deepEqual(await answers(without), await denied());
    assert.deepEqual(await answers((draft) => attach("reads", everything)(without(draft))), []);
  });

  it("is denied by an explicit denial of any of them", async () => {
    const deny = policy({ Sid: "No", Effect: "Deny", Action: "secretsmanager:*", Resource: "*" });
    assert.deepEqual(
      await answers(attach("denies", deny)),
      await denied(" with an explicit deny (policy denies, No)"),
    );
  });

  it("is limited by its permissions boundary", async () => {
    const limit = (document: string): Plant => {
      const arn = "arn:aws:iam::123456789012:policy/boundary";
      return (draft) =>
        draft
          .add("aws:iam/policy:Policy", "boundary", { name: "boundary", arn, policy: document })
          .set(ROLE, ["permissionsBoundary"], arn);
    };
    assert.deepEqual(await answers(limit(everything)), []);
    assert.deepEqual(await answers(limit(nothing)), await denied());
  });

  it("is limited by the session policy of its association", async () => {
    assert.deepEqual(
      await answers((draft) => draft.set("orders-api-pod-identity", ["policy"], nothing)),
      await denied(),
    );
  });

  it("depends on the secret's own policy too", async () => {
    const own = (effect: string): Plant => {
      const statement = { Sid: "Own", Effect: effect, Principal: "*", Action: "*", Resource: "*" };
      return (draft) => draft.set("orders-connection", ["policy"], policy(statement));
    };
    assert.deepEqual(
      await answers(own("Deny")),
      await denied(" with an explicit deny (policy of orders-connection, Own)"),
    );
    const decryptOnly = policy({ Effect: "Allow", Action: "kms:Decrypt", Resource: KEY });
    const alone: Plant = (draft) => draft.set(ROLE_POLICY, ["policy"], decryptOnly);
    assert.deepEqual(await answers(alone), await denied());
    assert.deepEqual(await answers((draft) => own("Allow")(alone(draft))), []);
  });

  it("depends on the policy of the secret's key too", async () => {
    const statement = { Effect: "Deny", Principal: "*", Action: "kms:Decrypt", Resource: "*" };
    assert.deepEqual(
      await answers((draft) =>
        draft.add("aws:kms/key:Key", "key", { arn: KEY, policy: policy(statement) }),
      ),
      ["AccessDeniedException: Access to KMS is not allowed"],
    );
  });

  it("is assumed to be sufficient where the role is outside the stack", async () => {
    assert.deepEqual(
      await answers((draft) =>
        draft.set("orders-api-pod-identity", ["roleArn"], OUTSIDE).remove(ROLE),
      ),
      [],
    );
    const irsa: Plant = (draft) =>
      draft
        .set(
          "orders-api-service-account",
          ["metadata", "annotations", "eks.amazonaws.com/role-arn"],
          OUTSIDE,
        )
        .remove(ROLE);
    assert.equal(await refusal({ variant: "IRSA and Helm", plant: irsa }), undefined);
  });

  it("is assumed to be sufficient where a condition is unknown", async () => {
    const statement = {
      ...{ Effect: "Allow", Action: "*", Resource: "*" },
      Condition: { IpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } },
    };
    assert.deepEqual(
      await answers((draft) => draft.set(ROLE_POLICY, ["policy"], policy(statement))),
      [],
    );
  });

  /** A second secret, mounted after the first, that the role may not read. */
  const withSecond: Plant = (draft) =>
    draft
      .copy("orders-connection", "second")
      .set("second", ["arn"], "arn:aws:secretsmanager:eu-central-1:123456789012:secret:second-Ab1")
      .set("second", ["name"], "second")
      .copy("orders-connection-value", "second-value")
      .set("second-value", ["secretId"], "second")
      .objects((objects) =>
        objects.push({
          ...{ objectName: "second", objectType: "secretsmanager", objectAlias: "second.json" },
        }),
      );

  it("names the secret that is refused, not the first one", async () => {
    const refused = await refusal({ plant: withSecond });
    assert.match(refused?.message ?? "", /required permissions are granted for: second$/);
  });

  it("is reported only after an earlier failure", async () => {
    const refused = await refusal({
      plant: (draft) =>
        withSecond(draft).objects((objects) => (objects[0].jmesPath[0].path = "nothing")),
    });
    assert.match(refused?.message ?? "", /required permissions are granted for: prod\/orders$/);
    assert.match(refused?.log.join() ?? "", /JMES Path - nothing for object alias - DB_HOST/);
  });
});
