import { Modal } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useCommon } from '../messages/language';

/**
 * A dialog in the page: keeps the focus and gives it back, closes on Escape, and its button to close has a name. A click beside it
 * does not close it: what was typed would be lost.
 */
export const Dialog = ({
  title,
  size = 'md',
  busy = false,
  onClose,
  children,
}: {
  readonly title: string;
  readonly size?: 'md' | 'lg' | 'wide';
  /** Something is being sent: the dialog stays, so that a failure is seen. */
  readonly busy?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) => {
  const t = useCommon();
  // Ours are unmounted when they close, which Mantine's own return of the focus does not see.
  const [opener] = useState(() => document.activeElement);
  useEffect(() => () => (opener as HTMLElement | null)?.focus?.(), [opener]);
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={size === 'wide' ? '56rem' : size}
      centered
      closeOnClickOutside={false}
      closeOnEscape={!busy}
    >
      <Modal.Overlay />
      <Modal.Content>
        {/* A header element would be taken for the page's banner. */}
        <Modal.Header role="presentation">
          <Modal.Title fw={650}>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t.close} disabled={busy} />
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
};
