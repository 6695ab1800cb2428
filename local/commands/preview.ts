import { displayed } from "./display";
import { openSession } from "./session";

/** `local:preview`: what `local:up` would do. */
export async function preview(stackName: string): Promise<void> {
  const { stack, close } = await openSession(stackName);
  try {
    await displayed((display) => stack.preview(display));
  } finally {
    close();
  }
}
