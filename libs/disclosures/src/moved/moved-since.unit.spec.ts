import { approved, completed, management, privacy, reviewSigned } from '../domain/examples';
import { toldOf } from './moved-since';

describe('what moved since a mail was written', () => {
  it('is told of whoever did it', () =>
    expect(toldOf([reviewSigned])).toEqual(['保護 一郎さんが個人情報保護責任者として審査の署名をしました。']));

  it('is told of nobody where it followed from a signature', () =>
    expect(toldOf([completed(0, privacy), ...approved.slice(-1)])).toEqual([
      '第1段階の署名がそろいました。',
      '改訂が承認されました。',
    ]));

  it('is told once', () => expect(toldOf([completed(1, management), completed(1, privacy)])).toHaveLength(1));
});
