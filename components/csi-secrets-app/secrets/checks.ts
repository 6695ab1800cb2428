import { kmsKeyArnProblem, parameterProblem, secretArnProblem } from "../../shared/aws-names";
import {
  boolean,
  type Check,
  isRecord,
  list,
  object,
  oneOf,
  optional,
  orLate,
  record,
  string,
} from "../../shared/checks";
import { because, memberPath, problem } from "../../shared/problems";
import { everyProblem, windowProblem } from "../../shared/rotation-schedule";
import type { CsiSecretsAppArgs, SecretSource, WholeSecret } from "../args";
import { TLS_ENVIRONMENT } from "../workload/mounts";
import { variableValueProblem } from "../workload/process-strings";
import { keyCharactersProblem } from "./key-path";
import { secretReferenceProblem } from "./references";

/** Kubernetes takes more, shells do not. Each variable from a secret is also a file. */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,244}$/;

function variableProblem(variable: string): string | undefined {
  if (!VARIABLE.test(variable)) {
    return "must be a name of 1 to 245 letters, digits and underscores that does not start with a digit";
  }
  return Object.hasOwn(TLS_ENVIRONMENT, variable)
    ? "must not be a variable that the component sets so that clients verify the database's " +
        "certificate: pass 'caBundle' for other authorities, or change the Deployment through " +
        "'transform.deployment'"
    : undefined;
}

/**
 * What needs no translation and no escaping anywhere between the class and the file system. The
 * provider adds up to ten digits while it writes, and the driver skips names that start with "..".
 */
const FILE_NAME = /^(?!\.$|\.\.)[A-Za-z0-9._-]{1,245}$/;

const fileProblem = (file: string): string | undefined =>
  FILE_NAME.test(file)
    ? undefined
    : "must be a file name of 1 to 245 letters, digits, dots, hyphens and underscores, not '.' " +
      "and not starting with '..'";

const key = string(keyCharactersProblem);

const WHOLE: Readonly<Record<keyof WholeSecret, Check>> = {
  env: optional(string(variableProblem)),
  file: optional(string(fileProblem)),
};

const whole: Check = (path, value, show) => [
  ...object(WHOLE)(path, value, show),
  ...because(
    path,
    isRecord(value) && value.env === undefined && value.file === undefined
      ? "must have 'env', 'file' or both"
      : undefined,
  ),
];

const SOURCE: Readonly<Record<keyof SecretSource, Check>> = {
  secretName: optional(orLate(string(secretReferenceProblem))),
  parameter: optional(orLate(string(parameterProblem))),
  failoverKmsKeyArn: optional(orLate(string(kmsKeyArnProblem))),
  whole: optional(whole),
  secretArn: optional(orLate(string(secretArnProblem))),
  kmsKeyArn: optional(orLate(string(kmsKeyArnProblem))),
  env: optional(record(key, { name: variableProblem })),
  files: optional(record(key, { name: fileProblem })),
  shape: optional(record(oneOf("string", "number", "boolean"))),
  databaseUrl: optional(string(variableProblem)),
  connectionFile: optional(boolean),
  rotation: optional(
    object({ every: string(everyProblem), window: optional(string(windowProblem)) }),
  ),
};

/** Plain variables; the rule of a value is asked with its name. */
export const environment: Check = (path, value, show) => [
  ...record(orLate(string()), { name: variableProblem })(path, value, show),
  ...Object.entries(isRecord(value) ? value : {}).flatMap(([name, given]) =>
    typeof given === "string"
      ? problem(memberPath(path, name), given, variableValueProblem(name), show)
      : [],
  ),
];

/** Arguments that say which values of which secrets the pod gets, each checked by itself. */
export const SECRET_CHECKS: Readonly<Record<keyof SecretSource | SecretArgument, Check>> = {
  ...SOURCE,
  moreSecrets: optional(list(object(SOURCE))),
  environment: optional(environment),
};

export type SecretArgument = keyof Pick<CsiSecretsAppArgs, "moreSecrets" | "environment">;
