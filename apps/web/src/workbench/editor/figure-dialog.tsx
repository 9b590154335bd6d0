import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { GapCursor } from '@tiptap/pm/gapcursor';
import { Selection, type Transaction } from '@tiptap/pm/state';
import type { Editor } from '@tiptap/react';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../api/api';
import { useCommon, useMessages } from '../../messages/language';
import { Dialog } from '../../shell/dialog';
import { ProblemText } from '../../shell/problem-text';
import { messages } from '../messages';
import classes from './figure-dialog.module.css';

/** What reads PDFs is heavier than the editor: it comes when somebody chooses one. */
const PdfPagePicker = lazy(() => import('./pdf-page-picker'));

export type FigureTarget =
  | { readonly kind: 'new'; readonly file: File | null }
  | { readonly kind: 'existing'; readonly attrs: { readonly [name: string]: unknown } };

type Image = { readonly sha256: string; readonly mediaType: string };

/** Places a figure or changes one: the image goes to the server at once, its title and the text that stands for it are required. */
export const FigureDialog = ({
  editor,
  target,
  onClose,
}: {
  readonly editor: Editor;
  readonly target: FigureTarget;
  readonly onClose: () => void;
}) => {
  const t = useMessages(messages);
  const common = useCommon();
  const before = target.kind === 'existing' ? target.attrs : {};
  const input = useRef<HTMLInputElement>(null);
  const [image, setImage] = useState<Image | null>(
    target.kind === 'existing' ? { sha256: String(before['sha256']), mediaType: String(before['mediaType']) } : null,
  );
  const [alt, setAlt] = useState(String(before['alt'] ?? ''));
  const [caption, setCaption] = useState(String(before['caption'] ?? ''));
  const [tried, setTried] = useState(false);
  const [pdf, setPdf] = useState<File | null>(null);
  const upload = useMutation({
    mutationFn: (picture: Blob) => api.placeFigure(picture),
    onSuccess: ({ sha256, mediaType }) => {
      setImage({ sha256, mediaType });
      setPdf(null);
    },
  });
  // While a PDF is open, the picture of before is no longer chosen and none of its pages is yet.
  const chosen = pdf ? null : image;
  const removed = chosen ? (upload.data?.removed ?? []) : [];
  const dropped = target.kind === 'new' ? target.file : null;
  const { mutate } = upload;
  const take = useCallback(
    (file: File): void => {
      if (isPdf(file)) setPdf(file);
      else {
        setPdf(null);
        mutate(file);
      }
    },
    [mutate],
  );
  useEffect(() => {
    if (dropped) take(dropped);
  }, [dropped, take]);

  const place = (): void => {
    setTried(true);
    if (!chosen || alt.trim() === '' || caption.trim() === '') return;
    const attrs = { ...chosen, alt: alt.trim(), caption: caption.trim() };
    if (target.kind === 'existing') editor.chain().focus().updateAttributes('figure', attrs).run();
    else {
      const place = placeFor(editor);
      const after = (typeof place === 'number' ? place : place.from) + 1;
      editor
        .chain()
        .focus()
        .insertContentAt(place, { type: 'figure', attrs })
        .command(({ tr }) => goOnFrom(tr, after))
        .run();
    }
    onClose();
  };

  return (
    <Dialog onClose={onClose} title={t.figureTitle} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          place();
        }}
      >
        <Stack>
          {pdf ? (
            <Suspense fallback={<span role="status">{t.pdfOpening}</span>}>
              <PdfPagePicker
                key={`${pdf.name} ${pdf.lastModified} ${pdf.size}`}
                file={pdf}
                onPick={(picture) => upload.mutate(picture)}
              />
            </Suspense>
          ) : (
            <div className={classes.image} aria-busy={upload.isPending}>
              {image ? <img src={`/api/figures/${image.sha256}`} alt={alt} /> : <span>{t.figureFile}</span>}
            </div>
          )}
          <Group>
            <Button variant="default" loading={upload.isPending} onClick={() => input.current?.click()} data-autofocus>
              {image ? t.figureReplace : t.figureChoose}
            </Button>
            {upload.isPending && <span role="status">{t.figureUploading}</span>}
            <input
              ref={input}
              type="file"
              accept="image/png,image/jpeg,image/svg+xml,application/pdf"
              className="visually-hidden"
              tabIndex={-1}
              aria-label={t.figureFile}
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                event.currentTarget.value = '';
                if (file) take(file);
              }}
            />
          </Group>
          {removed.length > 0 && <span role="status">{t.figureRemoved(removed)}</span>}
          {upload.isError && <ProblemText error={upload.error} />}
          {tried && !chosen && !upload.isPending && (
            <span className={classes.error}>{pdf ? t.pdfMissing : t.figureMissing}</span>
          )}
          <Textarea
            label={t.figureAlt}
            description={t.figureAltHelp}
            autosize
            minRows={2}
            maxLength={2000}
            value={alt}
            error={tried && alt.trim() === '' ? t.figureAltMissing : undefined}
            onChange={(event) => setAlt(event.currentTarget.value)}
          />
          <TextInput
            label={t.figureCaption}
            maxLength={2000}
            value={caption}
            error={tried && caption.trim() === '' ? t.figureCaptionMissing : undefined}
            onChange={(event) => setCaption(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" disabled={upload.isPending}>
              {target.kind === 'existing' ? t.figureSave : t.figurePlace}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};

const isPdf = (file: File): boolean => file.type === 'application/pdf' || /\.pdf$/i.test(file.name);

/** After the paragraph with the cursor, so that no sentence is split; in the place of an empty one at the top level. */
const placeFor = (editor: Editor): number | { from: number; to: number } => {
  const { $from, to } = editor.state.selection;
  if (!$from.parent.isTextblock) return to;
  return $from.depth === 1 && $from.parent.content.size === 0
    ? { from: $from.before(), to: $from.after() }
    : $from.after();
};

/** What is typed next stands below the figure, also where nothing follows it yet. */
const goOnFrom = (tr: Transaction, after: number): true => {
  const $after = tr.doc.resolve(after);
  tr.setSelection($after.nodeAfter === null ? new GapCursor($after) : Selection.near($after));
  return true;
};
