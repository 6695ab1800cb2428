import { nameInRegion } from "../../delivery/descriptor";
import { type Facts, type Mount, type MountedObject, readsAs, type RoleLink } from "../facts";
import { type ReadAccess, readAccess } from "./permissions";

/** A mount, and the role that its pods take. */
interface LinkedMount {
  readonly mount: Mount;
  readonly link: RoleLink | undefined;
}

/** What a mount reads in its second region. */
export interface FailoverAccess {
  readonly link: RoleLink;
  readonly region: string;
  readonly reads: readonly ReadAccess[];
}

/** The reads in the second region of each mount that has one, where its role is in the program. */
export function failoverAccess(
  mounts: readonly LinkedMount[],
  { context, keys, ownAccount }: Facts,
): readonly FailoverAccess[] {
  return mounts.flatMap(({ mount, link }) => {
    const region = mount.parameters.failoverRegion ?? "";
    if (region === "" || link === undefined) return [];
    const { role } = readsAs(link);
    if (role === undefined) return [];
    const { namespace, serviceAccount } = mount.workload;
    const reader = { role, link, namespace, serviceAccount, ownAccount };
    const reads = mount.objects
      .filter((object) => !isCopyMissing(object))
      .map((object) => readAccess(reader, { ...mount, region }, copyOf(object), context, keys));
    return [{ link, region, reads }];
  });
}

/** Whether the program makes a secret, and nothing in the second region where it is asked for as well. */
export const isCopyMissing = ({ descriptor, secret, copy }: MountedObject): boolean =>
  secret !== undefined &&
  copy === undefined &&
  // Under a name of its own it may be from elsewhere.
  nameInRegion(descriptor, true) === descriptor.objectName;

/** What stands for it in the second region. */
function copyOf({ descriptor, service, copy }: MountedObject): MountedObject {
  const objectName = nameInRegion(descriptor, true);
  return { descriptor: { ...descriptor, objectName }, service, secret: copy };
}
