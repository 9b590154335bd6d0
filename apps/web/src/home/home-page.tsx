import { Page } from '../shell/page';

export const HomePage = () => <Page title="HomePage">…</Page>;
