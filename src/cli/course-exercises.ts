import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExerciseFacts } from '../course/course.js';
import { propertyIds } from '../grade/exercise.js';
import { exerciseFolder, isOwn, loadExercise } from './exercise-folders.js';

const staffFolder = fileURLToPath(new URL('../../exercises/', import.meta.url));

const digests = new Map<string, string>();

/** SHA-256 of the staff side of an exercise and of what the exercises share: where it differs, grades may differ. */
export function exerciseDigest(name: string): string {
  const known = digests.get(name);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  const root = isOwn(name) ? path.dirname(exerciseFolder(name)) : staffFolder;
  const shared = readdirSync(root).filter((each) => !/^\d\d-/.test(each));
  // The claims of a course lie beside its exercises; those that use none of them do not change with them.
  const claims = path.join('..', 'claims');
  const uses = (file: string): boolean => readFileSync(path.join(root, file), 'utf8').includes('../claims/');
  const claimed = isOwn(name) && existsSync(path.join(root, claims)) && codeBelow(root, name).some(uses);
  for (const part of [name, ...shared.sort(), ...(claimed ? [claims] : [])]) {
    for (const file of codeBelow(root, part)) hash.update(`${file}\n`).update(readFileSync(path.join(root, file)));
  }
  const digest = hash.digest('hex');
  digests.set(name, digest);
  return digest;
}

/** Modules of the staff side, relative to `root`; no solution is part of a grade. */
function codeBelow(root: string, part: string): string[] {
  const place = path.join(root, part);
  const names = existsSync(path.join(place, '.'))
    ? (readdirSync(place, { recursive: true }) as string[]).map((each) => path.join(part, each))
    : [part];
  return names.filter((each) => /(?<!\.d)\.[jt]s$/.test(each) && !/(solution|submission)\.ts$/.test(each)).sort();
}

/** What a course needs to know of an exercise. */
export async function exerciseFacts(name: string): Promise<ExerciseFacts> {
  const { title, tasks } = await loadExercise(name);
  const stub = path.join(exerciseFolder(name), 'submission.ts');
  return {
    id: name,
    title,
    tasks: tasks.map((task) => ({
      name: task.name,
      points: task.points,
      properties: propertyIds.flatMap((id) => {
        const property = task.properties[id];
        return property === undefined ? [] : [{ id, points: property.points }];
      }),
    })),
    digest: exerciseDigest(name),
    stub: existsSync(stub) ? readFileSync(stub, 'utf8') : '',
  };
}
