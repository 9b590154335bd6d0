import { IconDownload } from '@tabler/icons-react';
import { useCommon, useMessages } from '../messages/language';
import classes from './editions.module.css';
import { editionsMessages } from './messages';

const formats = [
  ['PDF', 'disclosure.pdf'],
  ['PDF 16:9', 'disclosure-16x9.pdf'],
  ['Word', 'disclosure.docx'],
  ['HTML', 'disclosure.html'],
  ['Markdown', 'disclosure.md'],
  ['JSON', 'disclosure.json'],
] as const;

/** The files of an edition, always the same bytes for the same edition. */
export const Downloads = ({ disclosureId, number }: { readonly disclosureId: string; readonly number: number }) => {
  const m = useMessages(editionsMessages);
  const t = useCommon();
  return (
    <ul className={classes.downloads} aria-label={m.downloads}>
      {formats.map(([name, file]) => (
        <li key={file}>
          <a
            href={`/api/disclosures/${encodeURIComponent(disclosureId)}/editions/${number}/${file}`}
            download
            aria-label={m.downloadOf(t.edition(number), name)}
          >
            <IconDownload size={15} stroke={1.6} aria-hidden="true" />
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
};
