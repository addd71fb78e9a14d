import { expect, test, vi } from 'vitest';
import { rig } from '../../../e2e/gallery/rig.ts';
import { troubledDiagnostics } from '../../../e2e/gallery/world/diagnostics.ts';
import { frenchWords } from '../../i18n/testing.ts';

test('a stop is offered once, with the way to the diagnostics', async () => {
  const { stage, workspace, asked } = rig((each) => {
    each.world.diagnostics = troubledDiagnostics();
  });
  await workspace.load();
  const [toast] = workspace.toasts.shown.get();
  expect(toast?.text(frenchWords)).toBe(
    'Traboule s’est arrêté de façon inattendue la dernière fois. Aucun rapport n’a été envoyé.',
  );
  toast?.act?.act();
  expect(workspace.navigation.place.get().module).toBe('diagnostics');
  expect(asked('diagnostics.dismissCrashes')).toHaveLength(1);
  workspace.toasts.close(toast?.id ?? 0);
  stage.main.emit('diagnostics', 'crashed', undefined);
  await vi.waitFor(() => expect(asked('diagnostics.state')).toHaveLength(2));
  expect(workspace.toasts.shown.get()).toEqual([]);
  workspace.dispose();
});

test('a part that stops meanwhile is named', async () => {
  const { stage, workspace } = rig();
  await workspace.load();
  expect(workspace.toasts.shown.get()).toEqual([]);
  stage.world.diagnostics = { ...troubledDiagnostics(), unseen: 1 };
  stage.world.diagnostics.crashes = stage.world.diagnostics.crashes.slice(0, 1);
  stage.main.emit('diagnostics', 'crashed', undefined);
  await vi.waitFor(() => expect(workspace.toasts.shown.get()).toHaveLength(1));
  expect(workspace.toasts.shown.get()[0]?.text(frenchWords)).toMatch(
    /Les fichiers. Aucun rapport n’a été envoyé.$/,
  );
  workspace.dispose();
});
