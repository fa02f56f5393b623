/** The first sheet of an Excel file: the column names in its first row, and the rows below. */
export interface Spreadsheet {
	columns: string[];
	rows: unknown[][];
}

/** Reads an xlsx file. Throws if the file is missing or not an xlsx file. */
export async function readSpreadsheet(path: string): Promise<Spreadsheet> {
	// The package has types for ES modules only, so it cannot be a static import here.
	const { readSheet } = await import('read-excel-file/node');
	const [header = [], ...rows] = await readSheet(path);
	return { columns: header.map(String), rows };
}
