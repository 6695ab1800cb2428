/** `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME` → `TYPE`. */
export const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");
