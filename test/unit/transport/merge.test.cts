import { mergeLists } from '../../../nodes/PerfectGymNext/transport/merge';

test.each([
	['[]', '[]', '[]'],
	['[{"id":1}]', '[]', '[{"id":1}]'],
	['[]', '[{"id":1}]', '[{"id":1}]'],
	['[{"id":1,"v":"a"},{"id":2}]', '[{"id":1,"v":"b"}]', '[{"id":2},{"id":1,"v":"b"}]'],
	['[{"id":1}]', '\n [ {"id": 2} ] ', '[{"id":1}, {"id": 2} ]'],
	['[{"id":"1"}]', '[{"id":1}]', '[{"id":1}]'],
])('%s with %s becomes %s', (current, body, expected) => {
	expect(mergeLists(JSON.parse(current), body, 'id')).toBe(expected);
});

test('an ID that a number would round is the same as its text', () => {
	const body = '[{"id":12345678901234567890,"v":"b"}]';
	expect(mergeLists([{ id: '12345678901234567890', v: 'a' }], body, 'id')).toBe(body);
});

test.each([['text'], [{}], [5], [true]])('%j is not a list', (current) => {
	expect(() => mergeLists(current, '[]', 'id')).toThrow('did not return a list');
});
