// Runs a command for instance.cts, as the head of a process group of its own, and ends the whole
// group when the process that asked for it is gone, however that ended. Node runs this file as it
// is, so it keeps to types that can simply be left out.
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
		// Not the head of a group: nothing but the child to end.
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

// The group's own signals reach this process too; it goes last, when the command has gone.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
process.on('disconnect', end);
child.on('exit', (code) => {
	ending = true;
	// What the command has left behind, such as n8n's task runners.
	endGroup('SIGTERM');
	setTimeout(() => process.exit(code ?? 1), 100);
});
