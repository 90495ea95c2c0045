import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tensor, type TensorValue } from '../../../src/sandbox/tensor-value.js';
import { record, type Value } from '../../../src/sandbox/value.js';
import { valueOf } from '../attacks/laboratory.js';
import { pythonLaboratory } from './laboratory.js';

// Numbers are those of the attack list in the research on graders, as in the attacks in TypeScript.
const wordsOf = (value: Value): string =>
  Array.from((value as TensorValue).data, (each) => String.fromCodePoint(each)).join('');
const wrong = tensor([2], [1, 2]);
const fine = '\ndef fine():\n    return np.array([1.0, 2.0])\n';

describe('a submission in Python', () => {
  const attack = pythonLaboratory('full', { memoryBytes: 450e6, outputBytes: 2e6, tasks: 100 });
  const soon = { limits: { milliseconds: 800 } };

  it('7, 9, 10: reads no file of the machine, no environment, and finds no reference', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'scorecheck-secret-'));
    process.env['SCORECHECK_TEST_SECRET'] = 'secret';
    try {
      const file = path.join(folder, 'solution.py');
      await writeFile(file, 'secret');
      const source = `
def read(file):
    return text(attempt(lambda: open(file).read()))
def listed(folder):
    return text(attempt(lambda: os.listdir(folder)))
def environment():
    return text(sorted(os.environ.items()))
def root():
    return text(sorted(os.listdir("/")))`;
      await attack(source, async (ask) => {
        for (const each of [
          file,
          '/etc/passwd',
          '/etc/shadow',
          '/proc/1/root/etc/passwd',
          path.resolve('package.json'),
        ]) {
          expect(wordsOf(valueOf(await ask('read', [each]))), each).toMatch(/^(ENOENT|EACCES|EPERM)$/);
        }
        for (const each of [folder, os.tmpdir(), '/home', '/var', path.resolve('exercises')]) {
          expect(wordsOf(valueOf(await ask('listed', [each]))), each).toBe('ENOENT');
        }
        expect(wordsOf(valueOf(await ask('environment')))).not.toContain('secret');
        // The witness: it sees what is there.
        expect(wordsOf(valueOf(await ask('root')))).toContain("'app'");
        expect(wordsOf(valueOf(await ask('listed', ['/app'])))).toContain('python');
      });
    } finally {
      delete process.env['SCORECHECK_TEST_SECRET'];
      await rm(folder, { recursive: true });
    }
  });

  it('23, 26, 33, 34: opens no socket, writes no file, and another program is as shut in', async () => {
    const source = `
import ctypes, socket, subprocess
def connect():
    return text(attempt(lambda: socket.create_connection(("127.0.0.1", 80), 1)))
def look():
    return text(attempt(lambda: socket.socket(socket.AF_UNIX)))
def write(file):
    return text(attempt(lambda: open(file, "w")))
def native():
    return text(ctypes.CDLL(None).socket(2, 1, 0))
def shell():
    return text(attempt(lambda: subprocess.run(["/app/sh", "-c", "echo x > /tmp/x; cat /etc/passwd"], capture_output=True).stdout))
def forks():
    while True:
        if os.fork() == 0:
            while True: pass`;
    await attack(source + fine, async (ask) => {
      for (const call of ['connect', 'look']) expect(wordsOf(valueOf(await ask(call))), call).toBe('EPERM');
      for (const file of ['/tmp/x', '/app/x', '/dev/shm/x', '/x', 'results.json']) {
        expect(wordsOf(valueOf(await ask('write', [file]))), file).toMatch(/^(ENOENT|EROFS|EACCES)$/);
      }
      expect(wordsOf(valueOf(await ask('native')))).toBe('-1');
      expect(wordsOf(valueOf(await ask('shell')))).toBe("b''");
      const forked = await ask('forks');
      expect(['stopped', 'threw']).toContain(forked.kind);
      expect(valueOf(await ask('fine'))).toEqual(wrong);
    });
  });

  it('20, 22, 25: loops, fills the memory or floods, and loses that question alone', async () => {
    const source = `
import signal
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
def loop():
    while True:
        try:
            while True: pass
        except BaseException: pass
def fill():
    kept = []
    while True: kept.append(np.ones(1_000_000))
def flood():
    while True: print("x" * 10_000)`;
    await attack(source + fine, async (ask) => {
      expect(await ask('loop', [], soon)).toMatchObject({ kind: 'stopped', reason: 'time' });
      expect(await ask('fill')).toMatchObject({ kind: 'stopped', reason: 'memory' });
      expect(await ask('flood')).toMatchObject({ kind: 'stopped', reason: 'output' });
      expect(valueOf(await ask('fine'))).toEqual(wrong);
    });
  });

  it('1, 2, 3: patches numpy and the child, and gets other wrong data', async () => {
    const source = `
np.allclose = lambda *_, **__: True
class Evil(np.ndarray):
    def __eq__(self, other): return True
    def tobytes(self, *_): return np.array([1, 2], np.float32).tobytes()
def f():
    return np.array([1.0, 2.0]).view(Evil)
def patched():
    call = sys.modules["scorecheck_child.call"]
    call._value = lambda *_: {"status": "answered", "points": 10}
    return np.zeros(2)
def says():
    return {"status": "answered", "verdict": "pass", "points": 10.0, "value": np.array([1.0, 2.0])}`;
    await attack(source, async (ask) => {
      expect(valueOf(await ask('f'))).toEqual(wrong);
      // A result that says "pass" is a record that says "pass": it is no answer to what was asked.
      expect(valueOf(await ask('says'))).toEqual(
        record({ status: 'answered', verdict: 'pass', points: tensor([], [10]), value: tensor([2], [1, 2]) }),
      );
      expect((await ask('patched')).kind).toMatch(/threw|stopped|malformed/);
    });
  });

  it('4, 5, 6: writes to the channel, ends before it answers, hides its errors', async () => {
    const source = `
def ahead(number):
    os.write(3, frame(4, int(number), b"\\x02"))
    return np.zeros(1)
def leave():
    os._exit(0)
def quit():
    sys.exit(0)
def crash():
    os.abort()
def hide():
    sys.excepthook = lambda *_: None
    raise RuntimeError("hidden")`;
    await attack(source + fine, async (ask) => {
      expect(await ask('ahead', [2])).toMatchObject({ kind: 'stopped', reason: 'protocol' });
      expect(await ask('leave')).toMatchObject({ kind: 'stopped', reason: 'no-answer' });
      expect(await ask('quit')).toMatchObject({ kind: 'stopped', reason: 'no-answer' });
      expect(await ask('crash')).toMatchObject({ kind: 'stopped', reason: 'crash' });
      expect(await ask('hide')).toMatchObject({ kind: 'threw', message: 'hidden' });
      expect(valueOf(await ask('fine'))).toEqual(wrong);
    });
  });

  it('8: walks the memory, and finds this question and no other', async () => {
    const source = `
import gc
def walk(x):
    found = [o for o in gc.get_objects() if isinstance(o, (dict, list, tuple))]
    seen = text(" ".join(str(k) for o in found if isinstance(o, dict) for k in o if isinstance(k, str)))
    return seen
def parents():
    return text([(pid, attempt(lambda: open(f"/proc/{pid}/mem", "rb").read(1))) for pid in os.listdir("/proc") if pid.isdigit() and int(pid) != os.getpid()])`;
    await attack(source, async (ask) => {
      const words = wordsOf(valueOf(await ask('walk', [tensor([1], [7])])));
      expect(words).toContain('arguments'); // the witness: the question itself is there
      for (const each of ['tolerance', 'diagnosis', 'mistakes', 'verdict']) expect(words).not.toContain(each);
      expect(wordsOf(valueOf(await ask('parents')))).not.toContain("b'");
    });
  });

  it('29: ships files that would take the place of others, and none does', async () => {
    const evil = 'raise SystemExit(0)\n';
    const files = { 'sitecustomize.py': evil, 'usercustomize.py': evil, 'part.py': 'two = 2.0\n' };
    await attack(
      'import part\ndef f():\n    return np.array([part.two])',
      async (ask) => {
        expect(valueOf(await ask('f'))).toEqual(tensor([1], [2]));
      },
      files,
    );
    await attack(
      'def f():\n    return np.array([2.0])',
      async (ask) => {
        expect(await ask('f')).toMatchObject({
          kind: 'threw',
          message: 'The file numpy.py has the name of another module. Give it a name of its own.',
        });
      },
      { 'numpy.py': 'array = lambda _: 3\n' },
    );
  });

  it('37, 38: speaks to the terminal', async () => {
    const source = `
evil = "\\x1b[2J\\u202eright\\u2066"
def f():
    print(evil)
    raise type(evil, (Exception,), {})(evil)`;
    await attack(source, async (ask) => {
      const answer = await ask('f');
      expect(JSON.stringify(answer)).toContain('\\\\u{1b}[2J');
      // eslint-disable-next-line no-control-regex
      expect(Object.values(answer).join('')).not.toMatch(/[\u0000-\u0008\u001b\u202e\u2066]/);
    });
  });
});

describe('without bubblewrap, a submission in Python', () => {
  const attack = pythonLaboratory('weak', { memoryBytes: 450e6 });

  it('answers, and loses the question alone when it loops or writes ahead', async () => {
    const source = `
def loop():
    while True: pass
def ahead():
    os.write(3, frame(4, 2, b"\\x02"))
    return np.zeros(1)`;
    await attack(source + fine, async (ask) => {
      expect(await ask('loop', [], { limits: { milliseconds: 800 } })).toMatchObject({ reason: 'time' });
      expect(await ask('ahead')).toMatchObject({ reason: 'protocol' });
      expect(valueOf(await ask('fine'))).toEqual(wrong);
    });
  });
});
