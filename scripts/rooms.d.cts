/** Room, what it holds, and the rooms that it may import besides itself. */
export const ROOMS: readonly (readonly [
  room: string,
  holds: string,
  mayImport: readonly string[],
])[];
