import { mountAccess } from "../../access";
import { because } from "../because";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const decryptDenied: Rule = {
  id: "decrypt-denied",
  severity: "error",
  why:
    "A secret, or a parameter, under a key of its own is decrypted in the name of the reader: without " +
    "kms:Decrypt the mount fails, although the secret itself may be read.",
  remedy:
    "Allow kms:Decrypt on the key itself, not on an alias, through Secrets Manager or SSM (kms:ViaService) and for this " +
    "secret (kms:EncryptionContext:SecretARN) or parameter (kms:EncryptionContext:PARAMETER_ARN).",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html",
  check: (facts) =>
    distinct(
      mountAccess(facts).flatMap(({ reads }) =>
        reads
          .filter(({ decrypt }) => decrypt?.verdict === "denied")
          .map(({ role, label, decrypt }) => ({
            urn: role.urn,
            message: `the role ${role.name} may not decrypt ${label} with its KMS key${because(decrypt)}`,
          })),
      ),
    ),
};
