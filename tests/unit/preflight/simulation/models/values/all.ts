import { eksExamples } from "./eks";
import { eksAccessExamples } from "./eks-access";
import type { Examples } from "./examples";
import { identityExamples } from "./identity";
import { launchTemplateExamples } from "./launch-template";
import { networkExamples } from "./network";
import { parameterExamples } from "./parameters";
import { randomExamples } from "./random";
import { rdsExamples } from "./rds";
import { rdsClusterExamples } from "./rds-cluster";
import { rdsGroupExamples } from "./rds-groups";
import { rotationExamples } from "./rotation";
import { secretsExamples } from "./secrets";
import { securityGroupExamples } from "./security-groups";

/** Those of all types of AWS and of the random provider. */
export const EXAMPLES: Examples = {
  ...eksExamples,
  ...eksAccessExamples,
  ...identityExamples,
  ...launchTemplateExamples,
  ...networkExamples,
  ...parameterExamples,
  ...randomExamples,
  ...rdsExamples,
  ...rdsClusterExamples,
  ...rdsGroupExamples,
  ...rotationExamples,
  ...secretsExamples,
  ...securityGroupExamples,
};
