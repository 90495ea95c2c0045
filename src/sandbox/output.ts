/** What a process wrote: the beginning is kept, the rest is counted. */
export interface Output {
  add(chunk: Buffer): void;
  /** Bytes in all, kept or not. */
  readonly bytes: number;
  /** What was written since the last call, as text that is safe on a terminal. */
  take(): string;
}

/** Keeps at most `kept` bytes between two calls of `take`. */
export function output(kept: number): Output {
  let chunks: Buffer[] = [];
  let held = 0;
  let dropped = 0;
  let bytes = 0;
  return {
    add(chunk) {
      bytes += chunk.length;
      const part = chunk.subarray(0, Math.max(0, kept - held));
      if (part.length > 0) chunks.push(Buffer.from(part));
      held += part.length;
      dropped += chunk.length - part.length;
    },
    get bytes() {
      return bytes;
    },
    take() {
      const text = printable(Buffer.concat(chunks).toString('utf8'));
      const more = dropped === 0 ? '' : `… and ${dropped} more bytes`;
      [chunks, held, dropped] = [[], 0, 0];
      return text + more;
    },
  };
}

// Control characters but tab and line feed, marks that change the direction of text, and marks that cannot be seen.
const dangerous = new RegExp(
  `[${[
    ['0', '8'],
    ['b', '1f'],
    ['7f', '9f'],
    ['ad', 'ad'],
    ['61c', '61c'],
    ['200b', '200f'],
    ['2028', '202e'],
    ['2060', '2069'],
    ['feff', 'feff'],
    ['fff9', 'fffb'],
    ['e0000', 'e007f'],
  ]
    .map(([from, to]) => `\\u{${from}}-\\u{${to}}`)
    .join('')}]`,
  'gu',
);

/** Text of a student for a terminal: what could move the cursor, hide or reorder text becomes visible, such as `\u{1b}`. */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(dangerous, (each) => `\\u{${(each.codePointAt(0) ?? 0).toString(16)}}`);
}
