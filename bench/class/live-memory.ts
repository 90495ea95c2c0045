import v8 from 'node:v8';
import vm from 'node:vm';

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

/** What this process holds on to: bytes of the heap and beside it that are left after a full collection, and what is resident then. */
export function liveMemory(): { readonly live: number; readonly resident: number } {
  // What finalisers let go of is collected by the second one.
  collect();
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { live: heapUsed + external, resident: rss };
}
