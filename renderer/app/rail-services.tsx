import { Button } from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import { openService } from '../salons/open-service.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { cx } from '../ui/cx.ts';
import { ArrowSquareOutIcon } from '../ui/icons.ts';
import { SERVICE_PICTURES } from '../ui/service-icons.ts';
import { useSelected } from '../ui/store.ts';
import { railName } from './rail-name.ts';

/** The organisation's other services, below the modules; those that open in the browser say so. */
export function RailServices() {
  const { t, format } = useWords();
  const workspace = useWorkspace();
  const { navigation, offers } = workspace;
  const chosen = useSelected(navigation.place, ({ module, serviceId }) =>
    module === 'service' ? serviceId : null,
  );
  const services = useSelected(offers, (now) => now.services);
  if (services.length === 0) return null;
  return (
    <div className="rail-services" role="group" aria-label={t('services:title')}>
      {services.map((service) => {
        const Picture = SERVICE_PICTURES[service.icon];
        const isChosen = service.id === chosen;
        return (
          <Button
            key={service.id}
            className={cx('rail-button', isChosen && 'rail-button-on')}
            {...(isChosen ? { 'aria-current': 'page' } : {})}
            onPress={() => void openService(service, workspace)}
          >
            <Picture size={23} weight={isChosen ? 'fill' : 'regular'} aria-hidden />
            <span className="rail-name">{railName(service.name[format.language], format.language)}</span>
            {service.opens === 'browser' && (
              <span className="rail-away">
                <ArrowSquareOutIcon size={11} aria-hidden />
                <span className="visually-hidden">{t('services:opensInBrowser')}</span>
              </span>
            )}
          </Button>
        );
      })}
    </div>
  );
}
