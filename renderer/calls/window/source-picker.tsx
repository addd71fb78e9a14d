import { useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { ScreenSource } from '../../../preload/contract/calls.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { AppWindowIcon, MonitorIcon } from './icons.ts';
import { useCallWords } from './words.ts';

interface Props {
  readonly sources: readonly ScreenSource[];
  readonly onChoose: (sourceId: string | null) => void;
}

/** Our own picker of screens and windows, there while the conference waits for one. */
export function SourcePicker({ sources, onChoose }: Props) {
  const t = useCallWords();
  const [chosen, choose] = useState<string | null>(null);
  return (
    <Dialog
      title={t('sources.title')}
      subtitle={t('sources.subtitle')}
      width={720}
      onClose={() => onChoose(null)}
    >
      {sources.length === 0 && <p>{t('sources.none')}</p>}
      <SourceList kind="screen" sources={sources} chosen={chosen} onSelect={choose} onChoose={onChoose} />
      <SourceList kind="window" sources={sources} chosen={chosen} onSelect={choose} onChoose={onChoose} />
      <DialogActions>
        <Button onPress={() => onChoose(null)}>{t('common:cancel')}</Button>
        <Button tone="primary" isDisabled={chosen === null} onPress={() => onChoose(chosen)}>
          {t('sources.share')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

interface ListProps extends Props {
  readonly kind: ScreenSource['kind'];
  readonly chosen: string | null;
  readonly onSelect: (sourceId: string) => void;
}

/** One group of pictures; Enter or a double click on one shares it at once. */
function SourceList({ kind, sources, chosen, onSelect, onChoose }: ListProps) {
  const t = useCallWords();
  const Icon = kind === 'screen' ? MonitorIcon : AppWindowIcon;
  const title = t(kind === 'screen' ? 'sources.screens' : 'sources.windows');
  const own = sources.filter((source) => source.kind === kind);
  if (own.length === 0) return null;
  // The system names screens in its own language, or not at all.
  const screenName = (index: number) =>
    own.length === 1 ? t('sources.wholeScreen') : t('sources.screenNumber', { number: index + 1 });
  return (
    <section className="sources">
      <h2>{title}</h2>
      <ListBox
        aria-label={title}
        layout="grid"
        className="sources-list"
        selectionMode="single"
        selectionBehavior="replace"
        escapeKeyBehavior="none"
        selectedKeys={own.some(({ id }) => id === chosen) && chosen !== null ? [chosen] : []}
        onSelectionChange={(keys) => {
          for (const key of keys === 'all' ? [] : keys) onSelect(String(key));
        }}
        onAction={(key) => onChoose(String(key))}
      >
        {own.map(({ id, name, thumbnail }, index) => (
          <ListBoxItem
            key={id}
            id={id}
            textValue={kind === 'screen' ? screenName(index) : name}
            className="source"
          >
            <img src={thumbnail} alt="" draggable={false} className="source-picture" />
            <span className="source-name">
              <Icon size={16} aria-hidden />
              <span className="cut">{kind === 'screen' ? screenName(index) : name}</span>
            </span>
          </ListBoxItem>
        ))}
      </ListBox>
    </section>
  );
}
