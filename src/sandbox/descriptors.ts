import { readdirSync, readFileSync } from 'node:fs';

const closeOnExec = 0o2000000; // O_CLOEXEC in the flags of /proc (x86-64 and arm64)

/**
 * The highest descriptor of this process that a program started by it would inherit, -1 where there is none or no /proc.
 * Node marks its own as not to be inherited, and at its start those that it finds from 0 on without a gap (and at least up to 15);
 * what whoever started us left open beyond a gap (a shell's `exec 300<file`) is not marked.
 */
export function highestInherited(): number {
  let highest = -1;
  try {
    for (const name of readdirSync('/proc/self/fdinfo'))
      if (isInherited(name)) highest = Math.max(highest, Number(name));
  } catch {
    // No /proc: nothing can be said.
  }
  return highest;
}

function isInherited(name: string): boolean {
  try {
    const flags = /^flags:\s+([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${name}`, 'utf8'))?.[1];
    return flags !== undefined && (parseInt(flags, 8) & closeOnExec) === 0;
  } catch {
    return false; // it was the one that listed the folder
  }
}
