module.exports = {
	...require('./dist/nodes/PerfectGymNext/PerfectGymNext.node.js'),
	...require('./dist/credentials/PerfectGymNextApi.credentials.js'),
};
