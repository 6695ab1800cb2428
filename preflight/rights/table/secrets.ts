import { type Grant, keyOf, type Rows } from "./row";

/** Secrets Manager adds a hyphen and six characters of its own to the name. */
const OWN = ["secretsmanager:secret:{name}-??????"];
const OF_SECRET = ["secretsmanager:secret:{secretId}-??????"];

/** Lets whoever has it read passwords: a statement of its own, so that it can be left out of a policy. */
const values = (sid: string, actions: string, on: readonly string[]): Grant => ({
  read: actions,
  on,
  sid,
});

export const SECRET_ROWS: Rows = {
  "aws:secretsmanager/secret:Secret": [
    {
      write: "secretsmanager: CreateSecret UpdateSecret DeleteSecret TagResource UntagResource",
      read: "secretsmanager: DescribeSecret GetResourcePolicy",
      on: OWN,
    },
    {
      write: "secretsmanager: PutResourcePolicy ValidateResourcePolicy DeleteResourcePolicy",
      on: OWN,
      when: "policy",
    },
    {
      write: "secretsmanager: ReplicateSecretToRegions RemoveRegionsFromReplication",
      on: OWN,
      when: "replicas",
    },
    keyOf("kmsKeyId", "secretsmanager", "Decrypt GenerateDataKey"),
  ],
  "aws:secretsmanager/secretVersion:SecretVersion": [
    {
      write: "secretsmanager: PutSecretValue UpdateSecretVersionStage",
      read: "secretsmanager: ListSecretVersionIds",
      on: OF_SECRET,
    },
    values("ReadSecretValues", "secretsmanager: GetSecretValue", OF_SECRET),
  ],
  "aws:secretsmanager/secretRotation:SecretRotation": [
    {
      write: "secretsmanager: RotateSecret CancelRotateSecret",
      read: "secretsmanager: DescribeSecret",
      on: OF_SECRET,
    },
    {
      write: "lambda: InvokeFunction",
      on: ["lambda:function:{rotationLambdaArn}"],
      when: "rotationLambdaArn",
    },
  ],
  "aws:ssm/parameter:Parameter": [
    {
      write: "ssm: PutParameter DeleteParameter AddTagsToResource RemoveTagsFromResource",
      read: "ssm: ListTagsForResource",
      on: ["ssm:parameter/{name}"],
    },
    { read: "ssm: DescribeParameters" },
    values("ReadParameterValues", "ssm: GetParameter GetParameters", ["ssm:parameter/{name}"]),
    keyOf("keyId", "ssm", "Encrypt Decrypt GenerateDataKey"),
  ],
  "aws:kms/key:Key": [
    { write: "kms: CreateKey" },
    {
      write:
        "kms: PutKeyPolicy UpdateKeyDescription EnableKey DisableKey EnableKeyRotation " +
        "DisableKeyRotation ScheduleKeyDeletion TagResource UntagResource",
      read: "kms: DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags",
      on: ["kms:key/*"],
    },
  ],
};
