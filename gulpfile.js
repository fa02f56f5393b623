const { dest, parallel, src } = require('gulp');

/** The compiler leaves out what is no code: icons beside every class that names them. */
const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

/** Codex files tell n8n under which categories and words a node is found. */
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.default = parallel(icons, codex);
