import { useEffect } from 'react';
import { CallsPage } from '../calls/calls-page.tsx';
import { RingingCards } from '../calls/ringing-cards.tsx';
import { FilesPage } from '../files/files-page.tsx';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { ServicePage } from '../services/service-page.tsx';
import { DiagnosticsPage } from '../settings/diagnostics/diagnostics-page.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { useSelected, useStore } from '../ui/store.ts';
import { Dialogs } from './dialogs.tsx';
import { Guarded } from './guarded.tsx';
import { focusWhenLost } from './panes.ts';
import { Rail } from './rail.tsx';
import { SalonsPage } from './salons-page.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import './frame.css';

/** The window once signed in: the rail and the module in front. */
export function Frame() {
  const workspace = useWorkspace();
  useShortcuts(workspace);
  return (
    <div className="frame">
      <Rail />
      <Guarded>
        <ModuleInFront />
        <Dialogs />
      </Guarded>
      <RingingCards />
    </div>
  );
}

function ModuleInFront() {
  const { navigation } = useWorkspace();
  const module = useSelected(navigation.place, (place) => place.module);
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the module took the focus with it
  useEffect(() => focusWhenLost(document), [module]);
  switch (module) {
    case 'salons':
      return <SalonsPage />;
    case 'files':
      return <FilesPage />;
    case 'calls':
      return <CallsPage />;
    case 'settings':
      return <SettingsPage />;
    case 'service':
      return <ServiceInFront />;
    case 'diagnostics':
      return <DiagnosticsPage from="settings" />;
  }
}

function ServiceInFront() {
  const { navigation, offers } = useWorkspace();
  const id = useSelected(navigation.place, (place) => place.serviceId);
  const service = useStore(offers).services.find((each) => each.id === id);
  return service ? <ServicePage key={service.id} service={service} /> : <SalonsPage />;
}
