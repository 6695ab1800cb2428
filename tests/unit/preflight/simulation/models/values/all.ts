import { eksExamples } from "./eks";
import { eksAccessExamples } from "./eks-access";
import type { Examples } from "./examples";
import { identityExamples } from "./identity";
import { networkExamples } from "./network";
import { randomExamples } from "./random";
import { rdsExamples } from "./rds";
import { rdsGroupExamples } from "./rds-groups";
import { rotationExamples } from "./rotation";
import { secretsExamples } from "./secrets";
import { securityGroupExamples } from "./security-groups";

/** Those of all types of AWS and of the random provider. */
export const EXAMPLES: Examples = {
  ...eksExamples,
  ...eksAccessExamples,
  ...identityExamples,
  ...networkExamples,
  ...randomExamples,
  ...rdsExamples,
  ...rdsGroupExamples,
  ...rotationExamples,
  ...secretsExamples,
  ...securityGroupExamples,
};
