import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { demoStudio } from '../../test/simulator/server.cts';
import type { StudioSpec } from '../../test/simulator/state.cts';
import { studiosCredential } from '../../test/studiosCredential.cts';

/** The studios of a chain, with the names in the examples for chains. */
export const chain: readonly StudioSpec[] = ['Downtown', 'Riverside', 'Airport'].map((name) => ({
	name,
	apiKey: `demo-api-key-${name}`,
	webhookApiKey: `demo-webhook-key-${name}`,
	customers: 200,
}));

/** All studios of the demo; the first has no chain. */
export const demoStudios: readonly StudioSpec[] = [demoStudio, ...chain];

/** A credential of the demo. */
export interface DemoCredential {
	type: string;
	/** The name that n8n gives the first credential of the type, so that imports find it. */
	name: string;
	data: ICredentialDataDecryptedObject;
}

/**
 * The credentials of the demo. n8n preselects the one that was created last, so that of one studio
 * is the last.
 */
export function demoCredentials(baseUrl: string): DemoCredential[] {
	const keysOf = ({ apiKey, webhookApiKey = '' }: StudioSpec) => ({
		baseUrl,
		apiKey,
		webhookApiKey,
	});
	return [
		{
			type: 'perfectGymNextStudiosApi',
			name: 'PerfectGym Next Studios account',
			data: studiosCredential(chain.map((studio) => ({ name: studio.name, ...keysOf(studio) }))),
		},
		{ type: 'perfectGymNextApi', name: 'PerfectGym Next account', data: keysOf(demoStudio) },
	];
}
