declare module 'dynalite' {
  import type { Server } from 'node:http';

  type DynaliteOptions = {
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  };

  function dynalite(options?: DynaliteOptions): Server;
  export = dynalite;
}
