import type { World } from './state.cts';

/** The shortest lifetime that the vendor documents: customer images, contracts, documents. */
export const LINK_LIFETIME_MS = 15 * 60_000;

/** A minimal PDF file. */
const PDF = Buffer.from(
	'%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj ' +
		'3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);
/** A GIF of one gray pixel, for images that were not uploaded. */
const PIXEL = Buffer.from('R0lGODdhAQABAIAAAMzMzAAAACwAAAAAAQABAAACAkQBADs=', 'base64');

/** The file that a link points to. */
export interface LinkedFile {
	contentType: string;
	content: Buffer;
	fileName?: string;
}

/** Signs links to files with an expiry, like the vendor's storage. */
export class Links {
	private readonly until = new Map<string, number>();
	private lifetime = LINK_LIFETIME_MS;

	constructor(
		private readonly world: () => World,
		private readonly now: () => number,
	) {}

	/** Sets how long new links are valid, in ms; earlier links expire at once. */
	setLifetime(ms: number): void {
		this.lifetime = ms;
		this.until.clear();
	}

	/** Adds the expiry to each link to a file in the text of an answer. */
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

	/** Returns the file, or undefined when the link is not valid or has expired. */
	open(name: string, expires: unknown): LinkedFile | undefined {
		const until = this.until.get(name);
		if (until === undefined || String(until) !== expires || this.now() >= until) return undefined;
		return this.world().files.get(name) ?? placeholderFor(name);
	}

	/** Keeps the expiry for half of the lifetime, so that tests can compare two answers. */
	private expiryOf(name: string): number {
		const now = this.now();
		const known = this.until.get(name);
		if (known !== undefined && known - now > this.lifetime / 2) return known;
		const until = now + this.lifetime;
		this.until.set(name, until);
		return until;
	}
}

function placeholderFor(name: string): LinkedFile {
	return /^(?:documents|contracts|idle-periods|downloadUrl)\//.test(name)
		? { contentType: 'application/pdf', content: PDF }
		: { contentType: 'image/gif', content: PIXEL };
}
