import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { RESOURCES, resourceModel } from "../../../../../preflight/simulation/models";
import { validationErrors } from "../../../../../preflight/simulation/models/validation-errors";
import type { Properties } from "../../../../../preflight/simulation/models/model";
import { inputValuesAt } from "../../../../../preflight/simulation/models/paths";
import { UNKNOWN } from "../../../../../preflight/simulation/wire/unknown";
import { wrapSecret } from "../../../../../preflight/simulation/wire/envelopes";
import { replaced, type Steps, stepsIn } from "./kubernetes/steps";
import { schemaOf } from "./schema";
import { EXAMPLES } from "./values/all";

const isOfAws = (type: string): boolean => /^(aws|random):/.test(type);

describe("the values that AWS would refuse", () => {
  it("have an example for every rule of every type", () => {
    const rules = Object.entries(RESOURCES)
      .filter(([type, { values, check }]) => isOfAws(type) && (values ?? check) !== undefined)
      .map(([type, { values = {} }]) => [type, Object.keys(values).sort()]);
    const shown = Object.entries(EXAMPLES).map(([type, { refused }]) => [
      type,
      Object.keys(refused).sort(),
    ]);
    assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(rules));
  });

  for (const [type, { good, accepted = [], refused, together = [] }] of Object.entries(EXAMPLES)) {
    const model = resourceModel(type);
    const errorsOf = (change: Properties): readonly string[] =>
      validationErrors(model, { ...good, ...change });

    it(`have accepted examples of ${type}, with a value for every rule`, () => {
      const kept = [{}, ...accepted];
      assert.deepEqual(
        kept.map(errorsOf),
        kept.map(() => []),
      );
      const untouched = Object.keys(refused).filter((path) =>
        kept.every((change) => inputValuesAt({ ...good, ...change }, path).length === 0),
      );
      assert.deepEqual(untouched, []);
    });

    for (const [path, examples] of Object.entries(refused)) {
      it(`are refused: ${path} of ${type}`, () => {
        assert.deepEqual(
          examples.map(([change]) => errorsOf(change)),
          examples.map(([, error]) => [error]),
        );
      });
    }

    if (together.length > 0) {
      it(`are refused together: ${type}`, () => {
        assert.deepEqual(
          together.map(([change]) => errorsOf(change)),
          together.map(([, errors]) => errors),
        );
      });
    }

    it(`are not reported for unknown inputs of ${type}`, () => {
      const others = (schemaOf(type)?.inputs ?? []).map((name) => [name]);
      assert.notEqual(others.length, 0);
      for (const inputs of [{}, ...accepted].map((change) => ({ ...good, ...change }))) {
        const places = [...stepsIn(inputs), ...others];
        const errorsWithout = (chosen: readonly Steps[]): readonly string[] =>
          validationErrors(
            model,
            chosen.reduce<Properties>((known, place) => replaced(known, place, UNKNOWN), inputs),
          );
        for (const place of places)
          assert.deepEqual(errorsWithout([place]), [], JSON.stringify(place));
        fc.assert(
          fc.property(fc.subarray(places), (chosen) => {
            assert.deepEqual(errorsWithout(chosen), []);
          }),
          { numRuns: 50 },
        );
      }
    });
  }

  it("are not shown where they are secret", () => {
    const instance = resourceModel("aws:rds/instance:Instance");
    const { good } = EXAMPLES["aws:rds/instance:Instance"] ?? { good: {} };
    const secrets = { password: "hunter2", username: wrapSecret("_hidden"), dbName: "1st" };
    assert.deepEqual(validationErrors(instance, { ...good, ...secrets }), [
      "dbName '1st' must be 1 to 63 letters, digits and underscores, a letter first",
      "username must be 1 to 63 letters, digits and underscores, a letter first",
      "password must have 8 to 128 characters",
    ]);
  });

  it("are found within what holds a secret, and not shown there either", () => {
    const role = resourceModel("aws:iam/role:Role");
    const policy = (Effect: string) => ({
      Statement: wrapSecret([{ Effect, Action: "sts:AssumeRole", Principal: "hidden" }]),
    });
    assert.deepEqual(validationErrors(role, { assumeRolePolicy: policy("Allow") }), []);
    assert.deepEqual(validationErrors(role, { assumeRolePolicy: policy("Maybe") }), [
      "assumeRolePolicy must Allow or Deny in every statement",
    ]);
  });

  it("are none of the names that the components make", () => {
    const names = fc.stringMatching(/^[a-z][a-z0-9]{0,10}(-[a-z0-9]{1,10}){0,3}$/);
    const hex = fc.stringMatching(/^[0-9a-f]{8}$/);
    fc.assert(
      fc.property(names, hex, (name, suffix) => {
        const made: readonly (readonly [string, Properties])[] = [
          ["aws:rds/instance:Instance", { identifier: `${name}-${suffix}` }],
          ["aws:rds/instance:Instance", { finalSnapshotIdentifier: `${name}-final-${suffix}` }],
          ["aws:rds/subnetGroup:SubnetGroup", { name: `${name}-subnets-${suffix}` }],
          ["aws:rds/parameterGroup:ParameterGroup", { name: `${name}-parameters-${suffix}` }],
          ["aws:secretsmanager/secret:Secret", { name: `${name}-connection-${suffix}` }],
          ["aws:cloudwatch/logGroup:LogGroup", { name: `/aws/rds/instance/${name}-${suffix}/a` }],
          ["aws:ec2/securityGroup:SecurityGroup", { name: `${name}-security-group-${suffix}` }],
          ["aws:iam/role:Role", { name: `${name}-role-${suffix}` }],
          ["aws:iam/rolePolicy:RolePolicy", { name: `${name}-read-secrets-${suffix}` }],
        ];
        for (const [type, change] of made) {
          const errors = validationErrors(resourceModel(type), {
            ...EXAMPLES[type]?.good,
            ...change,
          });
          assert.deepEqual(errors, []);
        }
      }),
    );
  });
});
