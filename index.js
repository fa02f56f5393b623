module.exports = {
	...require('./dist/nodes/PerfectGymNext/PerfectGymNext.node.js'),
	...require('./dist/nodes/PerfectGymNext/PerfectGymNextPollingTrigger.node.js'),
	...require('./dist/nodes/PerfectGymNext/PerfectGymNextTrigger.node.js'),
	...require('./dist/credentials/PerfectGymNextApi.credentials.js'),
	...require('./dist/credentials/PerfectGymNextStudiosApi.credentials.js'),
};
