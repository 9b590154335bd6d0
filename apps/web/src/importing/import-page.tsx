import { Page } from '../shell/page';

export const ImportPage = () => <Page title="ImportPage">…</Page>;
