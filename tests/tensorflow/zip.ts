import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/**
 * Writes a zip of stored (not deflated) entries, read one at a time, as PKWARE's note 6.3.10 on the format describes it in 4.3.7, 4.3.12 and 4.3.16.
 * Returns what a release pins of a wheel.
 */
export function writeZip(
  file: string,
  entries: Readonly<Record<string, () => Buffer>>,
): { readonly sha256: string; readonly bytes: number } {
  const hash = createHash('sha256');
  const zip = openSync(file, 'w');
  const directory: Buffer[] = [];
  let offset = 0;
  const write = (...parts: Buffer[]): void => {
    for (const part of parts) {
      hash.update(part);
      offset += writeSync(zip, part);
    }
  };
  for (const [name, read] of Object.entries(entries)) {
    const data = read();
    // From "version needed" to "extra field length": the same 26 bytes in both headers; 0x0800 says that names are UTF-8.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, Buffer.from(name));
    write(Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), data);
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Object.keys(entries).length, 8);
  end.writeUInt16LE(Object.keys(entries).length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  write(central, end);
  closeSync(zip);
  return { sha256: hash.digest('hex'), bytes: offset };
}
