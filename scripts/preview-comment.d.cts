/** The plan as text that shows what it says and fits into a comment. */
export function shownPlan(raw: string): { readonly text: string; readonly cut: boolean };

/** A code block that nothing inside it can end. */
export function fenced(text: string): string;

export function commentBody(facts: {
  readonly plan: string | undefined;
  readonly headSha: string;
  readonly conclusion: string;
  readonly runUrl: string;
}): string;

/** What `actions/github-script` hands to a script. */
export function postPlan(tools: {
  readonly github: unknown;
  readonly context: unknown;
  readonly core: { info(message: string): void };
}): Promise<void>;
