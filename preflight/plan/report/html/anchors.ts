import type { PlannedResource } from "../../inventory";
import { html, type Html } from "./html";

/** Where on the page each resource can be opened. Only what something leads to gets an id. */
export class Anchors {
  readonly #ids: ReadonlyMap<string, string>;
  readonly #used = new Set<string>();

  constructor(resources: readonly PlannedResource[]) {
    this.#ids = new Map(resources.map(({ urn }, index) => [urn, `r${index + 1}`]));
  }

  /** Says that something will lead to the resource. */
  use(urn: string): void {
    this.#used.add(urn);
  }

  /** The text as a link to the resource; plain for what is no resource of the plan. */
  link(urn: string | undefined, text: string): Html {
    const id = urn === undefined ? undefined : this.#ids.get(urn);
    if (urn === undefined || id === undefined) return html`${text}`;
    this.use(urn);
    return html`<a href="#${id}">${text}</a>`;
  }

  /** The attribute of the resource's place; to be asked for after all links are made. */
  place(urn: string): Html | undefined {
    return this.#used.has(urn) ? html` id="${this.#ids.get(urn) ?? ""}"` : undefined;
  }
}
