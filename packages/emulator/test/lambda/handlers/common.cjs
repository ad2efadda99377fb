const exported = {};
exported.handler = async () => ({ format: typeof require, file: __filename });
module.exports = exported;
