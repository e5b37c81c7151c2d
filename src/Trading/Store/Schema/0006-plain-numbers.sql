-- What a row of the event table can be besides an event.

-- An empty row (a tombstone) stands where a recording failed, in a stream of its own. Among the events of a procedure it would be a hole that
-- nobody sees: the next event could have no position, and the log would stop. A number that the sequence has not drawn keeps whoever follows
-- the numbers from ever reaching it.

create function log.check_place() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select from recorded r cross join events.mt_events_sequence s where r.seq_id > s.last_value) then
        raise exception using errcode = 'TR002', message = 'An event has a number that was not drawn.';
    end if;
    if exists (select from recorded r where r.type = 'tombstone' and r.data = '{}'::pg_catalog.jsonb and exists (
        select from events.mt_events e where e.stream_id = r.stream_id and not (e.type = 'tombstone' and e.data = '{}'::pg_catalog.jsonb))) then
        raise exception using errcode = 'TR002', message = 'An empty row has no place among the events of a procedure.';
    end if;
    return null;
end $$;
revoke execute on function log.check_place() from public;

create trigger check_place after insert on events.mt_events
    referencing new table as recorded for each statement execute function log.check_place();
