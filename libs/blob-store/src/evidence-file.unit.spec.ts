import { readEvidence, safeName, servedAs } from './evidence-file';
import { jpeg, png } from './pictures.testing';

const bytes = (...each: readonly (number | string)[]) =>
  Buffer.concat(each.map((one) => (typeof one === 'string' ? Buffer.from(one) : Buffer.from([one]))));
const pdf = bytes('%PDF-1.7 …');
const zip = bytes('PK', 3, 4, 'MZ inside');

describe('a file that is offered as evidence', () => {
  it.each([
    ['登録証.pdf', pdf, 'application/pdf', 'application/pdf'],
    ['登録証.pdf', pdf, 'application/octet-stream', 'application/pdf'],
    ['登録証', pdf, '', 'application/pdf'],
    ['写真.JPG', jpeg(3, 3), 'image/jpeg', 'image/jpeg'],
    ['画面.png', png(3, 3), 'image/png; charset=binary', 'image/png'],
    ['一式.zip', zip, 'application/zip', 'application/zip'],
    ['表.xlsx', zip, '', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['議事録.txt', bytes('決定事項'), 'text/plain; charset=utf-8', 'text/plain'],
    ['頁.html', bytes('<script>alert(1)</script>'), 'text/html', 'text/html'],
    ['何か', bytes('…'), 'not a type', 'application/octet-stream'],
  ])('%s is taken for what it is', (name, content, claimed, mediaType) =>
    expect(readEvidence(content, name, claimed)).toEqual({ name, mediaType }),
  );

  it.each([
    ['MZ', bytes('MZ', 0x90)],
    ['ELF', bytes(0x7f, 'ELF')],
    ['Mach-O', bytes(0xcf, 0xfa, 0xed, 0xfe)],
    ['Mach-O, universal', bytes(0xca, 0xfe, 0xba, 0xbe)],
    ['script', bytes('#!/bin/sh')],
  ])('is no program (%s), whatever it is called', (_, content) =>
    expect(readEvidence(content, '登録証.pdf', 'application/pdf')).toEqual({ type: 'ExecutableFile' }),
  );

  it('is not empty', () => expect(readEvidence(bytes(), 'a.pdf', '')).toEqual({ type: 'EmptyFile' }));

  it.each([
    ['a.pdf', png(3, 3), '', 'application/pdf'],
    ['a.pdf', bytes('hello'), 'application/pdf', 'application/pdf'],
    ['a.txt', bytes('hello'), 'image/png', 'image/png'],
    ['a.png', jpeg(3, 3), 'image/jpeg', 'image/png'],
    ['a.xlsx', pdf, '', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ])('is what its name and its sender say: not %s', (name, content, said, claimed) =>
    expect(readEvidence(content, name, said)).toEqual({ type: 'NotWhatItClaims', claimed }),
  );

  it('is served as what cannot run, or as bytes', () => {
    expect(['application/pdf', 'image/png', 'image/jpeg'].map(servedAs)).toEqual([
      'application/pdf',
      'image/png',
      'image/jpeg',
    ]);
    for (const other of ['text/html', 'image/svg+xml', 'application/zip', ''])
      expect(servedAs(other)).toBe('application/octet-stream');
  });
});

describe('the name of a file', () => {
  it.each([
    ['C:\\scans\\登録証.pdf', '登録証.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['.htaccess', 'htaccess'],
    ['a\r\nSet-Cookie: x=1.pdf', 'aSet-Cookie_ x=1.pdf'],
    ['請求書\u202Efdp.exe', '請求書fdp.exe'],
    ['か\u3099.pdf', 'が.pdf'],
    ['', '証憑'],
    ['///', '証憑'],
    ['con<>:"|?*.pdf', 'con_______.pdf'],
  ])('%j is kept as %s', (name, kept) => expect(safeName(name)).toBe(kept));

  it('has 120 characters at most, and keeps its extension', () => {
    const kept = safeName(`${'𠮷'.repeat(200)}.pdf`);
    expect([...kept]).toHaveLength(120);
    expect(kept.endsWith('𠮷.pdf')).toBe(true);
  });
});
