import { grouped } from "../../../doctor/facts/grouped";
import { counts, type PlannedResource, type ResourceTree, trees } from "../../inventory";
import { shortType } from "../resource-tree";
import { counted } from "../style";
import type { Anchors } from "./anchors";
import { html, type Html } from "./html";
import { type ResourceText, resourceTexts } from "./resource-text";
import { searchField } from "./search-field";

/** The resources by component and type, closed, with a search. Each can be opened. */
export function resourcesSection(all: readonly PlannedResource[], anchors: Anchors): Html {
  const { resources, components, remote } = counts(all);
  const summary = [
    counted(resources, "resource"),
    counted(components, "component"),
    ...(remote > 0 ? [counted(remote, "remote component")] : []),
  ].join(", ");
  const page = { anchors, texts: resourceTexts(all) };
  // Before any of them gets its place.
  for (const { like } of page.texts.values()) if (like) anchors.use(like.resource.urn);
  return html`<section id="resources">
    <h2>Resources</h2>
    <p class="q">${summary}</p>
    ${searchField("Search resources by type or name", "tree")}
    <ul class="tree" id="tree">
      ${branches(trees(all), page)}
    </ul>
  </section>`;
}

interface ResourcePage {
  readonly anchors: Anchors;
  readonly texts: ReadonlyMap<string, ResourceText>;
}

/** Siblings, those of one type together. */
function branches(siblings: readonly ResourceTree[], page: ResourcePage): readonly Html[] {
  return [...grouped(siblings, ({ resource }) => resource.type)].map(([type, alike]) => {
    const label = html`<code>${shortType(type)}</code>`;
    const [only] = alike;
    if (only !== undefined && alike.length === 1) return branch(only, html`${label} `, page);
    const items = alike.map((tree) => branch(tree, undefined, page));
    return html`<li>
      <details>
        <summary>${label} <span class="q">× ${alike.length}</span></summary>
        <ul>
          ${items}
        </ul>
      </details>
    </li>`;
  });
}

function branch(
  { resource, children, resources }: ResourceTree,
  type: Html | undefined,
  page: ResourcePage,
): Html {
  const place = page.anchors.place(resource.urn);
  const text = page.texts.get(resource.urn);
  const label = html`${type}${resource.name}${
    resource.protect ? html` <span class="chip">protected</span>` : undefined
  }${resource.remote ? html` <span class="chip">remote</span>` : undefined}${
    children.length === 0
      ? undefined
      : html` <span class="q">${counted(resources, "resource")}</span>`
  }`;
  if (text === undefined && children.length === 0) {
    return html`<li${place}>${label} <span class="q">no inputs</span></li>`;
  }
  return html`<li${place}><details><summary>${label}</summary>${text && inputs(text, page.anchors)}${
    children.length === 0
      ? undefined
      : html`<ul>
          ${branches(children, page)}
        </ul>`
  }</details></li>`;
}

function inputs({ yaml, like }: ResourceText, anchors: Anchors): Html {
  const text = yaml === "" ? undefined : html`<pre>${yaml}</pre>`;
  if (like === undefined) return html`${text}`;
  const { resource, name, becomes } = like;
  return html`<p class="q">
      As
      ${anchors.link(resource.urn, resource.name)}${
        name === becomes ? undefined : `, with ${becomes} for ${name}`
      }${text && ", but for:"}
    </p>
    ${text}`;
}
