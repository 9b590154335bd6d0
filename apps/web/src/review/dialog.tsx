import { Modal } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useCommon } from '../messages/language';

/** A dialog in the page: keeps the focus and gives it back, closes on Escape, and its button to close has a name. */
export const Dialog = ({
  title,
  size = 'md',
  onClose,
  children,
}: {
  readonly title: string;
  readonly size?: 'md' | 'lg';
  readonly onClose: () => void;
  readonly children: ReactNode;
}) => {
  const t = useCommon();
  // Ours are unmounted when they close, which Mantine's own return of the focus does not see.
  const [opener] = useState(() => document.activeElement);
  useEffect(() => () => (opener as HTMLElement | null)?.focus?.(), [opener]);
  return (
    <Modal.Root opened onClose={onClose} size={size} centered>
      <Modal.Overlay />
      <Modal.Content>
        {/* A header element would be taken for the page's banner. */}
        <Modal.Header role="presentation">
          <Modal.Title fw={650}>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t.close} />
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
};
