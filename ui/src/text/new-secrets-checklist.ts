import { t } from '../i18n/index.svelte';

/** How many services are left to set up again. */
export const checklistProgress = (left: number) => (left > 0 ? t('newSecretsChecklist.left', { count: left }) : t('newSecretsChecklist.allDone'));
