/** A measured point. */
export interface Point {
	x: number;
	y: number;
}

/** The line `intercept + slope * x`, and how much of the variance it explains. */
export interface Fit {
	intercept: number;
	slope: number;
	rSquared: number;
	/** The line's value. */
	at(x: number): number;
}

/** @returns the line with the least squares */
export function fitOf(points: Point[]): Fit {
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
	const slope =
		mean(points.map((point) => (point.x - x) * (point.y - y))) /
		mean(points.map((point) => (point.x - x) ** 2));
	const intercept = y - slope * x;
	const at = (value: number) => intercept + slope * value;
	const left = mean(points.map((point) => (point.y - at(point.x)) ** 2));
	const all = mean(points.map((point) => (point.y - y) ** 2));
	return { intercept, slope, rSquared: 1 - left / all, at };
}
