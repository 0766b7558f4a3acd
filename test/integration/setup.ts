import { jest } from '@jest/globals';

/** A trade goes through a dozen functions, and some of these tests wait for messages to come again. */
jest.setTimeout(60_000);
