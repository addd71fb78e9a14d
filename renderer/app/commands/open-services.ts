import { openService } from '../../salons/open-service.ts';
import type { Workspace } from '../../salons/stores/workspace.ts';
import type { Command } from './command.ts';

/** One command a service of the organisation: the search finds them by their names. */
export const openServices = ({ offers }: Pick<Workspace, 'offers'>): readonly Command[] =>
  offers.get().services.map((service) => ({
    id: `open-service-${service.id}`,
    name: ({ format }) => service.name[format.language],
    keys: [],
    group: 'go',
    found: true,
    perform: (workspace) => void openService(service, workspace),
  }));
