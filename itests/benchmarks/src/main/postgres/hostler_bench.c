/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What PostgreSQL's background workers take, measured within a server.
 *
 * One function for SQL, hostler_bench(what, count), which registers workers, takes times from
 * CLOCK_MONOTONIC and returns a line for each figure: "figure", its name, its unit and its value,
 * separated by tabs. The workers of this library note in shared memory when their code is entered.
 * The library must be in shared_preload_libraries, and nobody else may call it meanwhile.
 */
#ifdef __linux__
#define _GNU_SOURCE
#include <sched.h>
#endif

#include "postgres.h"

#include <time.h>

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "port/atomics.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/lwlock.h"
#include "storage/proc.h"
#include "storage/shmem.h"
#include "utils/builtins.h"

PG_MODULE_MAGIC;

#define MOST_CRASHES 1000
#define MILLISECOND 1000000L

/* In shared memory: what workers tell the backend that measures. */
typedef struct Board
{
	volatile int64 entered;		/* when the last worker's code was entered; 0: not yet */
	pg_atomic_uint32 staying;	/* workers that wait until they are told to end */

	volatile int crashes;		/* how often the crashing worker was entered */
	volatile int most_crashes;	/* at which of them it ends for good */
	volatile int64 entries[MOST_CRASHES + 1];
	volatile int64 exits[MOST_CRASHES + 1];

	Latch	   *volatile ping;	/* the backend's */
	Latch	   *volatile pong;	/* the worker's; NULL: not there yet */
	volatile uint32 asked;
	volatile uint32 answered;
} Board;

static Board *board = NULL;
static shmem_startup_hook_type previous_startup = NULL;
#if PG_VERSION_NUM >= 150000
static shmem_request_hook_type previous_request = NULL;
#endif

PG_FUNCTION_INFO_V1(hostler_bench);
PGDLLEXPORT void hostler_bench_stamp(Datum argument);
PGDLLEXPORT void hostler_bench_stay(Datum argument);
PGDLLEXPORT void hostler_bench_crash(Datum argument);
PGDLLEXPORT void hostler_bench_pong(Datum argument);
void		_PG_init(void);

static void
request(void)
{
#if PG_VERSION_NUM >= 150000
	if (previous_request)
		previous_request();
#endif
	RequestAddinShmemSpace(MAXALIGN(sizeof(Board)));
}

static void
startup(void)
{
	bool		found;

	if (previous_startup)
		previous_startup();
	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	board = ShmemInitStruct("hostler_bench", sizeof(Board), &found);
	if (!found)
	{
		memset(board, 0, sizeof(Board));
		pg_atomic_init_u32(&board->staying, 0);
	}
	LWLockRelease(AddinShmemInitLock);
}

void
_PG_init(void)
{
	if (!process_shared_preload_libraries_in_progress)
		return;
#if PG_VERSION_NUM >= 150000
	previous_request = shmem_request_hook;
	shmem_request_hook = request;
#else
	request();
#endif
	previous_startup = shmem_startup_hook;
	shmem_startup_hook = startup;
}

static int64
nanoseconds(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec * (int64) 1000000000 + at.tv_nsec;
}

/* Keeps this process on the first processor, where the system can do that. */
static void
stay_on_one_processor(bool one)
{
#ifdef __linux__
	static cpu_set_t before;
	static bool known = false;
	cpu_set_t	first;

	if (!known)
		known = sched_getaffinity(0, sizeof(before), &before) == 0;
	CPU_ZERO(&first);
	CPU_SET(0, &first);
	if (!known || sched_setaffinity(0, sizeof(first), one ? &first : &before) != 0)
		elog(ERROR, "hostler_bench: the processor cannot be chosen: %m");
#endif
}

/* Workers. ------------------------------------------------------------------------------------ */

void
hostler_bench_stamp(Datum argument)
{
	board->entered = nanoseconds();
}

static void
hear_termination(void)
{
	pqsignal(SIGTERM, SignalHandlerForShutdownRequest);
	BackgroundWorkerUnblockSignals();
}

