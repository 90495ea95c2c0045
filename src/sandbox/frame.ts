import { encode } from './codec.js';
import type { Value } from './value.js';

/** The kinds of frames; the first two go to the child, the others come from it. */
export const frameTypes = ['load', 'ask', 'ready', 'loaded', 'answer'] as const;
export type FrameType = (typeof frameTypes)[number];

/** A message: its kind, the number of the question that it belongs to, and a value. */
export interface Frame {
  readonly type: FrameType;
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** Magic number, type, id, length of the value: four little-endian 32-bit numbers. */
export const headerBytes = 16;
const magic = 0x73636f72; // "scor"

/** What a header announces. */
export interface Header {
  readonly type: FrameType;
  readonly id: number;
  readonly length: number;
}

/** The bytes of a frame, in pieces to be written one after the other. */
export function frame(type: FrameType, id: number, value: Value): Uint8Array[] {
  const [first = new Uint8Array(), ...rest] = encode(value);
  const length = rest.reduce((sum, part) => sum + part.length, first.length);
  const header = new Uint8Array(Uint32Array.of(magic, frameTypes.indexOf(type), id, length).buffer);
  return [Buffer.concat([header, first]), ...rest];
}

/** The header that 16 bytes are, `undefined` where they are none. */
export function readHeader(bytes: Uint8Array): Header | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  const [found, type, id, length] = [0, 4, 8, 12].map((at) => view.getUint32(at, true)) as [
    number,
    number,
    number,
    number,
  ];
  const name = frameTypes[type];
  return found === magic && name !== undefined ? { type: name, id, length } : undefined;
}
