import nock from 'nock';

/** Answers every GET, POST and PUT to a host with 200 and what `answer` returns. */
export function answerEveryRequest(
	host: string,
	answer: (uri: string, body: unknown) => Record<string, unknown>,
): void {
	for (const method of ['get', 'post', 'put'] as const) {
		nock(host).persist()[method](/.*/).query(true).reply(200, answer);
	}
}
