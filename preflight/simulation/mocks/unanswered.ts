import * as pulumi from "@pulumi/pulumi";

/** A program looks into the answer of a function that only the cloud can give. */
class UnansweredError extends Error {
  override readonly name = "UnansweredError";
}

/** The SDK's own calls, which generated packages go through; an older SDK lacks some. */
interface Calls {
  invoke: Call;
  invokeOutput?: Call;
  call?: Call;
}

type Call = (token: string, inputs: unknown, ...rest: readonly unknown[]) => unknown;

/**
 * Has the SDK give an unknown value for each function that `isAnswered` refuses, as an engine does for
 * one whose arguments are unknown: no `apply` runs on it, nor on a property of it. In the form of a
 * promise it can go into resources; a program that looks into it ends in an `UnansweredError`.
 * Returns how to undo it.
 */
export function leaveUnanswered(isAnswered: (token: string) => boolean): () => void {
  const runtime = pulumi.runtime as unknown as Calls;
  const { invoke, invokeOutput, call } = runtime;
  const unknownOutput =
    (original: Call): Call =>
    (token, inputs, ...rest) =>
      isAnswered(token)
        ? original(token, inputs, ...rest)
        : pulumi.output(inputs as object).apply(() => pulumi.unknown);
  Object.assign(runtime, {
    invoke: (...args: Parameters<Call>) =>
      isAnswered(args[0]) ? invoke(...args) : Promise.resolve(unknownAnswer(args[0])),
    ...(invokeOutput !== undefined && { invokeOutput: unknownOutput(invokeOutput) }),
    // Methods of components, all of them made in their providers.
    ...(call !== undefined && { call: unknownOutput(call) }),
  });
  return () => void Object.assign(runtime, { invoke, invokeOutput, call });
}

/** The SDK takes it for an unknown value, at whatever depth. */
function unknownAnswer(token: string, path = ""): object {
  const refuse = (): never => {
    throw new UnansweredError(
      `the program needs the answer of the function ${token}${path && ` (${path.slice(1)})`}, which only the ` +
        `cloud knows; take it from ${nameOf(token)}Output and use it in 'apply'`,
    );
  };
  return new Proxy(
    {},
    {
      get: (_target, key) => {
        if (key === "__pulumiUnknown") return true;
        // The SDK makes a text of each property, for messages about promises that never settle.
        if (key === Symbol.toPrimitive) return () => (isForPulumi() ? "unknown" : refuse());
        if (key === Symbol.iterator || key === "toJSON") return refuse;
        // What promises, the SDK and printing ask of any object.
        if (typeof key === "symbol" || key === "then" || key.startsWith("__")) return undefined;
        if (key === "length") return refuse();
        if (key in String.prototype || key in Array.prototype) return refuse;
        return unknownAnswer(token, `${path}.${key}`);
      },
      has: refuse,
      ownKeys: refuse,
    },
  );
}

/** Whether it is a package of Pulumi that asks, and not the program. */
function isForPulumi(): boolean {
  const [, , , caller = ""] = (new Error().stack ?? "").split("\n");
  return /[\\/]node_modules[\\/]@pulumi[\\/]/.test(caller);
}

const nameOf = (token: string): string => token.slice(token.lastIndexOf(":") + 1);
