const { answer } = require('./answer.mjs');

exports.handler = async () => answer;
