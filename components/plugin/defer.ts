import Module from "node:module";
import { join, sep } from "node:path";

type Load = (
  request: string,
  parent: { filename?: string } | undefined,
  ...rest: unknown[]
) => object;

/**
 * What Pulumi's SDK loads at start and needs only to serialize functions, which a plugin never does. The
 * compiler alone is half of the start.
 */
const UNUSED = ["typescript", "@npmcli/arborist", "normalize-package-data"];

const sdk = join(`${sep}node_modules`, "@pulumi/pulumi", sep);
const loader = Module as unknown as { _load: Load };
const load = loader._load;

/** To be imported before the SDK: puts these modules off to the first use of one of their properties. */
loader._load = function (request, parent, ...rest) {
  const now = () => load.call(this, request, parent, ...rest);
  return UNUSED.includes(request) && parent?.filename?.includes(sdk) ? deferred(now) : now();
};

function deferred(loaded: () => object): object {
  return new Proxy(
    {},
    {
      // Compiled `import * as x` copies every property of a module that does not say `__esModule`.
      get: (_target, key) => key === "__esModule" || (Reflect.get(loaded(), key) as unknown),
      has: (_target, key) => key in loaded(),
    },
  );
}
