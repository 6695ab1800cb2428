import * as assert from "node:assert/strict";
import { FunctionRole } from "../../../../local/functions/role";
import { secretNamed } from "../../../../local/secrets/stored";
import { accountIn, type Properties } from "../../../../preflight/simulation/models/model";
import { asItIs, changed, inStore, type Plant, rotating } from "./stacks";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const CALLS = [
  ...["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"],
].map((call) => `secretsmanager:${call}`);

/** What the role is told, by call about the user's secret and the administrator's; ids left out. */
async function failures(plant: Plant, kmsKeyArn?: string) {
  const program = rotating(undefined, kmsKeyArn === undefined ? {} : { kmsKeyArn });
  return inStore(program, plant, ({ store, called }) => {
    const role = new FunctionRole(called, store, accountIn("eu-central-1"));
    const settings = JSON.parse(settingsOf(called.inputs)) as Record<string, string>;
    const asked = (action: string, id = ""): string | undefined =>
      role.secretFailure(action, secretNamed(store, id));
    const told = [
      ...CALLS.map((action) => asked(action, settings.secretArn)),
      asked("secretsmanager:GetSecretValue", settings.masterSecretArn),
      role.creationFailure(called),
      role.logFailure(called),
    ];
    return told.flatMap((failure) => (failure === undefined ? [] : [blunt(failure)]));
  });
}

const settingsOf = ({ environment }: Properties): string =>
  (environment as { variables: Record<string, string> }).variables.ROTATION_SETTINGS ?? "";

const blunt = (failure: string): string =>
  failure
    .replaceAll(/-[0-9a-f]{7}\b/g, "")
    .replaceAll(/-[0-9a-f]{6}(?= |$)/g, "")
    .replaceAll("arn:aws:secretsmanager:eu-central-1:123456789012:secret:", "secret ");

const WHO =
  "User: arn:aws:sts::123456789012:assumed-role/app-rotation/app-rotation is not authorized to perform:";

/** The function's policy, changed. */
const policy =
  (
    change: (statements: { Sid: string; Action: string | string[]; Effect: string }[]) => unknown,
  ): Plant =>
  (object) => {
    if (!object.urn.endsWith("RolePolicy::app-rotation")) return object;
    const document = JSON.parse(String(object.inputs.policy)) as { Statement: [] };
    change(document.Statement);
    return changed("RolePolicy::app-rotation", { policy: JSON.stringify(document) })(object);
  };

const withoutAction = (action: string): Plant =>
  policy((statements) => {
    for (const statement of statements) {
      const { Action } = statement;
      if (Array.isArray(Action)) statement.Action = Action.filter((each) => each !== action);
    }
  });

const withoutStatement = (sid: string): Plant =>
  policy((statements) =>
    statements.splice(
      statements.findIndex(({ Sid }) => Sid === sid),
      1,
    ),
  );

describe("what the role of a function may do", () => {
  it("is all that it needs, as the component makes it", async () => {
    assert.deepEqual(await failures(asItIs), []);
    assert.deepEqual(await failures(asItIs, KEY), []);
  });

  const denied: readonly (readonly [string, Plant, readonly string[], string?])[] = [
    [
      "a call",
      withoutAction("secretsmanager:PutSecretValue"),
      [`${WHO} secretsmanager:PutSecretValue on resource: secret app-credentials`],
    ],
    [
      "the administrator's secret",
      withoutStatement("ReadAdministrator"),
      [`${WHO} secretsmanager:GetSecretValue on resource: secret orders-connection`],
    ],
    [
      "what is denied explicitly",
      policy((statements) =>
        statements.push({
          ...{ Sid: "No", Effect: "Deny", Action: "secretsmanager:DescribeSecret" },
          ...{ Resource: "*" },
        }),
      ),
      [
        `${WHO} secretsmanager:DescribeSecret on resource: secret app-credentials with an explicit deny (policy app-rotation, No)`,
      ],
    ],
    ["the key", withoutAction("kms:Decrypt"), ["Access to KMS is not allowed"], KEY],
    ["to encrypt", withoutAction("kms:GenerateDataKey"), ["Access to KMS is not allowed"], KEY],
    [
      "network interfaces",
      withoutStatement("NetworkInterfaces"),
      [
        "InvalidParameterValueException: The provided execution role does not have permissions to call CreateNetworkInterface on EC2",
      ],
    ],
    [
      "its log",
      withoutAction("logs:PutLogEvents"),
      [
        `${WHO} logs:PutLogEvents on resource: arn:aws:logs:eu-central-1:123456789012:log-group:app-rotation-log:log-stream:2026/01/01/[$LATEST]0`,
      ],
    ],
    [
      "to Lambda to take it",
      changed("Role::app-rotation", {
        assumeRolePolicy: '{"Version":"2012-10-17","Statement":[]}',
      }),
      [
        "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.",
      ],
    ],
    [
      "nothing where it is outside the stack",
      (object) => (object.type === "aws:iam/role:Role" ? undefined : object),
      [],
    ],
  ];
  for (const [what, plant, expected, key] of denied) {
    it(`denies ${what}`, async () => assert.deepEqual(await failures(plant, key), expected));
  }
});
