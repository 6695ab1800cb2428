import { distinct } from "../../rule";
import type { Rule } from "../../rule";
import { secretType } from "../../../delivery";

/** The name of a parameter has no colon; after its ARN, one begins a version or a label. */
const hasSelector = (name: string): boolean =>
  name.replace(/^arn:[^:]*:ssm:[^:]*:[^:]*:/, "").includes(":");

export const parameterVersionInName: Rule = {
  id: "parameter-version-in-name",
  severity: "error",
  why:
    "The provider does not find the entry again in the answer of the Parameter Store and dies on " +
    "it; no pod of the node can mount secrets until it has restarted, and each retry ends it again.",
  remedy: "Put a version into objectVersion and a label into objectVersionLabel.",
  source:
    "https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/5f47771/provider/parameter_store_provider.go",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount }) =>
        mount.objects
          .filter(({ descriptor }) => secretType(descriptor) === "ssmparameter")
          .flatMap(({ descriptor: { objectName, failoverObject } }) => [
            objectName,
            failoverObject.objectName,
          ])
          .filter(hasSelector)
          .map((name) => ({
            urn: mount.providerClass.urn,
            message: `${mount.providerClass.label} has a version or label in the objectName "${name}", and the provider on the node dies on it`,
          })),
      ),
    ),
};
