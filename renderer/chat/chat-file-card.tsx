import { useWords, type Words } from '../i18n/index.ts';
import type { TimelineContent } from '../matrix/protocol.ts';
import type { Media } from '../salons/stores/media-store.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { FloppyDiskIcon, XIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import { fetchLine, partFetched } from './fetch-line.ts';
import { FileCard } from './file-cards.tsx';
import { saveBlob } from './save-blob.ts';

type ChatFile = Extract<TimelineContent, { kind: 'file' }>;

/** A file that another client sent through the chat: lies on the chat server, not in the folder. */
export function ChatFileCard({ content }: { readonly content: ChatFile }) {
  const words = useWords();
  const { t } = words;
  const { media, announcer } = useWorkspace();
  const { name } = content;
  const file = useStore(media.file(content.media));
  const save = async () => {
    const blob = await media.fetchFile(content.media);
    if (blob) return saveBlob(blob, name);
    if (media.file(content.media).get().state === 'failed') announcer.say(t('chat:fetch.failed', { name }));
  };
  const isLoading = file.state === 'loading';
  return (
    <FileCard
      name={name}
      line={lineOf(file, content, words)}
      bad={file.state === 'failed'}
      progress={
        isLoading ? { part: partFetched(file.progress), label: t('chat:fetch.label', { name }) } : undefined
      }
      actions={
        isLoading ? (
          <Button icon={XIcon} onPress={() => media.stopFile(content.media)}>
            {t('chat:fetch.stop')}
          </Button>
        ) : (
          <Button icon={FloppyDiskIcon} onPress={() => void save()}>
            {file.state === 'failed' ? t('common:retry') : t('common:save')}
          </Button>
        )
      }
    />
  );
}

function lineOf(file: Media, { media }: ChatFile, words: Words): string {
  const { t, format } = words;
  if (file.state === 'failed') return t('chat:file.fetchFailed');
  if (file.state === 'loading') return fetchLine(file.progress ?? { received: 0, total: media.size }, words);
  return media.size === null
    ? t('chat:file.inChat')
    : t('chat:file.inChatSized', { size: format.size(media.size) });
}
