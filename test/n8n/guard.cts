// Runs a command for instance.cts in a separate process group, and ends the whole group when the
// process that started it exits for any reason. Node runs this file as is, so it only uses types
// that Node can strip.
const { spawn } = process.getBuiltinModule('node:child_process');

const GRACE_MS = 8_000;

const [, , command, ...args] = process.argv;
const child = spawn(command, args, {
	stdio: ['ignore', 'inherit', 'inherit'],
});
process.send?.({ pid: child.pid });

function endGroup(signal: NodeJS.Signals): void {
	try {
		process.kill(-process.pid, signal);
	} catch {
		// Not the leader of a group, so there is only the child to end.
		child.kill(signal);
	}
}

let ending = false;
function end(): void {
	if (ending) return;
	ending = true;
	child.kill('SIGTERM');
	setTimeout(() => endGroup('SIGKILL'), GRACE_MS);
}

// Signals to the group reach this process too. It exits last, after the command.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
process.on('disconnect', end);
child.on('exit', (code) => {
	ending = true;
	// The command may have left processes behind, such as n8n's task runners.
	endGroup('SIGTERM');
	setTimeout(() => process.exit(code ?? 1), 100);
});
