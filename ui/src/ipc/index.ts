export * from './entries';
export * from './failure';
export * from './protection';
export * from './scan';
export * from './session';
export { onLocked } from './call';
export * from './wire';
