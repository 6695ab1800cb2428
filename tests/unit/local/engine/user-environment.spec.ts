import * as assert from "node:assert/strict";
import { stripUserEnvironment } from "../../../../local/engine/user-environment";

describe("the environment of a local stack", () => {
  it("has nothing of the user's own Pulumi, AWS, cluster and databases", () => {
    const kept = {
      HOME: "/home/someone",
      PATH: "/bin",
      PULUMI_ROOT: "/opt/pulumi",
      PSQLRC: "/home/someone/.psqlrc",
      XDG_CACHE_HOME: "/cache",
    };
    const env: NodeJS.ProcessEnv = {
      ...kept,
      AWS_PROFILE: "theirs",
      AWS_REGION: "us-east-1",
      GOOS: "plan9",
      KUBECONFIG: "/home/someone/.kube/config",
      PGOPTIONS: "-c search_path=theirs",
      PULUMI_ACCESS_TOKEN: "token",
      PULUMI_BACKEND_URL: "s3://theirs",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/nowhere",
      PULUMI_DEBUG_PROVIDERS: "aws:1",
      PULUMI_DIY_BACKEND_GZIP: "true",
      PULUMI_OPTION_TARGET: "urn",
      PULUMI_PARALLEL: "1",
      PULUMI_STACK: "theirs",
    };
    stripUserEnvironment(env);
    assert.deepEqual(env, kept);
  });
});
