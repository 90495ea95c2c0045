import { headerBytes, readHeader, type FrameType, type Header } from './frame.js';

/** A frame as it came, its value still bytes. */
export interface Arrived {
  readonly type: FrameType;
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** What is wrong with what a child sent. */
export type Unreadable = 'protocol' | 'answer-size';

/**
 * Puts frames together from the pieces that arrive. What is kept never exceeds what was announced, and what is announced never exceeds
 * `limit`, which is looked at before anything is kept; memory grows with what has arrived and not with what is announced.
 */
export function assembler(limit: () => number): (piece: Uint8Array) => Arrived[] | Unreadable {
  let header: Header | undefined;
  let pieces: Uint8Array[] = [];
  let held = 0;
  const take = (count: number): Uint8Array => {
    const all = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
    pieces = all.length > count ? [all.subarray(count)] : [];
    held = all.length - count;
    return all.subarray(0, count);
  };
  return (piece) => {
    pieces.push(piece);
    held += piece.length;
    const frames: Arrived[] = [];
    for (;;) {
      if (header === undefined) {
        if (held < headerBytes) return frames;
        header = readHeader(take(headerBytes));
        if (header === undefined) return 'protocol';
        if (header.length > limit()) return 'answer-size';
      }
      if (held < header.length) return frames;
      frames.push({ type: header.type, id: header.id, bytes: take(header.length) });
      header = undefined;
    }
  };
}
