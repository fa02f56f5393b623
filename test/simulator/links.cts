import type { World } from './state.cts';

/** The vendor's shortest: images of customers, contracts, documents. */
export const LINK_LIFETIME_MS = 15 * 60_000;

/** A page with text, as small as one can be. */
const PDF = Buffer.from(
	'%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj ' +
		'3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);
/** A picture of one grey dot, for every image that nothing was uploaded to. */
const DOT = Buffer.from('R0lGODdhAQABAIAAAMzMzAAAACwAAAAAAQABAAACAkQBADs=', 'base64');

/** What a link leads to. */
export interface LinkedFile {
	contentType: string;
	content: Buffer;
	fileName?: string;
}

/** Makes links expire, as those of the vendor's storage do. */
export class Links {
	private readonly until = new Map<string, number>();
	private lifetime = LINK_LIFETIME_MS;

	constructor(
		private readonly world: () => World,
		private readonly now: () => number,
	) {}

	/** @param ms how long links are valid from now on; those given out before expire at once */
	setLifetime(ms: number): void {
		this.lifetime = ms;
		this.until.clear();
	}

	/** Adds the time of expiry to each link to a file in an answer. */
	sign(answer: string): string {
		const start = `"${this.world().filesUrl}/`;
		if (!answer.includes(start)) return answer;
		const [head, ...rest] = answer.split(start);
		const signed = rest.map((part) => {
			const end = part.indexOf('"');
			const name = part.slice(0, end);
			return `${start}${name}?expires=${this.expiryOf(name)}${part.slice(end)}`;
		});
		return [head, ...signed].join('');
	}

	/** The file, or undefined when the link was never valid or has expired. */
	open(name: string, expires: unknown): LinkedFile | undefined {
		const until = this.until.get(name);
		if (until === undefined || String(until) !== expires || this.now() >= until) return undefined;
		return this.world().files.get(name) ?? madeUp(name);
	}

	/** A link is given out again while it is fresh, so that two answers can be compared. */
	private expiryOf(name: string): number {
		const now = this.now();
		const known = this.until.get(name);
		if (known !== undefined && known - now > this.lifetime / 2) return known;
		const until = now + this.lifetime;
		this.until.set(name, until);
		return until;
	}
}

function madeUp(name: string): LinkedFile {
	return /^(?:documents|contracts|idle-periods|downloadUrl)\//.test(name)
		? { contentType: 'application/pdf', content: PDF }
		: { contentType: 'image/gif', content: DOT };
}
