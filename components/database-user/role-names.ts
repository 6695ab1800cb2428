import { usernameProblem } from "../secure-database/identifiers";
import { nameProblem } from "../shared/kubernetes-names";
import type { Rule } from "../shared/problems";

const CLONE = "_clone";
/** Of PostgreSQL, in bytes; it cuts longer names off without an error. */
const LONGEST_ROLE = 63;
const LONGEST_USER = LONGEST_ROLE - CLONE.length;
/** IAM takes 64 characters; the role is called `NAME-rotation-` and seven. */
const LONGEST_NAME = 64 - "-rotation-".length - 7;

/** The second user, which takes turns with the first. */
const cloneOf = (userName: string): string => `${userName}${CLONE}`;

/** The names of AWS's functions and roles begin with the component's. */
export const componentNameProblem: Rule<string> = (name) => {
  const reason = nameProblem(name, LONGEST_NAME);
  return reason && `${reason}, because the names of the function and its role begin with it`;
};

/** A role of PostgreSQL that is not its own and needs no quotes. */
export const roleNameProblem: Rule<string> = usernameProblem;

export const userNameProblem: Rule<string> = (userName) => {
  if (userName.endsWith(CLONE)) {
    return `must not end with "${CLONE}", which is the end of each user's second name`;
  }
  return userName.length > LONGEST_USER
    ? `must have at most ${LONGEST_USER} characters, because the second user is called NAME${CLONE} ` +
        `and PostgreSQL takes ${LONGEST_ROLE}`
    : roleNameProblem(userName);
};

/** The user's name where none is given. */
export const defaultUserName = (componentName: string): string =>
  componentName.replaceAll("-", "_");

const defaultOwnerRole = (userName: string, access: "owner" | "read"): string =>
  `${userName}_${access}`;

/** What keeps an owner role from going with a user: they would be one role, or each other's member. */
export const ownRoleProblem =
  (userName: string): Rule<string | undefined> =>
  (role) =>
    role === userName || role === cloneOf(userName)
      ? "must not be one of the two users, which are members of it"
      : undefined;

/** All roles of a user, by the arguments that decide them. */
export function userRoles(
  componentName: string,
  args: {
    readonly userName?: string;
    readonly ownerRole?: string;
    readonly access?: "owner" | "read";
  },
): { readonly userNames: readonly [string, string]; readonly ownerRole: string } {
  const userName = args.userName ?? defaultUserName(componentName);
  return {
    userNames: [userName, cloneOf(userName)],
    ownerRole: args.ownerRole ?? defaultOwnerRole(userName, args.access ?? "owner"),
  };
}
