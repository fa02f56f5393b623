import type { INode, INodeParameters } from 'n8n-workflow';
import { CREDENTIAL, node } from './fixture.cts';
import { PACKAGE } from './package.cts';

/** The name of the trigger in the workflows of these tests. */
export const POLL = 'Poll';

/** Poll Times of every few seconds. n8n refuses an interval of seconds, but not each second of a minute. */
export function everySeconds(seconds: number): INodeParameters {
	const item = Array.from({ length: 60 / seconds }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * seconds} * * * * *`,
	}));
	return { pollTimes: { item } };
}

/** Returns our polling trigger, which polls every two seconds unless the parameters say otherwise. */
export function pollingTrigger(credentialId: string, parameters: INodeParameters): INode {
	return node(
		POLL,
		`${PACKAGE}.perfectGymNextPollingTrigger`,
		1,
		{ ...everySeconds(2), options: { requestsPerMinute: 1000 }, ...parameters },
		{ credentials: { [CREDENTIAL]: { id: credentialId, name: CREDENTIAL } } },
	);
}
