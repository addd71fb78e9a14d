import { expect, it } from 'vitest';
import { APP_DOWNLOADS, callDownloads, SERVICE_DOWNLOADS } from './download-rules.ts';

const CALL = callDownloads(() => ['meet.example']);

it.each([
  [APP_DOWNLOADS, 'blob:traboule://app/8a1b', true],
  [APP_DOWNLOADS, 'blob:https://meet.example/8a1b', false],
  [APP_DOWNLOADS, 'https://chat.example/file', false],
  [APP_DOWNLOADS, 'data:text/html,x', false],
  [CALL, 'https://meet.example/notes.txt', true],
  [CALL, 'blob:https://meet.example/8a1b', true],
  [CALL, 'blob:traboule://call/8a1b', true],
  [CALL, 'data:text/csv,a', true],
  [CALL, 'https://elsewhere.example/a', false],
  [CALL, 'http://meet.example/a', false],
  [CALL, 'file:///etc/passwd', false],
  [SERVICE_DOWNLOADS, 'https://files.elsewhere.example/a', true],
  [SERVICE_DOWNLOADS, 'blob:https://agenda.example/8a1b', true],
  [SERVICE_DOWNLOADS, 'data:text/csv,a', true],
  [SERVICE_DOWNLOADS, 'http://agenda.example/a', false],
  [SERVICE_DOWNLOADS, 'blob:traboule://app/8a1b', false],
  [SERVICE_DOWNLOADS, 'file:///etc/passwd', false],
] as const)('%#: %s may come: %s', (rule, address, may) => {
  expect(rule.mayCome(address)).toBe(may);
});

it('says where a file comes from: the server, or that of the page where the address names none', () => {
  expect(APP_DOWNLOADS.host('blob:traboule://app/8a1b', 'traboule://app/index.html')).toBeNull();
  expect(SERVICE_DOWNLOADS.host('https://files.example/a', 'https://agenda.example/')).toBe('files.example');
  expect(SERVICE_DOWNLOADS.host('data:text/csv,a', 'https://agenda.example/')).toBe('agenda.example');
  expect(CALL.host('data:text/csv,a', 'traboule://call/index.html')).toBe('meet.example');
});
