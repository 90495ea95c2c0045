import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, expect, it } from 'vitest';
import { connect, queueAddress } from '../../src/queue/connection.js';

const folder = mkdtempSync(path.join(tmpdir(), 'scorecheck-tls-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('says what to do about a certificate that nobody signed', async () => {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name));
  const made = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    cert,
    '-subj',
    '/CN=localhost',
  ];
  execFileSync('openssl', made, { stdio: 'ignore' });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }).listen(0, '127.0.0.1');
  // Whoever trusts no certificate hangs up.
  server.on('tlsClientError', () => undefined);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const address = queueAddress(`rediss://127.0.0.1:${port}`, {
    SCORECHECK_REDIS_URL: `rediss://:secret@127.0.0.1:${port}`,
  });
  const refused = (await connect(address).catch((error: unknown) => error)) as Error;
  server.close();
  expect(refused.message).toMatch(
    /^Expected a certificate of rediss:\/\/127\.0\.0\.1:\d+ that this machine trusts, but: self-signed certificate\. Name the file .* NODE_EXTRA_CA_CERTS\.$/,
  );
  expect(refused.message).not.toContain('secret');
});
