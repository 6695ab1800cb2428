/** Says where a Pulumi CLI is installed, which `findCli` respects. */
const KEPT = new Set(["PULUMI_ROOT"]);

/**
 * Settings of the user's own Pulumi, AWS, Kubernetes, PostgreSQL clients and Go target. They would
 * change the state's format (`PULUMI_DIY_BACKEND_GZIP`), the operation (`PULUMI_OPTION_TARGET`: each
 * flag of the CLI has such a variable), what the program declares (the providers' SDKs read
 * `AWS_REGION` and `KUBECONFIG`) or how a client connects (`PGOPTIONS`).
 *
 * @see https://www.pulumi.com/docs/iac/cli/environment-variables/
 * @see https://www.postgresql.org/docs/current/libpq-envars.html
 */
const OF_THE_USER = /^(?:PULUMI_.*|AWS_.*|KUBECONFIG|PG[A-Z]+|GOOS|GOARCH)$/;

/**
 * Removes the user's own settings from the environment of this process, which the program runs in and
 * the CLI inherits. They are removed, not emptied: an empty `PULUMI_STACK` is a stack without a name.
 */
export function stripUserEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    if (OF_THE_USER.test(name) && !KEPT.has(name)) delete env[name];
  }
}
