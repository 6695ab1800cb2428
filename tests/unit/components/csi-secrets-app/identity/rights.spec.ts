import * as assert from "node:assert/strict";
import {
  roleAccountProblem,
  statementsPolicy,
} from "../../../../../components/csi-secrets-app/identity/rights";
import { problemsOf } from "../../../../support/csi-secrets-app-problems";

const READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
const BOUNDARY = "arn:aws:iam::123456789012:policy/apps";
const STATEMENT = {
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::orders/*",
} as const;

type Arguments = Parameters<typeof problemsOf>[0];

describe("what an app may do besides", () => {
  const REFUSED: readonly [Arguments, string[]][] = [
    [
      { policyArns: { "S 3": READ_ONLY, b: "s3" } },
      [
        'policyArns["S 3"] must have a name of 1 to 40 lower-case letters, digits and hyphens, a ' +
          'letter first; got "S 3"',
        "policyArns.b must be the ARN of an IAM policy, such as " +
          '"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"; got "s3"',
      ],
    ],
    [
      {
        policyStatements: [{ Effect: "allow", Action: "s3:*", NotAction: "s3:*", Principal: "*" }],
      },
      [
        'policyStatements[0].Effect must be "Allow" or "Deny"; got "allow"',
        "policyStatements[0] must have either 'Action' or 'NotAction'",
        "policyStatements[0] must have either 'Resource' or 'NotResource'",
        "policyStatements[0].Principal must be left out: the policy is for the app's own role",
      ],
    ],
    ...["1a", "a-", `a${"b".repeat(40)}`].map((name): [Arguments, string[]] => [
      { policyArns: { [name]: READ_ONLY } },
      [
        `policyArns${name === "1a" ? '["1a"]' : `.${name}`} must have a name of 1 to 40 lower-case letters, digits ` +
          `and hyphens, a letter first; got "${name}"`,
      ],
    ]),
    [{ policyArns: { a: READ_ONLY, [`a${"b".repeat(39)}`]: READ_ONLY } }, []],
    [
      {
        policyStatements: [
          STATEMENT,
          { ...STATEMENT, Sid: "Read1", Resource: undefined, NotResource: ["a", "b"] },
          { ...STATEMENT, Sid: "-Read", NotPrincipal: "*" },
          { ...STATEMENT, Sid: "Read 1", Effect: "Deny", Condition: "x" },
          "s3:*",
        ],
      },
      [
        'policyStatements[2].Sid must be letters and digits; got "-Read"',
        "policyStatements[2].Principal must be left out: the policy is for the app's own role",
        'policyStatements[3].Sid must be letters and digits; got "Read 1"',
        'policyStatements[3].Condition must be an object; got "x"',
        'policyStatements[4] must be an object; got "s3:*"',
      ],
    ],
    [
      { podLabels: { "app.kubernetes.io/name": "x", team: "data team" } },
      [
        'podLabels["app.kubernetes.io/name"] must be left out: the component sets it; got ' +
          '"app.kubernetes.io/name"',
        "podLabels.team must be at most 63 letters, digits, '-', '_' and '.', with a letter or " +
          'digit at both ends; got "data team"',
      ],
    ],
    [
      { serviceAccountAnnotations: { "eks.amazonaws.com/role-arn": "x" } },
      [
        'serviceAccountAnnotations["eks.amazonaws.com/role-arn"] must be left out: the component ' +
          'sets it; got "eks.amazonaws.com/role-arn"',
      ],
    ],
  ];
  for (const [args, expected] of REFUSED) {
    it(`refuses what cannot be: ${Object.keys(args).join()}`, () =>
      assert.deepEqual(problemsOf(args), expected));
  }
});

describe("a role that exists", () => {
  const ROLE = "arn:aws:iam::123456789012:role/apps/orders";

  const NEEDLESS =
    "cannot be combined with 'roleArn': the app makes no role then; give the existing one its rights " +
    "where it is made";
  const REFUSED: readonly [Parameters<typeof problemsOf>[0], string[]][] = [
    [
      { roleArn: "orders" },
      [
        'roleArn must be the ARN of an IAM role, such as "arn:aws:iam::123456789012:role/orders"; ' +
          'got "orders"',
      ],
    ],
    [
      {
        roleArn: ROLE,
        policyArns: { s3: READ_ONLY },
        policyStatements: [STATEMENT],
        permissionsBoundary: BOUNDARY,
        transform: { role: (args: object) => args, rolePolicy: (args: object) => args },
      },
      [
        ...["policyArns", "policyStatements", "permissionsBoundary"],
        ...["transform.role", "transform.rolePolicy"],
      ].map((path) => `${path} ${NEEDLESS}`),
    ],
  ];
  for (const [args, expected] of REFUSED) {
    it(`is refused together with ${Object.keys(args).join()}`, () =>
      assert.deepEqual(problemsOf(args), expected));
  }

  it("may be of the cluster's account alone with Pod Identity", () => {
    const rule = roleAccountProblem("123456789012");
    assert.deepEqual([ROLE, ROLE.replace("123456789012", "210987654321"), "orders"].map(rule), [
      undefined,
      "must be of the cluster's account, 123456789012: Pod Identity takes no role of another one; use IRSA, or a " +
        "role there that takes the other one",
      undefined,
    ]);
  });
});

describe("the policy of an app's own statements", () => {
  it("holds them as they are", () =>
    assert.deepEqual(statementsPolicy([STATEMENT]), {
      Version: "2012-10-17",
      Statement: [STATEMENT],
    }));
});
