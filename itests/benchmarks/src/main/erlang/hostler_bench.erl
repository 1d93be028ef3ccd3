%% SPDX-License-Identifier: Apache-2.0
%%
%% What Erlang's supervisors and servers do, for hosts to be compared with. Runs in an emulator of
%% its own, with its usual settings and nothing written to a log:
%%
%%   erl -noshell -kernel logger_level none -run hostler_bench main cycle|restart|fill MILLIS SAMPLES
%%   erl -noshell -run hostler_bench main version
%%
%% Each figure is a line: "figure", name, unit and value, separated by tabs. What is
%% done over and over again is done for MILLIS; what is timed one by one, SAMPLES times, 1,000 at
%% most. Everything is done once before, to warm up.
-module(hostler_bench).
-behaviour(gen_server).

-export([main/1, start_child/1]).
-export([init/1, handle_call/3, handle_cast/2]).

%% How many drive cycles at once, as many as a host has lives under way.
-define(DRIVERS, 64).
%% Beside how many a child is restarted.
-define(BESIDE, 1000).
%% How many are brought up.
-define(MANY, 100000).
%% So many restarts a second are allowed that no supervisor ever gives up.
-define(INTENSITY, 1000000000).

main(["version"]) ->
    io:format("~s~n", [erlang:system_info(otp_release)]),
    erlang:halt(0);
main([Part, Millis, Samples]) ->
    process_flag(trap_exit, false), % whoever calls this for -run traps exits, and would collect them
    Measure = measure(Part, list_to_integer(Millis), list_to_integer(Samples)),
    Measure(),
    [say(Figure) || Figure <- Measure()],
    erlang:halt(0).

say({Name, Unit, Value}) ->
    io:format("figure\tErlang ~s\t~s\t~.4f~n", [Name, Unit, float(Value)]).

measure("cycle", Millis, _) ->
    fun() -> cycles(Millis) end;
measure("restart", Millis, Samples) ->
    fun() ->
        [{"restart at 1,000 p50", "us", restart(Samples)}, {"restarts", "/s", restarts(Millis)}]
    end;
measure("fill", _, _) ->
    fun() -> [{"fill 100000", "ms", fill()}] end.

%% How many servers a second are started and stopped, each seen to be gone before the next; without
%% a supervisor. By one process, and by 64 at once, as many as a host has lives under way there. The
%% faster of the two is what hosts are compared with.
cycles(Millis) ->
    One = cycles(1, Millis),
    Many = cycles(?DRIVERS, Millis),
    [{"cycles 1", "/s", One}, {"cycles 64", "/s", Many}, {"cycles", "/s", max(One, Many)}].

cycles(Drivers, Millis) ->
    Begun = now_ns(),
    End = Begun + Millis * 1000000,
    Main = self(),
    All = [spawn_link(fun() -> Main ! {self(), drive(End, 0)} end) || _ <- lists:seq(1, Drivers)],
    Count = lists:sum([receive {Driver, Own} -> Own end || Driver <- All]),
    Count * 1.0e9 / (now_ns() - Begun).

drive(End, Count) ->
    {ok, Server} = gen_server:start(?MODULE, idle, []),
    ok = gen_server:stop(Server),
    case now_ns() < End of
        true -> drive(End, Count + 1);
        false -> Count + 1
    end.

%% From killing one of the 1,000 children of a one_for_one supervisor until the next one is in its
%% init/1: each child once at most, the median.
restart(Samples) ->
    Supervisor = supervisor(),
    Children = [begun(start(Supervisor, Id, {tell, self()})) || Id <- lists:seq(1, ?BESIDE)],
    Times = [restarted(Child) || Child <- lists:sublist(Children, Samples)],
    stop(Supervisor),
    lists:nth((length(Times) + 1) div 2, lists:sort(Times)) / 1000.

restarted(Child) ->
    Killed = now_ns(),
    exit(Child, kill),
    receive
        {begun, _, At} -> At - Killed
    end.

%% How many restarts a second of its only child, which is killed as soon as it is there, a
%% one_for_one supervisor keeps up with. It is the longer at it the more there were within the last
%% second or two, as it goes through a list of them each time; a second is its shortest period.
restarts(Millis) ->
    Supervisor = supervisor(),
    Child = begun(start(Supervisor, only, {tell, self()})),
    Begun = now_ns(),
    Count = restart_until(Begun + Millis * 1000000, Child, 0),
    Rate = Count * 1.0e9 / (now_ns() - Begun),
    stop(Supervisor),
    Rate.

restart_until(End, Child, Count) ->
    exit(Child, kill),
    receive
        {begun, Next, At} when At < End -> restart_until(End, Next, Count + 1);
        {begun, _, _} -> Count + 1
    end.

%% How long it takes to start 100,000 idle children, one after the other, under a new supervisor.
fill() ->
    Supervisor = supervisor(),
    Begun = now_ns(),
    lists:foreach(fun(Id) -> start(Supervisor, Id, idle) end, lists:seq(1, ?MANY)),
    Took = now_ns() - Begun,
    stop(Supervisor),
    Took / 1.0e6.

now_ns() ->
    erlang:monotonic_time(nanosecond).

supervisor() ->
    {ok, Supervisor} = supervisor:start_link(?MODULE, supervisor),
    Supervisor.

stop(Supervisor) ->
    ok = gen_server:stop(Supervisor, normal, infinity).

start(Supervisor, Id, How) ->
    {ok, Child} = supervisor:start_child(Supervisor, #{
        id => Id,
        start => {?MODULE, start_child, [How]},
        restart => permanent,
        shutdown => brutal_kill
    }),
    Child.

%% Takes what a child has said of its beginning.
begun(Child) ->
    receive
        {begun, Child, _} -> Child
    end.

start_child(How) ->
    gen_server:start_link(?MODULE, How, []).

init(supervisor) ->
    {ok, {#{strategy => one_for_one, intensity => ?INTENSITY, period => 1}, []}};
init(idle) ->
    {ok, none};
init({tell, Whom}) ->
    Whom ! {begun, self(), now_ns()},
    {ok, none}.

handle_call(_, _, State) ->
    {reply, ok, State}.

handle_cast(_, State) ->
    {noreply, State}.
