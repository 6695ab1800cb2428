/** Where a Pulumi CLI is installed is the one thing that is asked of the user's Pulumi. */
const KEPT = new Set(["PULUMI_ROOT"]);

/**
 * The variables of the user's own Pulumi, AWS, Kubernetes, PostgreSQL clients and Go target. Left as
 * they are, they would change where the state goes (`PULUMI_DIY_BACKEND_GZIP`), what is done
 * (`PULUMI_OPTION_TARGET`: each flag of the CLI has such a variable), what the program declares (the
 * providers' SDKs read `AWS_REGION` and `KUBECONFIG`) or how a database is reached (`PGOPTIONS`).
 *
 * @see https://www.pulumi.com/docs/iac/cli/environment-variables/
 * @see https://www.postgresql.org/docs/current/libpq-envars.html
 */
const OF_THE_USER = /^(?:PULUMI_.*|AWS_.*|KUBECONFIG|PG[A-Z]+|GOOS|GOARCH)$/;

/**
 * Takes the user's own settings out of the environment of this process: the program runs in it, and
 * the CLI inherits it. They are removed, not emptied: an empty `PULUMI_STACK` is a
 * stack without a name.
 */
export function stripUserEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    if (OF_THE_USER.test(name) && !KEPT.has(name)) delete env[name];
  }
}
