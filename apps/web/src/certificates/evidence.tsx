import { Button, FileButton, Textarea } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useState } from 'react';
import { request } from '../api/client';
import { useRefresh } from '../api/queries';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { notify } from '../shell/notices';
import table from '../shell/table.module.css';
import classes from './certificates.module.css';
import { certificatesMessages } from './messages';

export type EvidenceFile = {
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  readonly byteSize: number;
};

/** Attaches a file to the entry of a register whose evidence is at `path`. */
export const attachEvidence = (path: string, file: File): Promise<unknown> =>
  request(path, {
    method: 'POST',
    query: { fileName: file.name },
    raw: { content: file, mediaType: 'application/octet-stream' },
  });

export const sizeOf = (bytes: number): string =>
  bytes < 1_000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${Math.round(bytes / 1_000)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** 証憑: files that show that something is so, to download, to attach and to take off again. */
export const Evidence = ({
  path,
  files,
  mayChange,
  reliedOn = [],
}: {
  /** `/api/certificates/{id}/evidence` */
  readonly path: string;
  readonly files: readonly EvidenceFile[];
  readonly mayChange: boolean;
  /** Hashes of those that a result is based on: they stay. */
  readonly reliedOn?: readonly string[];
}) => {
  const m = useMessages(certificatesMessages);
  const refresh = useRefresh();
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState<EvidenceFile | null>(null);
  const attach = async (chosen: readonly File[]): Promise<void> => {
    setBusy(true);
    try {
      for (const file of chosen) await attachEvidence(path, file);
      if (chosen.length > 0) notify.done(m.evidenceAttached(chosen.length));
    } catch (problem) {
      notify.problem(problem);
    } finally {
      await refresh();
      setBusy(false);
    }
  };
  return (
    <>
      {files.length === 0 ? (
        <p className={classes.line}>{m.evidenceNone}</p>
      ) : (
        <ul className={classes.files}>
          {files.map((file) => (
            <li key={file.sha256}>
              <span>
                <a href={`${path}/${file.sha256}`} download={file.name}>
                  {file.name}
                </a>
                <span className={table.second}>
                  {sizeOf(file.byteSize)}
                  {reliedOn.includes(file.sha256) && `・${m.evidenceReliedOn}`}
                </span>
              </span>
              {mayChange && !reliedOn.includes(file.sha256) && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="seal"
                  aria-label={m.evidenceRemoveOf(file.name)}
                  onClick={() => setRemoving(file)}
                >
                  {m.evidenceRemove}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && (
        <div className={classes.attach}>
          <FileButton multiple onChange={(chosen) => void attach(chosen)}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                size="sm"
                loading={busy}
                leftSection={<IconPaperclip size={16} stroke={1.6} aria-hidden />}
              >
                {m.evidenceAttach}
              </Button>
            )}
          </FileButton>
          <span className={classes.quiet}>{m.evidenceHelp}</span>
        </div>
      )}
      {removing && <RemoveDialog path={path} file={removing} onClose={() => setRemoving(null)} />}
    </>
  );
};

const RemoveDialog = ({
  path,
  file,
  onClose,
}: {
  readonly path: string;
  readonly file: EvidenceFile;
  readonly onClose: () => void;
}) => {
  const m = useMessages(certificatesMessages);
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.evidenceRemoveTitle(file.name)}
      about={m.evidenceRemoveAbout}
      now={m.evidenceRemoveNow}
      done={m.evidenceRemoved}
      dangerous
      onClose={onClose}
      command={() => {
        setChecked(true);
        if (reason.trim() === '') return null;
        return request(`${path}/${file.sha256}/removal`, { method: 'POST', body: { reason: reason.trim() } });
      }}
    >
      <Textarea
        label={m.reason}
        data-autofocus
        autosize
        minRows={2}
        maxLength={2000}
        value={reason}
        error={checked && reason.trim() === '' && m.required}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </CommandDialog>
  );
};
