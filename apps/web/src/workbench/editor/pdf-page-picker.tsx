import { Button, Group, NumberInput, Stack } from '@mantine/core';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useState } from 'react';
import { useMessages } from '../../messages/language';
import { messages } from '../messages';
import classes from './figure-dialog.module.css';
import { drawPage, NoPdf, openPdf, type WhyNoPdf } from './pdf-pages';

/** Chooses a page of a PDF, which becomes a picture on this device: the file itself is not sent. */
const PdfPagePicker = ({ file, onPick }: { readonly file: File; readonly onPick: (picture: Blob) => void }) => {
  const t = useMessages(messages);
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const [page, setPage] = useState(1);
  const [shown, setShown] = useState<string | null>(null);
  const [why, setWhy] = useState<WhyNoPdf | null>(null);
  const [drawing, setDrawing] = useState(false);
  const refused = (error: unknown): void => setWhy(error instanceof NoPdf ? error.why : 'damaged');

  useEffect(() => {
    let left = false;
    const opening = openPdf(file);
    opening.then((opened) => !left && setPdf(opened), refused);
    return () => {
      left = true;
      void opening.then((opened) => opened.destroy()).catch(() => undefined);
    };
  }, [file]);

  useEffect(() => {
    if (!pdf) return;
    let left = false;
    let url: string | null = null;
    setWhy(null);
    setShown(null);
    drawPage(pdf, page, [72]).then((preview) => {
      if (left) return;
      url = URL.createObjectURL(preview);
      setShown(url);
    }, refused);
    return () => {
      left = true;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [pdf, page]);

  const pick = async (): Promise<void> => {
    if (!pdf || shown === null || drawing) return;
    setDrawing(true);
    await drawPage(pdf, page).then(onPick, refused);
    setDrawing(false);
  };

  return (
    <Stack gap="sm" role="group" aria-label={t.pdfPage}>
      <div className={classes.image} aria-busy={shown === null && why === null}>
        {why !== null ? (
          <span role="alert" className={classes.error}>
            {t.pdfRefused[why]}
          </span>
        ) : shown === null ? (
          <span role="status">{t.pdfOpening}</span>
        ) : (
          <img src={shown} alt={t.pdfPreview(page)} />
        )}
      </div>
      {pdf && (
        <Group align="end">
          <NumberInput
            label={t.pdfWhich(pdf.numPages)}
            value={page}
            min={1}
            max={pdf.numPages}
            clampBehavior="strict"
            allowDecimal={false}
            w="9rem"
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              event.preventDefault(); // it answers for the page, not for the whole form
              void pick();
            }}
            onChange={(value) => typeof value === 'number' && value >= 1 && value <= pdf.numPages && setPage(value)}
          />
          <Button onClick={() => void pick()} loading={drawing} disabled={shown === null}>
            {t.pdfPick}
          </Button>
        </Group>
      )}
    </Stack>
  );
};

export default PdfPagePicker;
