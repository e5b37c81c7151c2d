using Trading.Store;

namespace Trading.Log;

/// <summary>
/// Where the log is kept. A trigger notes new events in the transaction that records them; one sequencer gives them positions. Written
/// by hand because the schema tool that Marten uses knows no triggers; it leaves alone what it does not know.
/// </summary>
public static class LogSchema
{
    public const string Name = "log";

    /// <summary>
    /// Which rows of the event table are no events: where a recording failed, Marten leaves an empty row in a stream of its own for each
    /// number it had drawn. They state nothing and get no position.
    /// </summary>
    public const string Tombstone = "type = 'tombstone' and data = '{}'::jsonb";

    /// <summary>To be run by the schema's owner after every migration; running it again changes nothing.</summary>
    public static string Script => $$"""
        create schema if not exists {{Name}};

        create table if not exists {{Name}}.pending (sequence bigint primary key);

        create table if not exists {{Name}}.leaf (
            position bigint primary key check (position >= 0),
            sequence bigint not null unique,
            event_id uuid not null unique,
            stream uuid not null,
            version bigint not null,
            bytes bytea not null,
            hash bytea not null check (length(hash) = 32),
            notice bytea,
            type text,
            category text,
            region text,
            unique (stream, version));

        create table if not exists {{Name}}.node (
            tree text not null,
            level smallint not null,
            index bigint not null,
            hash bytea not null check (length(hash) = 32),
            primary key (tree, level, index));

        create table if not exists {{Name}}.head (
            tree text primary key,
            size bigint not null check (size >= 0),
            frontier bytea[] not null,
            root bytea not null check (length(root) = 32));

        create table if not exists {{Name}}.checkpoint (
            tree text not null,
            size bigint not null,
            note text not null,
            published_at timestamptz not null default now(),
            primary key (tree, size));

        alter table {{Name}}.checkpoint add column if not exists number bigint;
        update {{Name}}.checkpoint c set number = n.number
            from (select tree, size, row_number() over (partition by tree order by size) as number from {{Name}}.checkpoint) n
            where c.number is null and c.tree = n.tree and c.size = n.size;
        alter table {{Name}}.checkpoint alter column number set not null;
        create unique index if not exists checkpoint_number on {{Name}}.checkpoint (tree, number);

        create table if not exists {{Name}}.cosignature (
            tree text not null,
            size bigint not null,
            witness text not null,
            line text not null,
            primary key (tree, size, witness));

        create index if not exists cosignature_of_witness on {{Name}}.cosignature (tree, witness, size);

        create or replace function {{Name}}.note_events() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
        begin
            insert into {{Name}}.pending select seq_id from recorded where not ({{Tombstone}});
            return null;
        end $$;

        create or replace trigger note_events after insert on {{StoreSetup.EventSchema}}.mt_events
            referencing new table as recorded for each statement execute function {{Name}}.note_events();

        insert into {{Name}}.pending
            select seq_id from {{StoreSetup.EventSchema}}.mt_events e
            where not ({{Tombstone}}) and not exists (select from {{Name}}.leaf l where l.sequence = e.seq_id)
            on conflict do nothing;
        """;

    /// <param name="app">The application's role, quoted.</param>
    public static IReadOnlyList<string> Rights(string app) =>
    [
        $"grant usage on schema {Name} to {app}",
        $"revoke all on all tables in schema {Name} from {app}",
        $"grant select on all tables in schema {Name} to {app}",
        $"grant delete on {Name}.pending to {app}",
        $"grant insert on {Name}.leaf, {Name}.node, {Name}.checkpoint, {Name}.cosignature to {app}",
        $"grant insert, update on {Name}.head to {app}",
    ];
}
