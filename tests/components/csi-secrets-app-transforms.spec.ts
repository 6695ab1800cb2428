import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { CsiSecretsAppTransforms } from "../../components";
import type { Evaluation } from "../../preflight/simulation/mocks/run";
import { deployApi } from "../support/csi-secrets-app";
import { inputsOf } from "../support/registrations";

type Args = Record<string, unknown>;

const annotated = (args: Args): Args => ({
  ...args,
  metadata: { ...(args.metadata as object), annotations: { mark: "made" } },
});
const tagged = (args: Args): Args => ({ ...args, tags: { mark: "made" } });
const named = (args: Args): Args => ({ ...args, name: "mark" });

/** Each transform, the child that it must reach, and what is changed there. */
const CHILDREN: Readonly<
  Record<keyof CsiSecretsAppTransforms, readonly [child: string, change: (args: Args) => Args]>
> = {
  namespace: ["api-namespace", annotated],
  serviceAccount: ["api-service-account", annotated],
  role: ["api-role", tagged],
  rolePolicy: ["api-read-secrets", named],
  podIdentityAssociation: ["api-pod-identity", tagged],
  secretProviderClass: ["api-secrets", annotated],
  caBundle: ["api-rds-ca", annotated],
  deployment: ["api-deployment", annotated],
  service: ["api-service", annotated],
  ingress: ["api-ingress", annotated],
  podDisruptionBudget: ["api-pdb", annotated],
  restart: ["api-restart", annotated],
  migrate: ["api-migrate", annotated],
  networkPolicy: ["api-network-policy", annotated],
  autoscaler: ["api-autoscaler", annotated],
};

const inputsByName = ({ registrations }: Evaluation): Record<string, Args> =>
  Object.fromEntries(registrations.map((r) => [r.name, r.inputs]));

describe("A transform of a CsiSecretsApp", () => {
  for (const [transform, [child, change]] of Object.entries(CHILDREN)) {
    it(`has the last word on ${child}, and on no other child`, async () => {
      const everything = {
        containerPort: 8080,
        replicas: { min: 2, max: 4, cpu: 70 },
        ingress: { className: "alb" },
        restart: "scheduled" as const,
        migrate: { command: ["migrate"] },
        networkPolicy: {},
      };
      const plain = await deployApi(everything);
      const changed = await deployApi({ ...everything, transform: { [transform]: change } });
      const expected = inputsByName(plain);
      assert.deepEqual(inputsByName(changed), {
        ...expected,
        [child]: change(expected[child] ?? {}),
      });
    });
  }

  for (const [transform] of Object.entries(CHILDREN)) {
    it(`is told that ${transform} returns a promise, or nothing`, async () => {
      const refusedWith = (result: unknown) =>
        deployApi({
          containerPort: 8080,
          replicas: { min: 2, max: 4, cpu: 70 },
          ingress: { className: "alb" },
          restart: "scheduled",
          migrate: { command: ["migrate"] },
          networkPolicy: {},
          transform: { [transform]: () => result },
        }).catch((error: unknown) => error);
      const nothing = await refusedWith(undefined);
      assert.ok(pulumi.InputPropertiesError.isInstance(nothing));
      assert.equal(
        nothing.message,
        `CsiSecretsApp "api": 'transform.${transform}' must return the arguments to declare, as a ` +
          "plain object; it returned nothing; return a changed copy, (args) => ({ ...args, … })",
      );
      const promise = await refusedWith(Promise.resolve({}));
      assert.ok(pulumi.InputPropertiesError.isInstance(promise));
      assert.match(promise.message, /it returned a promise; await what it needs before/);
    });
  }

  it("is given what was planned", async () => {
    const seen: unknown[] = [];
    const { registrations } = await deployApi({
      transform: {
        podDisruptionBudget: (args) => {
          seen.push(args.spec);
          return { ...args, spec: { ...(args.spec as object), maxUnavailable: "50%" } };
        },
      },
    });
    const selector = {
      matchLabels: { "app.kubernetes.io/name": "api", "app.kubernetes.io/managed-by": "pulumi" },
    };
    assert.deepEqual(seen, [{ maxUnavailable: 1, selector }]);
    assert.deepEqual(inputsOf(registrations, "api-pdb").spec, { maxUnavailable: "50%", selector });
  });

  it("of the class or of the certificates rolls the pods, as any change of theirs does", async () => {
    const hashes = async (transform: CsiSecretsAppTransforms): Promise<string> => {
      const { spec } = inputsOf((await deployApi({ transform })).registrations, "api-deployment");
      return JSON.stringify(
        (spec as { template: { metadata: { annotations: unknown } } }).template.metadata
          .annotations,
      );
    };
    const all = [
      await hashes({}),
      await hashes({ secretProviderClass: (args) => ({ ...args, spec: { provider: "other" } }) }),
      await hashes({ caBundle: (args) => ({ ...args, data: { "ca-bundle.pem": "other" } }) }),
    ];
    assert.equal(new Set(all).size, all.length);
  });
});
