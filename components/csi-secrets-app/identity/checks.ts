import { clusterNameProblem } from "../../shared/aws-names";
import { type Check, object, orLate, string } from "../../shared/checks";
import { isRecord } from "../../shared/checks";
import { because } from "../../shared/problems";
import { oidcProviderArnProblem } from "./policies";

export const clusterName = string(clusterNameProblem);
export const oidcProviderArn = string(oidcProviderArnProblem);

const KINDS: Readonly<Record<string, Check>> = {
  podIdentity: object({ clusterName: orLate(clusterName) }),
  irsa: object({ oidcProviderArn: orLate(oidcProviderArn) }),
};

/** Exactly one kind of identity. */
export const identityCheck: Check = (path, value, show) => {
  const given = Object.keys(KINDS).filter((kind) => isRecord(value) && value[kind] !== undefined);
  const [kind] = given;
  if (!isRecord(value)) return object({})(path, value, show);
  if (kind === undefined || given.length > 1) {
    return because(
      path,
      "must be either { podIdentity: { clusterName } } or { irsa: { oidcProviderArn } }; got " +
        (given.length === 0 ? "neither" : "both"),
    );
  }
  return object({ [kind]: KINDS[kind] as Check })(path, value, show);
};
