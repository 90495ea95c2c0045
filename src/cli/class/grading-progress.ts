import { newBar } from '../progress.js';
import type { Terminal } from '../terminal.js';

/** Seconds between two lines where there is no terminal for a bar. */
const pause = 10;

/** Submissions as they are done, and the time left: a bar on a terminal, else a line now and then. No name and no score is shown. */
export function gradingProgress(
  { bars, note }: Terminal,
  total: number,
): { readonly done: () => void; readonly finish: () => void } {
  let count = 0;
  if (bars !== undefined) {
    const bar = newBar(bars, '{bar} {value}/{total} submissions, {duration_formatted}, {eta_formatted} left');
    bar.start(total, 0);
    return { done: () => bar.update(++count), finish: () => void bar.stop() };
  }
  const start = performance.now();
  let told = start;
  return {
    done: () => {
      count++;
      const now = performance.now();
      if (now - told < 1000 * pause && count < total) return;
      told = now;
      const left = ((now - start) / count) * (total - count);
      note(`${count}/${total} submissions${count < total ? `, ${timeText(left)} left` : ''}`);
    },
    finish: () => undefined,
  };
}

/** `40 s`, `12 min`, `3 h 20 min`. */
export function timeText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
