import { createHash } from "node:crypto";
import { html, Html, type Part } from "./html";
import { SCRIPT } from "./script";
import { STYLE } from "./style";

/** What is put into a page. */
interface Page {
  /** Heading of the page. */
  readonly heading: string;
  /** Title of the window, where it says more. @default the heading */
  readonly title?: string;
  /** What the link at its top skips to. */
  readonly subject: string;
  /** Below the heading. */
  readonly about: Part;
  /** Between the header and what the page is about. */
  readonly before?: Part;
  readonly main: Part;
}

/**
 * One HTML page. It needs nothing else: no network, no file beside it. Its policy lets it run and load
 * nothing but the style and the script that it holds.
 */
export const documentOf = ({
  heading,
  title = heading,
  subject,
  about,
  before,
  main,
}: Page): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the ${subject}</a>
        <header>
          <h1>${heading}</h1>
          <button id="theme" type="button" hidden>Use dark theme</button>
          ${about}
        </header>
        ${before}
        <main id="main" tabindex="-1">${main}</main>
        ${SCRIPT_ELEMENT}
      </body>
    </html> `.toString();

// Byte for byte what the policy has the hashes of.
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);
const SCRIPT_ELEMENT = new Html(`<script>${SCRIPT}</script>`);

const hash = (text: string): string =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const POLICY = [
  "default-src 'none'",
  `style-src ${hash(STYLE)}`,
  `script-src ${hash(SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
