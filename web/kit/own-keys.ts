/** Whether keys pressed here belong to what somebody writes or chooses in, and ask nothing of the wall. */
export const hasOwnKeys = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable], [data-own-keys]') !== null
