import { mapEnvelopes } from "../simulation/wire/envelopes";

/** What stands where a secret value was. */
const SECRET = "[secret]";

/** The same value with every secret replaced, at every depth. */
export const redact = (value: unknown): unknown => mapEnvelopes(value, () => SECRET);
