import type { RosterEntry } from '../roster.js';
import type { TreeFile, Refused } from './tree.js';

/** How a course system names a student: one of these ways, never by what is in the files. */
export interface Account {
  readonly by: keyof RosterEntry | `other.${string}`;
  readonly value: string;
}

/** What one student, or several together, handed in at one time; who they are by the course system alone. */
export interface HandIn {
  /** Where in the source, for a human. */
  readonly place: string;
  /** For each who handed in: the names that the course system has for this one, the surest first. */
  readonly people: readonly (readonly Account[])[];
  /** Name of a group of the course file, where the folder is the group's. */
  readonly group?: string;
  /** Milliseconds since 1970, null where the export does not say. */
  readonly submitted: number | null;
  /** Whether the course system says that it came late, where it does not say when. */
  readonly late?: boolean;
  readonly files: readonly TreeFile[];
  readonly refused: readonly Refused[];
}

/** An account as a human reads it. */
export const accountText = ({ by, value }: Account): string => `${by.replace('other.', '')} ${value}`;

/** The student whom one of the accounts names, the surest first; undefined where none does. */
export function studentOf(accounts: readonly Account[], roster: readonly RosterEntry[]): RosterEntry | undefined {
  for (const { by, value } of accounts) {
    const wanted = value.trim().normalize('NFC').toLowerCase();
    if (wanted === '') continue;
    const found = roster.filter((entry) => valueOf(entry, by).toLowerCase() === wanted);
    if (found.length === 1) return found[0];
  }
  return undefined;
}

function valueOf(entry: RosterEntry, by: Account['by']): string {
  if (by === 'id' || by === 'name' || by === 'email') return entry[by];
  return entry.other[by.replace('other.', '')] ?? '';
}
