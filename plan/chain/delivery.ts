import {
  type Descriptor,
  type FileOrigins,
  fileOrigins,
  type JsonShape,
  parseObjects,
} from "../../components/csi-secrets-app/delivery";
import {
  JmesPathError,
  keysRead,
  parseExpression,
} from "../../components/csi-secrets-app/delivery/jmespath";
import type { ProviderClass } from "./provider-classes";

/**
 * What mounting a class gives, by the model of driver and provider. `shapeOf` tells what is known of
 * a secret by the name or ARN that the class has for it; of what is not known, it is assumed to hold
 * what the class asks for.
 */
export function deliver(
  { parameters, secretObjects }: ProviderClass,
  shapeOf: (nameOrArn: string) => JsonShape | undefined,
): FileOrigins {
  const parsed = parseObjects(parameters.objects ?? "");
  const descriptors = parsed.ok ? parsed.descriptors.filter((each) => each !== null) : [];
  const held = Object.fromEntries(
    descriptors.flatMap((descriptor) => {
      const { objectName, failoverObject } = descriptor;
      const names = [objectName, failoverObject.objectName].filter((name) => name !== "");
      return names.map((name) => [name, shapeOf(name) ?? assumedShape(descriptor)] as const);
    }),
  );
  return fileOrigins({
    parameters,
    secretObjects,
    secrets: held,
    ssmParameters: held,
    nodeRegion: parameters.region ?? "the-cluster's-own",
  });
}

/** A JSON with every key that the class reads, each a text. */
function assumedShape({ jmesPath }: Descriptor): JsonShape {
  const shape: MutableShape = {};
  for (const key of jmesPath.flatMap(({ path }) => keysOf(path))) {
    const segments = key.split(".");
    const last = segments.pop() ?? key;
    let parent = shape;
    for (const segment of segments) {
      const child = parent[segment];
      const inner = typeof child === "object" ? child : {};
      parent[segment] = inner;
      parent = inner;
    }
    parent[last] ??= "string";
  }
  return shape;
}

interface MutableShape {
  [key: string]: "string" | MutableShape;
}

function keysOf(path: string): readonly string[] {
  try {
    return keysRead(parseExpression(path));
  } catch (error) {
    // The model of the provider says so in the provider's words.
    if (error instanceof JmesPathError) return [];
    throw error;
  }
}
