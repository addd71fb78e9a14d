import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';

const TALLEST_PX = 200;

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly className?: string;
  readonly disabled?: boolean;
  /** The caret goes to the end at first. */
  readonly focusAtEnd?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  readonly onPaste?: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  readonly onSelect?: () => void;
  readonly onBlur?: () => void;
  /** For a list of suggestions beside it. */
  readonly listbox?: { readonly id: string; readonly active: string | undefined } | null;
  readonly ref?: Ref<HTMLTextAreaElement | null>;
}

/** A text area as tall as its text, up to a limit where it scrolls. */
export function GrowingTextarea({
  label,
  value,
  onChange,
  focusAtEnd,
  disabled,
  listbox,
  ref,
  ...rest
}: Props) {
  const own = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle<HTMLTextAreaElement | null, HTMLTextAreaElement | null>(ref, () => own.current);
  useLayoutEffect(() => {
    const area = own.current;
    if (!area) return;
    area.style.height = 'auto';
    const borders = area.offsetHeight - area.clientHeight;
    area.style.height = `${Math.min(TALLEST_PX, area.scrollHeight + borders)}px`;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the text decides the height
  }, [value]);
  useLayoutEffect(() => {
    const area = own.current;
    if (!focusAtEnd || !area) return;
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }, [focusAtEnd]);
  const suggestions = listbox
    ? {
        'aria-haspopup': 'listbox' as const,
        'aria-controls': listbox.id,
        'aria-activedescendant': listbox.active,
      }
    : {};
  return (
    <textarea
      {...rest}
      {...suggestions}
      ref={own}
      rows={1}
      aria-label={label}
      value={value}
      disabled={disabled ?? false}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
