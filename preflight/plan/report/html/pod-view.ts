import type { Origin, PlannedApp, PlannedFile, PlannedVariable } from "../../chain";
import { mountFails } from "./chain-graph";
import { html, type Html } from "./html";

/** What the container of an app finds: its files as a tree, its variables as a table. No values. */
export function podView(app: PlannedApp): Html {
  const { files, env } = app;
  const origins: readonly Origin[] = [
    ...files,
    ...env.flatMap(({ source }) => (source.kind === "secret" ? [source] : [])),
  ];
  const secrets = [...new Set(origins.map(({ secret }) => secret))];
  const only = secrets.length === 1 ? secrets[0] : undefined;
  return html`<h3>What the pod will see</h3>
    ${only === undefined ? undefined : html`<p class="q">Keys of the secret <b>${only}</b></p>`}
    <div class="pod">
      <div>
        <h4>Files</h4>
        ${files.length === 0 ? noFiles(app) : fileTree(files, only)}
      </div>
      <div>
        <h4>Environment</h4>
        ${env.length === 0 ? html`<p>No variables.</p>` : envTable(env, only)}
      </div>
    </div>`;
}

const noFiles = (app: PlannedApp): Html =>
  mountFails(app)
    ? html`<p>None: the mount fails, and no container starts.</p>`
    : html`<p>None that this stack tells of.</p>`;

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: [name: string, file: PlannedFile][];
}

function fileTree(files: readonly PlannedFile[], only: string | undefined): Html {
  const root: Folder = { folders: new Map(), files: [] };
  for (const file of files) {
    const segments = file.path.split("/").filter((segment) => segment !== "");
    const name = segments.pop() ?? file.path;
    let folder = root;
    for (const segment of segments) {
      const inner = folder.folders.get(segment) ?? { folders: new Map(), files: [] };
      folder.folders.set(segment, inner);
      folder = inner;
    }
    folder.files.push([name, file]);
  }
  return html`<ul class="files">
    ${folderItems(root, "/", only)}
  </ul>`;
}

function folderItems(folder: Folder, path: string, only: string | undefined): readonly Html[] {
  return [
    ...[...folder.folders].map(([name, inner]) => folderItem(`${path}${name}/`, inner, only)),
    ...folder.files.map(
      ([name, file]) =>
        html`<li><code>${name}</code> <span class="q">${fileText(file, only)}</span></li>`,
    ),
  ];
}

/** A folder that holds nothing but a folder is written on one line with it. */
function folderItem(path: string, folder: Folder, only: string | undefined): Html {
  const [inner] = folder.folders;
  if (inner !== undefined && folder.folders.size === 1 && folder.files.length === 0) {
    return folderItem(`${path}${inner[0]}/`, inner[1], only);
  }
  return html`<li>
    <code>${path}</code>
    <ul>
      ${folderItems(folder, "", only)}
    </ul>
  </li>`;
}

const envTable = (env: readonly PlannedVariable[], only: string | undefined): Html =>
  html`<table>
    <thead>
      <tr>
        <th scope="col">Variable</th>
        <th scope="col">From</th>
      </tr>
    </thead>
    <tbody>
      ${env.map(
        ({ name, source, containers }) =>
          html`<tr>
            <td><code>${name}</code></td>
            <td class="q">${sourceText(source, only)}${inContainers({ containers })}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

const fileText = (file: PlannedFile, only: string | undefined): string =>
  originText(file, only) + inContainers(file);

/** Where not every container of the pod has it: in which. */
const inContainers = ({ containers }: Pick<PlannedFile, "containers">): string =>
  containers === undefined ? "" : `, in ${containers.join(", ")}`;

function sourceText(source: PlannedVariable["source"], only: string | undefined): string {
  switch (source.kind) {
    case "secret":
      return originText(source, only);
    case "kubernetesSecret":
      return `Kubernetes Secret ${source.name} › ${source.key}`;
    case "plain":
      return "plain text";
  }
}

function originText({ secret, keys }: Origin, only: string | undefined): string {
  const what = keys.length === 0 ? "the whole secret" : keys.join(", ");
  return secret === only ? what : `${secret} › ${what}`;
}
