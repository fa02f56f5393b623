const { Transform } = require('node:stream');

const { dest, parallel, src } = require('gulp');

/** The compiler leaves out what is no code: icons beside every class that names them. */
const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

/** Codex files tell n8n under which categories and words a node is found. */
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

/** Schemas tell n8n's editor the fields of an operation before it has run. */
const schemas = () =>
	src('nodes/**/__schema__/**/*.json').pipe(withoutComment()).pipe(dest('dist/nodes'));

/** The comment is for people who look at the source. */
function withoutComment() {
	return new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			const { $comment, ...schema } = JSON.parse(file.contents.toString());
			file.contents = Buffer.from(JSON.stringify(schema));
			done(undefined, file);
		},
	});
}

exports.default = parallel(icons, codex, schemas);
