/** At most three names near to `name`, nearest first: those that contain it, and those that a few letters turn into it. */
export function nearest(name: string, names: readonly string[]): string[] {
  return names
    .map((other) => ({ other, distance: isPart(name, other) ? 1 : editDistance(name, other) }))
    .filter(({ other, distance }) => distance <= Math.max(name.length, other.length) / 2)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ other }) => other);
}

/** Fewer than three letters are in almost any name. */
const isPart = (name: string, other: string): boolean => name.length >= 3 && other.includes(name);

/** Levenshtein's distance: how many letters to insert, delete or replace to come from a to b. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}
