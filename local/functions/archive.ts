import * as fs from "node:fs";
import * as path from "node:path";
import { ASSET_SIGNATURE, SIGNATURE_KEY } from "../../preflight/simulation/wire/envelopes";
import { isRecord } from "../../preflight/simulation/models/model";
import { Refused } from "../server/errors";

/**
 * Writes the files of an archive to a folder. Throws `Refused` for an archive that is not made of assets:
 * the local cloud unpacks no zip.
 */
export function unpack(archive: unknown, folder: string): void {
  const assets = isRecord(archive) ? archive.assets : undefined;
  if (!isRecord(assets)) {
    throw new Refused(
      "the local cloud runs only code from an AssetArchive of files and texts in the program",
    );
  }
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, asset] of Object.entries(assets)) {
    const target = path.join(folder, name);
    if (path.relative(folder, target).startsWith("..")) {
      throw new Refused(`the archive's file '${name}' leads out of the archive`);
    }
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, contentOf(name, asset));
  }
}

function contentOf(name: string, asset: unknown): Buffer | string {
  if (isRecord(asset) && asset[SIGNATURE_KEY] === ASSET_SIGNATURE) {
    if (typeof asset.text === "string") return asset.text;
    if (typeof asset.path === "string" && asset.path !== "") {
      if (fs.existsSync(asset.path)) return fs.readFileSync(asset.path);
      throw new Refused(`the archive's file '${name}' is missing: there is no ${asset.path}`);
    }
  }
  throw new Refused(
    `the local cloud cannot read '${name}' of the archive: it is no file and no text`,
  );
}
