import { TYPES } from "../../preflight/simulation/models/aws/common";
import { type Properties, text } from "../../preflight/simulation/models/model";
import { nameOf } from "../../preflight/simulation/wire/urn";
import { forgetRotation, ROTATION } from "../secrets/rotation";
import { forgetVersions, secretNamed } from "../secrets/stored";
import { Refused } from "../server/errors";
import type { LifecycleHooks } from "../server/lifecycle-hooks";
import { type CloudObject, type CloudStore, inputsOf } from "../server/store";
import type { Functions } from "./functions";
import { rotate, testRotation } from "./rotate";
import { FunctionError } from "./worker";

const INVOCATION = "aws:lambda/invocation:Invocation";

/** What happens on this machine when functions are called and rotations configured. */
export function rotationHooks(functions: Functions): LifecycleHooks {
  const configure = (rotation: CloudObject, store: CloudStore): Promise<undefined> =>
    refused(rotation, () => configureRotation(rotation, store, functions));
  return {
    [INVOCATION]: {
      created: (invocation, store) => refused(invocation, () => call(invocation, store, functions)),
    },
    [ROTATION]: {
      created: configure,
      updated: configure,
      deleted: ({ id }, store) => forgetRotation(store, id),
    },
    [TYPES.secret]: {
      deleted: ({ inputs, outputs }, store) =>
        forgetVersions(store, { arn: text(outputs.arn), name: text(inputs.name) }),
    },
  };
}

async function call(
  invocation: CloudObject,
  store: CloudStore,
  functions: Functions,
): Promise<Properties> {
  const { functionName, input, lifecycleScope } = inputsOf(invocation);
  if (lifecycleScope === "CRUD") {
    throw new Refused("the local cloud calls functions with the lifecycleScope CREATE_ONLY alone");
  }
  const result = await functions.invoke(text(functionName), JSON.parse(text(input)), store);
  return { result: JSON.stringify(result) };
}

/**
 * As on AWS, a rotation that is not to begin at once is tested. There a failure is only in the function's
 * log; here it ends the update, so that nobody finds it a period later.
 */
async function configureRotation(
  rotation: CloudObject,
  store: CloudStore,
  functions: Functions,
): Promise<undefined> {
  const { secretId, rotationLambdaArn, rotateImmediately } = inputsOf(rotation);
  const request = {
    secret: secretNamed(store, text(secretId)),
    functionArn: text(rotationLambdaArn),
    store,
    functions,
  };
  await (rotateImmediately === false ? testRotation(request) : rotate(request));
}

/** The error of a function becomes that of the resource, with its payload. */
async function refused<T>({ urn }: CloudObject, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    const said = [error.message, ...error.notes].join("; ");
    throw new Refused(`${nameOf(urn)}: ${said}`);
  }
}
