// Queues no-op jobs, then measures how fast a tuned worker gets rid of them: node drain.mjs CONNECTION_STRING JOBS
import { performance } from "node:perf_hooks";
import { makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";

const [connectionString, jobs] = [process.argv[2], Number(process.argv[3])];
const pool = new pg.Pool({ connectionString, max: 20 });
const utils = await makeWorkerUtils({ pgPool: pool });
await utils.migrate();

// A few first, and statistics of them: plans made for empty tables never come to an end with many.
const first = 1_000;
const add = "SELECT graphile_worker.add_job('noop', json_build_object('customer', i)) FROM generate_series(1, $1::int) AS i";
await pool.query(add, [first]);
await pool.query("ANALYZE graphile_worker._private_jobs, graphile_worker._private_tasks, graphile_worker._private_job_queues");
await pool.query(add, [jobs - first]);
await pool.query("VACUUM (ANALYZE) graphile_worker._private_jobs");

let begin;
let done = 0;
let finish;
const finished = new Promise((resolve) => (finish = resolve));
const preset = {
  worker: { concurrentJobs: 24, pollInterval: 200, completeJobBatchDelay: 0, failJobBatchDelay: 0, localQueue: { size: 500 } },
};
const noop = async () => {
  begin ??= performance.now();
  if (++done === jobs) {
    finish();
  }
};
const runner = await run({ preset, pgPool: pool, taskList: { noop }, noHandleSignals: true });
await finished;

// Finished is what the database says.
while (Number((await pool.query("SELECT count(*) FROM graphile_worker._private_jobs")).rows[0].count) > 0) {
  await new Promise((resolve) => setTimeout(resolve, 10));
}

console.log(`rate = ${jobs / ((performance.now() - begin) / 1000)}`);
await runner.stop();
await pool.end();
