import { expect, test } from 'vitest';
import { rig } from '../../../e2e/gallery/rig.ts';
import { frenchWords } from '../../i18n/testing.ts';

test('that this computer is nearly out of memory is said, with what is kept and what to do', () => {
  const { stage, workspace } = rig();
  stage.main.emit('app', 'memoryShort', undefined);
  const [toast] = workspace.toasts.shown.get();
  expect(toast?.tone).toBe('bad');
  expect(toast?.text(frenchWords)).toMatch(/^La mémoire de ce PC est presque pleine.*gardés.*fermez/);
  workspace.dispose();
});
