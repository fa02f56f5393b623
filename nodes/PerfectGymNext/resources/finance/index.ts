export { financeChecks } from './checks';
export { financeFields } from './fields';
export { financeOperations } from './operations';
