import { type HTMLInputTypeAttribute, type ReactNode, type Ref, useState } from 'react';
import { TextField as AriaTextField, Button, FieldError, Input, Label, Text } from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import { cx } from './cx.ts';
import { EyeIcon, EyeSlashIcon } from './icons.ts';
import './field.css';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: HTMLInputTypeAttribute;
  readonly autoComplete?: string;
  readonly placeholder?: string;
  readonly hint?: string;
  /** What is wrong, in words; the field is then invalid. */
  readonly error?: string | null;
  readonly focusFirst?: boolean;
  readonly disabled?: boolean;
  readonly maxLength?: number;
  readonly spellCheck?: boolean;
  readonly className?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** One line of text with its label above, a hint and what is wrong below. */
export function TextField(props: Props) {
  const { frame, input } = partsOf(props);
  return (
    <Frame {...frame}>
      <Input {...input} className="field-input" />
    </Frame>
  );
}

/** A password, which the person can look at while typing. */
export function PasswordField(props: Omit<Props, 'type'>) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  const { frame, input } = partsOf(props);
  return (
    <Frame {...frame}>
      <span className="field-with-button">
        <Input {...input} type={shown ? 'text' : 'password'} className="field-input" />
        <Button
          className="icon-button field-eye"
          aria-label={shown ? t('common:hidePassword') : t('common:showPassword')}
          onPress={() => setShown(!shown)}
        >
          {shown ? <EyeSlashIcon size={20} aria-hidden /> : <EyeIcon size={20} aria-hidden />}
        </Button>
      </span>
    </Frame>
  );
}

/** What is around the input, and the input itself. */
function partsOf(props: Props) {
  const { label, value, onChange, hint, error, disabled, focusFirst, className, inputRef, ...rest } = props;
  return {
    frame: { label, value, onChange, hint, error, disabled, focusFirst, className },
    input: { ...rest, ref: inputRef },
  };
}

type FrameProps = ReturnType<typeof partsOf>['frame'] & { readonly children: ReactNode };

function Frame({
  label,
  value,
  onChange,
  hint,
  error,
  disabled,
  focusFirst,
  className,
  children,
}: FrameProps) {
  return (
    <AriaTextField
      className={cx('field', className)}
      value={value}
      onChange={onChange}
      isInvalid={Boolean(error)}
      isDisabled={disabled ?? false}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one field of a page or dialog a person just opened
      autoFocus={focusFirst ?? false}
    >
      <Label className="field-label">{label}</Label>
      {children}
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  );
}
