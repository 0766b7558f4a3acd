import { setTimeout as wait } from 'node:timers/promises';
import { EscrowStatusNames } from './escrow-statuses.ts';
