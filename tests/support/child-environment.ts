/**
 * The environment for a process that a test starts. Coverage would mix that process's translation of
 * the sources with the test's own; Node.js hands the variable on by itself unless it is named. Where the
 * shell's AWS is decides nothing either.
 */
export const childEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_V8_COVERAGE: undefined,
  AWS_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
});
