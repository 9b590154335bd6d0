import { useCallback, useEffect, useRef, useState } from 'react';
import { useMessages } from '../messages/language';
import { sourceOf } from './proposals-api';
import { messages } from './proposals-messages';
import classes from './proposals-page.module.css';

/** Sharp enough to read beside its text. */
const RESOLUTIONS = [144, 96];

export type DrawPage = (page: number) => Promise<Blob>;

/** Draws pages of a proposed PDF on this device: the file and what reads it are fetched with the first page that is asked for. */
export const usePagesOf = (disclosureId: string, fileId: string): DrawPage => {
  const opening = useRef<ReturnType<typeof open> | null>(null);
  useEffect(
    () => () => {
      void opening.current?.then(({ close }) => close()).catch(() => undefined);
      opening.current = null;
    },
    [disclosureId, fileId],
  );
  return useCallback(
    async (page) => {
      const opened = (opening.current ??= open(disclosureId, fileId));
      try {
        return (await opened).draw(page);
      } catch (error) {
        // The next page tries again: the fault may have been the network's.
        if (opening.current === opened) opening.current = null;
        throw error;
      }
    },
    [disclosureId, fileId],
  );
};

const open = async (disclosureId: string, fileId: string) => {
  const [{ drawPage, openPdf }, answer] = await Promise.all([
    import('../workbench/editor/pdf-pages'),
    fetch(sourceOf(disclosureId, fileId)),
  ]);
  if (!answer.ok) throw new Error(`The file cannot be fetched: ${answer.status}`);
  const pdf = await openPdf(await answer.blob());
  return { draw: (page: number) => drawPage(pdf, page, RESOLUTIONS), close: () => pdf.destroy() };
};

/** A page as it looks, drawn when somebody comes near it. */
export const PagePicture = ({
  draw,
  page,
  source,
}: {
  readonly draw: DrawPage;
  readonly page: number;
  /** Where the file itself is. */
  readonly source: string;
}) => {
  const t = useMessages(messages);
  const frame = useRef<HTMLDivElement>(null);
  const [picture, setPicture] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let left = false;
    let url: string | null = null;
    const near = new IntersectionObserver(
      (seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        near.disconnect();
        draw(page).then(
          (drawn) => {
            if (left) return;
            url = URL.createObjectURL(drawn);
            setPicture(url);
          },
          () => !left && setFailed(true),
        );
      },
      { rootMargin: '600px' },
    );
    if (frame.current) near.observe(frame.current);
    return () => {
      left = true;
      near.disconnect();
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [draw, page]);
  return (
    <div ref={frame} className={classes.picture} aria-busy={picture === null && !failed}>
      {failed ? (
        <p role="alert">
          {t.noPicture}{' '}
          <a href={source} target="_blank" rel="noopener">
            {t.openSource}
          </a>
        </p>
      ) : picture === null ? (
        <p role="status">{t.drawing(page)}</p>
      ) : (
        <a href={picture} target="_blank" rel="noopener" title={t.enlarge}>
          <img src={picture} alt={t.picture(page)} />
        </a>
      )}
    </div>
  );
};
