/** Mixes one integer into a hash. The result is an unsigned 32-bit integer (after MurmurHash3, 32 bit). */
export function mix(hash: number, value: number): number {
  let block = Math.imul(value, 0xcc9e2d51);
  block = Math.imul((block << 15) | (block >>> 17), 0x1b873593);
  let mixed = hash ^ block;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Mixes a text into a hash, by its UTF-16 units. */
export function mixText(hash: number, text: string): number {
  let mixed = mix(hash, text.length);
  for (let index = 0; index < text.length; index++) mixed = mix(mixed, text.charCodeAt(index));
  return mixed;
}

/** A hash as a number from 0 up to, but not including, 1. */
export function unit(hash: number): number {
  return hash / 0x1_0000_0000;
}
