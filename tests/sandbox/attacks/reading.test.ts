import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../../src/sandbox/bundle.js';
import { laboratory, valueOf } from './laboratory.js';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const secret = `secret-${process.pid}-${Math.random()}`;

let folder: string;
beforeAll(async () => {
  process.env['SCORECHECK_TEST_SECRET'] = secret;
  folder = await mkdtemp(path.join(os.tmpdir(), 'scorecheck-secret-'));
  await writeFile(path.join(folder, 'solution.ts'), secret);
});
afterAll(async () => {
  delete process.env['SCORECHECK_TEST_SECRET'];
  await rm(folder, { recursive: true });
});

describe('a submission that looks for the answers', () => {
  const attack = laboratory('full');

  it('7: reads files of the machine', async () => {
    const source = `
      const fs = node('fs');
      export const read = (file: string) => attempt(() => fs.readFileSync(file, 'utf8').slice(0, 100));
      export const list = (folder: string) => attempt(() => fs.readdirSync(folder));
      /** Every file that can be reached, but those of the kernel. */
      export const everything = () => {
        const found: string[] = [];
        const visit = (folder: string) => {
          for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
            const file = (folder === '/' ? '' : folder) + '/' + entry.name;
            if (entry.isDirectory() && !['/proc', '/lib', '/lib64', '/usr', '/app/cache', '/app/node_modules'].includes(file)) visit(file);
            else found.push(file);
          }
        };
        visit('/');
        return found;
      };`;
    await attack(source, async (ask) => {
      for (const file of [
        path.join(folder, 'solution.ts'),
        path.join(repository, 'package.json'),
        path.join(repository, 'exercises/04-denoising-score-matching/solution.ts'),
        '/etc/passwd',
        '/etc/shadow',
        '/proc/1/root/etc/passwd',
        '/proc/self/cwd/../../etc/passwd',
      ]) {
        expect(valueOf(await ask('read', [file])), file).toMatch(/^(ENOENT|EACCES|EPERM)$/);
      }
      for (const each of [repository, os.homedir(), os.tmpdir(), '/sys', '/var', '/run']) {
        expect(valueOf(await ask('list', [each])), each).toBe('ENOENT');
      }
      const files = valueOf(await ask('everything')) as string[];
      // The witness: it has found what is there.
      expect(files).toContain('/app/child.mjs');
      const runtime =
        /^\/(app\/(child\.mjs|node|sh|native\/.*|packed\/tensorflow\.[a-z]+|cache|node_modules)|dev\/.*|proc|etc\/ld\.so\.cache|lib.*|usr|nix|opt)/;
      expect(files.filter((file) => !runtime.test(file))).toEqual([]);
    });
  });

  it('8, 9: reads the memory, the environment and the command line of other processes', async () => {
    const source = `
      const fs = node('fs');
      export const pids = () => fs.readdirSync('/proc').filter((name: string) => /^\\d+$/.test(name));
      export const parents = () => [process.ppid, ...fs.readdirSync('/proc').filter((name: string) => /^\\d+$/.test(name)).map(Number)].flatMap((pid) =>
        ['mem', 'environ', 'cmdline', 'maps', 'cwd', 'fd', 'root'].map((name) => [pid + '/' + name, attempt(() => {
          const file = '/proc/' + pid + '/' + name;
          if (name === 'mem') { fs.readSync(fs.openSync(file, 'r'), Buffer.alloc(1), 0, 1, 4096); return 'read'; }
          return ['fd', 'cwd', 'root'].includes(name) ? String(fs.readdirSync(file)) : fs.readFileSync(file, 'utf8');
        })]));
      export const own = () => [JSON.stringify(process.env), process.argv.join(' '), JSON.stringify(process.execArgv)];`;
    await attack(source, async (ask) => {
      const pids = valueOf(await ask('pids')) as string[];
      expect(pids.length).toBeLessThanOrEqual(3);
      expect(pids).not.toContain(String(process.pid));
      const text = JSON.stringify(valueOf(await ask('parents')));
      expect(text).toContain('cmdline');
      expect(text).not.toContain(secret);
      // Memory of another process is not to be had; that of its own says nothing new.
      expect(text).not.toMatch(/"1\/mem","read"/);
      const own = JSON.stringify(valueOf(await ask('own')));
      expect(own).toContain('/app/child.mjs');
      expect(own).not.toContain(secret);
      expect(own).not.toContain(repository);
    });
  });

  it('8, 35: uses descriptors that whoever started us left open', async () => {
    const source = `
      const fs = node('fs');
      export const f = () => fs.readdirSync('/proc/self/fd').map((fd: string) => attempt(() => fs.readlinkSync('/proc/self/fd/' + fd)));
      export const others = () => [1, process.ppid].map((pid) => attempt(() => fs.readdirSync('/proc/' + pid + '/fd').map((fd: string) => attempt(() => fs.readlinkSync('/proc/' + pid + '/fd/' + fd)))));`;
    await attack(source, async (ask) => {
      const descriptors = valueOf(await ask('f')) as string[];
      expect(descriptors).toContainEqual(expect.stringMatching(/^socket:/));
      // Sockets and pipes of Node's own, and no file, folder or device but the null device.
      const files = descriptors.filter((each) => each.startsWith('/') && !each.startsWith('/proc/'));
      expect(new Set(files)).toEqual(new Set(['/dev/null']));
      // Those of bubblewrap, where they can be seen at all, are the same ones and no files.
      const kinds = /^(\/dev\/null|socket:.*|pipe:.*|anon_inode:.*|E[A-Z]+|\/proc.*|\/|)$/;
      for (const seen of valueOf(await ask('others')) as (string | string[])[]) {
        for (const each of [seen].flat()) expect(each).toMatch(kinds);
      }
    });
  });

  it('10: imports the reference', async () => {
    for (const name of [
      'scorecheck',
      'node:fs',
      'fs',
      '../../../../src/index.js',
      '/etc/passwd',
      'https://example.org/x.js',
    ]) {
      const file = path.join(folder, 'imports.ts');
      await writeFile(file, `import * as found from '${name}'; export const f = () => Object.keys(found);`);
      expect(await bundle(file), name).toMatchObject({ kind: 'problems', problems: [{ place: { line: 1 } }] });
    }
    const source = `
      const { createRequire } = node('module');
      export const f = (name: string) => attempt(() => Object.keys(createRequire('/app/child.mjs')(name)).length);
      export const g = async (name: string) => { try { return Object.keys(await import(name)).length; } catch (error: any) { return error.code ?? error.message; } };
      export const h = (name: string) => attempt(() => { const load = require; return load(name); });`;
    await attack(source, async (ask) => {
      expect(valueOf(await ask('f', ['node:fs']))).toBeGreaterThan(10);
      for (const name of ['scorecheck', 'mathjs', 'esbuild', path.join(repository, 'dist/src/index.js')]) {
        expect(valueOf(await ask('f', [name])), name).toBe('MODULE_NOT_FOUND');
        expect(valueOf(await ask('g', [name])), name).toMatch(/NOT_FOUND|DYNAMIC_IMPORT/);
        expect(valueOf(await ask('h', [name])), name).toMatch(/Only @tensorflow\/tfjs can be imported/);
      }
    });
  });

  it('33: leaves JavaScript: other programs, native code', async () => {
    const source = `
      const fs = node('fs');
      const { spawnSync } = node('child_process');
      const say = (file: string, ...args: string[]) => { const { stdout, stderr, error } = spawnSync(file, args); return error ? error.code : String(stdout) + String(stderr); };
      export const shell = () => say('/app/sh', '-c', 'echo out; echo x > /tmp/x; echo x > /app/x; cd /root; cat /etc/passwd');
      export const programs = () => ['/bin/ls', '/usr/bin/env', '/usr/bin/python3', 'gcc', 'bwrap'].map((file) => say(file));
      export const node_ = () => say(process.execPath, '-p', 'require("node:fs").readdirSync("/").join()');
      export const library = () => attempt(() => { fs.writeFileSync('/tmp/x.node', 'x'); process.dlopen({ exports: {} } as any, '/tmp/x.node'); });
      export const memory = () => attempt(() => { const fd = fs.openSync('/proc/self/mem', 'w'); return fs.writeSync(fd, Buffer.alloc(1), 0, 1, 4096); });
      export const binding = () => attempt(() => Object.keys((process as any).binding('fs')).length);`;
    await attack(source, async (ask) => {
      const shell = valueOf(await ask('shell')) as string;
      expect(shell).toMatch(/^out\n/);
      expect(shell).toMatch(/\/tmp\/x/);
      expect(shell).not.toContain('root:');
      expect(valueOf(await ask('programs'))).toEqual(Array(5).fill('ENOENT'));
      // Another Node is shut in as the first is.
      const root = valueOf(await ask('node_')) as string;
      expect(root).toContain('app');
      expect(root).not.toMatch(/home|root|tmp|work/);
      expect(valueOf(await ask('library'))).toMatch(/^(ENOENT|EROFS)$/);
      expect(valueOf(await ask('memory'))).toMatch(/^E/);
    });
  });

  it('34, 35: speaks to servers, to us, to other graders', async () => {
    let connections = 0;
    const count = (): void => {
      connections++;
    };
    const http = createHttpServer().on('connection', count);
    const servers: Server[] = [http, createServer(count), createServer(count)];
    const [, unix, abstract] = servers as [Server, Server, Server];
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    await new Promise<void>((resolve) => unix.listen(path.join(folder, 'socket'), resolve));
    const name = `\0scorecheck-${process.pid}`;
    await new Promise<void>((resolve) => abstract.listen(name, resolve));
    const { port } = http.address() as AddressInfo;
    try {
      const source = `
        const { connect } = node('net');
        const code = (error: any): string => error.cause?.code ?? error.cause?.errors?.[0]?.code ?? error.code ?? error.message;
        export const get = async (url: string) => { try { return (await fetch(url)).status; } catch (error) { return code(error); } };
        export const open = (to: any) => new Promise((resolve) => { try { connect(to, () => resolve('connected')).on('error', (error: any) => resolve(code(error))); } catch (error) { resolve(code(error)); } });
        export const listen = () => new Promise((resolve) => { try { node('net').createServer().on('error', (error: any) => resolve(code(error))).listen(0, () => resolve('listening')); } catch (error) { resolve(code(error)); } });
        export const datagram = () => new Promise((resolve) => { try { const s = node('dgram').createSocket('udp4'); s.on('error', (error: any) => resolve(code(error))); s.send('x', 53, '8.8.8.8', (error: any) => resolve(error ? code(error) : 'sent')); } catch (error) { resolve(code(error)); } });
        export const look = async () => { try { return String(await node('dns').promises.lookup('example.org')); } catch (error) { return code(error); } };`;
      await attack(source, async (ask) => {
        // Without a system call that makes sockets, connecting fails whatever the address.
        for (const url of [`http://127.0.0.1:${port}`, 'http://192.0.2.1', 'http://[::1]:80']) {
          expect(valueOf(await ask('get', [url])), url).toMatch(/^E/);
        }
        for (const to of [path.join(folder, 'socket'), name, '/run/docker.sock', '/var/run/dbus/system_bus_socket']) {
          expect(valueOf(await ask('open', [to])), to).toMatch(/^E/);
        }
        for (const call of ['listen', 'datagram', 'look']) expect(valueOf(await ask(call)), call).toMatch(/^E/);
      });
      expect(connections).toBe(0);
      // The witness: the server does count.
      const counted = once(http, 'connection');
      const socket = connect(port, '127.0.0.1');
      await counted;
      socket.destroy();
      expect(connections).toBe(1);
    } finally {
      http.closeAllConnections();
      for (const server of servers) server.close();
    }
  });
});
