import { isSafeHref } from '@app/content/attributes';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import { useCommon, useMessages } from '../../messages/language';
import { Dialog } from '../../shell/dialog';
import { messages } from '../messages';

/** Sets, changes or removes the link at the selection. */
export const LinkDialog = ({ editor, onClose }: { readonly editor: Editor; readonly onClose: () => void }) => {
  const t = useMessages(messages);
  const common = useCommon();
  const [linked] = useState(() => editor.isActive('link'));
  const [needsText] = useState(() => editor.state.selection.empty && !linked);
  const [href, setHref] = useState(() => String(editor.getAttributes('link')['href'] ?? ''));
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const address = href.trim();
  const whole = () => {
    const chain = editor.chain().focus();
    return linked ? chain.extendMarkRange('link') : chain;
  };
  const set = (): void => {
    setTried(true);
    if (!isSafeHref(address)) return;
    if (needsText) {
      const shown = text.trim() === '' ? address : text.trim();
      whole()
        .insertContent({ type: 'text', text: shown, marks: [{ type: 'link', attrs: { href: address } }] })
        .run();
    } else {
      whole().setMark('link', { href: address }).run();
    }
    onClose();
  };
  return (
    <Dialog onClose={onClose} title={t.linkTitle}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          set();
        }}
      >
        <Stack>
          <TextInput
            label={t.linkHref}
            description={t.linkHelp}
            type="text"
            inputMode="url"
            spellCheck={false}
            data-autofocus
            value={href}
            error={tried && !isSafeHref(address) ? t.linkWrong : undefined}
            onChange={(event) => setHref(event.currentTarget.value)}
          />
          {needsText && (
            <TextInput label={t.linkText} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          )}
          <Group justify="flex-end">
            {linked && (
              <Button
                variant="default"
                me="auto"
                onClick={() => {
                  whole().unsetMark('link').run();
                  onClose();
                }}
              >
                {t.linkRemove}
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit">{t.linkSet}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
