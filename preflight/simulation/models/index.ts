import { alarmModels } from "./aws/alarms";
import { clusterFunctions, clusterModels } from "./aws/cluster-components";
import { eksModels } from "./aws/eks";
import { identityModels, regionFunctions } from "./aws/identity";
import { lambdaModels } from "./aws/lambda";
import { launchTemplateModels } from "./aws/launch-template";
import { logModels } from "./aws/logs";
import { networkModels } from "./aws/network";
import { parameterModels } from "./aws/parameters";
import { rdsModels } from "./aws/rds";
import { rotationModels } from "./aws/secret-rotation";
import { secretModels } from "./aws/secrets";
import { securityGroupModels } from "./aws/security-groups";
import { kubernetesModels, unsimulatedModels } from "./kubernetes/models";
import { type CitedModel, type FunctionModel, UnknownToLocalCloud } from "./model";
import { randomModels } from "./random";

/** The models of all resource types that the local cloud knows. */
export const RESOURCES: Readonly<Record<string, CitedModel>> = {
  ...clusterModels,
  ...eksModels,
  ...rdsModels,
  ...secretModels,
  ...rotationModels,
  ...lambdaModels,
  ...alarmModels,
  ...parameterModels,
  ...logModels,
  ...identityModels,
  ...networkModels,
  ...launchTemplateModels,
  ...securityGroupModels,
  ...kubernetesModels,
  ...randomModels,
};

/** Those, and the types of which it only knows what is refused. */
export const CHECKED: Readonly<Record<string, CitedModel | undefined>> = {
  ...RESOURCES,
  ...unsimulatedModels,
};

const FUNCTIONS: Readonly<Record<string, FunctionModel | undefined>> = {
  ...clusterFunctions,
  ...regionFunctions,
};

/** The model of a resource type. Throws `UnknownToLocalCloud` where there is none. */
export function resourceModel(type: string): CitedModel {
  const model = RESOURCES[type];
  if (model === undefined) throw new UnknownToLocalCloud("resource type", type);
  return model;
}

/** The model of a provider's function. Throws `UnknownToLocalCloud` where there is none. */
export function functionModel(token: string): FunctionModel {
  const model = FUNCTIONS[token];
  if (model === undefined) throw new UnknownToLocalCloud("function", token);
  return model;
}
