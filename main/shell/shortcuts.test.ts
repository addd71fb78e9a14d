import { expect, it } from 'vitest';
import { jumpTasks, SHORTCUTS } from './shortcuts.ts';
import { actOfStart } from './start-arguments.ts';
import { createTexts } from './texts.ts';

const texts = createTexts(() => 'fr', { product: 'Traboule' });

it('the jump list starts the program with what it is asked for', () => {
  const tasks = jumpTasks(['C:\\Program Files\\Traboule\\Traboule.exe'], texts);
  expect(tasks[0]).toEqual({
    type: 'task',
    title: 'Nouveau message',
    description: 'Nouveau message',
    program: 'C:\\Program Files\\Traboule\\Traboule.exe',
    args: '--act=search',
    iconPath: 'C:\\Program Files\\Traboule\\Traboule.exe',
    iconIndex: 0,
  });
  expect(tasks.map(({ title }) => title)).toEqual([
    'Nouveau message',
    'Nouveau salon',
    'Mes fichiers',
    'Ne pas déranger : activer ou arrêter',
  ]);
  expect(jumpTasks(['electron.exe', 'C:\\my app'], texts)[0]?.args).toBe('"C:\\my app" --act=search');
});

it('every shortcut asks for something that a start understands', () => {
  const acts = SHORTCUTS.map(({ act }) => actOfStart([`--act=${act}`], 'traboule'));
  expect(acts).toEqual([
    { kind: 'open', opening: { kind: 'command', command: 'search' } },
    { kind: 'open', opening: { kind: 'command', command: 'new-salon' } },
    { kind: 'open', opening: { kind: 'command', command: 'show-files' } },
    { kind: 'toggle-quiet' },
  ]);
});
