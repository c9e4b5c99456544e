%% Closes connections that no setting of RabbitMQ bounds. The broker compiles and starts this module when it boots (docs/adr/0034).
%%
%% - RabbitMQ gathers a message until its last byte is there, and checks max_message_size only then: a client that announces
%%   messages and leaves the last byte out fills the memory, and the memory alarm blocks every publisher.
%% - A client that asks for no heartbeats, or for rare ones, is never given up, however long nothing comes from it.
-module(connection_guard).
-export([start/0]).

-define(LOOK_MILLISECONDS, 250).
%% Sixteen channels (channel_max) with a message of 128 KB (max_message_size) on each are 2 MB.
-define(MOST_UNFINISHED_BYTES, 4194304).
-define(MOST_SILENT_SECONDS, 120).

start() ->
    spawn(fun() -> watch(#{}) end).

%% Heard: for each connection the bytes received so far, and the moment at which they were seen first.
watch(Heard) ->
    timer:sleep(?LOOK_MILLISECONDS),
    watch(try look(Heard) catch error:badarg -> Heard end). % the tables are not there yet

look(Heard) ->
    Now = erlang:monotonic_time(second),
    maps:from_list([{Pid, check(Pid, Infos, Now, Heard)} || {Pid, Infos} <- ets:tab2list(connection_created)]).

check(Pid, Infos, Now, Heard) ->
    Received = received(Pid),
    Since = case Heard of
        #{Pid := {Received, Before}} -> Before;
        _ -> Now
    end,
    Silent = not has_heartbeats(Infos) andalso Now - Since >= ?MOST_SILENT_SECONDS,
    case has_too_much(Pid) of
        true -> close(Pid, Infos, <<"too many bytes of unfinished messages">>);
        false when Silent -> close(Pid, Infos, <<"silent for too long; ask for heartbeats of 60 seconds at most">>);
        false -> ok
    end,
    {Received, case Silent of true -> Now; false -> Since end}.

received(Pid) ->
    case ets:lookup(connection_coarse_metrics, Pid) of
        [Row] -> element(2, Row);
        [] -> 0
    end.

%% Whether the broker itself gives up the connection in time.
has_heartbeats(Infos) ->
    Interval = proplists:get_value(timeout, Infos, 0),
    Interval > 0 andalso 2 * Interval =< ?MOST_SILENT_SECONDS.

%% What was handed on already does not count, so garbage is collected before a connection is called too large.
has_too_much(Pid) ->
    bytes(Pid) > ?MOST_UNFINISHED_BYTES
        andalso erlang:garbage_collect(Pid)
        andalso bytes(Pid) > ?MOST_UNFINISHED_BYTES.

bytes(Pid) ->
    case erlang:process_info(Pid, binary) of
        {binary, Binaries} -> lists:sum([Size || {_, Size, _} <- lists:usort(Binaries)]);
        undefined -> 0
    end.

%% A client that does not answer keeps a closed connection for half a minute; its messages are let go at once.
close(Pid, Infos, Reason) ->
    logger:error("closes a connection of ~ts: ~ts", [proplists:get_value(user, Infos), Reason]),
    spawn(fun() -> rabbit_networking:close_connection(Pid, Reason), erlang:garbage_collect(Pid) end).
