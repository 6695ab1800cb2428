import * as assert from "node:assert/strict";
import { CONNECTION_SHAPE } from "../../../../../components";
import { problemsOf } from "../../../../support/csi-secrets-app-problems";

describe("A migration of a CsiSecretsApp", () => {
  const REFUSED: readonly [Parameters<typeof problemsOf>[0], string[]][] = [
    [
      { migrate: { command: [], args: "x", image: "A B", backoffLimit: -1 } },
      [
        "migrate.command must not be empty: the image's own command would start the app",
        'migrate.args must be a list; got "x"',
        'migrate.image must be a container image without spaces; got "A B"',
        "migrate.backoffLimit must be a whole number from 0 to 100; got -1",
      ],
    ],
    [
      {
        migrate: {
          command: ["a\0"],
          activeDeadlineSeconds: 0,
          resources: { limits: { memory: "1GB" } },
        },
      },
      [
        'migrate.command[0] must not have a NUL character, which no process can be given; got "a\\u0000"',
        'migrate.resources.limits.memory must be a quantity of Kubernetes, such as "500m", "1.5" or ' +
          '"128Mi"; did you mean "1Gi"?; got "1GB"',
        "migrate.activeDeadlineSeconds must be a whole number from 1 to 86400; got 0",
      ],
    ],
    [
      { migrate: { command: ["m"], environment: { DB_HOST: "a", PGSSLMODE: "off" } } },
      [
        "migrate.environment.PGSSLMODE must not be a variable that the component sets so that clients " +
          "verify the database's certificate: pass 'caBundle' for other authorities, or change the " +
          "Deployment through 'transform.deployment'; got \"PGSSLMODE\"",
        "migrate.environment.DB_HOST is also a variable from a secret; leave one of them out",
      ],
    ],
    [
      { shape: CONNECTION_SHAPE, migrate: { command: ["m"], environment: { PGUSER: "a" } } },
      [
        "migrate.environment.PGUSER has no effect: libpq takes 'username' from the service file that " +
          "'connectionFile' makes; leave the variable out, or set 'connectionFile' to false",
      ],
    ],
  ];
  for (const [args, expected] of REFUSED) {
    it(`is refused where it cannot be: ${JSON.stringify(args.migrate)}`, () =>
      assert.deepEqual(problemsOf(args), expected));
  }

  it("needs a name that leaves its Job room", () => {
    const migrate = { command: ["m"] };
    assert.deepEqual(problemsOf({ migrate }, "a".repeat(46)), []);
    assert.deepEqual(problemsOf({ migrate }, "a".repeat(47)), [
      "name must have 46 characters at most with 'migrate', whose Job's name must fit into a label; " +
        `got "${"a".repeat(47)}"`,
    ]);
  });
});
