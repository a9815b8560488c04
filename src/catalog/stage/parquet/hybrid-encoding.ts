/**
 * Small numbers in Parquet's RLE/bit-packing hybrid ("Encodings", RLE = 3), which holds definition levels
 * and positions in dictionaries. One run of either kind is all that is written: how runs are cut matters
 * to nobody after compression.
 */

/** The same number `count` times. @param width bits of a number, 1 to 32 */
export function repeated(value: number, count: number, width: number): Uint8Array {
  const header = varint(count * 2);
  const bytes = new Uint8Array(header.length + Math.ceil(width / 8));
  bytes.set(header);
  for (let at = header.length, rest = value; at < bytes.length; at += 1, rest >>>= 8) {
    bytes[at] = rest & 0xff;
  }
  return bytes;
}

/** Numbers below 2 ** width, packed from the lowest bit on in groups of eight. */
export function bitPacked(numbers: Int32Array, width: number): Uint8Array {
  const groups = Math.ceil(numbers.length / 8);
  const header = varint(groups * 2 + 1);
  const bytes = new Uint8Array(header.length + groups * width);
  bytes.set(header);
  let target = header.length;
  let pending = 0;
  let bits = 0;
  for (const number of numbers) {
    // At most 7 bits wait, so up to 24 fit beside them; a small part has fewer texts than that counts.
    pending |= number << bits;
    bits += width;
    while (bits >= 8) {
      bytes[target] = pending & 0xff;
      target += 1;
      pending >>>= 8;
      bits -= 8;
    }
  }
  if (bits > 0) bytes[target] = pending;
  return bytes;
}

/** Bits that the numbers below `count` need; at least one, since some readers do not know zero. */
export function widthOf(count: number): number {
  return Math.max(1, 32 - Math.clz32(count - 1));
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
