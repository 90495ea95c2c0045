import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { seccompDescriptor } from './bubblewrap.js';
import { giveFilter, type Command } from './command.js';
import { highestInherited } from './descriptors.js';
import { frame, type FrameType } from './frame.js';
import { assembler, type Arrived } from './incoming.js';
import type { Limits } from './limits.js';
import { output } from './output.js';
import type { QuestionLimits, StopReason } from './question.js';
import { stopMessage, type StopFacts } from './stop.js';
import { isRunning, pidsOfUser, queuedOf, usageOf } from './usage.js';
import type { Value } from './value.js';
import type { Watch } from './watch.js';

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
  readonly resolve: (result: Exchanged) => void;
  /** When its time began, and what ends it. */
  since: number;
  timer?: NodeJS.Timeout;
}

/** What Node and TensorFlow say before they end for want of memory. */
const complaints = ['out of memory', 'std::bad_alloc', 'Check failed: result != nullptr'];

/** How long a process that has ended may keep its pipes open, and how long the watcher's word of why may take. */
const lastWords = 300;

/** How long processes that were killed may take to be gone. */
const lastBreath = 2_000;

/** How long an answer that is on its way when the time is over may go on arriving. */
const arriving = 2_000;

/** An answer that takes longer has its waits for a processor looked at; what it waited before that is too little to matter. */
const firstLook = 100;

/** How many times its limit a question may wait for a processor: on a machine that busy nothing ends in time. */
const patience = 10;

/** One process with its channel. It answers the frames that it gets, one by one and in order; whatever else it does ends it. */
export class SandboxProcess implements AsyncDisposable {
  /** Settles when the child is ready for its submission; `stop` says why it never will be. */
  readonly ready: Promise<Exchanged>;
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #limits: Limits;
  readonly #output;
  readonly #exited: Promise<void>;
  readonly #watch: Watch;
  readonly #user: number | undefined;
  #unwatch = (): void => {};
  #received = 0;
  /** What was sent and is not answered yet, in order. The time of the first one runs. */
  readonly #pending: Pending[] = [];
  #stop: Stop | undefined;
  #outOfMemory = false;
  #disposed = false;
  /** The process and its descendants when it was ended. */
  #family: readonly number[] = [];

