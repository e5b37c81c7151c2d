-- What the service's role cannot do to the events although it adds them.
--
-- Every function here names what it uses by its schema, and its path ends with pg_temp: unless a path names the temporary schema, where the
-- caller makes types and tables, PostgreSQL searches it first. Nobody may call a trigger's function, nor hang it on a table of his own.

create or replace function log.note_events() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into log.pending select seq_id from recorded where not (type = 'tombstone' and data = '{}'::pg_catalog.jsonb);
    return null;
end $$;
revoke execute on function log.note_events() from public;


-- Only an event deletes openings of the vault: of an event of its own procedure those it names, in the transaction that records it.

create function vault.erase() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    delete from vault.opening o using pg_catalog.jsonb_array_elements(new.data -> 'members') as erased (member)
    where o.digest = erased.member ->> 'digest' and exists (
        select from events.mt_events e
        where e.id = (new.data ->> 'erasedFrom')::pg_catalog.uuid and e.stream_id = new.stream_id
          and pg_catalog.strpos(e.data::pg_catalog.text, erased.member ->> 'digest') > 0);
    return null;
end $$;
revoke execute on function vault.erase() from public;

create trigger erase after insert on events.mt_events
    for each row when (new.type = 'personal-data-erased') execute function vault.erase();


-- What makes readers pass over an event, or read something else. Rows of before are looked at by verify and not here: one bad row does not
-- keep the service from being brought up to date.

alter table events.mt_events add constraint mt_events_plain
    check (bdata is null and is_archived is not true and tenant_id is not distinct from '*DEFAULT*') not valid;
alter table events.mt_streams add constraint mt_streams_plain
    check (is_archived is not true and tenant_id is not distinct from '*DEFAULT*') not valid;


-- The time of events is the database's: one that is dated more than a tolerance off its clock, or before an earlier event of its stream, is
-- refused. The node that records an event dates it; the tolerance is what its clock may differ by and what its recording may take.

create table log.clock (
    id integer primary key default 1 check (id = 1),
    tolerance interval not null default '30 seconds' check (tolerance > '0'),
    trial boolean not null default false);
comment on column log.clock.trial is 'Whether a clock of trials dates the events. The times of such a database prove nothing.';
insert into log.clock default values;

create function log.keep_time() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    due constant pg_catalog.timestamptz := pg_catalog.clock_timestamp();
    clock log.clock%rowtype;
    earlier pg_catalog.timestamptz;
begin
    select * into strict clock from log.clock;
    if clock.trial then
        return new;
    end if;
    if new.timestamp > due + clock.tolerance or new.timestamp < due - clock.tolerance then
        raise exception using errcode = 'TR001',
            message = pg_catalog.format('It is dated %s, while the clock of the database shows %s.', new.timestamp, due);
    end if;
    select e.timestamp into earlier from events.mt_events e where e.stream_id = new.stream_id and e.version = new.version - 1;
    if earlier > new.timestamp then
        raise exception using errcode = 'TR001',
            message = pg_catalog.format('It is dated %s, while the event before it is dated %s.', new.timestamp, earlier);
    end if;
    return new;
end $$;
revoke execute on function log.keep_time() from public;

create trigger keep_time before insert on events.mt_events
    for each row when (not (new.type = 'tombstone' and new.data = '{}'::jsonb)) execute function log.keep_time();
