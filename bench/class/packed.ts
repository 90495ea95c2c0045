/** Byte strings one after the other, each behind its length: 32 bits, little-endian. */
export const packed = (parts: readonly Uint8Array[]): Buffer =>
  Buffer.concat(parts.flatMap((part) => [new Uint8Array(Uint32Array.of(part.length).buffer), part]));

/** The byte strings of `packed`. */
export function unpacked(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32LE(at);
    // A copy: numbers of tensors are read where they lie, at multiples of their size.
    parts.push(Buffer.from(bytes.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return parts;
}
