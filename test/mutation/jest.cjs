/** The unit project alone: Stryker takes one project, and runs it inside its copy of the source. */
module.exports = require('../../jest.config.cjs').projects[0];
