import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { frame, type FrameType } from './frame.js';
import { assembler, type Arrived } from './incoming.js';
import type { Limits } from './limits.js';
import { output } from './output.js';
import type { QuestionLimits, StopReason } from './question.js';
import { stopMessage, type StopFacts } from './stop.js';
import { usageOf } from './usage.js';
import type { Value } from './value.js';

/** The command that starts a child; descriptor 3 is the channel. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Why a process is gone. */
export interface Stop {
  readonly reason: StopReason;
  readonly message: string;
}

/** What an exchange came to. */
export type Exchanged = ({ readonly frame: Arrived } | { readonly stop: Stop }) & { readonly milliseconds: number };

interface Pending {
  readonly type: FrameType;
  readonly id: number;
  readonly limits: QuestionLimits;
  readonly resolve: (result: { readonly frame: Arrived } | { readonly stop: Stop }) => void;
}

const watchEvery = 20;

/** One process with its channel. It answers one frame at a time; whatever else it does ends it. */
export class SandboxProcess implements AsyncDisposable {
  /** Settles when the child is ready for its submission; `stop` says why it never will be. */
  readonly ready: Promise<Exchanged>;
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #limits: Limits;
  readonly #output;
  readonly #exited: Promise<void>;
  #pending: Pending | undefined;
  #stop: Stop | undefined;
  #heapExhausted = false;

  constructor(command: Command, limits: Limits, startMilliseconds: number) {
    this.#limits = limits;
    this.#output = output(limits.outputKept);
    this.#child = spawn(command.file, command.args, {
      env: { ...command.env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: true, // a process group of its own, so that all of it can be ended
    });
    this.#channel = this.#child.stdio[3] as Duplex;
    this.#exited = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#end('crash', { exitCode: null, signal: error.message });
        resolve();
      });
      this.#child.once('close', (exitCode, signal) => {
        this.#end(this.#reasonOfExit(exitCode, signal), { exitCode, signal, allowed: limits.memoryBytes });
        resolve();
      });
    });
    for (const stream of [this.#child.stdout, this.#child.stderr] as Readable[]) {
      stream.on('data', (chunk: Buffer) => {
        this.#hear(chunk);
      });
    }
    const assemble = assembler(() => this.#pending?.limits.answerBytes ?? 0);
    this.#channel.on('data', (piece: Buffer) => {
      const arrived = assemble(piece);
      if (typeof arrived === 'string') {
        this.#end(arrived, { allowed: this.#pending?.limits.answerBytes ?? 0 });
      } else arrived.forEach((each) => this.#arrive(each));
    });
    this.#channel.on('error', () => {}); // the process ended while we wrote; its exit tells why
    const watch = setInterval(() => {
      this.#watch();
    }, watchEvery);
    void this.#exited.then(() => {
      clearInterval(watch);
    });
    this.ready = this.#await('ready', 0, { milliseconds: startMilliseconds, answerBytes: 10_000 });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Why the process is gone, `undefined` while it is there. */
  get stopped(): Stop | undefined {
    return this.#stop;
  }

  /** Sends a frame and waits for the one frame that answers it. */
  exchange(type: 'load' | 'ask', id: number, value: Value, limits: QuestionLimits): Promise<Exchanged> {
    const result = this.#await(type === 'load' ? 'loaded' : 'answer', id, limits);
    for (const part of frame(type, id, value)) this.#channel.write(part);
    return result;
  }

  /** What the process wrote since the last call. */
  async takeOutput(): Promise<string> {
    // It wrote before it answered, so what it wrote can be read by now; one more turn of the loop reads it.
    await setImmediate();
    return this.#output.take();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#kill();
    await this.#exited;
  }

  async #await(type: FrameType, id: number, limits: QuestionLimits): Promise<Exchanged> {
    const start = performance.now();
    const result = await new Promise<{ readonly frame: Arrived } | { readonly stop: Stop }>((resolve) => {
      if (this.#stop !== undefined) {
        resolve({ stop: this.#stop });
        return;
      }
      const timer = setTimeout(() => {
        this.#end('time', { allowed: limits.milliseconds });
      }, limits.milliseconds);
      this.#pending = {
        type,
        id,
        limits,
        resolve: (each) => {
          clearTimeout(timer);
          this.#pending = undefined;
          resolve(each);
        },
      };
    });
    return { ...result, milliseconds: performance.now() - start };
  }

  #arrive(arrived: Arrived): void {
    const pending = this.#pending;
    // A frame that was not asked for is the submission's own.
    if (pending === undefined || arrived.type !== pending.type || arrived.id !== pending.id) this.#end('protocol', {});
    else pending.resolve({ frame: arrived });
  }

  #hear(chunk: Buffer): void {
    this.#output.add(chunk);
    if (chunk.includes('JavaScript heap out of memory')) this.#heapExhausted = true;
    const allowed = this.#limits.outputBytes;
    if (this.#output.bytes > allowed) this.#end('output', { allowed });
  }

  #watch(): void {
    const pid = this.#child.pid;
    if (pid === undefined || this.#stop !== undefined || process.platform !== 'linux') return;
    const { memoryBytes, cpuMilliseconds, tasks } = this.#limits;
    const used = usageOf(pid);
    if (used.memoryBytes > memoryBytes) this.#end('memory', { allowed: memoryBytes });
    else if (used.cpuMilliseconds > cpuMilliseconds) this.#end('cpu', { allowed: cpuMilliseconds });
    else if (used.tasks > tasks) this.#end('processes', { allowed: tasks });
  }

  #reasonOfExit(exitCode: number | null, signal: string | null): StopReason {
    if (this.#heapExhausted) return 'memory';
    // 13: Node's exit code where a promise that the program awaits can never settle.
    return signal === null && (exitCode === 0 || exitCode === 13) ? 'no-answer' : 'crash';
  }

  /** The first reason is the one that counts; the process is ended whatever it is. */
  #end(reason: StopReason, facts: StopFacts): void {
    this.#stop ??= { reason, message: stopMessage(reason, facts) };
    this.#kill();
    this.#pending?.resolve({ stop: this.#stop });
  }

  #kill(): void {
    const pid = this.#child.pid;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    for (const each of [-pid, ...usageOf(pid).pids]) {
      try {
        process.kill(each, 'SIGKILL');
      } catch {
        // It has ended already.
      }
    }
  }
}
