import { html, type Html } from "./html";

/** A search over the items of a list. The script shows it: without scripts it could do nothing. */
export const searchField = (label: string, list: string): Html =>
  html`<p class="search" hidden>
    <label
      >${label} <input type="search" data-list="${list}" autocomplete="off" spellcheck="false"
    /></label>
    <output></output>
  </p>`;