  constructor(
    command: Command,
    { limits, watch, startMilliseconds }: { limits: Limits; watch: Watch; startMilliseconds: number },
  ) {
    this.#limits = limits;
    this.#watch = watch;
    this.#user = command.user;
    this.#output = output(limits.outputKept);
    this.#child = spawn(command.file, command.args, {
      env: { ...command.env },
      stdio: descriptors(command),
      detached: true, // a process group of its own, so that all of it can be ended
    });
    if (command.seccomp !== undefined) giveFilter(this.#child.stdio[seccompDescriptor] as Duplex, command.seccomp);
    this.#channel = this.#child.stdio[3] as Duplex;
    this.#exited = this.#whenExited();
    for (const stream of [this.#child.stdout, this.#child.stderr] as Readable[]) {
      stream.on('data', (chunk: Buffer) => {
        this.#hear(chunk);
      });
    }
    const assemble = assembler(() => Math.max(0, ...this.#pending.map(({ limits: { answerBytes } }) => answerBytes)));
    this.#channel.on('data', (piece: Buffer) => {
      this.#received += piece.length;
      const arrived = assemble(piece);
      if (typeof arrived === 'string') {
        this.#end(arrived, { allowed: this.#pending[0]?.limits.answerBytes ?? 0 });
      } else arrived.forEach((each) => this.#arrive(each));
    });
    this.#channel.on('error', () => {}); // the process ended while we wrote; its exit tells why
    this.ready = this.#await('ready', 0, { milliseconds: startMilliseconds, answerBytes: 10_000 });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Why the process is gone, `undefined` while it is there. */
  get stopped(): Stop | undefined {
    return this.#stop;
  }

  /** From now on what the process uses is looked at: before, only our own code runs in it. */
  watch(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    const allowed = {
      memory: this.#limits.memoryBytes,
      cpu: this.#limits.cpuMilliseconds,
      processes: this.#limits.tasks,
    };
    this.#unwatch = this.#watch.add(pid, this.#limits, (reason) => {
      this.#end(reason, { allowed: allowed[reason] });
    });
  }

  /** Sends a frame and waits for the one frame that answers it. Others may be waited for: its time begins when they are answered, and it is stopped when they are. */
  exchange(type: 'load' | 'ask', id: number, value: Value, limits: QuestionLimits): Promise<Exchanged> {
    const result = this.#await(type === 'load' ? 'loaded' : 'answer', id, limits);
    // What is sent before this turn ends goes out in one call of the system.
    this.#channel.cork();
    for (const part of frame(type, id, value)) this.#channel.write(part);
    process.nextTick(() => {
      this.#channel.uncork();
    });
    return result;
  }

  /** What the process wrote since the last call. */
  async takeOutput(): Promise<string> {
    // It wrote before it answered, so what it wrote can be read by now; one more turn of the loop reads it.
    await turn();
    return this.#output.take();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#kill();
    await this.#exited;
    // The kernel ends a namespace after its first process; the next submission is not to meet what is left of this one.
    const end = performance.now() + lastBreath;
    while (this.#family.some(isRunning) && performance.now() < end) await pause(1);
  }

  async #await(type: FrameType, id: number, limits: QuestionLimits): Promise<Exchanged> {
    if (this.#stop !== undefined) return { stop: this.#stop, milliseconds: 0 };
    return new Promise((resolve) => {
      const pending: Pending = { type, id, limits, resolve, since: performance.now() };
      if (this.#pending.push(pending) === 1) this.#begin(pending);
    });
  }

  /** The time of a question begins. */
  #begin(pending: Pending): void {
    pending.since = performance.now();
    const look = (): void => {
      this.#look(pending, this.#queued());
    };
    pending.timer = setTimeout(look, Math.min(firstLook, pending.limits.milliseconds));
  }

  /** Ends a question whose time is over. What a thread of it waited for a processor is the time of a busy machine, not of the submission. */
  #look(pending: Pending, before: ReadonlyMap<string, number>): void {
    const { milliseconds } = pending.limits;
    const waits = [...this.#queued()].map(([thread, waited]) => waited - (before.get(thread) ?? 0));
    const waited = Math.min(Math.max(0, ...waits), patience * milliseconds);
    const left = pending.since + milliseconds + waited - performance.now();
    if (left <= 0) void this.#timeIsOver(pending);
    else
      pending.timer = setTimeout(() => {
        this.#look(pending, before);
      }, left);
  }

  #queued(): Map<string, number> {
    const { pid } = this.#child;
    return pid === undefined ? new Map<string, number>() : queuedOf(pid);
  }

  /** The first question has its answer, or none. */
  #settle(result: { readonly frame: Arrived } | { readonly stop: Stop }): void {
    const pending = this.#pending.shift();
    if (pending === undefined) return;
    clearTimeout(pending.timer);
    pending.resolve({ ...result, milliseconds: performance.now() - pending.since });
  }

  /** We may have been busy while the answer came: what is there to read is read before the process is ended. */
  async #timeIsOver(pending: Pending): Promise<void> {
    const since = performance.now();
    for (let before = -1; before !== this.#received && performance.now() - since < arriving;) {
      before = this.#received;
      await turn();
      await turn();
    }
    if (this.#pending[0] === pending) this.#end('time', { allowed: pending.limits.milliseconds });
  }

  #arrive(arrived: Arrived): void {
    const [pending, next] = this.#pending;
    // A frame that was not asked for is the submission's own.
    if (pending === undefined || arrived.type !== pending.type || arrived.id !== pending.id) this.#end('protocol', {});
    else if (arrived.bytes.length > pending.limits.answerBytes) {
      this.#end('answer-size', { allowed: pending.limits.answerBytes });
    } else {
      this.#settle({ frame: arrived });
      if (next !== undefined) this.#begin(next);
    }
  }

  #hear(chunk: Buffer): void {
    this.#output.add(chunk);
    if (complaints.some((each) => chunk.includes(each))) this.#outOfMemory = true;
    const allowed = this.#limits.outputBytes;
    if (this.#output.bytes > allowed) this.#end('output', { allowed });
  }

  async #whenExited(): Promise<void> {
    const [exitCode, signal] = await new Promise<[number | null, string | null]>((resolve) => {
      this.#child.once('error', ({ message }) => {
        resolve([null, message]);
      });
      this.#child.once('exit', (...how) => {
        resolve(how);
      });
    });
    if (!this.#disposed) await this.#hearLastWords(exitCode, signal);
    this.#end(this.#reasonOfExit(exitCode, signal), { exitCode, signal, allowed: this.#limits.memoryBytes });
    this.#unwatch();
    for (const each of this.#child.stdio) each?.destroy();
  }

  async #hearLastWords(exitCode: number | null, signal: string | null): Promise<void> {
    // What it wrote last is still in the pipes, and a descendant that holds them must not hold us.
    const closed = new Promise((resolve) => this.#child.once('close', resolve));
    await Promise.race([closed, pause(lastWords, undefined, { ref: false })]);
    const killed = signal === 'SIGKILL' || exitCode === 128 + 9;
    if (killed && this.#stop === undefined) await pause(lastWords); // the watcher may have something to say
  }

  #reasonOfExit(exitCode: number | null, signal: string | null): StopReason {
    if (this.#outOfMemory && exitCode !== 0) return 'memory';
    // 13: Node's exit code where a promise that the program awaits can never settle.
    return signal === null && (exitCode === 0 || exitCode === 13) ? 'no-answer' : 'crash';
  }

  /** The first reason is the one that counts; the process is ended whatever it is. */
  #end(reason: StopReason, facts: StopFacts): void {
    this.#stop ??= { reason, message: stopMessage(reason, facts) };
    this.#kill();
    while (this.#pending.length > 0) this.#settle({ stop: this.#stop });
  }

  #kill(): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined) return;
    const here = exitCode === null && signalCode === null;
    if (here) this.#family = usageOf(pid).pids;
    const ofUser = this.#user === undefined ? [] : pidsOfUser(this.#user);
    for (const each of [...(here ? [-pid, ...this.#family] : []), ...ofUser]) {
      try {
        process.kill(each, 'SIGKILL');
      } catch {
        // It has ended already.
      }
    }
  }
}

/** Five descriptors with a meaning; what else the process would inherit of ours becomes the null device. */
function descriptors({ seccomp }: Command): ('ignore' | 'pipe')[] {
  const known = ['ignore', 'pipe', 'pipe', 'pipe', seccomp === undefined ? 'ignore' : 'pipe'] as const;
  const others = Math.max(0, highestInherited() + 1 - known.length);
  return [...known, ...Array.from({ length: others }, () => 'ignore' as const)];
}
