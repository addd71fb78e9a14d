import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import type { Person } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { GrowingTextarea } from '../ui/growing-textarea.tsx';
import { AtIcon, PaperclipIcon, PaperPlaneRightIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import type { ConversationModel } from './conversation-model.ts';
import { EmojiButton } from './emoji-button.tsx';
import { MentionList } from './mention-list.tsx';
import { mentionedIn } from './mentions.ts';
import type { FileDrop } from './use-file-drop.ts';
import { useMentions } from './use-mentions.ts';
import './composer.css';

interface Props {
  readonly model: ConversationModel;
  readonly salonName: string;
  readonly drop: FileDrop;
}

/**
 * Where one writes. Enter sends, Shift+Enter begins a line, Up in an empty one edits the last message; pasted files
 * and pictures go into the folder; what is begun is kept.
 */
export function Composer({ model, salonName, drop }: Props) {
  const { t } = useWords();
  const members = useOthers();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useDraft(model.salonId);
  useEffect(() => focusUnlessWriting(area.current), []);
  useEffect(() => model.onComposerWanted(() => area.current?.focus()), [model]);
  const insert = useInsertion(area, text, setText);
  const mentions = useMentions(area, text, setText, members);
  const change = (next: string) => {
    setText(next);
    if (next !== '') model.typed();
  };
  const send = () => {
    if (text.trim() === '') return;
    void model.send(text.trim(), mentionedIn(text, members));
    setText('');
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const plain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.nativeEvent.isComposing || !plain || mentions.onKeyDown(event)) return;
    if (event.key === 'Enter') send();
    else if (event.key === 'ArrowUp' && text === '') model.editLast();
    else return;
    event.preventDefault();
  };
  return (
    <div className="composer" data-pane-part="composer">
      <MentionList mentions={mentions} />
      <GrowingTextarea
        ref={area}
        className="composer-text"
        label={t('chat:compose.label', { name: salonName })}
        placeholder={t('chat:compose.label', { name: salonName })}
        value={text}
        onChange={change}
        onKeyDown={onKeyDown}
        onSelect={mentions.look}
        onBlur={mentions.close}
        onPaste={(event) => pasteFiles(event, drop)}
        listbox={mentions.open ? { id: mentions.listId, active: mentions.activeId } : null}
      />
      <div className="composer-tools">
        <IconButton icon={PaperclipIcon} label={t('chat:compose.attach')} onPress={() => void drop.pick()} />
        <EmojiButton label={t('chat:compose.emoji')} onChoose={insert} />
        <IconButton icon={AtIcon} label={t('chat:compose.mention')} onPress={() => insert('@')} />
        <span className="composer-space" />
        <Button tone="soft" icon={PaperPlaneRightIcon} filled isDisabled={text.trim() === ''} onPress={send}>
          {t('chat:compose.send')}
        </Button>
      </div>
    </div>
  );
}

/** Everyone in the salon whom one may mean: oneself is not. */
function useOthers(): readonly Person[] {
  const { chat } = useWorkspace();
  const self = useStore(chat.self);
  const details = useStore(chat.details);
  return (details?.members ?? []).filter(({ userId }) => userId !== self?.userId);
}

/** The conversation was opened to write in it, unless the person is writing elsewhere. */
function focusUnlessWriting(area: HTMLTextAreaElement | null): void {
  if (!document.activeElement?.matches('input, textarea')) area?.focus({ preventScroll: true });
}

/** The text of the composer, kept per salon. What is typed before the draft was read wins. */
function useDraft(salonId: string): [string, (text: string) => void] {
  const { drafts } = useWorkspace();
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    const take = async () => {
      const kept = await drafts.read(salonId);
      if (!gone) setText((typed) => typed ?? kept);
    };
    void take();
    const stop = drafts.givenBack.subscribe(() => {
      const back = drafts.givenBack.get();
      if (back?.salonId === salonId) setText(back.text);
    });
    return () => {
      gone = true;
      stop();
    };
  }, [drafts, salonId]);
  const change = (next: string) => {
    setText(next);
    drafts.write(salonId, next);
  };
  return [text ?? '', change];
}

/** Puts something at the caret and the caret after it. */
function useInsertion(
  area: React.RefObject<HTMLTextAreaElement | null>,
  text: string,
  setText: (text: string) => void,
): (piece: string) => void {
  return (piece) => {
    const { selectionStart: from = text.length, selectionEnd: to = text.length } = area.current ?? {};
    const glue = piece === '@' && from > 0 && !/\s/u.test(text[from - 1] ?? ' ') ? ' ' : '';
    setText(text.slice(0, from) + glue + piece + text.slice(to));
    const caret = from + glue.length + piece.length;
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(caret, caret);
    });
  };
}

function pasteFiles(event: ClipboardEvent, drop: FileDrop): void {
  const files = [...event.clipboardData.files];
  if (files.length === 0) return;
  event.preventDefault();
  void drop.add(files);
}
