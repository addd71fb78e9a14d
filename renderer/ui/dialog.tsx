import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import './dialog.css';

interface Props {
  readonly title: string;
  readonly subtitle?: string;
  readonly onClose: () => void;
  /** False while something runs that a click beside the dialog must not cut off. */
  readonly dismissable?: boolean;
  readonly alert?: boolean;
  /** Pixels; 560 by default. */
  readonly width?: number;
  readonly children: ReactNode;
}

/** A question over the page. Escape and a click beside it close it; the focus goes back to where it was. */
export function Dialog({
  title,
  subtitle,
  onClose,
  dismissable = true,
  alert,
  width = 560,
  children,
}: Props) {
  return (
    <ModalOverlay
      className="veil"
      isOpen
      isDismissable={dismissable}
      isKeyboardDismissDisabled={!dismissable}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="dialog-frame" style={{ width }}>
        <AriaDialog className="dialog" role={alert ? 'alertdialog' : 'dialog'}>
          <div className="dialog-head">
            <Heading slot="title" level={1} className="dialog-title">
              {title}
            </Heading>
            {subtitle && <p className="secondary">{subtitle}</p>}
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The buttons at the end of a dialog. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className="dialog-actions">{children}</div>;
}
