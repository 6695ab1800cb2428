/** The permutation of RFC 2268, taken from the digits of pi. */
const PI = Buffer.from(
  "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2" +
    "179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82" +
    "54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626" +
    "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7" +
    "08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec" +
    "c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731" +
    "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9" +
    "0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad",
  "hex",
);

const BLOCK = 8;
const ROTATIONS = [1, 2, 3, 5] as const;
/** Rounds of mixing between two rounds of mashing, from the last to the first. */
const MIXING = [5, 6, 5] as const;

/**
 * Decrypts RC2 in CBC mode, which OpenSSL 3 no longer does: old PKCS #12 bundles have their
 * certificates in it. The padding is left on.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2268
 */
export function decryptRc2(key: Buffer, iv: Buffer, encrypted: Buffer): Buffer {
  const keys = expandKey(key);
  const plain = Buffer.alloc(encrypted.length);
  let previous = iv;
  for (let at = 0; at < encrypted.length; at += BLOCK) {
    const block = encrypted.subarray(at, at + BLOCK);
    decryptBlock(keys, block).forEach((byte, index) => {
      plain[at + index] = byte ^ (previous[index] ?? 0);
    });
    previous = block;
  }
  return plain;
}

/** 64 words of 16 bits; the key is as strong as it is long. */
function expandKey(key: Buffer): Uint16Array {
  const size = key.length;
  const bytes = Buffer.alloc(128);
  key.copy(bytes);
  const at = (index: number): number => bytes[index] ?? 0;
  const pi = (index: number): number => PI[index & 0xff] ?? 0;
  for (let index = size; index < 128; index += 1) {
    bytes[index] = pi(at(index - 1) + at(index - size));
  }
  bytes[128 - size] = pi(at(128 - size));
  for (let index = 127 - size; index >= 0; index -= 1) {
    bytes[index] = pi(at(index + 1) ^ at(index + size));
  }
  return Uint16Array.from({ length: 64 }, (_, index) => bytes.readUInt16LE(2 * index));
}

function decryptBlock(keys: Uint16Array, block: Buffer): Buffer {
  const words = Uint16Array.from([0, 2, 4, 6], (offset) => block.readUInt16LE(offset));
  const word = (index: number): number => words[(index + 4) % 4] ?? 0;
  let next = 63;
  MIXING.forEach((rounds, pass) => {
    for (let round = 0; round < rounds; round += 1) {
      for (let index = 3; index >= 0; index -= 1) {
        const by = ROTATIONS[index] ?? 1;
        const rotated = (word(index) >>> by) | (word(index) << (16 - by));
        const [one, two, three] = [word(index - 1), word(index - 2), word(index - 3)];
        words[index] = rotated - (keys[next] ?? 0) - (one & two) - (~one & three);
        next -= 1;
      }
    }
    if (pass === 2) return;
    for (let index = 3; index >= 0; index -= 1) {
      words[index] = word(index) - (keys[word(index - 1) & 63] ?? 0);
    }
  });
  const plain = Buffer.alloc(BLOCK);
  words.forEach((value, index) => plain.writeUInt16LE(value, 2 * index));
  return plain;
}
