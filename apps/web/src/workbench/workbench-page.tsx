import { Page } from '../shell/page';

export const WorkbenchPage = () => <Page title="開示書">…</Page>;
