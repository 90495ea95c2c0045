import fc from 'fast-check';
import type { Respond } from './ask.js';
import { judge } from './check-task.js';
import type { Compared } from './compare.js';
import type { PropertyId, Task } from './exercise.js';
import type { Case } from './inputs.js';
import { casesSeed, keyOf, type Draws } from './draws.js';

/** The smallest failing case found, and how many cases were put to the submission for it. */
export interface Smallest {
  readonly compared: Compared;
  readonly tried: number;
}

/** A search that lasts longer is broken off with what it has. */
const SEARCH_MILLISECONDS = 4_000;

/**
 * Shrinks the first failing case of a property: fast-check draws the same cases again, from the same seed, and makes the failing one smaller as long as
 * the submission fails in the same way. Undefined where the failure does not come back.
 */
export async function smallestFailure(
  task: Task,
  { property, gradient, fault }: Compared,
  { respond, draws }: { readonly respond: Respond; readonly draws: Draws },
): Promise<Smallest | undefined> {
  const source = sourceOf(task, property);
  if (source === undefined || fault === undefined || fault.kind === 'stopped') return undefined;
  const found = new Map<string, Compared>();
  let last: Compared | undefined;
  let lost = false;
  const fails = async (c: Case): Promise<boolean> => {
    const name = JSON.stringify(c);
    // Numbers of a case that are not used shrink too: the case stays the same, and is not asked again.
    const known = found.get(name);
    const compared = known ?? (await askedAgain(task, c, { property, gradient, respond, draws, count: found.size }));
    found.set(name, compared);
    lost ||= compared.fault?.kind === 'stopped';
    const same = compared.fault?.kind === fault.kind;
    if (same) last = compared;
    return same;
  };
  await fc.check(
    fc.asyncProperty(fc.noBias(source.cases), async (c) => lost || !(await fails(c))),
    {
      seed: casesSeed(draws, property),
      numRuns: source.count,
      interruptAfterTimeLimit: SEARCH_MILLISECONDS,
      markInterruptAsFailure: false,
    },
  );
  return last === undefined ? undefined : { compared: last, tried: found.size };
}

function sourceOf(task: Task, property: PropertyId) {
  const { value, far, small, gradient } = task.properties;
  return { value, far, small, gradient }[property as 'value'];
}

async function askedAgain(
  task: Task,
  c: Case,
  {
    property,
    gradient,
    respond,
    draws,
    count,
  }: Pick<Compared, 'property' | 'gradient'> & { respond: Respond; draws: Draws; count: number },
): Promise<Compared> {
  const key = keyOf(draws, 'smaller', String(count));
  const answer = await respond(task, c, { key, gradient, record: false });
  return judge(task, { property, case: c, kind: gradient ? 'gradient' : 'value' }, answer, key);
}
