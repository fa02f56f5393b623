/** An Excel file's first sheet: the names in its first row, and the rows below. */
export interface Spreadsheet {
	columns: string[];
	rows: unknown[][];
}

/** Reads an xlsx file back. Throws where the file is missing or is none. */
export async function readSpreadsheet(path: string): Promise<Spreadsheet> {
	// Its types are those of an ES module only.
	const { readSheet } = await import('read-excel-file/node');
	const [header = [], ...rows] = await readSheet(path);
	return { columns: header.map(String), rows };
}
