import { app } from 'electron';
import { linkAmong, salonOfLink } from './links.ts';

/** Opens what a link names, or only brings the window to the front (null). */
type OpenSalon = (salonId: string | null) => void;

/**
 * Lets one program run per data folder: a second start hands over its link and ends. Answers whether this one may run.
 * `open` is called for the link of this start too, as soon as it is set.
 */
export function takeSingleInstance(scheme: string): { isFirst: boolean; onOpen: (open: OpenSalon) => void } {
  const isFirst = app.requestSingleInstanceLock();
  let open: OpenSalon | null = null;
  let early: string[] = [];

  const handle = (link: string | null): void => {
    if (open) open(link === null ? null : salonOfLink(link, scheme));
    else if (link !== null) early.push(link);
  };
  app.on('second-instance', (_event, args) => handle(linkAmong(args, scheme)));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    handle(link);
  });
  handle(linkAmong(process.argv.slice(1), scheme));

  return {
    isFirst,
    onOpen: (listener) => {
      open = listener;
      for (const link of early) handle(link);
      early = [];
    },
  };
}
