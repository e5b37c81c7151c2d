-- The mark of a node whose fence contradicts the database: it stops every node, and the owner alone deletes it.

create table log.stop (
    id smallint primary key check (id = 1),
    reason text not null,
    node text not null,
    stopped_at timestamptz not null default now());
