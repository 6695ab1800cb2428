import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

/** Made from `functions/rotation` when the package is built, at the same place beside this folder. */
const BUNDLE = join(__dirname, "..", "rotation-function", "index.mjs");

/** The function's code, with the authorities that it trusts in a file beside it. */
export const functionCode = (pem: string): pulumi.asset.Archive =>
  new pulumi.asset.AssetArchive({
    "index.mjs": new pulumi.asset.FileAsset(BUNDLE),
    "ca.pem": new pulumi.asset.StringAsset(pem),
  });
