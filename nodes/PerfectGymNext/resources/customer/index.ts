export { customerFields } from './fields';
export { customerOperations } from './operations';
