import { useState } from 'react';
import { Dialog, DialogTrigger, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import { IconButton } from '../ui/button.tsx';
import { SmileyIcon } from '../ui/icons.ts';
import { EMOJI } from './emoji-list.ts';
import './emoji-button.css';

interface Props {
  readonly label: string;
  readonly onChoose: (emoji: string) => void;
  readonly onOpenChange?: (open: boolean) => void;
}

/** A button that opens a small grid of emoji; arrows move in it, Enter chooses. */
export function EmojiButton({ label, onChoose, onOpenChange }: Props) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const change = (next: boolean) => {
    setOpen(next);
    onOpenChange?.(next);
  };
  return (
    <DialogTrigger isOpen={open} onOpenChange={change}>
      <IconButton icon={SmileyIcon} label={label} />
      <Popover className="popover" placement="top start">
        <Dialog aria-label={label} className="emoji-dialog">
          <ListBox
            aria-label={label}
            layout="grid"
            className="emoji-grid"
            selectionMode="none"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person just opened this grid
            autoFocus="first"
            onAction={(emoji) => {
              onChoose(String(emoji));
              change(false);
            }}
          >
            {EMOJI.map(([emoji, name]) => (
              <ListBoxItem
                key={name}
                id={emoji}
                textValue={t(`chat:emoji.${name}`)}
                aria-label={t(`chat:emoji.${name}`)}
                className="emoji"
              >
                <span aria-hidden>{emoji}</span>
              </ListBoxItem>
            ))}
          </ListBox>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
