import v8 from 'node:v8';
import vm from 'node:vm';

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

/**
 * What this process holds on to: bytes of the heap and beside it that are left after a full collection, those of them that are compiled code, and what is resident then.
 * V8 compiles a function anew each time it has become warmer, so code grows more and more slowly towards that of the whole program.
 */
export function liveMemory(): { readonly live: number; readonly code: number; readonly resident: number } {
  // What finalisers let go of is collected by the second one.
  collect();
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  const { code_and_metadata_size: machine, bytecode_and_metadata_size: bytes } = v8.getHeapCodeStatistics();
  return { live: heapUsed + external, code: machine + bytes, resident: rss };
}
