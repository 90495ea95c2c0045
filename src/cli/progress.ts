import { SingleBar } from 'cli-progress';
import pc from 'picocolors';
import type { Progress } from '../tensorflow/progress.js';
import type { Terminal } from './terminal.js';
import type { SettingEvent } from './verify-processes.js';

/** Something under way, shown until it is finished. */
interface Shown<Event> {
  readonly progress: (event: Event) => void;
  readonly finish: () => void;
}

/** The settings of a verification as they begin, of one claim or of several at once: a bar on a terminal, else a line per claim. */
export function verifyProgress(
  { bars, note }: Terminal,
  { claims, settings }: { readonly claims: number; readonly settings: number },
): Shown<SettingEvent> {
  if (bars === undefined) {
    const begun = new Set<string>();
    return {
      progress: ({ claim }) => {
        if (begun.has(claim)) return;
        begun.add(claim);
        note(`[${String(begun.size).padStart(String(claims).length)}/${claims}] ${claim}`);
      },
      finish: () => undefined,
    };
  }
  const bar = newBar(bars, `{bar} {value}/{total} settings, {duration_formatted}: {what}`);
  return {
    progress: ({ claim, setting }) => {
      const what = fitted(`${claim}: ${setting}`, bars);
      if (bar.isActive) bar.increment(1, { what });
      else bar.start(settings, 0, { what });
    },
    finish: () => {
      if (!bar.isActive) return;
      bar.update(bar.getTotal(), { what: 'done' });
      bar.stop();
    },
  };
}

interface TrainingEvent {
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
}

/** Steps between two lines where there is no terminal for a bar. */
const stepsPerLine = 100;

/** The steps of a training: a bar on a terminal, else a line now and then. */
export function trainingProgress({ bars, note }: Terminal): Shown<TrainingEvent> {
  const head = 'Training a score network; Ctrl-C keeps what is done.';
  let begun = false;
  const bar =
    bars === undefined ? undefined : newBar(bars, '{bar} step {value}/{total}, {duration_formatted}: loss {loss}');
  return {
    progress: ({ step, steps, loss }) => {
      if (!begun) note(pc.dim(step === 0 ? head : `${head} It goes on from step ${step}.`));
      if (bar === undefined) {
        if (begun && step % stepsPerLine === 0) note(pc.dim(`  step ${step}/${steps}: loss ${loss.toFixed(3)}`));
      } else if (begun) bar.update(step, { loss: loss.toFixed(3) });
      else bar.start(steps, step, { loss: loss.toFixed(3) });
      begun = true;
    },
    finish: () => {
      if (bar?.isActive === true) bar.stop();
    },
  };
}

const stages = {
  wait: 'Waiting for another setup',
  download: 'Downloading TensorFlow',
  digest: 'Checking its digest',
  extract: 'Unpacking its libraries',
  packages: 'Installing the npm packages of TensorFlow.js',
  compile: 'Compiling the addon',
  trial: 'Trying the new backend',
};

type StageEvent = Parameters<Progress>[0];

/** The stages of a setup: a line each, with a bar where bytes are counted and there is a terminal. */
export function setupProgress({ bars, note }: Terminal): Shown<StageEvent> {
  let stage: string | undefined;
  const bar = bars === undefined ? undefined : newBar(bars, `{bar} {percentage} %, {duration_formatted}`);
  const finish = (): void => {
    if (bar?.isActive === true) bar.stop();
  };
  return {
    progress: (event) => {
      if (event.stage !== stage) {
        finish();
        stage = event.stage;
        note(pc.dim(`  ${stages[event.stage]}${event.message === undefined ? '' : ` (${event.message})`}`));
      }
      const { done, total } = event;
      if (bar === undefined || done === undefined || total === undefined || total === 0) return;
      if (bar.isActive) bar.update(Math.min(done, total));
      else bar.start(total, Math.min(done, total));
    },
    finish,
  };
}

/** A download file by file: a bar on a terminal, else a line per file. */
export function newBar(stream: NodeJS.WriteStream, format: string): SingleBar {
  // The cursor stays visible: Ctrl-C ends the process at once, also while TensorFlow computes, and leaves the terminal as it was.
  return new SingleBar({ format, stream, hideCursor: false, barsize: 24, clearOnComplete: false });
}

/** Cut to what the line of a terminal has left beside the bar and its counts. */
function fitted(text: string, { columns }: NodeJS.WriteStream): string {
  const room = Math.max(20, (columns || 80) - 52);
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
