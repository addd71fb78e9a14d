import { describe, expect, test } from 'vitest';
import { CameraPreview } from './camera-preview.ts';
import { troubleOf, troubleOfJitsi } from './device-trouble.ts';
import { someStream } from './testing.ts';

function fakeStream() {
  const state = { stopped: false };
  const stream = someStream(() => {
    state.stopped = true;
  });
  return Object.assign(state, { stream });
}

describe('the preview', () => {
  test('turns a camera off that comes too late', async () => {
    const late = fakeStream();
    const opening = Promise.withResolvers<MediaStream>();
    const preview = new CameraPreview(() => opening.promise);
    const started = preview.start();
    preview.stop();
    opening.resolve(late.stream);
    expect(await started).toBeNull();
    expect(late.stopped).toBe(true);
    expect(preview.stream.get()).toBeNull();
  });

  test('can be tried again after a failure', async () => {
    const good = fakeStream();
    const attempts = [Promise.reject(new DOMException('', 'NotReadableError')), Promise.resolve(good.stream)];
    const preview = new CameraPreview(() => attempts.shift() ?? Promise.reject(new Error('too often')));
    expect(await preview.start()).toBe('busy');
    expect(await preview.start()).toBeNull();
    expect(preview.stream.get()).toBe(good.stream);
  });
});

test.each([
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'missing'],
  ['NotReadableError', 'busy'],
  ['TypeError', 'broken'],
])('%s of getUserMedia means %s', (name, trouble) => {
  expect(troubleOf(new DOMException('', name))).toBe(trouble);
});

test.each([
  ['gum.permission_denied', 'denied'],
  ['gum.not_found', 'missing'],
  ['gum.general', 'busy'],
  ['', 'broken'],
])('"%s" of Jitsi means %s', (type, trouble) => {
  expect(troubleOfJitsi(type)).toBe(trouble);
});
