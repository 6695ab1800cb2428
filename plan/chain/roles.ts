import type { Registration } from "../../local/mocks/run";
import { at, textOf } from "../values";
import { identity } from "./workloads";

/** How the pods of a ServiceAccount get their role. */
export type RoleVia = "Pod Identity" | "IRSA";

export interface PlannedRole {
  readonly arn: string;
  readonly name: string;
  readonly via: RoleVia;
  /** The role's registration; `undefined` for a role outside the plan. */
  readonly urn: string | undefined;
}

const ROLE_TYPE = "aws:iam/role:Role";
const ASSOCIATION_TYPE = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const ACCOUNT_TYPE = "kubernetes:core/v1:ServiceAccount";
const IRSA_ANNOTATION = "eks.amazonaws.com/role-arn";

/** The IAM roles of the ServiceAccounts in a plan. */
export class RoleIndex {
  readonly #roles = new Map<string, PlannedRole>();

  constructor(registrations: readonly Registration[]) {
    const ofType = (type: string) => registrations.filter((each) => each.type === type);
    const urns = new Map(ofType(ROLE_TYPE).map(({ urn, outputs }) => [outputs.arn, urn]));
    const grant = (namespace: string, account: string, via: RoleVia, arn: unknown): void => {
      if (typeof arn !== "string") return;
      const name = arn.slice(arn.lastIndexOf("/") + 1);
      this.#roles.set(key(namespace, account, via), { arn, name, via, urn: urns.get(arn) });
    };
    for (const account of ofType(ACCOUNT_TYPE)) {
      const { namespace, name } = identity(account);
      const arn = at(account.outputs, "metadata", "annotations", IRSA_ANNOTATION);
      grant(namespace, name, "IRSA", arn);
    }
    for (const { inputs } of ofType(ASSOCIATION_TYPE)) {
      const [namespace = "", account = ""] = [inputs.namespace, inputs.serviceAccount].map(textOf);
      grant(namespace, account, "Pod Identity", inputs.roleArn);
    }
  }

  /** The role that the AWS provider takes on: which way it goes is written in the class. */
  find(namespace: string, serviceAccount: string, via: RoleVia): PlannedRole | undefined {
    return this.#roles.get(key(namespace, serviceAccount, via));
  }
}

const key = (...parts: readonly string[]): string => parts.join("/");
