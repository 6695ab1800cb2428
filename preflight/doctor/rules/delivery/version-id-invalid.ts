import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const versionIdInvalid: Rule = {
  id: "version-id-invalid",
  severity: "error",
  why:
    "The id of a version, which objectVersion is, has 32 to 64 characters. Secrets Manager refuses anything shorter " +
    "before it looks for the secret, and the mount fails.",
  remedy:
    "Put a label such as AWSCURRENT into objectVersionLabel, or leave both out: AWSCURRENT is what is read then.",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount: { providerClass, objects } }) =>
        objects
          .filter(({ service }) => service === "secretsmanager")
          .filter(({ descriptor: { objectVersion } }) => objectVersion !== "")
          .filter(({ descriptor: { objectVersion } }) => !/^.{32,64}$/.test(objectVersion))
          .map(({ descriptor: { objectName, objectVersion } }) => ({
            urn: providerClass.urn,
            message: `${providerClass.label} reads the version "${objectVersion}" of ${objectName}, which is no id of a version`,
          })),
      ),
    ),
};
