import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { basic } from './conformance/stage.ts';
import { openTestServer } from './testing.ts';

it('an answer to a body that was not read arrives, though the connection closes behind it', async () => {
  await using test = await openTestServer();
  test.server.control.setQuota('nadia', 1000);
  const body = Buffer.alloc(8 * 1024 * 1024, 'm');
  const head = [
    'PUT /remote.php/dav/files/nadia/large.bin HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: ${basic('nadia', 'nadia secret')}`,
    `Content-Length: ${body.length}`,
    'Connection: close',
  ];
  const socket = connect(test.server.port, '127.0.0.1').pause();
  await once(socket, 'connect');
  // Nothing is read before all is sent: a reset connection would have lost the answer by then.
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(body, () => resolve());
  });
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 507 /);
});