static void
wait_for_latch(long milliseconds)
{
	int			wake = WL_LATCH_SET | WL_EXIT_ON_PM_DEATH;

	if (milliseconds >= 0)
		wake |= WL_TIMEOUT;
	(void) WaitLatch(MyLatch, wake, milliseconds, PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
}

void
hostler_bench_stay(Datum argument)
{
	hear_termination();
	board->entered = nanoseconds();
	pg_atomic_fetch_add_u32(&board->staying, 1);
	while (!ShutdownRequestPending)
		wait_for_latch(-1);
	pg_atomic_fetch_sub_u32(&board->staying, 1);
}

void
hostler_bench_crash(Datum argument)
{
	int			life = board->crashes;

	board->entries[life] = nanoseconds();
	pg_write_barrier();
	board->crashes = life + 1;
	if (life < board->most_crashes)
	{
		board->exits[life] = nanoseconds();
		proc_exit(1);
	}
}

void
hostler_bench_pong(Datum argument)
{
	hear_termination();
	stay_on_one_processor(true);
	board->pong = MyLatch;
	SetLatch(board->ping);
	while (!ShutdownRequestPending)
	{
		wait_for_latch(-1);
		if (board->answered != board->asked)
		{
			board->answered = board->asked;
			SetLatch(board->ping);
		}
	}
}

/* Times and figures. -------------------------------------------------------------------------- */

static int
by_size(const void *one, const void *other)
{
	int64		a = *(const int64 *) one;
	int64		b = *(const int64 *) other;

	return (a > b) - (a < b);
}

static void
say(StringInfo out, const char *name, const char *unit, double value)
{
	appendStringInfo(out, "figure\tpg %s\t%s\t%.4f\n", name, unit, value);
}

/* Says the median and the 99th percentile of times in nanoseconds; sorts them. */
static void
say_times(StringInfo out, const char *name, int64 *times, int count)
{
	qsort(times, count, sizeof(int64), by_size);
	say(out, psprintf("%s p50", name), "us", times[count / 2] / 1e3);
	say(out, psprintf("%s p99", name), "us", times[Min(count - 1, count * 99 / 100)] / 1e3);
}

static int64 *
times_of(int count)
{
	return (int64 *) palloc0(sizeof(int64) * (count + 1));
}

/* Registering. -------------------------------------------------------------------------------- */

static BackgroundWorkerHandle *
try_launch(const char *function, int restart_seconds)
{
	BackgroundWorker worker;
	BackgroundWorkerHandle *handle;

	memset(&worker, 0, sizeof(worker));
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS;
	worker.bgw_start_time = BgWorkerStart_ConsistentState;
	worker.bgw_restart_time = restart_seconds;
	worker.bgw_notify_pid = MyProcPid;
	snprintf(worker.bgw_name, BGW_MAXLEN, "%s", function);
	snprintf(worker.bgw_type, BGW_MAXLEN, "hostler_bench");
	snprintf(worker.bgw_library_name, sizeof(worker.bgw_library_name), "hostler_bench");
	snprintf(worker.bgw_function_name, BGW_MAXLEN, "%s", function);
	return RegisterDynamicBackgroundWorker(&worker, &handle) ? handle : NULL;
}

static BackgroundWorkerHandle *
launch(const char *function, int restart_seconds)
{
	BackgroundWorkerHandle *handle = try_launch(function, restart_seconds);

	if (handle == NULL)
		ereport(ERROR, (errmsg("hostler_bench: no slot for a worker is free"),
						errhint("Raise max_worker_processes.")));
	return handle;
}

static void
await_staying(uint32 count)
{
	while (pg_atomic_read_u32(&board->staying) != count)
	{
		CHECK_FOR_INTERRUPTS();
		wait_for_latch(1);
	}
}

/*
 * Register to started, to the worker's code, and the call alone; one at a time, each a while after
 * the end of the one before.
 */
static void
launches(StringInfo out, int count, long apart_microseconds, const char *where)
{
	int64	   *calls = times_of(count);
	int64	   *starts = times_of(count);
	int64	   *mains = times_of(count);

	for (int i = 0; i < count; i++)
	{
		BackgroundWorkerHandle *handle;
		pid_t		pid;
		int64		asked;

		if (apart_microseconds > 0)
			pg_usleep(apart_microseconds);
		board->entered = 0;
		asked = nanoseconds();
		handle = launch("hostler_bench_stamp", BGW_NEVER_RESTART);
		calls[i] = nanoseconds() - asked;
		(void) WaitForBackgroundWorkerStartup(handle, &pid);
		starts[i] = nanoseconds() - asked;
		(void) WaitForBackgroundWorkerShutdown(handle);
		mains[i] = board->entered - asked;
		pfree(handle);
	}
	say_times(out, psprintf("register call%s", where), calls, count);
	say_times(out, psprintf("register to started%s", where), starts, count);
	say_times(out, psprintf("register to main%s", where), mains, count);
}

#define ROW 64

/* The call alone, each right after the one before while the workers of both are under way. */
static void
calls_in_rows(StringInfo out, int rows)
{
	int64	   *calls = times_of(rows * ROW);
	BackgroundWorkerHandle *handles[ROW];

	for (int row = 0; row < rows; row++)
	{
		for (int i = 0; i < ROW; i++)
		{
			int64		asked = nanoseconds();

			handles[i] = launch("hostler_bench_stamp", BGW_NEVER_RESTART);
			calls[row * ROW + i] = nanoseconds() - asked;
		}
		for (int i = 0; i < ROW; i++)
		{
			(void) WaitForBackgroundWorkerShutdown(handles[i]);
			pfree(handles[i]);
		}
	}
	say_times(out, "register call in a row", calls, rows * ROW);
}

/* Lives of workers that do nothing, so many at once, for as long as it takes. */
static void
cycles(StringInfo out, int count, int at_once)
{
	BackgroundWorkerHandle **handles = palloc0(sizeof(*handles) * at_once);
	int64		begun = nanoseconds();
	int			done = 0;
	int			asked = 0;

	while (done < count)
	{
		bool		any = false;

		for (int i = 0; i < at_once; i++)
		{
			pid_t		pid;

			if (handles[i] && GetBackgroundWorkerPid(handles[i], &pid) == BGWH_STOPPED)
			{
				pfree(handles[i]);
				handles[i] = NULL;
				done++;
				any = true;
			}
			if (!handles[i] && asked < count)
			{
				handles[i] = launch("hostler_bench_stamp", BGW_NEVER_RESTART);
				asked++;
				any = true;
			}
		}
		CHECK_FOR_INTERRUPTS();
		if (!any)
			wait_for_latch(100);
	}
	say(out, psprintf("cycles %d", at_once), "/s", count / ((nanoseconds() - begun) / 1e9));
}

/* Ends workers, each so long after it is about to wait. */
static void
terminations(StringInfo out, int count, long after_microseconds, const char *where)
{
	int64	   *times = times_of(count);

	for (int i = 0; i < count; i++)
	{
		BackgroundWorkerHandle *handle = launch("hostler_bench_stay", BGW_NEVER_RESTART);
		int64		asked;

		while (pg_atomic_read_u32(&board->staying) != 1)
		{
			CHECK_FOR_INTERRUPTS();
			pg_usleep(20);
		}
		pg_usleep(after_microseconds);
		asked = nanoseconds();
		TerminateBackgroundWorker(handle);
		(void) WaitForBackgroundWorkerShutdown(handle);
		times[i] = nanoseconds() - asked;
		pfree(handle);
	}
	say_times(out, psprintf("terminate%s", where), times, count);
}

/*
 * From a crash to the worker's code's running again, beyond the delay. Until release 15 the
 * postmaster may go to sleep for a minute with a restart due; it is woken then by another worker,
 * and how often that was needed is said.
 */
static void
restarts(StringInfo out, const char *name, int count, int seconds)
{
	int64	   *times = times_of(count);
	BackgroundWorkerHandle *handle;
	int			stalls = 0;
	int			seen = 0;
	int64		seen_at = nanoseconds();

	count = Min(count, MOST_CRASHES);
	board->crashes = 0;
	board->most_crashes = count;
	handle = launch("hostler_bench_crash", seconds);
	while (board->crashes <= count)
	{
		CHECK_FOR_INTERRUPTS();
		wait_for_latch(10);
		if (seen != board->crashes)
		{
			seen = board->crashes;
			seen_at = nanoseconds();
		}
		else if (nanoseconds() - seen_at > (seconds + 1) * 1000 * MILLISECOND)
		{
			stalls++;
			seen_at = nanoseconds();
			pfree(launch("hostler_bench_stamp", BGW_NEVER_RESTART));
		}
	}
	(void) WaitForBackgroundWorkerShutdown(handle);
	for (int i = 0; i < count; i++)
		times[i] = board->entries[i + 1] - board->exits[i] - seconds * 1000 * MILLISECOND;
	say_times(out, name, times, count);
	say(out, psprintf("%s stalls", name), "", stalls);
}

/* Two processes on one processor, each of which wakes the other. */
static void
latches(StringInfo out, int count)
{
	BackgroundWorkerHandle *handle;
	int64		begun = 0;
	int			warm_up = count / 10;

	board->ping = MyLatch;
	board->pong = NULL;
	board->asked = 0;
	board->answered = 0;
	handle = launch("hostler_bench_pong", BGW_NEVER_RESTART);
	while (board->pong == NULL)
		wait_for_latch(1);
	stay_on_one_processor(true);
	for (int i = -warm_up; i < count; i++)
	{
		if (i == 0)
			begun = nanoseconds();
		board->asked++;
		SetLatch(board->pong);
		while (board->answered != board->asked)
			wait_for_latch(-1);
		CHECK_FOR_INTERRUPTS();
	}
	say(out, "latch round-trip", "us", (nanoseconds() - begun) / 1e3 / count);
	stay_on_one_processor(false);
	TerminateBackgroundWorker(handle);
	(void) WaitForBackgroundWorkerShutdown(handle);
}

/*
 * Brings up so many that stay, all at once or each when the one before has started. They end with
 * the server.
 */
static void
fill(StringInfo out, int count, bool one_by_one)
{
	int64		begun = nanoseconds();

	for (int i = 0; i < count; i++)
	{
		BackgroundWorkerHandle *handle = launch("hostler_bench_stay", BGW_NEVER_RESTART);
		pid_t		pid;

		if (one_by_one)
			(void) WaitForBackgroundWorkerStartup(handle, &pid);
		pfree(handle);
		CHECK_FOR_INTERRUPTS();
	}
	await_staying(count);
	say(out, psprintf("fill %s%d", one_by_one ? "one by one " : "", count), "ms",
		(nanoseconds() - begun) / 1e6);
	if (one_by_one)
	{
		launches(out, 20, 0, psprintf(" at %d", count));
		launches(out, 20, 1000, psprintf(" apart at %d", count));
	}
}

Datum
hostler_bench(PG_FUNCTION_ARGS)
{
	char	   *what = text_to_cstring(PG_GETARG_TEXT_PP(0));
	int			count = PG_GETARG_INT32(1);
	StringInfoData out;

	if (board == NULL)
		ereport(ERROR, (errmsg("hostler_bench is not in shared_preload_libraries")));
	if (count < 1)
		ereport(ERROR, (errmsg("hostler_bench: the count must be positive")));
	initStringInfo(&out);
	if (strcmp(what, "launch") == 0)
		launches(&out, count, 0, "");
	else if (strcmp(what, "apart") == 0)
		launches(&out, count, 1000, " apart");
	else if (strcmp(what, "row") == 0)
		calls_in_rows(&out, count);
	else if (strcmp(what, "cycle") == 0)
		cycles(&out, count, 1);
	else if (strcmp(what, "cycle64") == 0)
		cycles(&out, count, 64);
	else if (strcmp(what, "terminate") == 0)
		terminations(&out, count, 20, "");
	else if (strcmp(what, "terminate apart") == 0)
		terminations(&out, count, 1000, " apart");
	else if (strcmp(what, "restart") == 0)
		restarts(&out, "restart at-once", count, 0);
	else if (strcmp(what, "lateness") == 0)
		restarts(&out, "restart lateness", count, 1);
	else if (strcmp(what, "latch") == 0)
		latches(&out, count);
	else if (strcmp(what, "fill") == 0)
		fill(&out, count, false);
	else if (strcmp(what, "fill one by one") == 0)
		fill(&out, count, true);
	else
		ereport(ERROR, (errmsg("hostler_bench measures no \"%s\"", what)));
	PG_RETURN_TEXT_P(cstring_to_text_with_len(out.data, out.len));
}
